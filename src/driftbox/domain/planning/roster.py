"""The roster 排班 of an office: what the pack asks for, who may be on duty when, and which rule stands against it.

Times are wall-clock times of the office. Where clocks are moved in spring and autumn, a night then counts as an hour
more or less than it is; China has not moved its clocks since 1991.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.text import Text

Days = Literal["working", "rest", "every"]
Rule = Literal["leave", "boat", "fixed", "twice", "rest", "week", "nights"]
RULES: Final[tuple[Rule, ...]] = ("leave", "boat", "fixed", "twice", "rest", "week", "nights")
ALL_WEEK: Final = frozenset(range(1, 8))
DAY: Final = timedelta(days=1)
ShiftCode = Annotated[str, Meta(pattern=r"^[A-Z]$")]


class Shift(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One shift 班次, from ``since`` to ``until`` (not later than ``since``: on the next day).

    ``people`` are needed at least, among them so many with each of ``skills``: a role or a kind of agent. ``night``:
    it counts as a night, for rest and for fairness.
    """

    code: ShiftCode
    name: Text
    since: time
    until: time
    days: Days = "working"
    people: Annotated[int, Meta(ge=1, le=20)] = 1
    skills: Mapping[str, Annotated[int, Meta(ge=1, le=20)]] = {}
    night: bool = False


