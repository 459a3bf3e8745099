"""The small drawings under the chart: a square for each case, a column for each month, a stroke for each agent."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.domain.figures.definition import NONE
from driftbox.domain.figures.listed import CHANNELS
from driftbox.domain.figures.tally import Cell
from driftbox.web.base.telling import said

HIGH: Final = 6  # squares on top of each other; more are told by their number
ACROSS: Final = 65  # strokes in one row


class Column(Struct, frozen=True):
    """A column: where, how high it begins, what it says, what stands below, and whether it is the present one."""

    x: int
    y: int
    value: str
    name: str
    now: bool


class DayColumn(Struct, frozen=True):
    """The cases due on one day: where each square stands, solid today, loud when past; ``href`` is the list behind."""

    x: int
    name: str
    count: int
    squares: tuple[tuple[int, str], ...]
    href: str
    more: bool


class Ticks(Struct, frozen=True):
    """Strokes in rows: a path for each sort, how high the drawing is, and how many strokes."""

    paths: tuple[tuple[int, str], ...]
    height: int
    count: int


class Channel(Struct, frozen=True):
    """One way people came: its name, how many, how long the bar is, and how high it stands."""

    name: str
    count: int
    end: int
    y: int


def columns_of(days: Sequence[tuple[date, int]], late: int) -> list[DayColumn]:
    """The next days as columns of squares; the first holds today and everything that is past its day."""
    found = []
    for place, (day, count) in enumerate(days):
        squares = tuple(
            (100 - 16 * one, "lowmark" if not place and one < late else "open" if place else "solid")
            for one in range(min(count, HIGH))
        )
        what = "late" if not place and late else "today" if not place else day.isoformat()
        name = gettext("今天") if not place else str(day.day)
        found.append(DayColumn(16 + 32 * place, name, count, squares, what, count > HIGH))
    return found


def ticks_of(counts: Sequence[int]) -> Ticks:
    """Strokes, one for each, the sorts one after the other."""
    paths, at = [], 0
    for sort, count in enumerate(counts, start=1):
        strokes = ((1 + 5 * (one % ACROSS), 17 * (one // ACROSS)) for one in range(at, at + count))
        paths.append((sort, "".join(f"M{x} {y}v12" for x, y in strokes)))
        at += count
    return Ticks(tuple(paths), 12 + 17 * (max(0, at - 1) // ACROSS), at)


def channels_of(cells: Mapping[str, Cell]) -> list[Channel]:
    """Contacts by channel, the most first; the hour of each is left out here."""
    sums: dict[str, int] = {}
    for bucket, cell in cells.items():
        channel = bucket.partition(":")[0]
        if channel != NONE:
            sums[channel] = sums.get(channel, 0) + cell.count
    top = max(sums.values(), default=1)
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))[:6]
    return [Channel(said(CHANNELS[one]) if one in CHANNELS else one, count, 86 + round(180 * count / top), 14 + 43 * n)
            for n, (one, count) in enumerate(ordered)]  # fmt: skip
