"""Reads the files of a pack into rows that remember where they stand, and notes what cannot be read."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from driftbox.domain.arrival.hours import Opening, Rounds
from driftbox.domain.consult.bundle import Bundle
from driftbox.domain.consult.distress import Distress
from driftbox.domain.consult.form import Form
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.paper_kinds import PaperKind
from driftbox.domain.deadlines.rules import ClockRule
from driftbox.domain.docket.notice_form import NoticeForm
from driftbox.domain.docket.petition_guide import PetitionGuide
from driftbox.domain.docket.procedure import Procedure
from driftbox.domain.planning.agents import AgentRules
from driftbox.domain.planning.reception import ReceptionDay
from driftbox.domain.planning.roster import RosterRules
from driftbox.domain.text import Text
from driftbox.gateways.pack import Office, Pier, Saying, Year
from driftbox.gateways.pack_faults import Fault
from driftbox.gateways.pack_shape import shape_faults
from driftbox.gateways.pack_source import Folder, KeyPath, Sheet, broken_line, read_sheet

_NOTHING: Mapping[str, bytes] = MappingProxyType({})
T = TypeVar("T", bound=Struct)
T_co = TypeVar("T_co", bound=Struct, covariant=True)


class Head(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``pack.toml``: who the pack is for, and the settings that are neither law nor place."""

    id: str
    name: Text
    region: Text
    zone: str
    hotline: str
    about: Text
    settings: Mapping[str, str | int | bool | tuple[str, ...]] = {}
    rounds: Rounds = Rounds()


class Clocks(Struct, frozen=True, forbid_unknown_fields=True):
    """``law/clocks.toml``: one ``[[clock]]`` for each time limit and each period in force."""

    clock: tuple[ClockRule, ...] = ()


class Places(Struct, frozen=True, forbid_unknown_fields=True):
    """Any file under ``places/``: offices, piers, opening hours, rosters and reception days."""

    office: tuple[Office, ...] = ()
    pier: tuple[Pier, ...] = ()
    opening: tuple[Opening, ...] = ()
    roster: tuple[RosterRules, ...] = ()
    reception_day: tuple[ReceptionDay, ...] = ()


class Sayings(Struct, frozen=True, forbid_unknown_fields=True):
    """``words/sayings*.toml``: how people say it."""

    saying: tuple[Saying, ...] = ()


class Papers(Struct, frozen=True, forbid_unknown_fields=True):
    """``words/papers*.toml``: which paper a photograph shows."""

    paper: tuple[PaperKind, ...] = ()


class Dialect(Struct, frozen=True, forbid_unknown_fields=True):
    """``words/dialect.toml``: island word = standard word."""

    dialect: dict[str, str]


PLURALS: Mapping[type[Struct], Mapping[str, str]] = {
    Matter: {"material": "materials", "question": "questions"},
    Form: {"blank": "blanks"},
    Procedure: {"stage": "stages", "arrow": "arrows"},
    AgentRules: {"kind": "kinds", "skill": "skills", "tongue": "tongues", "need": "needs"},
}


@dataclass(frozen=True, slots=True)
class Row(Generic[T_co]):
    """One thing of a pack, and where it stands."""

    value: T_co
    sheet: Sheet
    path: KeyPath = ()

    def fault(self, what: Text, remedy: Text, *path: str | int) -> Fault:
        """A fault of this row, at the key ``path`` inside it."""
        whole = (*self.path, *path)
        return Fault(self.sheet.file, self.sheet.line(whole), what, remedy, whole)


