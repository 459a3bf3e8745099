"""What came of a simulation: figures of one run, and means with 95 % confidence intervals over several."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median, stdev
from typing import Final

from msgspec import Struct

SUFFICES: Final = 2  # runs from which an interval can be told
_T95: Final = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
_Z: Final = 1.959964


class Measure(Struct, frozen=True, kw_only=True):
    """One case at the end of a run. ``days`` from the ask to the door, None while it is not there; ``on_time``
    whether that was by the day promised first, None where none was promised or it is not there yet.
    """

    closed: bool
    errand: bool
    days: float | None
    on_time: bool | None
    trips: int
    contested: int
    second_asks: int


class Figures(Struct, frozen=True, kw_only=True):
    """One run. ``median_days`` from the ask to the door; ``on_time`` part of those with a promise that are at the
    door; ``trips`` a case, counted where the result is at the door. NaN-free: None where nothing can be told.
    """

    cases: int
    closed: int
    median_days: float | None
    on_time: float | None
    trips: float | None
    boxes: int
    incidents: int
    contested: int
    second_asks: int


COLUMNS: Final = Figures.__struct_fields__


def figures(measures: Sequence[Measure], *, boxes: int, incidents: int) -> Figures:
    """The figures of a run; ``boxes`` are crossings of a box, ``incidents`` all that were opened."""
    there = [one for one in measures if one.errand and one.days is not None]
    promised = [one.on_time for one in there if one.on_time is not None]
    return Figures(
        cases=len(measures),
        closed=sum(one.closed for one in measures),
        median_days=median(one.days for one in there if one.days is not None) if there else None,
        on_time=fmean(promised) if promised else None,
        trips=fmean(one.trips for one in there) if there else None,
        boxes=boxes, incidents=incidents,
        contested=sum(one.contested for one in measures),
        second_asks=sum(one.second_asks for one in measures),
    )  # fmt: skip


class Interval(Struct, frozen=True):
    """A mean over runs, and how far to either side its 95 % confidence interval reaches; None from one run alone."""

    mean: float
    half: float | None
    runs: int


def interval(values: Sequence[float]) -> Interval | None:
    """Mean and interval by Student's t; None where there is no value."""
    if not values:
        return None
    count = len(values)
    half = quantile(count - 1) * stdev(values) / sqrt(count) if count >= SUFFICES else None
    return Interval(fmean(values), half, count)


def quantile(freedom: int) -> float:
    """The 97.5 % point of Student's t with so many degrees of freedom; beyond 30 by Cornish and Fisher's expansion."""
    if freedom <= len(_T95):
        return _T95[freedom - 1]
    return _Z + (_Z**3 + _Z) / (4 * freedom) + (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / (96 * freedom**2)


def over_runs(runs: Sequence[Figures]) -> dict[str, Interval | None]:
    """Every column over several runs of one policy."""
    held = {name: [getattr(run, name) for run in runs] for name in COLUMNS}
    return {name: interval([value for value in values if value is not None]) for name, values in held.items()}