class RosterRules(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[[roster]]`` of the pack: how one office is staffed.

    ``rest_hours`` lie between two shifts of one person, ``rest_after_night`` after a night; at most ``per_week``
    shifts in a week from Monday, and ``nights_running`` nights one after the other. ``fair_weeks``: how far back
    shifts and nights are counted when they are shared out. ``swap_needs_yes``: the director has to agree to a swap.
    ``answers_phone``: whoever is on duty answers the house's number.
    """

    office: str
    shifts: tuple[Shift, ...]
    rest_hours: Annotated[int, Meta(ge=0, le=168)] = 11
    rest_after_night: Annotated[int, Meta(ge=0, le=168)] = 24
    per_week: Annotated[int, Meta(ge=1, le=14)] = 6
    nights_running: Annotated[int, Meta(ge=1, le=14)] = 2
    fair_weeks: Annotated[int, Meta(ge=0, le=52)] = 8
    roles: tuple[str, ...] = ("clerk",)  # whose holders share the shifts
    swap_needs_yes: bool = True
    answers_phone: bool = False
    all_day: bool = False  # working days are staffed for 24 hours; the check of the pack holds the shifts to it
    illustrative: bool = False  # a choice of the demo, not a published fact

    def shift(self, code: str) -> Shift | None:
        """The shift of this code."""
        return next((one for one in self.shifts if one.code == code), None)


class Member(Struct, frozen=True, kw_only=True):
    """Somebody who can be on duty. ``fixed``: only this shift 固定班, and not counted in what rotates 轮班.

    ``weekdays``: when they are on the island or a boat brings them 船期 (1 is Monday); ``off``: days of leave.
    ``duties`` and ``nights``: how many they had in the weeks before.
    """

    person: str
    skills: frozenset[str] = frozenset()
    fixed: str = ""
    weekdays: frozenset[int] = ALL_WEEK
    off: frozenset[date] = frozenset()
    duties: int = 0
    nights: int = 0


class Duty(Struct, frozen=True, order=True):
    """One person on one shift of one day."""

    day: date
    shift: str
    person: str


class Slot(Struct, frozen=True):
    """One shift of one day."""

    day: date
    shift: Shift

    @property
    def since(self) -> datetime:
        """When it begins on the wall clock."""
        return datetime.combine(self.day, self.shift.since)

    @property
    def until(self) -> datetime:
        """When it ends on the wall clock."""
        end = datetime.combine(self.day, self.shift.until)
        return end if self.shift.until > self.shift.since else end + DAY


class Task(Struct, frozen=True, kw_only=True):
    """A roster to be made: for which days and people by which rules. ``before``: duties of the last days before it;
    ``kept``: duties in it that a person has set and that stay.
    """

    rules: RosterRules
    members: tuple[Member, ...]
    days: tuple[date, ...]
    calendar: Calendar
    before: tuple[Duty, ...] = ()
    kept: tuple[Duty, ...] = ()

    def slots(self) -> tuple[Slot, ...]:
        """Every shift that has to be staffed, in order of time."""
        return tuple(slot for day in self.days for slot in slots_on(self.rules, day, self.calendar))


def slots_on(rules: RosterRules, day: date, calendar: Calendar) -> tuple[Slot, ...]:
    """The shifts that begin on ``day``, in order of time."""
    rest = calendar.is_rest_day(day)
    wanted = {"every", "rest" if rest else "working"}
    found = [Slot(day, one) for one in rules.shifts if one.days in wanted]
    return tuple(sorted(found, key=lambda slot: (slot.since, slot.shift.code)))


def slot_of(rules: RosterRules, duty: Duty) -> Slot | None:
    """The slot that a duty fills; None when there is no such shift (any more)."""
    shift = rules.shift(duty.shift)
    return Slot(duty.day, shift) if shift else None


def stands_against(task: Task, member: Member, slot: Slot, others: Iterable[Duty]) -> Rule | None:
    """The first rule by which ``member``, with ``others`` as all their other duties, may not be on ``slot``."""
    if slot.day in member.off:
        return "leave"
    if slot.day.isoweekday() not in member.weekdays:
        return "boat"
    if member.fixed and member.fixed != slot.shift.code:
        return "fixed"
    held = [one for one in (slot_of(task.rules, duty) for duty in others) if one]
    for other in held:
        reason = _clash(task.rules, other, slot)
        if reason:
            return reason
    return _too_much(task.rules, held, slot)


def _clash(rules: RosterRules, one: Slot, other: Slot) -> Rule | None:
    first, second = (one, other) if one.since <= other.since else (other, one)
    if one.day == other.day or second.since < first.until:
        return "twice"
    hours = rules.rest_after_night if first.shift.night else rules.rest_hours
    return "rest" if second.since - first.until < timedelta(hours=hours) else None


def _too_much(rules: RosterRules, held: Collection[Slot], slot: Slot) -> Rule | None:
    week = slot.day.isocalendar()[:2]
    if sum(one.day.isocalendar()[:2] == week for one in held) >= rules.per_week:
        return "week"
    nights = {one.day for one in held if one.shift.night}
    if slot.shift.night and _run(nights, slot.day) > rules.nights_running:
        return "nights"
    return None


def _run(nights: Collection[date], day: date) -> int:
    """How many nights one after the other there are when ``day`` is one of them."""
    first = last = day
    while first - DAY in nights:
        first -= DAY
    while last + DAY in nights:
        last += DAY
    return (last - first).days + 1


def plain_roster(task: Task) -> tuple[Duty, ...]:
    """A roster made slot by slot: each goes to whoever may take it and had least so far. Never breaks a rule; may
    leave open what a longer search would have filled.
    """
    own: dict[str, list[Duty]] = {one.person: [] for one in task.members}
    for duty in (*task.before, *task.kept):
        own.setdefault(duty.person, []).append(duty)
    made = list(task.kept)
    for slot in task.slots():
        on = {duty.person for duty in made if (duty.day, duty.shift) == (slot.day, slot.shift.code)}
        there = [member for member in task.members if member.person in on]
        for member in _chosen(task, slot, there, own):
            duty = Duty(slot.day, slot.shift.code, member.person)
            made.append(duty)
            own[member.person].append(duty)
    return tuple(sorted(made))


def _chosen(task: Task, slot: Slot, there: list[Member], own: Mapping[str, list[Duty]]) -> list[Member]:
    """Who is put on a slot besides those who are there: first the skills that are asked for, then the number."""
    free = [one for one in task.members if not stands_against(task, one, slot, own[one.person])]
    free = [one for one in free if one not in there]
    free.sort(key=lambda one: _turn(task.rules, one, slot, own[one.person]))
    chosen: list[Member] = []
    for skill, number in sorted(slot.shift.skills.items()):
        have = sum(skill in one.skills for one in (*there, *chosen))
        able = [one for one in free if skill in one.skills and one not in chosen]
        chosen += able[: max(0, number - have)]
    rest = [one for one in free if one not in chosen]
    return chosen + rest[: max(0, slot.shift.people - len(there) - len(chosen))]


def _turn(rules: RosterRules, member: Member, slot: Slot, own: Collection[Duty]) -> tuple[bool, int, int, date, str]:
    """Whose turn it is: fixed ones first, then who had fewest nights (for a night) and shifts, longest ago."""
    in_month = [duty for duty in own if duty.day < slot.day]
    nights = sum(1 for duty in own if (shift := rules.shift(duty.shift)) and shift.night)
    last = max((duty.day for duty in in_month), default=date.min)
    return (
        not member.fixed, member.nights + nights if slot.shift.night else 0, member.duties + len(own), last,
        member.person,
    )  # fmt: skip
