"""The book of a roster 排班簿: what its entries add up to, the same for every order of arrival."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, Literal

from msgspec import Struct, field, structs

from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.planning.roster import Duty

SwapState = Literal["asked", "agreed", "done", "refused", "denied", "overtaken"]
DIRECTOR: Final = "director"
WAITING: Final = frozenset({"asked", "agreed"})


class Published(Struct, frozen=True, kw_only=True):
    """The roster of a month: who published it when, by what means, and how many places it left open."""

    entry: str
    by: str
    recorded: datetime
    maker: str
    missing: int
    people: tuple[str, ...]


class Swap(Struct, frozen=True, kw_only=True):
    """A swap as it stands."""

    entry: str
    giver: str
    taker: str
    given: Duty
    back: Duty | None
    needs_yes: bool
    state: SwapState = "asked"


class Note(Struct, frozen=True, kw_only=True):
    """A hand-over note: after which shift, by whom, and who has read it when."""

    entry: str
    day: date
    shift: str
    by: str
    recorded: datetime
    paper: str
    read: Mapping[str, datetime] = {}


class Leave(Struct, frozen=True):
    """Days on which somebody is away, both included."""

    person: str
    since: date
    until: date


class RosterBook(Struct):
    """All that was said of one office's roster. ``contested``: entries that cannot stand, each with the reason."""

    months: dict[str, Published] = field(default_factory=dict)
    duties: set[Duty] = field(default_factory=set)
    sick: set[Duty] = field(default_factory=set)
    stand_ins: set[Duty] = field(default_factory=set)
    members: dict[str, f.MemberSet] = field(default_factory=dict)
    leaves: dict[str, Leave] = field(default_factory=dict)
    swaps: dict[str, Swap] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    contested: dict[str, str] = field(default_factory=dict)
    last: str = ""
    count: int = 0

    def on(self, day: date, shift: str) -> tuple[str, ...]:
        """Who is on that shift."""
        return tuple(sorted(duty.person for duty in self.duties if (duty.day, duty.shift) == (day, shift)))

    def duties_of(self, person: str, since: date, until: date) -> tuple[Duty, ...]:
        """The duties of a person from ``since`` to ``until``, both included, in order of days."""
        return tuple(sorted(duty for duty in self.duties if duty.person == person and since <= duty.day <= until))

    def waiting_swaps(self) -> tuple[Swap, ...]:
        """The swaps that wait for somebody."""
        return tuple(swap for _key, swap in sorted(self.swaps.items()) if swap.state in WAITING)


def fold(entries: Iterable[Entry]) -> RosterBook:
    """The book that ``entries`` make, whatever order they come in and however often each is repeated."""
    return extend(RosterBook(), entries)


def extend(book: RosterBook, entries: Iterable[Entry]) -> RosterBook:
    """A new book with ``entries``, all of them later than what ``book`` knows; ``book`` stays as it is."""
    book = RosterBook(
        months=dict(book.months), duties=set(book.duties), sick=set(book.sick), stand_ins=set(book.stand_ins),
        members=dict(book.members), leaves=dict(book.leaves), swaps=dict(book.swaps), notes=dict(book.notes),
        contested=dict(book.contested), last=book.last, count=book.count,
    )  # fmt: skip
    unique = {entry.id: entry for entry in entries}
    for key in sorted(unique):
        book.last, book.count = key, book.count + 1
        effect = _EFFECTS.get(type(unique[key].body))
        reason = effect(book, unique[key], unique[key].body) if effect else "not_here"
        if reason:
            book.contested[key] = reason
    return book


def _publish(book: RosterBook, entry: Entry, body: f.RosterPublished) -> str:
    days = f.days_of(body.month)
    if any(len(line.days) != len(days) for line in body.lines):
        return "other_length"
    people = tuple(line.person for line in body.lines)
    if len(set(people)) != len(people):
        return "person_twice"
    for held in (book.duties, book.sick, book.stand_ins):
        held.difference_update([duty for duty in held if days[0] <= duty.day <= days[-1]])
    book.duties.update(f.duties_in(body.lines, days))
    book.months[body.month] = Published(
        entry=entry.id, by=entry.by, recorded=instant(entry.recorded_ms), maker=body.maker, missing=body.missing,
        people=people,
    )  # fmt: skip
    return ""


def _set(book: RosterBook, _entry: Entry, body: f.MemberSet) -> str:
    book.members[body.person] = body
    return ""


def _leave(book: RosterBook, entry: Entry, body: f.LeaveGranted) -> str:
    since, until = day_of(body.since), day_of(body.until)
    if since is None or until is None:
        return "bad_day"
    if until < since:
        return "ends_before_it_begins"
    book.leaves[entry.id] = Leave(body.person, since, until)
    return ""


