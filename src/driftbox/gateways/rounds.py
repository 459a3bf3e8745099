"""Solvers of instances in Solomon's form: a Protocol, and the plain one that is there when no other is installed.

A day of visits is planned by ``domain/planning/search.py``, which knows boats that leave by the hour; no solver of this
kind does, and beginning with its estimate was measured to leave more people out.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from math import inf
from time import monotonic
from typing import Protocol

from driftbox.domain.errors import Refused
from driftbox.domain.planning.search import More
from driftbox.domain.planning.solomon import Instance, Routes


class RoundsSolver(Protocol):
    """Finds good rounds in a given time."""

    def solve(self, instance: Instance, seconds: float) -> Routes:
        """Rounds for an instance in Solomon's form: few vehicles first, then short ways.

        Raises:
            Refused: none was found with that fleet.
        """
        ...


class PlainRounds:
    """Puts the most urgent into the round it lengthens least, one after the other; no more than that."""

    def solve(self, instance: Instance, seconds: float) -> Routes:  # noqa: ARG002 - it is done at once
        """See the Protocol."""
        routes: list[list[int]] = []
        for number in sorted(range(1, len(instance.customers)), key=lambda one: instance.customers[one].due):
            _price, place, route = min(_ways(instance, routes, number), default=(inf, 0, []))
            if not route:
                raise Refused("rounds.no_fleet", "这么多车跑不过来，没有排出来。多给几辆，或放宽时间")
            routes[place : place + 1] = [route]
        return Routes(tuple(tuple(route) for route in routes))


def _ways(instance: Instance, routes: Sequence[list[int]], number: int) -> list[tuple[float, int, list[int]]]:
    """Every way to serve one more customer: how much longer it gets, which route, and the route then."""
    found = []
    for place, route in enumerate((*routes, []) if len(routes) < instance.vehicles else routes):
        length = instance.length(route)
        for cut in range(len(route) + 1):
            longer = [*route[:cut], number, *route[cut:]]
            if instance.holds(longer):
                found.append((instance.length(longer) - length, place, longer))
    return found


def lasting(seconds: float, turns: int) -> More:
    """Says yes for so many seconds or so many turns, whichever is over first."""
    end, left = monotonic() + seconds, iter(range(turns))

    def more() -> bool:
        return next(left, None) is not None and monotonic() < end

    return more


def is_installed() -> bool:
    """Whether PyVRP is installed; found without loading it."""
    return find_spec("pyvrp") is not None
