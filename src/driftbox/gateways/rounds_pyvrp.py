"""Instances in Solomon's form solved by PyVRP, an iterated local search for vehicle routing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from time import monotonic
from typing import Any, Final
from warnings import catch_warnings, simplefilter

import numpy as np
import pyvrp
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxRuntime

from driftbox.domain.errors import Refused
from driftbox.domain.planning.solomon import Instance, Routes

SCALE: Final = 10_000  # whole numbers of it stand for distances; rounded up, so that what holds for them holds
TINY: Final = 1e-6
SEED: Final = 1


class PyvrpRounds:
    """See the module."""

    def solve(self, instance: Instance, seconds: float) -> Routes:
        """A third of the time at most goes into needing fewer vehicles, the rest into shorter ways.

        Raises:
            Refused: no rounds were found with that fleet.
        """
        end = monotonic() + seconds
        data = _data(instance)
        with _calm():
            fleet = pyvrp.minimise_fleet(data, MaxRuntime(seconds / 3), SEED)
        best = _solved(data.replace(vehicle_types=[fleet]), end - monotonic())
        if not best.is_feasible():
            raise Refused("rounds.no_fleet", "这么多车跑不过来，没有排出来。多给几辆，或放宽时间")
        return Routes(tuple(tuple(number + 1 for number in route) for route in _routes(best)))


def _solved(data: pyvrp.ProblemData, seconds: float) -> pyvrp.Solution:
    stop = MaxRuntime(max(0.1, seconds))
    with _calm():
        return pyvrp.solve(data, stop, seed=SEED, collect_stats=False, display=False).best


@contextmanager
def _calm() -> Iterator[None]:
    """Without the warning that a fleet may be too small: here that is tried on purpose."""
    with catch_warnings():
        simplefilter("ignore", PenaltyBoundWarning)
        yield


def _routes(best: pyvrp.Solution) -> list[list[int]]:
    """The clients of each route, counted from 0 as they were handed in."""
    return [[step.idx for step in route if step.is_client()] for route in best.routes()]


def _data(instance: Instance) -> pyvrp.ProblemData:
    stops = instance.customers
    size = range(len(stops))
    ways = _matrix([[_up(instance.distance(one, other)) for other in size] for one in size])
    depot, *clients = stops
    opens, shuts = _up(depot.ready), _down(depot.due)
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(stop.x, stop.y) for stop in stops],
        clients=[
            pyvrp.Client(
                stop.number, delivery=[_up(stop.demand)], service_duration=_up(stop.service),
                tw_early=_up(stop.ready), tw_late=_down(stop.due),
            )
            for stop in clients
        ],
        depots=[pyvrp.Depot(0, tw_early=opens, tw_late=shuts)],
        vehicle_types=[
            pyvrp.VehicleType(instance.vehicles, [_down(instance.capacity)], tw_early=opens, tw_late=shuts)
        ],
        distance_matrices=[ways],
        duration_matrices=[ways],
    )  # fmt: skip


def _up(number: float) -> int:
    return ceil(number * SCALE - TINY)


def _down(number: float) -> int:
    return int(number * SCALE + TINY)


def _matrix(rows: Sequence[Sequence[int]]) -> Any:
    """Whole numbers as PyVRP takes them; its stubs name no type that NumPy's own arrays have."""
    return np.array(rows, dtype=np.int64)
