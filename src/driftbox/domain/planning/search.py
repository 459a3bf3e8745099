"""Make the rounds of a day: put in what fits best, then take some out and put them in again, as long as it pays.

Boats leave when they leave, so each way depends on the hour; every order is walked through with the timetable. The
plan that visits the most people is the best; of two, the one in which everybody is out the shortest.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Final

from msgspec import structs

from driftbox.domain.planning.day import Agent, Day, Left, Plan, Visit
from driftbox.domain.planning.lines import Line, Lines, Put
from driftbox.domain.planning.travel import Travel
from driftbox.domain.planning.why import why_left

Draw = Callable[[int], int]  # a number from 0 up to but not including what is asked, by chance
More = Callable[[], bool]  # whether there is time for another turn
MOST_OUT: Final = 12  # visits taken out in one turn
ALL_OF_ONE: Final = 4  # one turn in so many takes out all visits of one agent
NEARBY: Final = 6  # of so many that are most alike, the next to take out is drawn

Orders = Sequence[tuple[str, Sequence[str]]]  # agents with their visits in order


def plan_day(day: Day, draw: Draw, more: More) -> Plan:
    """The best rounds found while there is ``more`` time."""
    search = _Search(day)
    best = search.begin(())
    now = best.copy()
    while more():
        other = search.turn(now.copy(), draw)
        if other.cost <= now.worse_by(draw):
            now = other
        if other.cost < best.cost:
            best = other.copy()
    return best.plan(day)


def settle(day: Day, orders: Orders) -> Plan:
    """The rounds that keep ``orders`` as far as they can be kept; the visits that are in none of them, or do not fit
    any more, go where they fit best. Nothing else is moved.
    """
    return _Search(day).begin(orders).plan(day)


class _Rounds:
    """A whole plan under way: lines by agent, what is left out, and at which minute two meet."""

    def __init__(self, lines: Lines, by: dict[str, Line], left: set[str]) -> None:
        self.lines, self.by, self.left = lines, by, left
        self.meets: dict[str, int] = {}

    def copy(self) -> "_Rounds":
        """The same with containers of its own."""
        other = _Rounds(self.lines.copy(), dict(self.by), set(self.left))
        other.meets = dict(self.meets)
        return other

    @property
    def cost(self) -> tuple[int, int]:
        """How many are left out, and how long everybody is out."""
        return len(self.left), sum(line.away for line in self.by.values())

    def worse_by(self, draw: Draw) -> tuple[int, int]:
        """The cost up to which the next plan is taken: now and then one a little worse, to come out of a corner."""
        left, away = self.cost
        return left, away + (draw(1 + away // 50) if draw(4) == 0 else 0)

    def take_out(self, ids: Iterable[str]) -> None:
        """Take visits out of every line they are in."""
        gone, dropped = set(ids), set[str]()
        for person, line in self.by.items():
            if gone.intersection(line.order):
                order = [one for one in line.order if one not in gone]
                self.by[person] = self.lines.line(line.agent, order) or self._refilled(line.agent, order, dropped)
        for id_ in gone & self.meets.keys():
            del self.meets[id_]
            self.lines.fix(id_, None)
        self.left |= gone
        if dropped:
            self.take_out(dropped)

    def _refilled(self, agent: Agent, order: Sequence[str], dropped: set[str]) -> Line:
        """As many of ``order`` as fit: where the way past a visit is longer than by it, not all of them may."""
        line = self.lines.empty(agent)
        for id_ in order:
            longer = self.lines.line(agent, [*line.order, id_])
            line = longer or line
            if longer is None:
                dropped.add(id_)
        return line

    def put_in(self, puts: Sequence[Put], visit: Visit) -> None:
        """Add a visit as ``puts`` say; two agents meet at one minute."""
        if len(puts) > 1:
            begin = max(put.begin for put in puts)
            self.lines.fix(visit.id, begin)
            self.meets[visit.id] = begin
        for put in puts:
            line = self.by[put.agent]
            longer = self.lines.line(line.agent, [*line.order[: put.place], visit.id, *line.order[put.place :]])
            self.by[put.agent] = longer or line
        self.left.discard(visit.id)

    def plan(self, day: Day) -> Plan:
        """It as a plan, each visit that is left out with its reason."""
        away = [line for line in self.by.values() if line.agent.start != line.agent.home and not line.order]
        stuck = [line.agent.person for line in away if not self._comes_home(line)]
        going = [line for line in self.by.values() if line.order or (line in away and line.agent.person not in stuck)]
        left = [visit for visit in day.visits if visit.id in self.left]
        travel, written = self.lines.travel, Travel(structs.replace(day, suspended=()))
        why = tuple(Left(visit.id, why_left(day, travel, written, visit)) for visit in left)
        return Plan(tuple(self.lines.round(line) for line in going), why, tuple(stuck))

    def _comes_home(self, line: Line) -> bool:
        back = self.lines.travel.arrive(line.agent.start, line.agent.home, line.agent.since)
        return back is not None and back <= line.agent.until


class _Search:
    def __init__(self, day: Day) -> None:
        self.day, self.travel = day, Travel(day)
        self.visits = {visit.id: visit for visit in day.visits}
        self.held = {visit.id for visit in day.visits if visit.begin is not None}

    def begin(self, orders: Orders) -> _Rounds:
        """The first plan: what is held to a minute first, then ``orders``, then all others."""
        lines = Lines(self.travel, self.visits)
        empty = {agent.person: lines.empty(agent) for agent in self.day.agents}
        rounds = _Rounds(lines, empty, set(self.visits))
        self.fill(rounds, self.held)
        for person, order in orders:
            self._follow(rounds, person, order)
        self.fill(rounds, set(rounds.left))
        return rounds

    def _follow(self, rounds: _Rounds, person: str, order: Sequence[str]) -> None:
        """Add the visits of one order, each right behind the one before it, those of two people aside."""
        place = 0
        for id_ in order:
            visit, line = self.visits.get(id_), rounds.by.get(person)
            if visit is None or line is None:
                continue
            if id_ in rounds.left and visit.people == 1:
                puts = [put for put in rounds.lines.puts(line, visit) if put.place >= place]
                if puts:
                    rounds.put_in([min(puts, key=lambda put: put.place)], visit)
            kept = rounds.by[person].order
            place = kept.index(id_) + 1 if id_ in kept else place

    def turn(self, rounds: _Rounds, draw: Draw) -> _Rounds:
        """Take some out that are alike, and put in again what is left."""
        planned = [id_ for id_ in self.visits if id_ not in rounds.left and id_ not in self.held]
        if planned:
            count = 1 + draw(min(MOST_OUT, len(planned)))
            rounds.take_out(self._alike(rounds, planned, count, draw))
        self.fill(rounds, set(rounds.left), draw)
        return rounds

    def _alike(self, rounds: _Rounds, planned: list[str], count: int, draw: Draw) -> list[str]:
        """Visits near to one that is drawn, or to one that is left out; or, now and then, all of one agent."""
        seed = planned[draw(len(planned))]
        if draw(ALL_OF_ONE) == 0:
            mine = next((line.order for line in rounds.by.values() if seed in line.order), (seed,))
            return [id_ for id_ in mine if id_ not in self.held]
        missed = [id_ for id_ in self.visits if id_ in rounds.left]
        home = self.visits[missed[draw(len(missed))] if missed and draw(2) else seed].place
        others = sorted(planned, key=lambda id_: self._far(home, id_))
        out: list[str] = []
        while others and len(out) < count:
            out.append(others.pop(draw(min(NEARBY, len(others)))))
        return out

    def _far(self, home: str, id_: str) -> int:
        there = self.visits[id_].place
        return self.travel.land_minutes(home, there) or 600

    def fill(self, rounds: _Rounds, ids: set[str], draw: Draw | None = None) -> None:
        """Put ``ids`` in, each where it costs least; the one that would suffer most from waiting goes first."""
        waiting = {id_: self._offers(rounds, self.visits[id_]) for id_ in self.visits if id_ in ids}
        while waiting:
            known = [(self._urgency(offers, draw), id_) for id_, offers in waiting.items() if offers]
            if not known:
                return
            id_ = max(known)[1]
            visit = rounds.lines.visits[id_]
            puts = self._chosen(rounds, visit, waiting.pop(id_))
            if not puts:
                continue
            rounds.put_in(puts, visit)
            changed = [put.agent for put in puts]
            for other, offers in waiting.items():
                self._renew(rounds, self.visits[other], offers, changed)

    def _offers(self, rounds: _Rounds, visit: Visit) -> dict[str, Put]:
        found = {person: rounds.lines.best(line, visit) for person, line in rounds.by.items()}
        return {person: put for person, put in found.items() if put is not None}

    def _renew(self, rounds: _Rounds, visit: Visit, offers: dict[str, Put], changed: Iterable[str]) -> None:
        for person in changed:
            put = rounds.lines.best(rounds.by[person], visit)
            offers.pop(person, None)
            if put is not None:
                offers[person] = put

    def _urgency(self, offers: dict[str, Put], draw: Draw | None) -> int:
        """By how much the second best is worse than the best; a little chance, so that no turn is like another."""
        prices = sorted(put.price for put in offers.values())
        regret = prices[1] - prices[0] if len(prices) > 1 else 10_000
        return regret + (draw(40) if draw else 0)

    def _chosen(self, rounds: _Rounds, visit: Visit, offers: dict[str, Put]) -> Sequence[Put]:
        """The cheapest offer; of a visit by two, the cheapest two that can meet."""
        if visit.people == 1:
            return [min(offers.values(), key=lambda put: (put.price, put.agent))]
        pairs = sorted(combinations(sorted(offers.values(), key=lambda put: put.price), visit.people),
                       key=lambda pair: sum(put.price for put in pair))  # fmt: skip
        for pair in pairs:
            met = self._meeting(rounds, visit, pair)
            if met:
                return met
        return ()

    def _meeting(self, rounds: _Rounds, visit: Visit, pair: Sequence[Put]) -> Sequence[Put]:
        """The same agents at the first minute at which all of them can be there; nothing where they cannot."""
        begin = max(put.begin for put in pair)
        fixed = structs.replace(visit, begin=begin)
        puts = [rounds.lines.best(rounds.by[put.agent], fixed) for put in pair]
        met = [put for put in puts if put is not None]
        return met if len(met) == len(pair) else ()
