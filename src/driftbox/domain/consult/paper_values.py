"""Takes one field out of the rows of a paper, and says how far it can be trusted."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.consult.numbers import bank_card_holds, disability_number_holds, id_number_holds
from driftbox.domain.consult.paper_kinds import PaperField
from driftbox.domain.consult.paper_lines import Row, plain

State = Literal["read", "compare", "unread", "missing"]
READ: Final = "read"  # proves itself, or was read very clearly
COMPARE: Final = "compare"  # carries no proof: a person compares it with the paper
UNREAD: Final = "unread"  # seen, but it does not hold: left empty
MISSING: Final = "missing"  # not found
LONG_TERM: Final = "长期"  # printed where a card has no last day
CLEAR: Final = 90  # of 100: what a name needs to be shown without asking for a second look
LONGEST: Final = 40  # characters of a field
_NAME: Final = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,6}(?:·[\u3400-\u9fff]+)*")
_DAY: Final = re.compile(r"((?:19|20)\d{2})[年.\-/]([01]?\d)[月.\-/]([0-3]?\d)日?", re.ASCII)
_MONTH: Final = re.compile(r"(?<!\d)([01]\d)/(\d{2})(?!\d)", re.ASCII)
_LOOSE: Final = re.compile(r"[0-9A-Za-z*]{8,24}", re.ASCII)
_PUNCTUATION: Final = ":;,.、，。|·-—_（）() "


class FieldRead(Struct, frozen=True):
    """One field: its value (empty unless it may stand), how far to trust it, and what was seen."""

    id: str
    value: str
    state: State
    seen: str = ""


def value_of(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> FieldRead:
    """The field as it stands in ``rows``; ``labels`` are the words printed on such a paper."""
    return _READERS[field.kind](field, rows, labels)


def numbers_in(rows: Sequence[Row]) -> set[str]:
    """The identity numbers on a paper that hold."""
    return {number for row in rows for number in _runs(row.text, 18) if id_number_holds(number)}


def _runs(text: str, length: int) -> Iterator[str]:
    """Numbers of ``length`` that stand alone: not a part of a longer one."""
    pattern = rf"(?<![0-9])[0-9]{{{length - 1}}}[0-9Xx](?![0-9])"
    return (run.upper() for run in re.findall(pattern, text, re.ASCII))


def _behind(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What stands behind a label of the field, or else below it; with how sure the reading is."""
    for word in map(plain, field.after):
        for place, row in enumerate(rows):
            at = row.text.find(word)
            if at < 0:
                continue
            rest = _until_next(row.text[at + len(word) :], labels)
            if rest:
                yield rest, row.score
            elif place + 1 < len(rows):
                below = rows[place + 1]
                yield _until_next(below.text, labels), below.score


def _until_next(text: str, labels: Sequence[str]) -> str:
    ends = [at for at in (text.find(label) for label in labels) if at >= 0]
    return text[: min(ends, default=len(text))].strip(_PUNCTUATION)[:LONGEST]


def _number(holds: Callable[[str], bool], shape: str) -> Callable[..., FieldRead]:
    """A reader of numbers that prove themselves: behind their label first, else anywhere on the paper."""
    pattern = re.compile(shape, re.ASCII)

    def read(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> FieldRead:
        texts = [text for text, _score in _behind(field, rows, labels)] + [row.text for row in rows]
        tries = [run.upper() for text in texts for run in pattern.findall(text)]
        good = list(dict.fromkeys(run for run in tries if holds(run)))
        if len(good) == 1:
            return FieldRead(field.id, good[0], READ, good[0])
        seen = good or tries or [run for text in texts[: len(field.after)] for run in _LOOSE.findall(text)]
        return FieldRead(field.id, "", UNREAD if seen else MISSING, " ".join(dict.fromkeys(seen))[:LONGEST])

    return read


def _name(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> FieldRead:
    """A name is one piece of text. Put together from pieces it may have swallowed a neighbour: somebody compares it."""
    for text, score in _piece_behind(field, rows, labels):
        found = _NAME.fullmatch(text)
        if found:
            return FieldRead(field.id, text, READ if score >= CLEAR else COMPARE, text)
    for text, _score in _behind(field, rows, labels):
        found = _NAME.match(text)
        if found:
            return FieldRead(field.id, found[0], COMPARE, text)
    return FieldRead(field.id, "", MISSING)


def _piece_behind(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The rest of the piece that bears a label of the field, or else the next piece alone."""
    for word in map(plain, field.after):
        for row in rows:
            texts = [plain(piece.text) for piece in row.pieces]
            for place, text in enumerate(texts):
                if word not in text:
                    continue
                rest = _until_next(text[text.find(word) + len(word) :], labels)
                if rest:
                    yield rest, row.pieces[place].score
                elif place + 1 < len(texts):
                    yield _until_next(texts[place + 1], labels), row.pieces[place + 1].score


def _days(text: str) -> Iterator[date]:
    for year, month, day in _DAY.findall(text):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:
            continue


def _day(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> FieldRead:
    seen = ""
    for text, _score in _behind(field, rows, labels):
        found = next(_days(text), None)
        if found:
            return FieldRead(field.id, found.isoformat(), COMPARE, text)
        seen = seen or text
    return FieldRead(field.id, "", UNREAD if seen else MISSING, seen)


def _until(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> FieldRead:
    """The last day of validity: the second of two days, or the only one; a period that ends before it began is none."""
    seen = ""
    for text, _score in _behind(field, rows, labels):
        days = list(_days(text))
        if LONG_TERM in text:
            return FieldRead(field.id, LONG_TERM, COMPARE, text)
        if days and days[-1] >= days[0]:
            return FieldRead(field.id, days[-1].isoformat(), COMPARE, text)
        month = _MONTH.search(text)
        if month and 1 <= int(month[1]) <= 12:  # noqa: PLR2004 - months of a year
            return FieldRead(field.id, _last_day(2000 + int(month[2]), int(month[1])), COMPARE, text)
        seen = seen or text
    return FieldRead(field.id, "", UNREAD if seen else MISSING, seen)


def _last_day(year: int, month: int) -> str:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()


def _text(field: PaperField, rows: Sequence[Row], labels: Sequence[str]) -> FieldRead:
    for text, _score in _behind(field, rows, labels):
        if text:
            return FieldRead(field.id, text, COMPARE, text)
    return FieldRead(field.id, "", MISSING)


_READERS: Final[dict[str, Callable[[PaperField, Sequence[Row], Sequence[str]], FieldRead]]] = {
    "name": _name,
    "id_number": _number(id_number_holds, r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])"),
    "bank_card": _number(bank_card_holds, r"(?<![0-9])[0-9]{16,19}(?![0-9])"),
    "disability_number": _number(disability_number_holds, r"(?<![0-9])[0-9]{17}[0-9Xx][0-9]{2}(?:B[0-9])?(?![0-9])"),
    "day": _day,
    "until": _until,
    "text": _text,
}
