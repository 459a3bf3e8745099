from itertools import permutations

import pytest

from driftbox.domain.errors import Refused
from driftbox.domain.planning.lots import lots
from driftbox.domain.planning.solomon import Customer, Instance
from driftbox.gateways.rounds import PlainRounds, lasting
from driftbox.gateways.rounds_pyvrp import PyvrpRounds


def instance(seed, customers=6, vehicles=3):
    draw = lots(seed)
    stops = [Customer(0, 50, 50, 0, 0, 400, 0)]
    for number in range(1, customers + 1):
        opens = draw(120)
        stops.append(Customer(number, draw(100), draw(100), 5 + draw(10), opens, opens + 120 + draw(80), 10))
    return Instance(f"made up {seed}", vehicles, 40, tuple(stops))


def best_by_trying(asked):
    """The fewest vehicles, and the shortest way for that many."""
    numbers = range(1, len(asked.customers))
    found = []
    for order in permutations(numbers):
        for cuts in range(2 ** (len(order) - 1)):
            routes, route = [], [order[0]]
            for place, number in enumerate(order[1:]):
                if cuts >> place & 1:
                    routes.append(route)
                    route = []
                route.append(number)
            routes.append(route)
            if len(routes) <= asked.vehicles and [one[0] for one in routes] == sorted(one[0] for one in routes):
                found.append(routes)
    kept = [routes for routes in found if all(map(asked.holds, routes))]
    return min(((len(routes), sum(map(asked.length, routes))) for routes in kept), default=None)


@pytest.mark.parametrize("seed", range(3))
def test_small_instances_are_solved_as_well_as_by_trying_everything(seed):
    asked = instance(seed, customers=5)
    found = PyvrpRounds().solve(asked, 0.6)
    assert found.faults(asked) == ()
    assert (len(found.routes), found.distance(asked)) == pytest.approx(best_by_trying(asked))


@pytest.mark.parametrize("seed", range(5))
def test_the_plain_solver_keeps_every_window(seed):
    asked = instance(seed, customers=20, vehicles=20)
    assert PlainRounds().solve(asked, 1).faults(asked) == ()


@pytest.mark.parametrize("solver", [PlainRounds(), PyvrpRounds()])
def test_a_fleet_that_cannot_do_it_is_refused(solver):
    with pytest.raises(Refused) as refusal:
        solver.solve(instance(1, customers=20, vehicles=1), 0.3)
    assert refusal.value.code == "rounds.no_fleet"


def test_a_search_ends_after_so_many_turns():
    more = lasting(60, 3)
    assert [more() for _turn in range(4)] == [True, True, True, False]
