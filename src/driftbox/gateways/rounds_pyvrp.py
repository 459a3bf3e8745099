"""Rounds by PyVRP, an iterated local search for vehicle routing. It knows windows, but no boats that leave by the hour:
for a day of rounds it sees estimates, and the planner walks its orders through the timetable.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil
from time import monotonic
from typing import Any, Final
from warnings import catch_warnings, simplefilter

import numpy as np
import pyvrp
from msgspec import structs
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxRuntime

from driftbox.domain.errors import Refused
from driftbox.domain.planning.day import MIDNIGHT, Day
from driftbox.domain.planning.solomon import Instance, Routes
from driftbox.domain.planning.travel import Travel
from driftbox.gateways.rounds import Orders

SCALE: Final = 10_000  # whole numbers of it stand for distances; rounded up, so that what holds for them holds
TINY: Final = 1e-6
SEED: Final = 1
HOURS: Final = (8 * 60, 11 * 60, 14 * 60)  # at which ways over the sea are estimated
MISSED: Final = 100 * MIDNIGHT  # what it costs to leave somebody out


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

    def orders(self, day: Day, seconds: float) -> Orders:
        """See the Protocol; visits that take two people are left to the planner."""
        alone = tuple(visit for visit in day.visits if visit.people == 1)
        if not alone or not day.agents:
            return ()
        best = _solved(_of_day(structs.replace(day, visits=alone)), seconds)
        orders: list[tuple[str, ...]] = [() for _agent in day.agents]
        for route, numbers in zip(best.routes(), _routes(best), strict=True):
            orders[route.vehicle_type()] = tuple(alone[number].id for number in numbers)
        return tuple(orders)


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


def _of_day(day: Day) -> pyvrp.ProblemData:
    """The day with estimated ways: one depot for each agent's start and home, one vehicle for each agent."""
    ends = [place for agent in day.agents for place in (agent.start, agent.home)]
    places = [*ends, *(visit.place for visit in day.visits)]
    ways = _estimates(Travel(day), places)
    free = _matrix([[0] * len(places) for _place in places])
    return pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _place in places],
        clients=[
            pyvrp.Client(
                len(ends) + number, service_duration=visit.minutes, prize=MISSED, required=False,
                tw_early=visit.windows[0][0], tw_late=max(shuts for _opens, shuts in visit.windows) - visit.minutes,
            )
            for number, visit in enumerate(day.visits)
        ],
        depots=[pyvrp.Depot(number) for number in range(len(ends))],
        vehicle_types=[
            pyvrp.VehicleType(
                start_depot=2 * number, end_depot=2 * number + 1, tw_early=agent.since, tw_late=agent.until,
                unit_distance_cost=0, unit_duration_cost=1,
            )
            for number, agent in enumerate(day.agents)
        ],
        distance_matrices=[free],
        duration_matrices=[ways],
    )  # fmt: skip


def _matrix(rows: Sequence[Sequence[int]]) -> Any:
    """Whole numbers as PyVRP takes them; its stubs name no type that NumPy's own arrays have."""
    return np.array(rows, dtype=np.int64)


def _estimates(travel: Travel, places: Sequence[str]) -> Any:
    """Minutes from place to place, over the sea with the wait for a boat; a day where there is no way."""
    known = {(one, other): _estimate(travel, one, other) for one in set(places) for other in set(places)}
    return _matrix(
        [[0 if at == to else known[one, other] for to, other in enumerate(places)] for at, one in enumerate(places)]
    )


def _estimate(travel: Travel, one: str, other: str) -> int:
    arrivals = ((at, travel.arrive(one, other, at)) for at in HOURS)
    return min((there - at for at, there in arrivals if there is not None), default=MIDNIGHT)
