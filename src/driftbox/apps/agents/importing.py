"""The register from a table (CSV): every fault with its line, and all of it or nothing."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, Protocol

from django.db import transaction
from msgspec import Struct

from driftbox.apps.agents.actions import Particulars, new_agent
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.domain.errors import DriftboxError, Refused
from driftbox.domain.planning.cover import Shift
from driftbox.domain.text import Text

COLUMNS: Final = ("工号", "姓名", "机构", "类别", "电话", "资格到", "语言", "专长", "当班")
NEEDED: Final = ("工号", "姓名", "机构", "类别", "电话")
MAX_ROWS: Final = 2000
BAD_TABLE: Final = "表里有几处要改，一行也没有收。改好再传一次。"
ENGLISH: Final = ("code", "name", "office", "kind", "phone", "until", "languages", "skills", "shifts")
_DAYS: Final = "一二三四五六日"
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class RowFault(Struct, frozen=True):
    """One fault of the table: on which line, a Chinese sentence for gettext and what stands in its gaps."""

    line: int
    sentence: str
    gaps: dict[str, str | int]


class BadTable(DriftboxError):
    """The table cannot be taken in; nothing was written. ``faults``: all that is wrong, by line."""

    def __init__(self, faults: list[RowFault]) -> None:
        super().__init__("bad_table", BAD_TABLE)
        self.faults = faults


def import_agents(content: bytes, viewer: Viewer, *, now: datetime) -> int:
    """Take in a table of agents in UTF-8 (or GB 18030, as spreadsheets here write it); returns how many came in.

    Raises:
        BadTable: what is wrong, line by line; nobody of the table was written.
    """
    rows = _rows(content)
    faults: list[RowFault] = []
    with transaction.atomic():
        for line, row in rows:
            try:
                new_agent(viewer, row["工号"], _told(row), now=now)
            except Refused as refusal:
                faults.append(RowFault(line, refusal.sentence, dict(refusal.gaps)))
        if faults:
            transaction.set_rollback(True)
    if faults:
        raise BadTable(faults)
    return len(rows)


def _at_all(refusal: Refused) -> BadTable:
    return BadTable([RowFault(1, refusal.sentence, dict(refusal.gaps))])


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(_text(content), newline=""), restkey="", restval="")
    named = dict(zip(ENGLISH, COLUMNS, strict=True))
    reader.fieldnames = [named.get(name.strip().lower(), name.strip()) for name in reader.fieldnames or ()]
    missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
    if missing:
        raise _at_all(Refused("no_columns", "第一行要写列名，少了：{names}。", names="、".join(missing)))
    rows: list[tuple[int, dict[str, str]]] = []
    for row in reader:
        clean = {key: value.strip() for key, value in row.items() if key and isinstance(value, str)}
        if any(clean.values()):
            rows.append((reader.line_num, clean))
    if not rows or len(rows) > MAX_ROWS:
        raise _at_all(Refused("rows", "一次 1 到 {most} 行。空表不收，太长请分开。", most=MAX_ROWS))
    return rows


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _at_all(Refused("no_table", "这个文件读不懂。请在表格里另存为 CSV（UTF-8）再传。"))


def _told(row: dict[str, str]) -> Particulars:
    for name in NEEDED:
        if not row.get(name):
            raise Refused("row_lacks", "少了“{name}”。请补上。", name=name)
    return Particulars(
        name=row["姓名"][:40],
        office=_code(row["机构"], _names(current_pack().offices.values())),
        kind=_code(row["类别"], _names(current_pack().agents.kinds)),
        phone=row["电话"],
        until=read_day(row.get("资格到", "")),
        languages=_codes(row.get("语言", ""), _names(current_pack().agents.tongues)),
        skills=_codes(row.get("专长", ""), _names(current_pack().agents.skills)),
        shifts=read_shifts(row.get("当班", "")),
    )


class _Named(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> Text: ...


def _names(those: Iterable[_Named]) -> dict[str, Text]:
    return {one.code: one.name for one in those}


def _code(said: str, names: dict[str, Text]) -> str:
    return next((code for code, name in names.items() if said in (code, name.zh, name.en)), said)


def _codes(said: str, names: dict[str, Text]) -> tuple[str, ...]:
    words = (one.strip() for one in said.replace("、", ";").replace("；", ";").split(";"))
    return tuple(_code(one, names) for one in words if one)


def read_day(said: str) -> date | None:
    """A day as ``2027-06-30``; None for nothing.

    Raises:
        Refused: it is no day.
    """
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise Refused("no_day", "“{said}”不是日子。请写成 2027-06-30 这样。", said=said[:40]) from None


def read_shifts(said: str) -> tuple[Shift, ...]:
    """Shifts as ``周一 08:00-17:30；周六 09:00-12:00``; several weekdays may stand together: ``周一二三``, ``Mon+Tue``.

    Raises:
        Refused: one of them is not so written.
    """
    shifts: list[Shift] = []
    for one in said.replace("；", ";").replace("，", ";").replace("\n", ";").split(";"):
        if one.strip():
            shifts += _shift(one.strip())
    return tuple(shifts)


def _shift(said: str) -> list[Shift]:
    days, _gap, hours = said.replace("–", "-").replace("：", ":").partition(" ")
    try:
        since, until = (_minutes(clock) for clock in hours.strip().split("-"))
        weekdays = _weekdays(days)
    except ValueError:
        weekdays, since, until = [], 0, 0
    if not weekdays:
        raise Refused("no_shift", "“{said}”看不懂。当班请写成：周一 08:00-17:30", said=said[:40])
    return [Shift(day, since, until) for day in weekdays]


def _weekdays(said: str) -> list[int]:
    if said.startswith("周"):
        return [_DAYS.index(day) + 1 for day in said.removeprefix("周")]
    return [_ENGLISH_DAYS.index(day[:3].lower()) + 1 for day in said.split("+")]


def _minutes(clock: str) -> int:
    hour, minute = (int(part) for part in clock.strip().split(":"))
    if not (0 <= hour <= 24 and 0 <= minute < 60 and hour * 60 + minute <= 24 * 60):  # noqa: PLR2004 - a clock
        raise ValueError(clock)
    return hour * 60 + minute


def shifts_words(shifts: tuple[Shift, ...], language: str = "zh") -> str:
    """Shifts as ``read_shifts`` reads them, one a line."""
    names = [day.title() for day in _ENGLISH_DAYS] if language == "en" else [f"周{day}" for day in _DAYS]
    return "\n".join(
        f"{names[one.weekday - 1]} {one.since // 60:02}:{one.since % 60:02}-{one.until // 60:02}:{one.until % 60:02}"
        for one in sorted(shifts)
    )
