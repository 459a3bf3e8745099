"""The figures of simulations as a table for a terminal, and as data."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from unicodedata import east_asian_width

import msgspec
from django.utils.translation import get_language

from driftbox.domain.simulation.measures import COLUMNS, Figures, Interval, over_runs
from driftbox.domain.text import Text

HEADS: Final[Mapping[str, Text]] = {
    "cases": Text(zh="件数", en="cases"),
    "closed": Text(zh="办结", en="closed"),
    "median_days": Text(zh="天数中位", en="median days"),
    "on_time": Text(zh="按时", en="on time"),
    "trips": Text(zh="每件跑几次", en="trips per case"),
    "boxes": Text(zh="箱次", en="boxes"),
    "incidents": Text(zh="对不上", en="incidents"),
    "contested": Text(zh="待定", en="contested"),
    "second_asks": Text(zh="再次要", en="second asks"),
}
POLICY: Final = Text(zh="办法", en="policy")
SHARES: Final = frozenset({"on_time"})
FINE: Final = frozenset({"median_days", "trips"})


def compared(over: Mapping[str, Sequence[Figures]]) -> dict[str, Any]:
    """Means and half widths of the 95 % confidence intervals, by policy and column."""
    return {name: msgspec.to_builtins(over_runs(runs)) for name, runs in over.items()}


def table(over: Mapping[str, Sequence[Figures]]) -> str:
    """One line a policy; with several runs each figure is a mean ± half of its 95 % confidence interval."""
    language = "en" if (get_language() or "").startswith("en") else "zh"
    heads = [POLICY, *(HEADS[name] for name in COLUMNS)]
    rows = [[head.in_language(language) for head in heads]]
    for policy, runs in over.items():
        rows.append([policy, *(_cell(name, held) for name, held in over_runs(runs).items())])
    widths = [max(_width(row[place]) for row in rows) for place in range(len(heads))]
    return "".join("  ".join(_padded(cell, widths[n]) for n, cell in enumerate(row)).rstrip() + "\n" for row in rows)


def _cell(name: str, held: Interval | None) -> str:
    if held is None:
        return "—"
    half = "" if held.half is None else f" ± {_number(name, held.half, several=True)}"
    return _number(name, held.mean, several=held.runs > 1) + half


def _number(name: str, value: float, *, several: bool) -> str:
    if name in SHARES:
        return f"{value * 100:.1f} %"
    if name in FINE:
        return f"{value:.2f}"
    return f"{value:.1f}" if several else f"{value:.0f}"


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _width(cell: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in cell)
