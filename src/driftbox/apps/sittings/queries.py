"""The only readers of rooms: the queue, whose turn is when, who has which seat, and what to call instead."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from django.conf import settings
from django.db.models import F
from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues, particulars_of
from driftbox.apps.roster.queries import answering, on_duty
from driftbox.apps.sittings.invitations import seat_name
from driftbox.apps.sittings.models import RoomRow, SeatRow
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.planning.sitting_queue import minutes_to_wait, usual_minutes
from driftbox.gateways.turn import IceServer, turn_servers

AWAY: Final = timedelta(minutes=2)  # a waiting page asks every few seconds: silent for longer, it was closed
REMEMBERED: Final = 20  # sittings of an office from which the usual length is taken
AHEAD: Final = timedelta(days=31)


class Turn(Struct, frozen=True):
    """Where somebody stands in the queue: who is ahead, and about how many minutes; None when nobody is on duty."""

    ahead: int
    minutes: int | None


class Waiting(Struct, frozen=True, kw_only=True):
    """One room on the desk's page: its case and who it is for, or neither where the case is not theirs to see."""

    room: RoomRow
    case: Docket | None
    name: str
    minutes: int = 0
    long: bool = False
    away: bool = False
    answered_by: str = ""


class Figures(Struct, frozen=True, kw_only=True):
    """Sittings of a time in numbers, of nobody in particular: how many, how long they waited and lasted (minutes),
    and of the connections: packets lost and sound made up per thousand, by sound alone per hundred.
    """

    held: int
    gave_up: int
    waited: int
    waited_most: int
    lasted: int
    lost: int
    concealed: int
    sound_only: int


def whole(name: str, otherwise: int) -> int:
    """A whole number of the pack's settings."""
    return int(str(current_pack().settings.get(name, otherwise)))


def waiting_rooms(offices: Iterable[str]) -> list[RoomRow]:
    """The rooms in which somebody waits: appointments whose time has come by their time, the others by arrival."""
    rows = RoomRow.objects.filter(office__in=set(offices), answered=None, closed=None).exclude(waiting_since=None)
    return sorted(rows, key=lambda row: (_since(row), row.pk))


def _since(row: RoomRow) -> datetime:
    since = row.waiting_since or row.made
    return max(since, row.starts) if row.starts else since


def turn_of(room: RoomRow, *, now: datetime) -> Turn:
    """When it is about the turn of whoever waits in ``room``."""
    queue = [row.pk for row in waiting_rooms([room.office]) if not _away(row, now) or row.pk == room.pk]
    ahead = queue.index(room.pk) if room.pk in queue else len(queue)
    busy = RoomRow.objects.filter(office=room.office, closed=None).exclude(answered=None).count()
    return Turn(ahead, minutes_to_wait(ahead, answering_at(room.office, now), busy, usual(room.office)))


def answering_at(office: str, now: datetime) -> int:
    """How many are there to answer at ``office``: who is on duty by the roster, one where there is none."""
    if office not in current_pack().rosters:
        return 1
    return len({person for one in on_duty(office, now) for person in one.people})


def usual(office: str) -> int:
    """How many minutes a sitting at ``office`` takes."""
    rows = RoomRow.objects.filter(office=office).exclude(answered=None).exclude(closed=None).order_by("-closed")
    held = tuple(_minutes(answered, closed) for answered, closed in rows.values_list("answered", "closed")[:REMEMBERED])
    return usual_minutes(held, whole("sitting_minutes", 15))


def _minutes(since: datetime | None, until: datetime | None) -> int:
    return max(0, int((until - since) / timedelta(minutes=1))) if since and until else 0


def _away(row: RoomRow, now: datetime) -> bool:
    return row.seen is None or now - row.seen > AWAY


def queue_of(viewer: Viewer, *, now: datetime) -> list[Waiting]:
    """Who waits at the offices of ``viewer``, the first in line first; long waits are marked."""
    return [_shown(viewer, row, now) for row in waiting_rooms(viewer.reach)]


def going_on(viewer: Viewer, *, now: datetime) -> list[Waiting]:
    """The sittings that go on at the offices of ``viewer``, the oldest first."""
    rows = RoomRow.objects.filter(office__in=viewer.reach, closed=None).exclude(answered=None)
    return [_shown(viewer, row, now) for row in rows.order_by("answered")]


