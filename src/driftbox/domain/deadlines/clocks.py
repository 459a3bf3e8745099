"""Clocks 时限: from dated rules and what happened to due dates, verdicts and reasons.

Reading never raises on odd orders, and the order in which happenings arrive never matters. What happened later than
the local date of ``now`` has not happened yet.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Final, Literal

from msgspec import Struct, structs

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.counting import Due, compute_due, days_used
from driftbox.domain.deadlines.explain import Count, explain, why_provisional
from driftbox.domain.deadlines.pauses import Happening, Held, ledger
from driftbox.domain.deadlines.rules import ClockRule, MatterLimit, Unit
from driftbox.domain.text import Text

__all__ = ["VERDICTS", "Due", "Happening", "Reading", "Verdict", "compute_due", "read_clocks"]

Verdict = Literal["running", "paused", "met", "late", "overdue"]
VERDICTS: Final[dict[Verdict, Text]] = {
    "running": Text(zh="还来得及", en="running"),
    "paused": Text(zh="停着，没在算", en="paused"),
    "met": Text(zh="按时办到了", en="met"),
    "late": Text(zh="办到了，晚了", en="met late"),
    "overdue": Text(zh="过期了", en="overdue"),
}
PROMISE = Text(zh="承诺办结时限", en="Promised time")  # GB/T 39046—2020 承诺办结时限


class Reading(Struct, frozen=True, kw_only=True):
    """One clock as it stands.

    ``days`` of ``unit`` are all that may be used, ``extended`` ones included; ``due`` None: the source gives no
    figure. ``provisional``: the day may still move, ``provisional_why`` says why; while a pause is open, ``due`` is
    the earliest it can still be. ``days_left`` are calendar days from today, negative when overdue, None once stopped.
    ``warnings``: the shares of the rule's ``warn_at`` (percent of ``days``) that are used up; none once stopped.
    ``verdict`` and all else are frozen by the first stopping entry.
    """

    clock: str
    name: Text
    starts: date
    due: date | None
    days: int | None
    unit: Unit
    basis: str
    provisional: bool
    provisional_why: Text | None
    verdict: Verdict
    stopped: date | None
    extended: int
    paused_days: int
    days_left: int | None
    warnings: tuple[int, ...]
    why: tuple[Text, ...]


def read_clocks(
    rules: Iterable[ClockRule],
    happenings: Iterable[Happening],
    calendar: Calendar,
    now: datetime,
    matter_limit: MatterLimit | None = None,
    profiles: Sequence[str] = ("national",),
) -> tuple[Reading, ...]:
    """Every clock of ``rules`` that has started, as it reads at ``now``.

    The version of a rule in force on the local date of the start applies to the end. Rules of profiles not named are
    off; where two of ``profiles`` have the same clock, the one named later holds. A matter that promises less than
    the law gives a second clock, ``promise``.
    """
    today = calendar.local_date(now)
    past = sorted((h for h in happenings if calendar.local_date(h.at) <= today), key=_in_order)
    readings: list[Reading] = []
    for rule, start in _started(tuple(rules), past, calendar, profiles):
        readings.append(_read(_of_matter(rule, matter_limit), start, past, calendar, today))
        if rule.by_matter and matter_limit is not None and matter_limit.promise_days is not None:
            readings.append(_read(_promised(rule, matter_limit), start, past, calendar, today))
    return tuple(readings)


def _in_order(happening: Happening) -> tuple[datetime, str, int]:
    return happening.at, happening.kind, happening.days


def _started(
    rules: Sequence[ClockRule], past: Sequence[Happening], calendar: Calendar, profiles: Sequence[str]
) -> list[tuple[ClockRule, Happening]]:
    """The rules that apply, each with the happening that started it, in the order the pack lists their clocks."""
    chosen: dict[tuple[str, str], tuple[ClockRule, Happening] | None] = {(r.procedure, r.id): None for r in rules}
    known = [rule for rule in rules if rule.profile in profiles]
    for rule in sorted(known, key=lambda r: (profiles.index(r.profile), r.in_force_from)):
        start = _start(rule, past)
        if start is not None and _in_force(rule, calendar.local_date(start.at)):
            chosen[rule.procedure, rule.id] = (rule, start)
    return [pair for pair in chosen.values() if pair is not None]


def _start(rule: ClockRule, past: Sequence[Happening]) -> Happening | None:
    """The first entry that starts ``rule``; the first after the last that undid it, if there is one."""
    starts = [h for h in past if h.kind == rule.starts]
    undone = max((h.at for h in past if rule.again and h.kind == rule.again), default=None)
    afresh = [h for h in starts if undone is not None and h.at >= undone]
    return next(iter(afresh or starts), None)


def _in_force(rule: ClockRule, day: date) -> bool:
    return rule.in_force_from <= day <= (rule.in_force_to or date.max)


def _of_matter(rule: ClockRule, limit: MatterLimit | None) -> ClockRule:
    if not rule.by_matter or limit is None:
        return rule
    return structs.replace(rule, limit=limit.days, unit=limit.unit, basis=limit.basis)


def _promised(rule: ClockRule, limit: MatterLimit) -> ClockRule:
    """A promise binds like the law (Zhejiang 最多跑一次 rules Art. 12) and has no extension of its own."""
    return structs.replace(_of_matter(rule, limit), id="promise", name=PROMISE, limit=limit.promise_days, extends=None)


def _read(rule: ClockRule, start: Happening, past: Sequence[Happening], calendar: Calendar, today: date) -> Reading:
    stop = next((h for h in past if h.kind in rule.stops and h.at >= start.at and h is not start), None)
    mine = past if stop is None else [h for h in past if h.at <= stop.at]
    until = today if stop is None else calendar.local_date(stop.at)
    held = tuple(chain.from_iterable(ledger(pause, mine, calendar, until) for pause in rule.pauses))
    count = structs.replace(
        _count(rule, start, mine, calendar, held), stopped=None if stop is None else calendar.local_date(stop.at)
    )
    provisional = why_provisional(count)
    return Reading(
        clock=rule.id,
        name=rule.name,
        starts=count.start,
        due=None if count.due is None else count.due.day,
        days=None if rule.limit is None else rule.limit + count.extended,
        unit=rule.unit,
        basis=rule.basis,
        provisional=provisional is not None,
        provisional_why=provisional,
        verdict=_verdict(count, today),
        stopped=count.stopped,
        extended=count.extended,
        paused_days=0 if count.due is None else count.due.paused_days,
        days_left=None if count.due is None or count.stopped else (count.due.day - today).days,
        warnings=_warnings(count, today, calendar),
        why=explain(count),
    )


def _count(
    rule: ClockRule, start: Happening, mine: Sequence[Happening], calendar: Calendar, held: tuple[Held, ...]
) -> Count:
    """Count to the last day, granting extensions one by one: one granted after the last day comes too late."""
    first = calendar.local_date(start.at)
    if rule.limit is None:
        return Count(rule=rule, start=first, due=None, held=held)
    paused = tuple(one.span for one in held)
    due = compute_due(first, rule.limit, rule.unit, calendar, rule.rolls, paused)
    asked = extended = 0
    late: list[date] = []
    for grant in (h for h in mine if rule.extends and h.kind == rule.extends and h.at >= start.at):
        day = calendar.local_date(grant.at)
        if day > due.day:
            late.append(day)
            continue
        asked += max(0, grant.days)
        extended = min(asked, rule.extension_max)
        due = compute_due(first, rule.limit + extended, rule.unit, calendar, rule.rolls, paused)
    return Count(rule=rule, start=first, due=due, held=held, asked=asked, extended=extended, too_late=tuple(late))


def _verdict(count: Count, today: date) -> Verdict:
    in_time = count.due is None or (count.stopped or today) <= count.due.day
    if count.stopped is not None:
        return "met" if in_time else "late"
    if not in_time:
        return "overdue"
    return "paused" if any(one.open for one in count.held) else "running"


def _warnings(count: Count, today: date, calendar: Calendar) -> tuple[int, ...]:
    """The shares that are used up; a clock that was stopped has nobody left to warn."""
    if count.due is None or count.stopped is not None:
        return ()
    paused = tuple(one.span for one in count.held)
    used = days_used(count.start, today, count.rule.unit, calendar, paused)
    total = (count.rule.limit or 0) + count.extended
    return tuple(share for share in count.rule.warn_at if used * 100 >= share * total)
