"""The pack in use, read once, with its tables and calendar compiled."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.docket.table import Table, compile_tables
from driftbox.gateways.pack import Office, Pack
from driftbox.gateways.pack_files import load_pack


@cache
def _read(path: Path) -> Pack:
    return load_pack(path)


def current_pack() -> Pack:
    """The pack of this installation (setting ``DRIFTBOX_PACK``).

    Raises:
        BadPack: the pack has faults; each with file, line and remedy.
    """
    return _read(settings.DRIFTBOX_PACK)


@cache
def _tables(path: Path) -> dict[str, Table]:
    return compile_tables(_read(path).procedures)


def tables() -> dict[str, Table]:
    """The compiled procedures of the pack in use."""
    return _tables(settings.DRIFTBOX_PACK)


@cache
def _calendar(path: Path) -> Calendar:
    pack = _read(path)
    off = {year: days.off for year, days in pack.years.items()}
    work = {year: days.work for year, days in pack.years.items()}
    return Calendar(ZoneInfo(pack.zone), off, work)


def calendar() -> Calendar:
    """The official calendar of the pack in use, in the pack's own time zone."""
    return _calendar(settings.DRIFTBOX_PACK)


@cache
def _subtree(path: Path, code: str) -> frozenset[str]:
    tree = _read(path).offices
    return frozenset(office for office in tree if code in _line(tree, office))


def _line(tree: Mapping[str, Office], code: str) -> tuple[str, ...]:
    line: list[str] = []
    while code and code in tree and code not in line:
        line.append(code)
        code = tree[code].parent
    return tuple(line)


def subtree(code: str) -> frozenset[str]:
    """The office ``code`` and every office below it."""
    return _subtree(settings.DRIFTBOX_PACK, code)


def opens_with_two(matter: str) -> bool:
    """Whether parcels of ``matter`` are opened by two people (setting ``open_with_two``: yes, no, or matter codes)."""
    asked = current_pack().settings.get("open_with_two", False)
    return matter in asked if isinstance(asked, tuple) else asked is True


def line_up(code: str) -> tuple[str, ...]:
    """The office ``code`` and every office above it, nearest first."""
    return _line(current_pack().offices, code)
