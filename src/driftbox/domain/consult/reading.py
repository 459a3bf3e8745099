"""What a photograph of a paper says 认材料: which paper it is, and what stands in its fields.

Nothing is guessed. A number that carries a check digit is read only when the digit agrees; otherwise the field stays
empty and what was seen is shown beside it. What carries no proof of its own is handed to a person to compare.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.consult.numbers import born_on
from driftbox.domain.consult.paper_kinds import PaperKind
from driftbox.domain.consult.paper_lines import Line, Row, plain, rows_of
from driftbox.domain.consult.paper_values import COMPARE, MISSING, READ, UNREAD, FieldRead, State, numbers_in, value_of

__all__ = ["COMPARE", "MISSING", "READ", "UNREAD", "FieldRead", "Line", "PaperRead", "Remark", "State", "read_paper"]

RemarkCode = Literal["nothing_read", "unknown_paper", "two_papers", "expired", "name_differs", "birth_differs"]
_FEWEST: Final = 4  # characters on a photograph, below which there is nothing on it


class Remark(Struct, frozen=True):
    """Something to point out; ``what`` is the day, the name or the second kind of paper that it is about."""

    code: RemarkCode
    what: str = ""


class PaperRead(Struct, frozen=True, kw_only=True):
    """What was read: the kind of paper (empty when it is none that the pack knows), its fields, what to point out."""

    kind: str = ""
    materials: tuple[str, ...] = ()
    fields: tuple[FieldRead, ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_paper(lines: Iterable[Line], kinds: Sequence[PaperKind], today: date, names: Iterable[str] = ()) -> PaperRead:
    """Read one paper. ``names``: whose paper it may be; empty when that is not known. Never raises."""
    rows = rows_of(lines)
    text = "".join(row.text for row in rows)
    if len(text) < _FEWEST:
        return PaperRead(remarks=(Remark("nothing_read"),))
    kind, second = _kinds_on(text, kinds)
    if kind is None:
        return PaperRead(remarks=(Remark("unknown_paper"),))
    found = {field.id: value_of(field, rows, _labels(kind)) for field in kind.field}
    remarks: list[Remark] = []
    if second or _two_of_a_kind(kind, rows):
        remarks.append(Remark("two_papers", second.code if second else kind.code))
        found = {name: _unsure(value) for name, value in found.items()}
    remarks += _prove_birth(kind, found)
    remarks += _expired(kind, found, today)
    remarks += _whose(kind, found, {plain(name) for name in names})
    kept = tuple(found[field.id] for field in kind.field if not field.quiet)
    return PaperRead(kind=kind.code, materials=kind.materials, fields=kept, remarks=tuple(remarks))


def _kinds_on(text: str, kinds: Sequence[PaperKind]) -> tuple[PaperKind | None, PaperKind | None]:
    """The kind of paper, and another that is on the photograph too: told by words of its own alone."""
    fitting = [(kind, _hits(kind, text)) for kind in kinds if not any(plain(word) in text for word in kind.never)]
    fitting = [(kind, hits) for kind, hits in fitting if len(hits) >= kind.needs]
    fitting.sort(key=lambda one: (-len(one[1]), -len(one[1]) / len(one[0].telling)))
    if not fitting:
        return None, None
    first = fitting[0][0]
    own = {plain(word) for word in first.telling}
    others = [kind for kind, hits in fitting[1:] if len(hits - own) >= kind.needs]
    return first, next(iter(others), None)


def _hits(kind: PaperKind, text: str) -> set[str]:
    return {word for word in map(plain, kind.telling) if word in text}


def _labels(kind: PaperKind) -> tuple[str, ...]:
    words = {plain(word) for field in kind.field for word in field.after} | {plain(word) for word in kind.telling}
    return tuple(sorted(words, key=len, reverse=True))


def _two_of_a_kind(kind: PaperKind, rows: Sequence[Row]) -> bool:
    """Two people's numbers on a paper that bears one."""
    wanted = any(field.kind == "id_number" for field in kind.field)
    return wanted and len(numbers_in(rows)) > 1


def _unsure(value: FieldRead) -> FieldRead:
    """With two papers on one photograph nobody knows which of them a value belongs to."""
    return FieldRead(value.id, "", UNREAD, value.value or value.seen) if value.value else value


def _prove_birth(kind: PaperKind, found: dict[str, FieldRead]) -> list[Remark]:
    """The day of birth stands twice on an identity card; where both were read they must agree."""
    number = _first(kind, found, "id_number")
    born = next((found[field.id] for field in kind.field if field.quiet and field.kind == "day"), None)
    if number is None or born is None or not number.value or not born.value:
        return []
    day = born_on(number.value)
    if day is None or day.isoformat() == born.value:
        return []
    found[number.id] = FieldRead(number.id, "", UNREAD, number.value)
    return [Remark("birth_differs")]


def _expired(kind: PaperKind, found: dict[str, FieldRead], today: date) -> list[Remark]:
    until = _first(kind, found, "until")
    if until is None or not until.value[:1].isdigit() or date.fromisoformat(until.value) >= today:
        return []
    return [Remark("expired", until.value)]


def _whose(kind: PaperKind, found: dict[str, FieldRead], names: set[str]) -> list[Remark]:
    name = _first(kind, found, "name")
    if name is None or not name.value or not names:
        return []
    if plain(name.value) in names:
        found[name.id] = FieldRead(name.id, name.value, READ, name.seen)
        return []
    found[name.id] = FieldRead(name.id, name.value, COMPARE, name.seen)
    return [Remark("name_differs", name.value)]


def _first(kind: PaperKind, found: dict[str, FieldRead], wanted: str) -> FieldRead | None:
    return next((found[field.id] for field in kind.field if field.kind == wanted and not field.quiet), None)