def not_there_yet(viewer: Viewer, *, now: datetime) -> list[Waiting]:
    """Rooms at the offices of ``viewer`` in which nobody is yet: appointments by their time, and links just sent."""
    rows = RoomRow.objects.filter(office__in=viewer.reach, closed=None, answered=None, waiting_since=None)
    rows = rows.filter(made__gte=now - AHEAD).order_by(F("starts").asc(nulls_first=True), "made")
    return [_shown(viewer, row, now) for row in rows]


def _shown(viewer: Viewer, row: RoomRow, now: datetime) -> Waiting:
    minutes = _minutes(_since(row), now) if row.waiting_since else 0
    known = colleagues().get(row.answered_by)
    try:
        case: Docket | None = docket_for(viewer, row.docket)
    except NotFound:
        case = None
    who = particulars_of(case.applicant or case.beneficiary).name if case else ""
    return Waiting(
        room=row, case=case, name=who, minutes=minutes, long=minutes >= whole("sitting_wait_minutes", 10),
        away=_away(row, now), answered_by=known.name if known else "",
    )  # fmt: skip


def rooms_of(docket: str) -> list[RoomRow]:
    """The rooms of a case, newest first."""
    return list(RoomRow.objects.filter(docket=docket).order_by("-made"))


def seats_of(room: RoomRow) -> list[SeatRow]:
    """The seats that were given out, in their order."""
    return list(room.seats.select_related("room").order_by("number"))


def staff_seat(room: str, person: str) -> SeatRow | None:
    """The seat that this member of staff has in ``room``."""
    return SeatRow.objects.select_related("room").filter(room=room, person=person, token_index="").first()


def seat_in(room: str, number: int) -> SeatRow | None:
    """A seat by its number."""
    return SeatRow.objects.select_related("room").filter(room=room, number=number).first()


def shown_name(seat: SeatRow) -> str:
    """By which name the others in the call see somebody."""
    known = colleagues().get(seat.person) if not seat.token_index else None
    return known.name if known else seat_name(seat)


def phone_instead(room: RoomRow, now: datetime) -> str:
    """Which number to call when the picture does not work: of the office on duty, of the office, of the house."""
    pack = current_pack()
    answers = answering(now)
    offices = [room.office, *([answers.office] if answers else [])]
    numbers = [pack.offices[one].phone for one in offices if one in pack.offices]
    return next((one for one in numbers if one), str(pack.settings.get("station_phone", "")) or pack.hotline)


def ice_servers(seat: SeatRow, *, now: datetime) -> tuple[IceServer, ...]:
    """The servers that help this seat's browser through to the others; none inside one office."""
    urls = [one for one in settings.DRIFTBOX_TURN_URL.split(",") if one]
    return turn_servers(urls, settings.DRIFTBOX_TURN_SECRET, f"{seat.room_id[-12:]}-{seat.number}", now=now)


def figures(viewer: Viewer, since: datetime, until: datetime) -> Figures:
    """The sittings made from ``since`` up to but not including ``until`` at the offices of ``viewer``, in numbers."""
    rows = list(RoomRow.objects.filter(office__in=viewer.reach, made__gte=since, made__lt=until))
    held = [row for row in rows if row.answered]
    waits = sorted(_minutes(_since(row), row.answered) for row in held if row.waiting_since)
    seats = list(SeatRow.objects.filter(room__in=[row.pk for row in held], seconds__gt=0))
    return Figures(
        held=len(held), gave_up=sum(1 for row in rows if row.waiting_since and row.closed and not row.answered),
        waited=_middle(waits), waited_most=waits[-1] if waits else 0,
        lasted=_middle([_minutes(row.answered, row.closed) for row in held if row.closed]),
        lost=_middle([seat.lost for seat in seats]), concealed=_middle([seat.concealed for seat in seats]),
        sound_only=100 * sum(s.sound_only for s in seats) // max(1, sum(s.seconds for s in seats)),
    )  # fmt: skip


def _middle(numbers: list[int]) -> int:
    return round(median(numbers)) if numbers else 0
