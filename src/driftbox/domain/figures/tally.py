"""Exact counts that can be put together and taken apart: a histogram with a sum, never a rounded mean."""

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct, field

from driftbox.domain.figures.definition import NONE

ENOUGH: Final = 5  # below it a share or a median says more about single cases than about the work


class Cell(Struct, frozen=True):
    """How many, and what their amounts come to."""

    count: int = 0
    amount: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        """Both together."""
        return Cell(self.count + other.count, self.amount + other.amount)


class Tally(Struct):
    """One figure for some offices and months: by bucket, how many and how much."""

    cells: dict[str, Cell] = field(default_factory=dict)

    def add(self, bucket: str, count: int, amount: int) -> None:
        """Count something more; negative numbers take it out again, and an empty bucket is forgotten."""
        cell = self.cells.get(bucket, Cell()) + Cell(count, amount)
        if cell == Cell():
            self.cells.pop(bucket, None)
        else:
            self.cells[bucket] = cell

    @property
    def count(self) -> int:
        """How many things were counted, of which the entries tell anything or not."""
        return sum(cell.count for cell in self.cells.values())

    @property
    def known(self) -> int:
        """How many of them the entries tell about."""
        return self.count - self.cells.get(NONE, Cell()).count

    @property
    def amount(self) -> int:
        """What their amounts come to."""
        return sum(cell.amount for cell in self.cells.values())

    def counted(self, buckets: Iterable[str]) -> int:
        """How many are in one of ``buckets``."""
        return sum(self.cells[one].count for one in set(buckets) if one in self.cells)

    def per_mille(self, good: Iterable[str]) -> int | None:
        """The share of ``good`` among what is known, in thousandths rounded half up; None if fewer than five."""
        return None if self.known < ENOUGH else (2000 * self.counted(good) + self.known) // (2 * self.known)

    def hundredths(self) -> int | None:
        """The mean amount in hundredths, rounded half up; None if fewer than five."""
        return None if self.known < ENOUGH else (200 * self.amount + self.known) // (2 * self.known)

    def quartiles(self) -> tuple[int, int, int] | None:
        """Lower quartile, median and upper quartile of buckets that are whole numbers: of each the smallest value that
        at least that share does not exceed. None if fewer than five.
        """
        values = sorted((int(bucket), cell.count) for bucket, cell in self.cells.items() if bucket != NONE)
        total = sum(count for _value, count in values)
        if total < ENOUGH:
            return None
        low, middle, high = (_at(values, (total * part + 3) // 4) for part in (1, 2, 3))
        return low, middle, high


def _at(values: list[tuple[int, int]], rank: int) -> int:
    for value, count in values:
        rank -= count
        if rank <= 0:
            return value
    return values[-1][0]


def merged(tallies: Iterable[Tally]) -> Tally:
    """All of them as one, whatever their order."""
    counts, amounts = dict[str, int](), dict[str, int]()
    for tally in tallies:
        for bucket, cell in tally.cells.items():
            counts[bucket] = counts.get(bucket, 0) + cell.count
            amounts[bucket] = amounts.get(bucket, 0) + cell.amount
    cells = {bucket: Cell(count, amounts[bucket]) for bucket, count in counts.items() if count or amounts[bucket]}
    return Tally(cells)


def tally_of(cells: Mapping[str, tuple[int, int]]) -> Tally:
    """A tally from counts and amounts by bucket."""
    return Tally({bucket: Cell(*pair) for bucket, pair in cells.items() if any(pair)})
