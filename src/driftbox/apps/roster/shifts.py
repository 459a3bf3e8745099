"""When somebody is on shift by the published rosters 班表, for whoever plans around people."""

from collections.abc import Iterable
from datetime import date, datetime, time

from driftbox.apps.pack import current_pack
from driftbox.apps.roster import queries
from driftbox.domain.planning.roster import DAY, Duty, RosterRules, slot_of
from driftbox.domain.planning.roster_book import RosterBook

Spans = tuple[tuple[int, int], ...]  # minutes since midnight, in order


class Rosters:
    """The books of all offices that have a roster, opened once."""

    def __init__(self) -> None:
        self._books: list[tuple[RosterRules, RosterBook]] = [
            (rules, queries.load(office).book) for office, rules in current_pack().rosters.items()
        ]

    def knows(self, person: str) -> bool:
        """Whether any roster speaks of this person: they share its shifts, or leave is written down in it."""
        return any(
            person in book.members
            or any(one.person == person for one in book.leaves.values())
            or any(person in month.people for month in book.months.values())
            for _rules, book in self._books
        )

    def on_leave(self, person: str, day: date) -> bool:
        """Whether a roster says that they are away on ``day``."""
        return any(
            one.person == person and one.since <= day <= one.until
            for _rules, book in self._books
            for one in book.leaves.values()
        )

    def is_ill(self, person: str, day: date) -> bool:
        """Whether they reported ill for a shift of ``day``, and have no other then."""
        return any(
            any((duty.person, duty.day) == (person, day) for duty in book.sick)
            and not any((duty.person, duty.day) == (person, day) for duty in book.duties)
            for _rules, book in self._books
        )

    def spans(self, person: str, day: date) -> Spans | None:
        """Their minutes on shift on ``day``, none on a day off; None where no published month names them."""
        found = [_spans(rules, book, person, day) for rules, book in self._books if _names(book, person, day)]
        return tuple(sorted(span for spans in found for span in spans)) if found else None


def _names(book: RosterBook, person: str, day: date) -> bool:
    """Whether the month of ``day`` is published with this person in it, or they stand in on that day."""
    month = book.months.get(f"{day:%Y-%m}")
    stands_in = any((duty.person, duty.day) == (person, day) for duty in book.stand_ins)
    return stands_in or (month is not None and person in month.people)


def _spans(rules: RosterRules, book: RosterBook, person: str, day: date) -> Iterable[tuple[int, int]]:
    """What of the shifts of the day, and of the night before it, lies on ``day``."""
    midnight = datetime.combine(day, time())
    for duty in book.duties_of(person, day - DAY, day):
        since, until = _ends(rules, duty)
        opens, shuts = max(since, midnight), min(until, midnight + DAY)
        if opens < shuts:
            yield int((opens - midnight).total_seconds()) // 60, int((shuts - midnight).total_seconds()) // 60


def _ends(rules: RosterRules, duty: Duty) -> tuple[datetime, datetime]:
    slot = slot_of(rules, duty)
    nothing = datetime.combine(duty.day, time())
    return (slot.since, slot.until) if slot else (nothing, nothing)
