"""The pack in use, read once, with its tables and calendar compiled, and with what was changed at the desk.

Whoever comes in from outside says as of when (``pack_as_of``): pages per request, commands once. Without it the pack is
what lies on disk. Changes touch matters only, so procedures, places and calendar always come from the disk.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.pack_changes import Change, Changes, in_force
from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.table import Table, compile_tables
from driftbox.domain.errors import BadPack, BadPaper
from driftbox.domain.log.ids import instant
from driftbox.gateways.pack import Office, Pack
from driftbox.gateways.pack_files import load_pack
from driftbox.gateways.pack_overlay import Laid, Layer, lay_over
from driftbox.gateways.pack_write import read_matter
from driftbox.gateways.paper_store import FolderStore, PaperStore

Layers = tuple[Layer, ...]


@cache
def _read(path: Path) -> Pack:
    return load_pack(path)


def pack_files() -> PaperStore:
    """Where the contents of published changes lie, unsealed and by digest, under ``DRIFTBOX_HOME/pack``."""
    return FolderStore(settings.DRIFTBOX_HOME / "pack")


class _AsOf:
    """One visit: when, and what was published until then; read when first asked for."""

    def __init__(self, now: datetime, read: Callable[[], Changes]) -> None:
        self.now, self._read = now, read

    @cached_property
    def changes(self) -> Changes:
        return self._read()

    @cached_property
    def laid(self) -> Laid:
        return laid_on(calendar().local_date(self.now), self.changes)


_as_of: ContextVar[_AsOf | None] = ContextVar("pack as of", default=None)


@contextmanager
def pack_as_of(now: datetime, read: Callable[[], Changes]) -> Iterator[None]:
    """Inside, the pack is that of ``now`` (aware); ``read`` gives the changes published so far."""
    token = _as_of.set(_AsOf(now, read))
    try:
        yield
    finally:
        _as_of.reset(token)


def _layers(begun: Mapping[str, Changes]) -> Layers:
    return tuple(
        Layer(file, tuple(change.said.digest for change in reversed(versions)))
        for file, versions in sorted(begun.items(), key=lambda item: item[1][-1].entry)
    )


@lru_cache(maxsize=16)
def _laid(path: Path, layers: Layers, _here: tuple[bool, ...], home: Path) -> Laid:
    return lay_over(path, layers, FolderStore(home / "pack").get) if layers else Laid(_read(path), {})


def laid_on(day: date, changes: Changes) -> Laid:
    """The pack of one day, with ``changes`` over it, and what of them had to be left out.

    Raises:
        BadPack: the pack on disk has faults; each with file, line and remedy.
    """
    layers = _layers(in_force(changes, day))
    here = tuple(pack_files().has(digest) for layer in layers for digest in layer.digests)
    return _laid(settings.DRIFTBOX_PACK, layers, here, settings.DRIFTBOX_HOME)


def laid_now() -> Laid:
    """The pack in use, with what was laid over it and what had to be left out."""
    as_of = _as_of.get()
    return as_of.laid if as_of else Laid(disk_pack(), {})


def disk_pack() -> Pack:
    """The pack as it lies on disk (setting ``DRIFTBOX_PACK``), whatever was changed since."""
    return _read(settings.DRIFTBOX_PACK)


def current_pack() -> Pack:
    """The pack of this installation (setting ``DRIFTBOX_PACK``), with the changes in force.

    Raises:
        BadPack: the pack on disk has faults; each with file, line and remedy.
    """
    return laid_now().pack


def begun_with(docket: Docket) -> Change | None:
    """The published version of its matter that a case began with; None: the file on disk."""
    as_of, file = _as_of.get(), disk_pack().matter_files.get(docket.matter)
    if as_of is None or file is None or not as_of.changes:
        return None
    opened = calendar().local_date(instant(docket.opened_ms))
    versions = in_force(as_of.changes, opened, docket.opened_ms).get(file, ())
    return next((one for one in reversed(versions) if _matter(one.said.digest, settings.DRIFTBOX_HOME)), None)


@lru_cache(maxsize=512)
def _kept_matter(digest: str, home: Path) -> Matter:
    return read_matter(FolderStore(home / "pack").get(digest))


def _matter(digest: str, home: Path) -> Matter | None:
    try:
        return _kept_matter(digest, home)
    except (BadPack, BadPaper):  # the one before it counts, as for the pack of today
        return None


def known_matter(docket: Docket) -> Matter | None:
    """The matter of a case as it was when the case was opened; None when the pack has no such matter."""
    change = begun_with(docket)
    kept = _matter(change.said.digest, settings.DRIFTBOX_HOME) if change else None
    return kept or disk_pack().matters.get(docket.matter)


def matter_of(docket: Docket) -> Matter:
    """The matter of a case as it was when the case was opened: what was told then stays what is asked for.

    Raises:
        KeyError: the pack has no such matter.
    """
    return known_matter(docket) or disk_pack().matters[docket.matter]


def began_otherwise(docket: Docket) -> date | None:
    """The day whose version of its matter a case follows, where today's is another; else None."""
    if known_matter(docket) == current_pack().matters.get(docket.matter):
        return None
    return calendar().local_date(instant(docket.opened_ms))


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
