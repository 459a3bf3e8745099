"""Whether something may be recorded of a roster now; refusals say what to do instead.

What is let through folds without being contested (``roster_book``).
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from msgspec import Struct

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.planning.roster import Duty, Member, RosterRules, Slot, Task, slots_on, stands_against
from driftbox.domain.planning.roster_book import DIRECTOR, RosterBook, Swap, day_of, swap_stands
from driftbox.domain.planning.roster_check import violations

AHEAD: Final = timedelta(days=400)
BEHIND: Final = timedelta(days=40)
AROUND: Final = timedelta(days=9)  # how far the rules look to both sides of a shift
OPEN: Final = frozenset({"people", "skill"})  # an open shift is named, not refused
AGAINST: Final[Mapping[str, str]] = {
    "leave": "这个人那天请了假，没有记。请换一个人。",
    "boat": "那天没有船带这个人上岛，没有记。请换一个人。",
    "fixed": "这个人只上固定的那一班，没有记。请换一个人，或先改固定班。",
    "twice": "这个人那时候已经有班了，没有记。请换一个人。",
    "rest": "两班之间歇得不够，没有记。请换一个歇过的人。",
    "week": "这个人那一周的班满了，没有记。请换一个人。",
    "nights": "这个人连着的夜班满了，没有记。请换一个人。",
}
BROKEN: Final[Mapping[str, str]] = {
    "leave": "{day} {shift}：排了请假的人，没有发布。请改好再按一次。",
    "boat": "{day} {shift}：那天没有船带他上岛，没有发布。请改好再按一次。",
    "fixed": "{day} {shift}：他只上固定的那一班，没有发布。请改好再按一次。",
    "twice": "{day} {shift}：同一个人排在了两处，没有发布。请改好再按一次。",
    "rest": "{day} {shift}：他前一班下来歇得不够，没有发布。请改好再按一次。",
    "week": "{day} {shift}：他那一周的班太多了，没有发布。请改好再按一次。",
    "nights": "{day} {shift}：他连着的夜班太多了，没有发布。请改好再按一次。",
    "unknown_person": "{day} {shift}：排了不在这里的人，没有发布。请改好再按一次。",
    "unknown_shift": "{day} {shift}：没有这个班次，没有发布。请照班次的字母写。",
    "no_such_slot": "{day} {shift}：那天没有这个班，没有发布。请改好再按一次。",
}


class Standing(Struct, frozen=True, kw_only=True):
    """Who records it, in which role, on which day, by which rules, among which people."""

    rules: RosterRules
    members: tuple[Member, ...]
    calendar: Calendar
    by: str
    role: str
    today: date

    def member(self, person: str) -> Member | None:
        """The member with this person id."""
        return next((one for one in self.members if one.person == person), None)


def check(book: RosterBook, body: Body, standing: Standing) -> None:
    """Whether ``body`` may be recorded in ``book`` now.

    Raises:
        NotAllowed: only the director may.
        Refused: a day, person or shift that is not there, a rule that speaks against it, or it is said already.
    """
    guard = _GUARDS.get(type(body))
    if guard is None:
        raise Refused("roster.not_here", "这一条记不到排班簿里，没有记。")
    guard(book, body, standing)


def against(book: RosterBook, standing: Standing, person: str, slot: Slot, without: frozenset[Duty]) -> str:
    """The rule that keeps ``person`` from ``slot`` when the duties ``without`` are given away; empty when none does."""
    member = standing.member(person)
    if member is None:
        return "unknown_person"
    task = Task(rules=standing.rules, members=standing.members, days=(), calendar=standing.calendar)
    own = set(book.duties_of(person, slot.day - AROUND, slot.day + AROUND)) - without
    return stands_against(task, member, slot, own) or ""


def _director(standing: Standing) -> None:
    if standing.role != DIRECTOR:
        raise NotAllowed("roster.director", "排班、准假、批换班归站长。没有记，请告诉站长。")


def _day(text: str, standing: Standing) -> date:
    day = day_of(text)
    if day is None or not standing.today - BEHIND <= day <= standing.today + AHEAD:
        raise Refused("roster.day", "这个日子不对，没有记。请对一对是哪一天。")
    return day


def _slot(day: date, shift: str, standing: Standing) -> Slot:
    for slot in slots_on(standing.rules, day, standing.calendar):
        if slot.shift.code == shift:
            return slot
    raise Refused("roster.no_shift", "那天没有这个班，没有记。请从单子里选。")


def _known(person: str, standing: Standing) -> Member:
    member = standing.member(person)
    if member is None:
        raise Refused("roster.no_person", "这个人不在这里的班上，没有记。请从单子里选。")
    return member


def _fits(book: RosterBook, standing: Standing, person: str, slot: Slot, without: frozenset[Duty]) -> None:
    rule = against(book, standing, person, slot, without)
    if rule:
        raise Refused(f"roster.{rule}", AGAINST[rule])


def _check_published(book: RosterBook, body: f.RosterPublished, standing: Standing) -> None:
    _director(standing)
    days = f.days_of(body.month)
    if not standing.today - BEHIND <= days[-1] or not days[0] <= standing.today + AHEAD:
        raise Refused("roster.month", "这个月份不对，没有发布。请选最近的月份。")
    if any(len(line.days) != len(days) for line in body.lines):
        raise Refused("roster.length", "有人那一行的天数不对，没有发布。一天一个字母，没班写点。")
    if len({line.person for line in body.lines}) != len(body.lines):
        raise Refused("roster.person_twice", "同一个人写了两行，没有发布。请并成一行。")
    before = tuple(duty for duty in book.duties if days[0] - AROUND <= duty.day < days[0])
    task = Task(
        rules=standing.rules, members=standing.members, days=days, calendar=standing.calendar, before=before
    )  # fmt: skip
    for one in violations(task, f.duties_in(body.lines, days)):
        if one.rule not in OPEN:
            shift = standing.rules.shift(one.shift)
            day = f"{one.day.month}-{one.day.day}"
            raise Refused(f"roster.{one.rule}", BROKEN[one.rule], day=day, shift=shift.name.zh if shift else one.shift)


def _check_member(_book: RosterBook, body: f.MemberSet, standing: Standing) -> None:
    _director(standing)
    _known(body.person, standing)
    if body.fixed and standing.rules.shift(body.fixed) is None:
        raise Refused("roster.no_shift", "那天没有这个班，没有记。请从单子里选。")


def _check_leave(book: RosterBook, body: f.LeaveGranted, standing: Standing) -> None:
    _director(standing)
    _known(body.person, standing)
    since, until = _day(body.since, standing), _day(body.until, standing)
    if until < since:
        raise Refused("roster.leave_backwards", "请到的那天要晚于起的那天。没有记，请改好再按一次。")
    if any((one.person, one.since, one.until) == (body.person, since, until) for one in book.leaves.values()):
        raise Refused("roster.leave_twice", "这几天的假已经记了，不用再记。")


def _check_asked(book: RosterBook, body: f.SwapAsked, standing: Standing) -> None:
    _known(body.taker, standing)
    slot = _slot(_day(body.day, standing), body.shift, standing)
    if slot.day < standing.today:
        raise Refused("roster.past", "那一班已经过去了，没有记。")
    back_slot = _slot(_day(body.back_day, standing), body.back_shift, standing) if body.back_day else None
    given = Duty(slot.day, body.shift, standing.by)
    back = Duty(back_slot.day, body.back_shift, body.taker) if back_slot else None
    swap = Swap(entry="", giver=standing.by, taker=body.taker, given=given, back=back, needs_yes=body.needs_yes)
    if bool(body.back_shift) != bool(body.back_day) or not swap_stands(book, swap):
        raise Refused("roster.swap_gone", "要换的班不在你们手里，没有记。请刷新，再看一眼。")
    if body.needs_yes != standing.rules.swap_needs_yes:
        raise Refused("roster.swap_rule", "换班要不要站长点头，规矩刚改过。没有记，请刷新再来。")
    if any(one.given == given for one in book.waiting_swaps()):
        raise Refused("roster.swap_twice", "这一班已经在问人了，没有再问。等对方回话，或请站长看。")
    _check_exchange(book, swap, standing)


def _check_exchange(book: RosterBook, swap: Swap, standing: Standing) -> None:
    """Both may take what they would take."""
    without = frozenset({swap.given, *((swap.back,) if swap.back else ())})
    _fits(book, standing, swap.taker, _slot(swap.given.day, swap.given.shift, standing), without)
    if swap.back:
        _fits(book, standing, swap.giver, _slot(swap.back.day, swap.back.shift, standing), without)


def _swap(book: RosterBook, entry: str, state: str) -> Swap:
    swap = book.swaps.get(entry)
    if swap is None or swap.state != state:
        raise Refused("roster.swap_over", "这次换班已经有结果了，没有再记。请刷新，再看一眼。")
    return swap


def _check_answered(book: RosterBook, body: f.SwapAnswered, standing: Standing) -> None:
    swap = _swap(book, body.swap, "asked")
    if standing.by != swap.taker:
        raise NotAllowed("roster.not_asked", "问的不是您，没有记。")
    if body.yes:
        _still(book, swap, standing)


def _check_settled(book: RosterBook, body: f.SwapSettled, standing: Standing) -> None:
    _director(standing)
    swap = _swap(book, body.swap, "agreed")
    if body.yes:
        _still(book, swap, standing)


def _still(book: RosterBook, swap: Swap, standing: Standing) -> None:
    if not swap_stands(book, swap):
        raise Refused("roster.swap_gone", "要换的班不在你们手里，没有记。请刷新，再看一眼。")
    _check_exchange(book, swap, standing)


def _check_sick(book: RosterBook, body: f.SickReported, standing: Standing) -> None:
    if standing.by != body.person:
        _director(standing)
    day = _day(body.day, standing)
    if Duty(day, body.shift, body.person) not in book.duties:
        raise Refused("roster.not_on", "这一班不在他名下，没有记。请刷新，再看一眼。")


def _check_stand_in(book: RosterBook, body: f.StandInNamed, standing: Standing) -> None:
    if standing.by != body.person:
        _director(standing)
    _known(body.person, standing)
    slot = _slot(_day(body.day, standing), body.shift, standing)
    if Duty(slot.day, body.shift, body.person) in book.duties:
        raise Refused("roster.on_already", "这个人已经在这一班上了，不用再记。")
    _fits(book, standing, body.person, slot, frozenset())


def _check_handed(_book: RosterBook, body: f.ShiftHandedOver, standing: Standing) -> None:
    _slot(_day(body.day, standing), body.shift, standing)


def _check_read(book: RosterBook, body: f.HandOverRead, standing: Standing) -> None:
    note = book.notes.get(body.note)
    if note is None:
        raise Refused("roster.no_note", "没有这张交班条。请刷新，再看一眼。")
    if standing.by == note.by or standing.by in note.read:
        raise Refused("roster.read", "这张交班条您看过了，不用再记。")


_GUARDS: Final[Mapping[type, Callable[[RosterBook, Any, Standing], None]]] = {
    f.RosterPublished: _check_published,
    f.MemberSet: _check_member,
    f.LeaveGranted: _check_leave,
    f.SwapAsked: _check_asked,
    f.SwapAnswered: _check_answered,
    f.SwapSettled: _check_settled,
    f.SickReported: _check_sick,
    f.StandInNamed: _check_stand_in,
    f.ShiftHandedOver: _check_handed,
    f.HandOverRead: _check_read,
}
