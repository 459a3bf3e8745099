"""Book → rows: a pure function of the folded state, so that a rebuild gives the same rows."""

from collections.abc import Iterator
from datetime import datetime

from driftbox.domain.ferry.book import Book, Extra, Late, Said
from driftbox.domain.log.ids import millis

Row = dict[str, str | int]


def project(book: Book) -> dict[str, Row]:
    """The rows of a book by entry; only what still stands of extra sailings and delays, all of suspensions."""
    rows = {row["entry"]: row for row in (*_halts(book), *_others(book))}
    return {str(entry): rows[entry] for entry in sorted(rows, key=str)}


def _row(said: Said, fact: str, **more: str | int) -> Row:
    blank: Row = {
        "entry": said.entry, "fact": fact, "kind": "", "subject": "", "day": "", "since": 0, "until": 0, "cause": "",
        "minutes": 0, "who": said.who, "source": said.source, "by": said.by, "recorded": millis(said.recorded),
        "ended": "", "replaced": "",
    }  # fmt: skip
    return blank | more


def _ms(moment: datetime | None) -> int:
    return 0 if moment is None else millis(moment)


def _halts(book: Book) -> Iterator[Row]:
    for one in book.halts.values():
        yield _row(
            one.said, "halt", kind=one.kind, subject=one.id, since=_ms(one.since), until=_ms(one.until),
            cause=one.cause, ended=one.ended, replaced=one.replaced,
        )  # fmt: skip
    for entry in book.resumed.values():
        yield _row(entry.said, "resumption", since=_ms(entry.since))


def _others(book: Book) -> Iterator[Row]:
    own: list[Extra | Late] = [*book.extras.values(), *book.late.values()]
    for one in own:
        fact, minutes = ("late", one.minutes) if isinstance(one, Late) else ("extra", 0)
        yield _row(one.said, fact, kind="trip", subject=one.trip, day=one.day.isoformat(), minutes=minutes)
    for adoption in book.adopted.values():
        yield _row(adoption.said, "timetable", subject=adoption.feed, day=adoption.since.isoformat())
