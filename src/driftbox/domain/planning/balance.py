"""Giving out many cases at once 一起派: the assignment that costs least in all, proved by its prices.

Cases go in one after the other, each along the cheapest chain of shifts from agent to agent (successive shortest paths,
Dijkstra on reduced costs). An agent's next case costs more than the one before, so that loads stay even. A case may
stay with nobody at a price above all others, so there is always an answer.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from driftbox.domain.planning.agents import Agent, AgentRules, Aspect, Waiting
from driftbox.domain.planning.dispatch import STEPS, Reason, barred_from, out_of_reach, reasons_for, unavailable

NOBODY: Final = 1_000_000  # minutes: what it costs that nobody takes a case
WEIGHS: Final[Mapping[Aspect, int]] = {"known": 30, "near": 20, "language": 45, "skill": 30, "soon": 1, "load": 15}
FAR: Final = 1 << 60


class Problem(Struct, frozen=True, kw_only=True):
    """What each case costs each agent (a row for each case: agent → minutes), how much room each agent has, and what
    the first, second … further case of each costs beside (never falling).
    """

    costs: tuple[Mapping[int, int], ...]
    room: tuple[int, ...]
    marginal: tuple[tuple[int, ...], ...]


class Solution(Struct, frozen=True, kw_only=True):
    """Who takes each case (−1: nobody), the cost in all, and the prices that prove that none costs less."""

    taken: tuple[int, ...]
    cost: int
    bound: int


class Assignment(Struct, frozen=True, kw_only=True):
    """Who takes which case, with the reasons; and the cases that nobody may take now."""

    given: Mapping[str, tuple[Agent, tuple[Reason, ...]]]
    nobody: tuple[str, ...]
    cost: int
    bound: int


def balance(cases: Sequence[Waiting], agents: Sequence[Agent], now: datetime, rules: AgentRules) -> Assignment:
    """The cheapest way to give ``cases`` to ``agents`` all at once; nobody gets more than their kind may have."""
    problem = problem_of(cases, agents, now, rules)
    solution = solve(problem)
    given = {
        case.docket: (agents[taken], reasons_for(case, agents[taken], now, rules))
        for case, taken in zip(cases, solution.taken, strict=True)
        if taken >= 0
    }
    nobody = tuple(case.docket for case, taken in zip(cases, solution.taken, strict=True) if taken < 0)
    return Assignment(given=given, nobody=nobody, cost=solution.cost, bound=solution.bound)


def problem_of(cases: Sequence[Waiting], agents: Sequence[Agent], now: datetime, rules: AgentRules) -> Problem:
    """The figures behind giving out: what every reason that falls short weighs, in minutes of way."""
    weighs: dict[Aspect, int] = {**WEIGHS, **rules.weighs}
    counted = [(weighs[aspect], STEPS[aspect]) for aspect in rules.order if aspect not in ("load", "soon")]
    alike = _alike(agents, now)
    late = weighs["soon"] if "soon" in rules.order else 0
    rows = tuple(
        {
            number: soon + sum(weigh * step(case, agent, now) for weigh, step in counted)
            for those in alike
            if not out_of_reach(case, those[0][1], now)
            for soon in (late * STEPS["soon"](case, those[0][1], now),)
            for number, agent in those
            if not barred_from(case, agent)
        }
        for case in cases
    )
    room = tuple(max(0, agent.at_once - agent.load) for agent in agents)
    more = tuple(
        tuple(weighs["load"] * (agent.load + place) for place in range(free))
        for agent, free in zip(agents, room, strict=True)
    )
    return Problem(costs=rows, room=room, marginal=more)


def _alike(agents: Sequence[Agent], now: datetime) -> list[list[tuple[int, Agent]]]:
    """Agents who can take a case at all, with their places; those who set out from one island at one time together,
    because boats are as good for one of them as for the next.
    """
    found: dict[tuple[str, datetime | None], list[tuple[int, Agent]]] = {}
    for number, agent in enumerate(agents):
        if not unavailable(agent, now):
            found.setdefault((agent.island, agent.free_from), []).append((number, agent))
    return list(found.values())


def solve(problem: Problem) -> Solution:
    """The assignment that costs least; ``bound`` is what the prices prove no assignment can go below."""
    flow = _Flow(problem)
    for case in range(len(problem.costs)):
        flow.place(case)
    return Solution(taken=tuple(flow.taken), cost=flow.cost(), bound=flow.bound())


class _Flow:
    """Cases placed so far, and a price for each agent; the last agent is nobody, who has room for all."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.nobody = len(problem.room)
        self.prices = [0] * (self.nobody + 1)
        self.held: list[list[int]] = [[] for _ in self.prices]
        self.at: list[int] = [-1] * len(problem.costs)
        self.rows = [[*row.items(), (self.nobody, NOBODY)] for row in problem.costs]
        self.cost_of = [{**row, self.nobody: NOBODY} for row in problem.costs]

    @property
    def taken(self) -> list[int]:
        return [-1 if agent == self.nobody else agent for agent in self.at]

    def end(self, agent: int) -> int:
        """What one more case costs this agent beside, less their price; a great deal when there is no room."""
        if agent == self.nobody:
            return -self.prices[agent]
        count = len(self.held[agent])
        return self.problem.marginal[agent][count] - self.prices[agent] if count < self.problem.room[agent] else FAR

    def place(self, case: int) -> None:
        """Give ``case`` to somebody, moving others where that is cheaper in all."""
        prices, away = self.prices, dict[int, int]()
        came: dict[int, tuple[int, int]] = {}  # agent → (case that moves there, agent it leaves)
        for agent, cost in self.rows[case]:
            away[agent], came[agent] = cost + prices[agent], (case, -1)
        done: dict[int, int] = {}
        best, last = FAR, -1
        for agent, far in away.items():
            if far + self.end(agent) < best:
                best, last = far + self.end(agent), agent
        while away:
            agent = min(away, key=away.__getitem__)
            far = away[agent]
            if far >= best:
                break
            done[agent] = far
            del away[agent]
            best, last = self._relax(agent, far, (best, last), (away, done, came))
        for agent, far in done.items():
            prices[agent] += best - far
        self._shift(last, came)

    def _relax(
        self,
        agent: int,
        far: int,
        best: tuple[int, int],
        seen: tuple[dict[int, int], dict[int, int], dict[int, tuple[int, int]]],
    ) -> tuple[int, int]:
        away, done, came = seen
        prices = self.prices
        for moved in self.held[agent]:
            base = far - self.cost_of[moved][agent] - prices[agent]
            limit = best[0] - base
            for other, cost in self.rows[moved]:
                reduced = cost + prices[other]
                if reduced >= limit or other in done:
                    continue
                if reduced + base < away.get(other, FAR):
                    away[other], came[other] = reduced + base, (moved, agent)
                    total = reduced + base + self.end(other)
                    if total < best[0]:
                        best, limit = (total, other), total - base
        return best

    def _shift(self, last: int, came: Mapping[int, tuple[int, int]]) -> None:
        while last >= 0:
            case, before = came[last]
            if before >= 0:
                self.held[before].remove(case)
            self.held[last].append(case)
            self.at[case] = last
            last = before

    def cost(self) -> int:
        """What this assignment costs in all."""
        ways = sum(self.cost_of[case][agent] for case, agent in enumerate(self.at))
        return ways + sum(
            sum(more[: len(held)]) for more, held in zip(self.problem.marginal, self.held[:-1], strict=True)
        )

    def bound(self) -> int:
        """The dual value: no assignment costs less, whatever it is (weak duality of the transport problem)."""
        cases = sum(min(cost + self.prices[agent] for agent, cost in row) for row in self.rows)
        room = sum(
            sum(min(0, one - price) for one in more)
            for more, price in zip(self.problem.marginal, self.prices, strict=False)
        )
        return cases + room
