"""Giving out many cases at once: as cheap as can be, proved by its own prices and by trying everything."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import PACK, key

from driftbox.domain.planning.agents import Agent, Waiting
from driftbox.domain.planning.balance import NOBODY, Problem, balance, problem_of, solve
from driftbox.domain.planning.dispatch import reasons_for, why_not

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


@st.composite
def problems(draw):
    agents = draw(st.integers(1, 4))
    room = tuple(draw(st.integers(0, 3)) for _ in range(agents))
    marginal = tuple(tuple(sorted(draw(st.integers(0, 20)) for _ in range(free))) for free in room)
    row = st.dictionaries(st.integers(0, agents - 1), st.integers(0, 40))
    return Problem(costs=tuple(draw(st.lists(row, max_size=5))), room=room, marginal=marginal)


def price(problem, taken):
    total = 0
    for case, agent in enumerate(taken):
        if agent >= 0 and agent not in problem.costs[case]:
            return None
        total += problem.costs[case][agent] if agent >= 0 else NOBODY
    for agent, more in enumerate(problem.marginal):
        count = taken.count(agent)
        if count > problem.room[agent]:
            return None
        total += sum(more[:count])
    return total


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_assignment_of_all_that_there_are_costs_less(problem):
    found = solve(problem)
    choices = product(range(-1, len(problem.room)), repeat=len(problem.costs))
    best = min(cost for taken in choices if (cost := price(problem, taken)) is not None)
    assert price(problem, found.taken) == found.cost == found.bound == best


def agent(number, **more):
    known = {
        "name": f"某{number}", "office": "C-BS", "station": "C-BS", "island": "白沙岛", "may": ("carry",),
        "at_once": 2, "until": date(2027, 1, 1), "free_from": NOW,
    }  # fmt: skip
    return Agent(person=key(number), **{**known, **more})


def test_no_agent_gets_more_than_their_kind_may_have_and_loads_stay_even():
    cases = [Waiting(docket=f"case-{n}", office="C-BS", island="白沙岛", station="C-BS") for n in range(5)]
    found = balance(cases, [agent(101), agent(102)], NOW, PACK.agents)
    held = [given[0].person for given in found.given.values()]
    assert sorted(held.count(key(n)) for n in (101, 102)) == [2, 2]
    assert len(found.nobody) == 1


def test_a_case_that_nobody_may_take_stays_and_takes_nothing_from_the_others():
    secret = Waiting(docket="secret", office="C-BS", island="白沙岛", confidential=True)
    open_one = Waiting(docket="open", office="C-BS", island="白沙岛", station="C-BS")
    found = balance([secret, open_one], [agent(101)], NOW, PACK.agents)
    assert found.nobody == ("secret",)
    assert found.given["open"][0].person == key(101)


def test_what_is_added_up_is_what_the_reasons_say_for_every_pair():
    rules, later = PACK.agents, NOW + timedelta(hours=2)
    agents = [
        agent(101), agent(102, free_from=later), agent(103, island="桃花岛", office="V1", station="ST06"),
        agent(104, away="ill"), agent(105, skills=("care",), served=frozenset({"f"})),
        agent(106, declared=frozenset({"f"})),
        agent(107, island="东福山岛"),
    ]  # fmt: skip
    case = Waiting(docket="x", office="C-BS", island="白沙岛", station="C-BS", skill="care", parties=frozenset({"f"}),
                   ways={"桃花岛": later})  # fmt: skip
    (row,) = problem_of([case], agents, NOW, rules).costs
    assert row == {
        number: sum(rules.weighs[one.aspect] * one.step for one in reasons_for(case, who, NOW, rules)
                    if one.aspect != "load")
        for number, who in enumerate(agents)
        if why_not(case, who, NOW) is None
    }  # fmt: skip
    assert sorted(row) == [0, 1, 2, 4]
