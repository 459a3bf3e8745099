"""When a window is open and when an agent is on shift 当班: weekly hours on the official calendar."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from driftbox.domain.deadlines.calendar import SATURDAY, Calendar

DAYS_AHEAD: Final = 62  # a door that stays shut longer than that has no known opening
What = Literal["window", "agent"]
Weekday = Annotated[int, Meta(ge=1, le=7)]
Minutes = Annotated[int, Meta(ge=0, le=1440)]


class Opening(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Hours of the windows of an office, or the shift of its agents, on some weekdays (1 is Monday).

    They hold for every office below it that has none of its own. On a rest day they hold only with ``rest_days``; on
    a weekend day that is worked 调休 on any weekday with ``make_up``.
    """

    office: str
    what: What
    weekdays: tuple[Weekday, ...]
    since: time
    until: time
    rest_days: bool = False
    make_up: bool = False
    illustrative: bool = False  # a choice of the demo, not a published fact


class Rounds(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Minutes that handling takes: the box closes before its boat leaves, the pick-up after a boat's arrival, the way
    between pier and window, and from the pier to the door.
    """

    box_closes: Minutes = 0
    pickup: Minutes = 0
    window: Minutes = 0
    door: Minutes = 0
    illustrative: bool = False


def holds_on(opening: Opening, day: date, calendar: Calendar) -> bool:
    """Whether these hours hold on ``day``."""
    listed = day.isoweekday() in opening.weekdays
    if calendar.is_rest_day(day):
        return listed and opening.rest_days
    return listed or (opening.make_up and day.weekday() >= SATURDAY)


def next_open(openings: Iterable[Opening], at: datetime, calendar: Calendar) -> datetime | None:
    """The first moment from ``at`` (aware) on that lies in one of ``openings``; None when none is known."""
    rows = tuple(openings)
    local = at.astimezone(calendar.zone)
    for ahead in range(DAYS_AHEAD if rows else 0):
        day = local.date() + timedelta(days=ahead)
        found = [
            max(local, datetime.combine(day, row.since, calendar.zone))
            for row in rows
            if holds_on(row, day, calendar) and local < datetime.combine(day, row.until, calendar.zone)
        ]
        if found:
            return min(found)
    return None


def next_common(
    first: Iterable[Opening], second: Iterable[Opening], at: datetime, calendar: Calendar
) -> datetime | None:
    """The first moment from ``at`` on that lies in openings of both."""
    one, other = tuple(first), tuple(second)
    moment: datetime | None = at
    for _turn in range(DAYS_AHEAD):
        opened = next_open(one, moment, calendar) if moment else None
        moment = next_open(other, opened, calendar) if opened else None
        if moment is None or moment == opened:
            return moment
    return None
