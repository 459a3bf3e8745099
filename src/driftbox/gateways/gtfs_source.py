"""Opens a GTFS feed, a folder or a zip, row by row, and trusts nothing in it."""

import csv
import io
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import IO, Final, NoReturn, Self
from zipfile import BadZipFile, ZipFile

from driftbox.domain.errors import DriftboxError

FILE_LIMIT: Final = 512 * 1024 * 1024  # bytes of one file once unpacked
FEED_LIMIT: Final = 1024 * 1024 * 1024  # and of all of them
LINE_LIMIT: Final = 1024 * 1024  # characters; a table without line ends must not be read as one line
ROW_LIMIT: Final = 5_000_000  # of one table
FILES: Final = 1000  # in one zip
LINE: Final = "时刻表 {file} 第 {line} 行：{what}"


class BadFeed(DriftboxError):
    """A timetable that cannot be used: in which ``file``, on which ``line``, and ``what`` is wrong there."""

    def __init__(self, file: str, line: int, what: str, **gaps: str | int) -> None:
        super().__init__("feed.bad", "", **gaps)
        self.file = file
        self.line = line
        self.what = what

    def __str__(self) -> str:
        """The fault as one line in Chinese."""
        return LINE.format(file=self.file, line=self.line, what=self.what.format(**self.gaps))


class Row:
    """One row of a table. Getters name the fault with file and line."""

    __slots__ = ("_cells", "_columns", "file", "line")

    def __init__(self, file: str, line: int, columns: Mapping[str, int], cells: list[str]) -> None:
        self.file, self.line, self._columns, self._cells = file, line, columns, cells

    def get(self, column: str) -> str:
        """The cell without surrounding blanks; empty where the table has no such column."""
        place = self._columns.get(column)
        return "" if place is None else self._cells[place].strip()

    def need(self, column: str) -> str:
        """The cell, which must not be empty.

        Raises:
            BadFeed: it is.
        """
        cell = self.get(column)
        return cell or self.fail("少了 {column}", column=column)

    def number(self, column: str, default: int, *allowed: int) -> int:
        """The cell as a whole number from 0, one of ``allowed`` if any are named; ``default`` when empty.

        Raises:
            BadFeed: it is not such a number.
        """
        cell = self.get(column)
        if not cell:
            return default
        if not (cell.isascii() and cell.isdigit()) or len(cell) > 9 or (allowed and int(cell) not in allowed):  # noqa: PLR2004 - nine digits fit every count of GTFS
            self.fail("{column} 不能是“{cell}”", column=column, cell=cell)
        return int(cell)

    def fail(self, what: str, **gaps: str | int) -> NoReturn:
        """Refuse the feed because of this row."""
        raise BadFeed(self.file, self.line, what, **gaps)


class Feed:
    """The tables of one feed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._zip: ZipFile | None = None
        self._sizes: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Open it and weigh it.

        Raises:
            BadFeed: it cannot be opened, or is too large once unpacked.
        """
        try:
            if self._path.is_dir():
                self._sizes = {one.name: one.stat().st_size for one in self._path.iterdir() if one.is_file()}
            else:
                self._zip = ZipFile(self._path)
                self._sizes = {one.filename: one.file_size for one in self._zip.infolist()}
        except (OSError, BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
            raise BadFeed(self._path.name, 0, "打不开，要一个文件夹或 zip 文件") from error
        if len(self._sizes) > FILES:
            self._close()
            raise BadFeed(self._path.name, 0, "里面的文件太多了")
        tables = {name: size for name, size in self._sizes.items() if name.endswith(".txt")}
        for name, size in tables.items():
            if size > FILE_LIMIT:
                self._close()
                raise BadFeed(name, 0, "解开有 {size} 字节，太大了", size=size)
        if sum(tables.values()) > FEED_LIMIT:
            self._close()
            raise BadFeed(self._path.name, 0, "解开太大了")
        return self

    def __exit__(self, *_fault: object) -> None:
        self._close()

    def _close(self) -> None:
        if self._zip is not None:
            self._zip.close()

    def has(self, name: str) -> bool:
        """Whether the feed holds that table."""
        return name in self._sizes

    def rows(self, name: str, *needed: str) -> Iterator[Row]:
        """The rows of a table, which must have the ``needed`` columns; nothing when the feed has no such table.

        Raises:
            BadFeed: the table is not CSV in UTF-8, or lacks a column, or a row has too many cells.
        """
        if not self.has(name):
            return
        line = 0
        try:
            with self._open(name) as raw, io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text:
                reader = csv.reader(_lines(name, text))
                columns = _columns(name, next(reader, []), needed)
                for cells in reader:
                    line = reader.line_num
                    if line > ROW_LIMIT:
                        raise BadFeed(name, line, "行数太多了")
                    if cells and any(cells):
                        yield Row(name, line, columns, _whole(name, line, cells, len(columns)))
        except UnicodeDecodeError as error:
            raise BadFeed(name, line + 1, "不是 UTF-8") from error
        except csv.Error as error:
            raise BadFeed(name, line + 1, "不是 CSV") from error
        except (OSError, BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # RuntimeError: a password is asked
            raise BadFeed(name, line + 1, "读不出来") from error

    def _open(self, name: str) -> AbstractContextManager[IO[bytes]]:
        if self._zip is not None:
            return self._zip.open(name)
        return (self._path / name).open("rb")


def _lines(name: str, text: io.TextIOWrapper) -> Iterator[str]:
    number = 0
    while line := text.readline(LINE_LIMIT + 1):
        number += 1
        if len(line) > LINE_LIMIT:
            raise BadFeed(name, number, "一行太长，不像时刻表")
        yield line


def _columns(name: str, header: list[str], needed: tuple[str, ...]) -> dict[str, int]:
    columns = {column.strip(): place for place, column in enumerate(header)}
    if len(columns) != len(header):
        raise BadFeed(name, 1, "有两列同名")
    for column in needed:
        if column not in columns:
            raise BadFeed(name, 1, "少了 {column} 这一列", column=column)
    return columns


def _whole(name: str, line: int, cells: list[str], width: int) -> list[str]:
    """A short row has empty cells at its end; a long one cannot be understood."""
    if len(cells) > width:
        if any(cells[width:]):
            raise BadFeed(name, line, "多出 {extra} 格", extra=len(cells) - width)
        return cells[:width]
    return cells + [""] * (width - len(cells))
