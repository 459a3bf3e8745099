"""Does a roster keep its rules, what does it leave open and why, and can such rules be kept at all?"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, time
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.planning.roster import RULES, Duty, Member, RosterRules, Rule, Slot, Task, slot_of, stands_against

Breach = Literal["unknown_person", "unknown_shift", "no_such_slot", "people", "skill"]
MINUTES: Final = 1440  # of a day


class Violation(Struct, frozen=True, kw_only=True):
    """One rule that a roster does not keep: on which shift, by whom (empty: the shift as a whole)."""

    rule: Rule | Breach
    day: date
    shift: str
    person: str = ""


class Shortfall(Struct, frozen=True, kw_only=True):
    """A shift that is not staffed as it should be: ``missing`` people, of ``skill`` if one is named.

    ``why``: how many of the others each rule keeps away; ``free``: how many no rule keeps away.
    """

    day: date
    shift: str
    missing: int
    skill: str = ""
    why: tuple[tuple[Rule, int], ...] = ()
    free: int = 0


class Cannot(Struct, frozen=True, kw_only=True):
    """Why rules cannot be kept, whoever does what: too few ``people``, too few with a ``skill``, too many ``shifts``
    for the month; ``nobody`` at all. ``need`` against ``have``.
    """

    what: Literal["nobody", "people", "skill", "shifts"]
    shift: str = ""
    skill: str = ""
    need: int = 0
    have: int = 0


def violations(task: Task, duties: Iterable[Duty]) -> tuple[Violation, ...]:
    """Every rule that ``duties`` break, in order of days; understaffed shifts among them."""
    found: list[Violation] = []
    members = {one.person: one for one in task.members}
    wanted = {(slot.day, slot.shift.code) for slot in task.slots()}
    earlier: dict[str, list[Duty]] = {}
    for duty in task.before:
        earlier.setdefault(duty.person, []).append(duty)
    listed = sorted(duties, key=lambda one: (_start(task.rules, one), one.person))
    for duty in listed:
        own = earlier.setdefault(duty.person, [])
        rule = _broken(task, members.get(duty.person), duty, own, wanted)
        if rule:
            found.append(Violation(rule=rule, day=duty.day, shift=duty.shift, person=duty.person))
        own.append(duty)
    found += [
        Violation(rule="skill" if short.skill else "people", day=short.day, shift=short.shift)
        for short in shortfalls(task, listed)
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.shift, one.person)))


def _start(rules: RosterRules, duty: Duty) -> tuple[date, time]:
    slot = slot_of(rules, duty)
    return duty.day, slot.shift.since if slot else time.min


def _broken(
    task: Task, member: Member | None, duty: Duty, earlier: list[Duty], wanted: set[tuple[date, str]]
) -> Rule | Breach | None:
    slot = slot_of(task.rules, duty)
    if member is None:
        return "unknown_person"
    if slot is None:
        return "unknown_shift"
    if (duty.day, duty.shift) not in wanted:
        return "no_such_slot"
    return stands_against(task, member, slot, earlier)


def shortfalls(task: Task, duties: Iterable[Duty]) -> tuple[Shortfall, ...]:
    """The shifts that ``duties`` leave understaffed, each with the rules that keep the others away."""
    own: dict[str, list[Duty]] = {}
    on: dict[tuple[date, str], list[str]] = {}
    for duty in duties:
        own.setdefault(duty.person, []).append(duty)
        on.setdefault((duty.day, duty.shift), []).append(duty.person)
    for duty in task.before:
        own.setdefault(duty.person, []).append(duty)
    return tuple(short for slot in task.slots() for short in _short(task, slot, on, own))


def _short(
    task: Task, slot: Slot, on: dict[tuple[date, str], list[str]], own: dict[str, list[Duty]]
) -> Iterable[Shortfall]:
    there = set(on.get((slot.day, slot.shift.code), ()))
    asked = [("", slot.shift.people), *sorted(slot.shift.skills.items())]
    for skill, need in asked:
        have = sum(1 for one in task.members if one.person in there and (not skill or skill in one.skills))
        if have >= need:
            continue
        others = [one for one in task.members if one.person not in there and (not skill or skill in one.skills)]
        kept = Counter(stands_against(task, one, slot, own.get(one.person, ())) for one in others)
        why = tuple((rule, kept[rule]) for rule in RULES if kept[rule])
        yield Shortfall(day=slot.day, shift=slot.shift.code, missing=need - have, skill=skill, why=why, free=kept[None])


def impossible(task: Task) -> tuple[Cannot, ...]:
    """What makes the rules impossible to keep for these people, whatever the order; empty when nothing is seen."""
    if not task.members:
        return (Cannot(what="nobody"),)
    found: list[Cannot] = []
    for shift in task.rules.shifts:
        able = [one for one in task.members if one.fixed in {"", shift.code}]
        if len(able) < shift.people:
            found.append(Cannot(what="people", shift=shift.code, need=shift.people, have=len(able)))
        for skill, need in sorted(shift.skills.items()):
            have = sum(skill in one.skills for one in able)
            if have < need:
                found.append(Cannot(what="skill", shift=shift.code, skill=skill, need=need, have=have))
    need = sum(max(slot.shift.people, 1) for slot in task.slots())
    have = sum(_most(task, one) for one in task.members)
    if need > have:
        found.append(Cannot(what="shifts", need=need, have=have))
    return tuple(found)


def _most(task: Task, member: Member) -> int:
    """How many shifts of these days somebody can have at most, by weeks and days alone."""
    weeks = Counter(
        day.isocalendar()[:2] for day in task.days
        if day not in member.off and day.isoweekday() in member.weekdays
    )  # fmt: skip
    return sum(min(days, task.rules.per_week) for days in weeks.values())


def unstaffed_hours(rules: RosterRules) -> tuple[tuple[int, int], ...]:
    """The minutes of a working day (from, to), in a row of working days, in which no shift of ``rules`` lies."""
    covered = [False] * MINUTES
    for shift in rules.shifts:
        if shift.days == "rest":
            continue
        since, until = _minute(shift.since), _minute(shift.until)
        for minute in range(since, until if until > since else until + MINUTES):
            covered[minute % MINUTES] = True
    gaps: list[tuple[int, int]] = []
    for minute, is_covered in enumerate(covered):
        if not is_covered:
            joins = gaps and gaps[-1][1] == minute
            gaps[-1:] = [(gaps[-1][0], minute + 1)] if joins else [*gaps[-1:], (minute, minute + 1)]
    return tuple(gaps)


def _minute(at: time) -> int:
    return 60 * at.hour + at.minute


def spread(task: Task, duties: Iterable[Duty]) -> tuple[int, int]:
    """How far apart those who rotate are, with the weeks before: in shifts, and in nights (most less fewest)."""
    rotating = [one for one in task.members if not one.fixed]
    total, nights = Counter[str](), Counter[str]()
    for duty in duties:
        shift = task.rules.shift(duty.shift)
        total[duty.person] += 1
        nights[duty.person] += bool(shift and shift.night)
    both = [(one.duties + total[one.person], one.nights + nights[one.person]) for one in rotating]
    if not both:
        return 0, 0
    shifts, at_night = [one[0] for one in both], [one[1] for one in both]
    return max(shifts) - min(shifts), max(at_night) - min(at_night)
