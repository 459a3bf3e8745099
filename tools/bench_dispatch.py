"""Gives 500 new cases to 260 agents, and compares with the same instance solved exactly.

    python tools/bench_dispatch.py [--cases 500] [--agents 260] [--json]

The instance is that of the pack: its points, islands, kinds, matters and weights; loads, skills and families are drawn
with a fixed seed. The exact solution is a min-cost flow of OR-Tools when the extra ``planning`` is installed, else the
bound that the prices of our own solution prove. Prints seconds, costs and the gap.
"""

import argparse
import json
import random
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import driftbox
from driftbox.domain.planning.agents import Agent, Waiting
from driftbox.domain.planning.balance import NOBODY, Problem, balance, problem_of, solve
from driftbox.gateways.pack import Pack
from driftbox.gateways.pack_files import load_pack

try:
    from ortools.graph.python import min_cost_flow
except ImportError:
    min_cost_flow = None

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
SEED = 20260512


def instance(pack: Pack, cases: int, agents: int) -> tuple[list[Waiting], list[Agent]]:
    """So many cases and agents over the points of the pack, always the same."""
    chance = random.Random(SEED)  # noqa: S311 - a bench, not a secret
    points = [one for one in pack.offices.values() if one.kind == "point" and one.island]
    islands = sorted({one.island.zh for one in points if one.island})
    ways = {one: NOW + timedelta(minutes=chance.randrange(30, 300)) for one in islands}
    matters = list(pack.matters.values())
    families = [f"family-{number}" for number in range(cases)]
    squad = []
    for number in range(agents):
        point, kind = chance.choice(points), chance.choice(pack.agents.kinds)
        squad.append(Agent(
            person=f"agent-{number:03}", name=f"{number:03}", office=point.code, station=point.parent,
            island=point.island.zh if point.island else "", kind=kind.code, may=kind.may, at_once=kind.at_once,
            load=chance.randrange(0, 6), until=date(2027, 1, 1),
            free_from=NOW + timedelta(minutes=chance.choice((0, 0, 90))),
            skills=tuple(chance.sample([one.code for one in pack.agents.skills], 1)), languages=("mandarin",),
            served=frozenset(chance.sample(families, min(5, cases))),
            declared=frozenset(chance.sample(families, 1)),
        ))  # fmt: skip
    waiting = []
    for family in families:
        point, matter = chance.choice(points), chance.choice(matters)
        waiting.append(Waiting(
            docket=f"case-{family}", office=point.code, station=point.parent,
            island=point.island.zh if point.island else "", needs=pack.agents.need_of(matter.procedure, ""),
            skill=pack.agents.skill_for(matter.code), parties=frozenset({family}), ways=ways,
            language=chance.choice(("", "", "", "english")),
        ))  # fmt: skip
    return waiting, squad


def exact(problem: Problem) -> int:
    """The cost of the cheapest assignment by another's hand: a min-cost flow with one arc for each further case."""
    flow = min_cost_flow.SimpleMinCostFlow()
    count = len(problem.costs)
    nobody, sink = count + len(problem.room), count + len(problem.room) + 1
    for case, row in enumerate(problem.costs):
        flow.set_node_supply(case, 1)
        flow.add_arc_with_capacity_and_unit_cost(case, nobody, 1, NOBODY)
        for agent, cost in row.items():
            flow.add_arc_with_capacity_and_unit_cost(case, count + agent, 1, cost)
    for agent, more in enumerate(problem.marginal):
        for cost in more:
            flow.add_arc_with_capacity_and_unit_cost(count + agent, sink, 1, cost)
    flow.add_arc_with_capacity_and_unit_cost(nobody, sink, count, 0)
    flow.set_node_supply(sink, -count)
    if flow.solve() != flow.OPTIMAL:
        raise SystemExit("the exact solver found nothing")
    return int(flow.optimal_cost())


def main() -> int:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--agents", type=int, default=260)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    pack = load_pack(Path(driftbox.__file__).parent / "packs" / "cn_putuo")
    cases, agents = instance(pack, asked.cases, asked.agents)
    start = time.perf_counter()
    found = balance(cases, agents, NOW, pack.agents)
    seconds = time.perf_counter() - start
    problem = problem_of(cases, agents, NOW, pack.agents)
    start = time.perf_counter()
    solve(problem)
    alone = time.perf_counter() - start
    by = "ortools" if min_cost_flow else "own bound"
    best = exact(problem) if min_cost_flow else found.bound
    told = {
        "cases": len(cases), "agents": len(agents), "nobody": len(found.nobody), "seconds": round(seconds, 2),
        "solving": round(alone, 2), "cost": found.cost, "exact": best, "exact_by": by,
        "gap_percent": round(100 * (found.cost - best) / max(1, best), 4),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told) + "\n" if asked.json else "  ".join(f"{k} {v}" for k, v in told.items()) + "\n")
    return 0 if found.cost <= best * 1.01 else 1


if __name__ == "__main__":
    raise SystemExit(main())
