"""Folded books that are kept in memory: a later reader reads and folds only what is newer."""

from collections.abc import Callable, Iterable
from typing import Generic, Protocol, TypeVar

from django.db import transaction
from msgspec import Struct

from driftbox.apps.eventlog.queries import Head, Read, since, turn_of
from driftbox.apps.node import keys
from driftbox.domain.log.entry import Entry


class Book(Protocol):
    """What entries fold into; ``last`` is the id of the latest."""

    @property
    def last(self) -> str: ...


B = TypeVar("B", bound=Book)


class Loaded(Struct, Generic[B], frozen=True):
    """A folded book, how far the table was read for it, where this node has to go on, and of which turn it is."""

    book: B
    seq: int
    head: Head
    turn: int


class Shelf(Generic[B]):
    """The books of one kind by their docket. ``extend`` leaves the book that it is given as it was."""

    def __init__(self, fold: Callable[[Iterable[Entry]], B], extend: Callable[[B, Iterable[Entry]], B]) -> None:
        self._fold, self._extend = fold, extend
        self._kept: dict[str, Loaded[B]] = {}

    def load(self, docket: str) -> Loaded[B]:
        """The book of ``docket`` as the log has it now; an entry that belongs earlier makes it fold afresh."""
        held, turn = self._kept.get(docket), turn_of(docket)
        if held and held.turn != turn:  # something of it counts no longer, or counts again
            held = None
        reads = since(docket, held.seq if held else 0)
        if held and not reads:
            return held
        if held and all(read.entry.id > held.book.last for read in reads):
            book, before = self._extend(held.book, (read.entry for read in reads)), held.head.prev
        else:
            reads = since(docket)
            book, before = self._fold(read.entry for read in reads), ""
        loaded = Loaded(book, reads[-1].seq if reads else 0, Head(book.last, _prev(reads, before)), turn)
        transaction.on_commit(lambda: self._kept.__setitem__(docket, loaded))  # kept unless it is undone
        return loaded

    def forget(self, docket: str = "") -> None:
        """Drop the kept book of ``docket``, or all of them, so that the next reader folds it afresh."""
        if docket:
            self._kept.pop(docket, None)
        else:
            self._kept.clear()


def _prev(reads: list[Read], before: str) -> str:
    mine = [read for read in reads if read.entry.node == keys().node]
    return max(mine, key=lambda read: read.entry.id).digest if mine else before