def _ask(book: RosterBook, entry: Entry, body: f.SwapAsked) -> str:
    day, back_day = day_of(body.day), day_of(body.back_day) if body.back_day else None
    if day is None or bool(body.back_shift) != (back_day is not None):
        return "bad_day"
    back = Duty(back_day, body.back_shift, body.taker) if back_day else None
    swap = Swap(
        entry=entry.id, giver=entry.by, taker=body.taker, given=Duty(day, body.shift, entry.by), back=back,
        needs_yes=body.needs_yes,
    )  # fmt: skip
    if not swap_stands(book, swap):
        return "not_on_duty"
    book.swaps[entry.id] = swap
    return ""


def swap_stands(book: RosterBook, swap: Swap) -> bool:
    """Whether both still have the shifts that they would give, and not those that they would take."""
    taken = structs.replace(swap.given, person=swap.taker)
    if swap.giver == swap.taker or swap.given not in book.duties or taken in book.duties:
        return False
    if swap.back is None:
        return True
    return swap.back in book.duties and structs.replace(swap.back, person=swap.giver) not in book.duties


def _answer(book: RosterBook, entry: Entry, body: f.SwapAnswered) -> str:
    swap = book.swaps.get(body.swap)
    if swap is None or swap.state != "asked":
        return "no_such_swap"
    if entry.by != swap.taker:
        return "not_asked"
    if not body.yes:
        book.swaps[body.swap] = structs.replace(swap, state="refused")
    elif swap.needs_yes:
        book.swaps[body.swap] = structs.replace(swap, state="agreed")
    else:
        _exchange(book, swap)
    return ""


def _settle(book: RosterBook, entry: Entry, body: f.SwapSettled) -> str:
    swap = book.swaps.get(body.swap)
    if swap is None or swap.state != "agreed":
        return "no_such_swap"
    if entry.role != DIRECTOR:
        return "not_their_role"
    if body.yes:
        _exchange(book, swap)
    else:
        book.swaps[body.swap] = structs.replace(swap, state="denied")
    return ""


def _exchange(book: RosterBook, swap: Swap) -> None:
    """Both take the other's shift; a swap that something else came before is over."""
    if not swap_stands(book, swap):
        book.swaps[swap.entry] = structs.replace(swap, state="overtaken")
        return
    book.duties.remove(swap.given)
    book.duties.add(structs.replace(swap.given, person=swap.taker))
    if swap.back:
        book.duties.remove(swap.back)
        book.duties.add(structs.replace(swap.back, person=swap.giver))
    book.swaps[swap.entry] = structs.replace(swap, state="done")


def _sick(book: RosterBook, _entry: Entry, body: f.SickReported) -> str:
    day = day_of(body.day)
    duty = Duty(day, body.shift, body.person) if day else None
    if duty is None or duty not in book.duties:
        return "not_on_duty"
    book.duties.remove(duty)
    book.stand_ins.discard(duty)
    book.sick.add(duty)
    return ""


def _stand_in(book: RosterBook, _entry: Entry, body: f.StandInNamed) -> str:
    day = day_of(body.day)
    duty = Duty(day, body.shift, body.person) if day else None
    if duty is None:
        return "bad_day"
    if duty in book.duties:
        return "on_duty_already"
    book.duties.add(duty)
    book.stand_ins.add(duty)
    book.sick.discard(duty)
    return ""


def _hand_over(book: RosterBook, entry: Entry, body: f.ShiftHandedOver) -> str:
    day = day_of(body.day)
    if day is None:
        return "bad_day"
    book.notes[entry.id] = Note(
        entry=entry.id, day=day, shift=body.shift, by=entry.by, recorded=instant(entry.recorded_ms), paper=body.paper
    )
    return ""


def _read(book: RosterBook, entry: Entry, body: f.HandOverRead) -> str:
    note = book.notes.get(body.note)
    if note is None:
        return "no_such_note"
    if entry.by == note.by or entry.by in note.read:
        return "read_already"
    read = {**note.read, entry.by: instant(entry.recorded_ms)}
    book.notes[body.note] = structs.replace(note, read=read)
    return ""


def day_of(text: str) -> date | None:
    """The day that a text names; None when there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_EFFECTS: Final[Mapping[type, Callable[[RosterBook, Entry, Any], str]]] = {
    f.RosterPublished: _publish,
    f.MemberSet: _set,
    f.LeaveGranted: _leave,
    f.SwapAsked: _ask,
    f.SwapAnswered: _answer,
    f.SwapSettled: _settle,
    f.SickReported: _sick,
    f.StandInNamed: _stand_in,
    f.ShiftHandedOver: _hand_over,
    f.HandOverRead: _read,
}
