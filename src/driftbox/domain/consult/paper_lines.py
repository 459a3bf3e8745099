"""Lines of text on a picture, and the rows they stand in."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from msgspec import Struct

_KEPT: Final = re.compile(r"\s+")
_OVERLAP: Final = 2  # lines share a row when they overlap by more than half of the lower one


class Line(Struct, frozen=True):
    """One piece of text: its box in pixels (left, top, right, bottom) and how sure the reading is, 0 to 100."""

    text: str
    box: tuple[int, int, int, int]
    score: int


class Row(Struct, frozen=True):
    """Pieces that stand side by side, from left to right; ``text`` is theirs put together, without spaces."""

    pieces: tuple[Line, ...]
    text: str
    score: int


def plain(text: str) -> str:
    """Text as it is compared: one width of letters and digits (NFKC), no spaces, colons alike."""
    return _KEPT.sub("", unicodedata.normalize("NFKC", text)).replace("：", ":")


def rows_of(lines: Iterable[Line]) -> tuple[Row, ...]:
    """The rows of an upright picture, from top to bottom."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.box[1] + one.box[3]):
        if rows and _beside(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(_row(row) for row in rows)


def _row(pieces: list[Line]) -> Row:
    ordered = tuple(sorted(pieces, key=lambda one: one.box[0]))
    return Row(ordered, "".join(plain(piece.text) for piece in ordered), min(piece.score for piece in ordered))


def _beside(row: list[Line], line: Line) -> bool:
    """Against the piece of the row that stands nearest: a row may slant a little."""
    near = min(row, key=lambda one: abs(one.box[0] - line.box[0]))
    shared = min(near.box[3], line.box[3]) - max(near.box[1], line.box[1])
    lower = min(near.box[3] - near.box[1], line.box[3] - line.box[1])
    return shared * _OVERLAP > lower