@dataclass(slots=True)
class Rows:
    """All rows of a pack in the order of its files, and the faults met while reading."""

    heads: list[Row[Head]] = field(default_factory=list)
    procedures: list[Row[Procedure]] = field(default_factory=list)
    clocks: list[Row[ClockRule]] = field(default_factory=list)
    matters: list[Row[Matter]] = field(default_factory=list)
    offices: list[Row[Office]] = field(default_factory=list)
    piers: list[Row[Pier]] = field(default_factory=list)
    openings: list[Row[Opening]] = field(default_factory=list)
    rosters: list[Row[RosterRules]] = field(default_factory=list)
    reception_days: list[Row[ReceptionDay]] = field(default_factory=list)
    years: list[Row[Year]] = field(default_factory=list)
    sayings: list[Row[Saying]] = field(default_factory=list)
    dialects: list[Row[Dialect]] = field(default_factory=list)
    distress: list[Row[Distress]] = field(default_factory=list)
    guides: list[Row[PetitionGuide]] = field(default_factory=list)
    notices: list[Row[NoticeForm]] = field(default_factory=list)
    papers: list[Row[PaperKind]] = field(default_factory=list)
    bundles: list[Row[Bundle]] = field(default_factory=list)
    forms: list[Row[Form]] = field(default_factory=list)
    agent_rules: list[Row[AgentRules]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    codes: dict[type[Struct], set[str]] = field(default_factory=dict)  # also of rows left out for a misfit

    def has(self, kind: type[Struct], code: str) -> bool:
        """Does the pack speak of a thing of this kind and code, well written or not?"""
        return code in self.codes.get(kind, set())


def read_rows(path: Path, changed: Mapping[str, bytes] = _NOTHING) -> Rows:
    """Read every file of the pack in the folder ``path``, with ``changed`` (contents by name) laid over it.

    What cannot be read becomes a fault, and the rest is still read.
    """
    rows, folder = Rows(), Folder(path, changed)
    rows.heads = _records(rows, folder, "pack.toml", Head)
    rows.procedures = _records(rows, folder, "law/procedures/*.toml", Procedure)
    rows.matters = _records(rows, folder, "matters/*.toml", Matter)
    rows.years = _records(rows, folder, "law/holidays/*.toml", Year)
    rows.guides = _records(rows, folder, "law/petition_guide.toml", PetitionGuide)
    rows.notices = _records(rows, folder, "law/notices/*.toml", NoticeForm)
    rows.bundles = _records(rows, folder, "bundles/*.toml", Bundle)
    rows.forms = _records(rows, folder, "forms/*.toml", Form)
    rows.agent_rules = _records(rows, folder, "law/agents.toml", AgentRules)
    rows.dialects = _records(rows, folder, "words/dialect.toml", Dialect)
    rows.distress = _records(rows, folder, "words/distress.toml", Distress)
    for sheet in _sheets(rows, folder, "law/clocks.toml", Clocks):
        rows.clocks += _items(rows, sheet, "clock", ClockRule)
    for sheet in _sheets(rows, folder, "places/**/*.toml", Places):
        rows.offices += _items(rows, sheet, "office", Office)
        rows.piers += _items(rows, sheet, "pier", Pier)
        rows.openings += _items(rows, sheet, "opening", Opening)
        rows.rosters += _items(rows, sheet, "roster", RosterRules)
        rows.reception_days += _items(rows, sheet, "reception_day", ReceptionDay)
    for sheet in _sheets(rows, folder, "words/sayings*.toml", Sayings):
        rows.sayings += _items(rows, sheet, "saying", Saying)
    for sheet in _sheets(rows, folder, "words/papers*.toml", Papers):
        rows.papers += _items(rows, sheet, "paper", PaperKind)
    if not folder.names("pack.toml"):
        rows.faults.append(_no_head())
    return rows


def _sheets(rows: Rows, folder: Folder, pattern: str, kind: type[Struct]) -> Iterator[Sheet]:
    """The readable files of ``pattern``, after noting all in which they are not shaped as ``kind``."""
    for name in folder.names(pattern):
        try:
            sheet = read_sheet(name, folder.content(name), PLURALS.get(kind, {}))
        except tomllib.TOMLDecodeError as error:
            rows.faults.append(_not_toml(name, broken_line(error), str(error)))
        except UnicodeDecodeError:
            rows.faults.append(_not_toml(name, 1, "not UTF-8"))
        else:
            rows.faults += shape_faults(sheet, kind, sheet.data)
            yield sheet


def _records(rows: Rows, folder: Folder, pattern: str, kind: type[T]) -> list[Row[T]]:
    """Files that each are one thing."""
    sheets = _sheets(rows, folder, pattern, kind)
    return [row for sheet in sheets for row in _row(rows, sheet, kind, sheet.data)]


def _items(rows: Rows, sheet: Sheet, key: str, kind: type[T]) -> list[Row[T]]:
    """The things that a file lists under ``key``."""
    items = sheet.data.get(key)
    if not isinstance(items, list):
        return []
    return [row for place, item in enumerate(items) for row in _row(rows, sheet, kind, item, (key, place))]


def _row(rows: Rows, sheet: Sheet, kind: type[T], value: object, path: KeyPath = ()) -> list[Row[T]]:
    """One row, or none: a misfit has been noted with its line before, so here it is only left out."""
    if isinstance(value, dict):
        code = value.get("code", value.get("id"))
        rows.codes.setdefault(kind, set()).add(str(code))
    try:
        return [Row(msgspec.convert(value, kind), sheet, path)]
    except msgspec.ValidationError:
        return []


def _not_toml(file: str, line: int, message: str) -> Fault:
    return Fault(
        file,
        line,
        Text(zh=f"读不懂这个文件：{message}", en=f"This file is not TOML: {message}"),
        Text(
            zh="看看这一行的引号、括号和等号，存成 UTF-8",
            en="Look at the quotes, brackets and equals signs of this line, and save it as UTF-8",
        ),
    )


def _no_head() -> Fault:
    return Fault(
        "pack.toml",
        1,
        Text(zh="没有 pack.toml，这里不是资料包", en="There is no pack.toml, so this is not a pack"),
        Text(zh="指到放着 pack.toml 的那个文件夹", en="Name the folder that holds pack.toml"),
    )
