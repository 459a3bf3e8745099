"""Twelve months as columns: a drawing beside the table that says the same."""

from collections.abc import Sequence

from msgspec import Struct

from driftbox.domain.figures.definition import Figure
from driftbox.domain.figures.tally import Tally

WIDE, HIGH, FLOOR, TOP = 30, 168, 140, 22  # units: of a column, of the drawing, of the ground line, of the tallest
BAR = 16


class Column(Struct, frozen=True):
    """One month: where its bar stands, how high it is, and what is written on it. ``height`` 0: nothing to draw."""

    x: int
    y: int
    height: int
    middle: int
    month: str
    value: str


class Chart(Struct, frozen=True):
    """The drawing, ``width`` units wide."""

    columns: tuple[Column, ...]
    width: int


def chart_of(figure: Figure, months: Sequence[str], by_month: dict[str, Tally], values: Sequence[str]) -> Chart:
    """The columns of ``months``; ``values`` are what the table says of each."""
    numbers = [_number(figure, by_month.get(month, Tally())) for month in months]
    most = max([1000 if figure.how == "share" else 1, *numbers])
    columns = []
    for place, (month, number, value) in enumerate(zip(months, numbers, values, strict=True)):
        height = max(0, number) * (FLOOR - TOP) // most
        x = place * WIDE + (WIDE - BAR) // 2
        shown = value if height else ""
        columns.append(Column(x, FLOOR - height, height, place * WIDE + WIDE // 2, str(int(month[5:])), shown))
    return Chart(tuple(columns), WIDE * len(months))


def _number(figure: Figure, tally: Tally) -> int:
    if figure.how == "share":
        return tally.per_mille(figure.good) or 0
    if figure.how == "total":
        return sum(cell.amount for bucket, cell in tally.cells.items() if not figure.good or bucket in figure.good)
    if figure.code == "trips_per_case":
        return tally.hundredths() or 0
    quartiles = tally.quartiles() if figure.how == "spread" else None
    return tally.count if figure.how == "count" else quartiles[1] if quartiles else 0
