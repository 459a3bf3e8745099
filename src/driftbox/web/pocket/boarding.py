"""Which boat a box goes on: the next ones from its pier to choose from, so that nobody types a trip's name."""

import re
from datetime import datetime, timedelta

from msgspec import Struct

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.errands.carriage import Sailing
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.sailings.queries import board_of, other_end, service_now, stop_of
from driftbox.domain.errors import DriftboxError, Refused
from driftbox.domain.ferry.board import Departure
from driftbox.web.base.boats import day_and_time, pier_text
from driftbox.web.base.templatetags.driftbox import said

SHOWN = 4
LEFT = timedelta(hours=1)  # a boat that has just left may be told of late
FORGOTTEN = timedelta(hours=12)  # a page that lay open since the morning still means its boat
OTHER = "other"
NOT_CODE = re.compile(r"[^A-Za-z0-9._:-]")


class Boat(Struct, frozen=True):
    """One boat to choose: what the form sends, what is shown, and the sailing it means."""

    value: str
    text: str
    sailing: Sailing


def boats_for(row: BoxRow, now: datetime, *, back: timedelta = LEFT, limit: int = SHOWN) -> list[Boat]:
    """The boats that go from where the box is, to the other end of its way if it has one; none where unknown."""
    target = other_end(row.place)
    try:
        service = service_now(now)
        lines = board_of(service, stop_of(row.place), stop_of(target) if target else "", limit, now - back)
    except DriftboxError:
        return []
    piers = {pier.stop: code for code, pier in current_pack().piers.items() if pier.stop}
    going = [line.boat for line in lines if line.halted is None and line.boat.target.id in piers]
    return [_boat(row.place, piers[boat.target.id], boat, now) for boat in going]


def _boat(origin: str, target: str, boat: Departure, now: datetime) -> Boat:
    today = calendar().local_date(now)
    ends = f"{said(pier_text(boat.origin))} → {said(pier_text(boat.target))}"
    trip = NOT_CODE.sub("-", boat.trip).lstrip("._:-")[:64] or "trip"
    sailing = Sailing(trip, origin, target, boat.arrive.isoformat())
    return Boat(f"{boat.day}|{boat.trip}", f"{day_and_time(boat.depart, today)} {ends}", sailing)


def sailing_chosen(row: BoxRow, now: datetime, value: str, destination: str) -> Sailing:
    """The sailing that somebody chose; ``destination`` is the pier of a boat that is not on the list.

    Raises:
        Refused: neither a boat nor a pier.
    """
    for boat in boats_for(row, now, back=FORGOTTEN, limit=60) if value and value != OTHER else ():
        if boat.value == value:
            return boat.sailing
    if value and value != OTHER:
        raise Refused("no_boat", "这一班已经不在表上了，没有记。请看看是哪一班，再选一次。")
    if destination not in current_pack().piers or destination == row.place:
        raise Refused("no_pier", "还没选开往哪个码头。请选一个。")
    return Sailing(f"by-hand:{now:%Y%m%dT%H%M}", row.place, destination)
