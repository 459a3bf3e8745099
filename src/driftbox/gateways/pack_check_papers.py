"""Checks of the kinds of paper that are told on a photograph: each can be told, and stands for a material."""

from collections.abc import Iterator

from driftbox.domain.consult.paper_kinds import PaperKind
from driftbox.domain.text import Text
from driftbox.gateways.pack_faults import Fault, leads_nowhere, said_twice
from driftbox.gateways.pack_rows import Row, Rows

_PLACED = frozenset({"name", "day", "until", "text"})  # found by the words before them, not by their digits


def paper_faults(rows: Rows) -> Iterator[Fault]:
    """Kinds said twice, told by too few words, standing for no material; fields that nothing leads to."""
    known = {material.code for row in rows.matters for material in row.value.materials}
    codes: dict[str, Row[PaperKind]] = {}
    for row in rows.papers:
        kind = row.value
        first = codes.setdefault(kind.code, row)
        if first is not row:
            where = f"{first.sheet.file}:{first.sheet.line((*first.path, 'code'))}"
            yield row.fault(*said_twice(kind.code, where), "code")
        for place, material in enumerate(kind.materials):
            if material not in known:
                yield row.fault(*leads_nowhere("材料", "material", material), "materials", place)
        if not 1 <= kind.needs <= len(kind.telling):
            what = Text(zh=f"要认到 {kind.needs} 个字样，只写了 {len(kind.telling)} 个",
                        en=f"`needs` asks for {kind.needs} of {len(kind.telling)} telling words")  # fmt: skip
            yield row.fault(what, Text(zh="needs 写小些，或多写几个字样", en="Lower `needs`, or tell more"), "needs")
        yield from _fields(row)


def _fields(row: Row[PaperKind]) -> Iterator[Fault]:
    names = [field.id for field in row.value.field]
    for place, field in enumerate(row.value.field):
        if names.index(field.id) != place:
            where = f"{row.sheet.file}:{row.sheet.line((*row.path, 'field', names.index(field.id)))}"
            yield row.fault(*said_twice(field.id, where), "field", place)
        if field.kind in _PLACED and not field.after:
            what = Text(zh=f"“{field.id}”没有写在哪个字后面", en=f"`{field.id}` stands behind no word")
            yield row.fault(what, Text(zh="写上 after", en="Say `after`"), "field", place)
