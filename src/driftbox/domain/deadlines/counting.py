"""Counting days 期间的计算: from a start to a last day, over rest days and pauses."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from driftbox.domain.deadlines.calendar import SATURDAY, Calendar
from driftbox.domain.deadlines.rules import Unit

DAY = timedelta(days=1)


class Span(Struct, frozen=True):
    """Days in a row, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether ``day`` is one of them."""
        return self.first <= day <= self.last


class Due(Struct, frozen=True):
    """A last day and how it was come by.

    ``skipped``: rest days a working-day clock stepped over; ``made_up``: weekend days it counted because they are
    worked 调休. ``rolled_from``: the day it would have been, had that not been a rest day. ``provisional_years``: years
    that were asked about rest days although they are not covered. ``paused_days``: days that would have counted, but
    lay in a pause.
    """

    day: date
    skipped: tuple[Span, ...] = ()
    made_up: tuple[date, ...] = ()
    rolled_from: date | None = None
    provisional_years: tuple[int, ...] = ()
    paused_days: int = 0


def compute_due(
    start: date,
    days: int,
    unit: Unit,
    calendar: Calendar,
    rolls: bool = True,  # noqa: FBT001, FBT002 - the rule's own field, passed on as it stands
    paused: tuple[Span, ...] = (),
) -> Due:
    """The last of ``days`` days of ``unit`` after ``start``; the day of ``start`` is not counted (Civil Code Art. 201).

    Days in a ``paused`` span never count. With ``rolls`` a last day that is a rest day moves to the next day that is
    not (Art. 203); it does not move onto a paused day either. ``days`` below one leave the start day as the last.
    """
    left, day, paused_days = days, start, 0
    skipped, made_up = list[date](), list[date]()
    asked = set[int]()
    while left > 0:
        day += DAY
        if unit == "working":
            asked.add(day.year)
            if calendar.is_rest_day(day):
                skipped.append(day)
                continue
        if any(day in span for span in paused):
            paused_days += 1
            continue
        left -= 1
        if unit == "working" and day.weekday() >= SATURDAY:
            made_up.append(day)
    last = _rolled(day, calendar, paused, asked) if rolls else day
    unknown = tuple(sorted(year for year in asked if not calendar.covers(year)))
    return Due(last, spans(skipped), tuple(made_up), day if last != day else None, unknown, paused_days)


def _rolled(day: date, calendar: Calendar, paused: tuple[Span, ...], asked: set[int]) -> date:
    """The first day from ``day`` on that is neither a rest day nor, once rolling, a paused one."""
    asked.add(day.year)
    while calendar.is_rest_day(day):
        day += DAY
        while any(day in span for span in paused):
            day += DAY
        asked.add(day.year)
    return day


def spans(days: Iterable[date]) -> tuple[Span, ...]:
    """``days`` in order, with days in a row drawn together."""
    drawn: list[Span] = []
    for day in sorted(set(days)):
        if drawn and drawn[-1].last + DAY == day:
            drawn[-1] = Span(drawn[-1].first, day)
        else:
            drawn.append(Span(day, day))
    return tuple(drawn)


def days_used(start: date, today: date, unit: Unit, calendar: Calendar, paused: tuple[Span, ...]) -> int:
    """Days of ``unit`` after ``start`` up to and including ``today`` that have counted; none before the first."""
    days = (start + n * DAY for n in range(1, (today - start).days + 1))
    return sum(
        not (unit == "working" and calendar.is_rest_day(day)) and not any(day in span for span in paused)
        for day in days
    )
