"""When somebody is there: openings by kind of day, and the next moment inside one."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from msgspec import Struct

DAY: Final = timedelta(days=1)
FAR: Final = 60  # days looked ahead


class Opening(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """From when to when, on working days, days of rest, or every day."""

    since: time
    until: time
    days: Literal["working", "rest", "every"] = "working"


def next_open(at: datetime, openings: Sequence[Opening], is_rest: Callable[[date], bool]) -> datetime:
    """The first moment from ``at`` (local, aware) on that lies in an opening; ``at`` itself where none comes."""
    for ahead in range(FAR):
        day = at.date() + ahead * DAY
        kind = "rest" if is_rest(day) else "working"
        for one in openings:
            begin, end = (datetime.combine(day, clock, at.tzinfo) for clock in (one.since, one.until))
            if one.days in (kind, "every") and at < end:
                return max(at, begin)
    return at


def working_days_on(day: date, count: int, is_rest: Callable[[date], bool]) -> date:
    """The day ``count`` working days after ``day``."""
    left = count
    while left > 0:
        day += DAY
        left -= not is_rest(day)
    return day


def next_weekday(at: datetime, weekday: int, clock: time) -> datetime:
    """The next ``clock`` on a weekday (1 is Monday), at least an hour ahead."""
    day = at.date() + DAY * ((weekday - at.isoweekday()) % 7)
    then = datetime.combine(day, clock, at.tzinfo)
    return then if then > at + timedelta(hours=1) else then + 7 * DAY
