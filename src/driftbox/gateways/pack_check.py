"""Does what a pack says hold together? Each check reads rows and yields faults; none stops at the first."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from driftbox.domain.text import Text
from driftbox.gateways.pack_check_agents import agent_faults
from driftbox.gateways.pack_check_asks import bundle_faults, form_faults
from driftbox.gateways.pack_check_law import clock_faults, procedure_faults
from driftbox.gateways.pack_check_matters import matter_faults, saying_faults
from driftbox.gateways.pack_check_notices import notice_faults
from driftbox.gateways.pack_check_papers import paper_faults
from driftbox.gateways.pack_check_petition import guide_faults, profile_faults
from driftbox.gateways.pack_check_places import office_faults, opening_faults, pier_faults
from driftbox.gateways.pack_check_roster import reception_faults, roster_faults
from driftbox.gateways.pack_faults import Fault, said_twice
from driftbox.gateways.pack_rows import Row, Rows, read_rows
from driftbox.gateways.pack_source import KeyPath

T = TypeVar("T", bound=Struct)

_NOTHING: Mapping[str, bytes] = MappingProxyType({})
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_GAP = re.compile(r"\{\w+\}")  # of a notice: what stands in it is filled in later


def check_pack(path: Path, changed: Mapping[str, bytes] = _NOTHING) -> list[Fault]:
    """Everything wrong with the pack in the folder ``path``, by file and line; empty when it can be used.

    ``changed``: contents of files, by name, that stand in place of those in the folder.
    """
    return rows_faults(read_rows(path, changed))


def rows_faults(rows: Rows) -> list[Fault]:
    """The faults met while reading ``rows``, and those of what they say."""
    faults = set(rows.faults)
    for check in CHECKS:
        faults.update(check(rows))
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.what.zh))


def _duplicates(rows: Rows) -> Iterator[Fault]:
    yield from _twice(rows.procedures, lambda row: row.id, "id")
    yield from _twice(rows.matters, lambda row: row.code, "code")
    yield from _twice(rows.notices, lambda row: row.code, "code")
    yield from _twice(rows.bundles, lambda row: row.code, "code")
    yield from _twice(rows.forms, lambda row: row.code, "code")
    yield from _twice(rows.offices, lambda row: row.code, "code")
    yield from _twice(rows.piers, lambda row: row.code, "code")
    yield from _twice(rows.years, lambda row: row.year, "year")
    yield from _twice(rows.sayings, lambda row: row.say, "say")
    for matter in rows.matters:
        yield from _twice_inside(matter, "materials", [material.code for material in matter.value.materials])
        yield from _twice_inside(matter, "questions", [question.id for question in matter.value.questions])
    for procedure in rows.procedures:
        yield from _twice_inside(procedure, "stages", [stage.id for stage in procedure.value.stages])


def _twice(rows: Sequence[Row[T]], name: Callable[[T], Hashable], key: str) -> Iterator[Fault]:
    seen: dict[Hashable, Row[T]] = {}
    for row in rows:
        first = seen.setdefault(name(row.value), row)
        if first is not row:
            where = f"{first.sheet.file}:{first.sheet.line((*first.path, key))}"
            yield row.fault(*said_twice(name(row.value), where), key)


def _twice_inside(row: Row[Struct], key: str, names: list[str]) -> Iterator[Fault]:
    for place, name in enumerate(names):
        first = names.index(name)
        if first != place:
            where = f"{row.sheet.file}:{row.sheet.line((*row.path, key, first))}"
            yield row.fault(*said_twice(name, where), key, place)


def _years(rows: Rows) -> Iterator[Fault]:
    for row in rows.years:
        year = row.value
        for key, days in (("off", year.off), ("work", year.work)):
            for day in sorted(days):
                if day.year != year.year:
                    what = Text(zh=f"{day} 不在 {year.year} 年", en=f"{day} is not in {year.year}")
                    remedy = Text(zh="放到它那一年的文件里", en="Put it into the file of its own year")
                    yield row.fault(what, remedy, *_day_place(row.sheet.data.get(key), key, day))
        for day in sorted(year.off & year.work):
            what = Text(zh=f"{day} 又放假又上班", en=f"{day} is both a day off and a working day")
            remedy = Text(zh="留 off 或 work 里的一处", en="Keep it in `off` or in `work`, not in both")
            yield row.fault(what, remedy, *_day_place(row.sheet.data.get("work"), "work", day))


def _day_place(days: object, key: str, day: object) -> KeyPath:
    return (key, days.index(day)) if isinstance(days, list) and day in days else (key,)


def _texts(rows: Rows) -> Iterator[Fault]:
    groups: tuple[Sequence[Row[Struct]], ...] = (
        rows.heads,
        rows.procedures,
        rows.clocks,
        rows.matters,
        rows.offices,
        rows.piers,
        rows.guides,
        rows.papers,
        rows.distress,
        rows.notices,
        rows.bundles,
        rows.forms,
    )
    for group in groups:
        for row in group:
            for path, text in _texts_in(row.value, ()):
                yield from _half_said(row, path, text)


def _texts_in(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _texts_in(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _texts_in(item, (*path, place))


def _half_said(row: Row[Struct], path: KeyPath, text: Text) -> Iterator[Fault]:
    if (not _CHINESE.search(text.zh) and _GAP.sub("", text.zh).strip()) or not text.zh.strip():
        what = Text(zh=f"zh 里没有中文：“{text.zh}”", en=f"No Chinese in `zh`: `{text.zh}`")
        yield row.fault(what, Text(zh="写上中文", en="Say it in Chinese"), *path, "zh")
    if not text.en.strip():
        what = Text(zh=f"“{text.zh}”没有英文", en=f"`{text.zh}` has no English")
        yield row.fault(what, Text(zh="写上英文", en="Say it in English"), *path, "en")
    elif _CHINESE.search(text.en):
        what = Text(zh=f"en 里还有中文：“{text.en}”", en=f"Chinese left in `en`: `{text.en}`")
        yield row.fault(what, Text(zh="译成英文", en="Translate it"), *path, "en")


CHECKS: tuple[Callable[[Rows], Iterator[Fault]], ...] = (
    _duplicates,
    procedure_faults,
    clock_faults,
    guide_faults,
    profile_faults,
    notice_faults,
    matter_faults,
    bundle_faults,
    form_faults,
    agent_faults,
    saying_faults,
    paper_faults,
    office_faults,
    pier_faults,
    opening_faults,
    roster_faults,
    reception_faults,
    _years,
    _texts,
)
