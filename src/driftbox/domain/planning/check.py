"""Whether a plan can be kept: everything that speaks against it, found without the planner's help."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from math import ceil, floor

from msgspec import Struct

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.board import Departure, next_sailings
from driftbox.domain.ferry.plan import Trip
from driftbox.domain.planning.day import MIDNIGHT, Agent, Call, Day, Move, Plan, Round, Visit
from driftbox.domain.planning.travel import PIER, Travel

BOATS_AT_ONCE = 8  # boats that may leave a pier for another in one minute


class Violation(Struct, frozen=True):
    """What cannot be: ``two_places``, ``window``, ``boat``, ``too_fast``, ``shift``, ``alone``, ``not_home``,
    ``twice``, ``lost``, ``not_theirs``, ``too_short`` or ``unknown``; whose round, which visit.
    """

    code: str
    agent: str = ""
    visit: str = ""


def violations(plan: Plan, day: Day) -> tuple[Violation, ...]:
    """All that speaks against ``plan`` on ``day``; nothing when everybody can keep it."""
    agents = {agent.person: agent for agent in day.agents}
    visits = {visit.id: visit for visit in day.visits}
    found = []
    for round_ in plan.rounds:
        agent = agents.pop(round_.agent, None)  # a second round of the same agent finds none
        if agent is None:
            found.append(Violation("unknown", round_.agent))
        else:
            found += _Walk(day, agent, visits).walk(round_)
    away = [agent for agent in agents.values() if agent.start != agent.home and agent.person not in plan.stuck]
    return (*found, *(Violation("not_home", agent.person) for agent in away), *_together(plan, visits))


def _together(plan: Plan, visits: dict[str, Visit]) -> Iterator[Violation]:
    """Each visit once, by as many as it needs, all at the same time; what is left out is not also planned."""
    begins: dict[str, list[int]] = defaultdict(list)
    for call in (call for round_ in plan.rounds for call in round_.calls):
        begins[call.visit].append(call.begin)
    left = [one.visit for one in plan.left]
    for id_, visit in visits.items():
        there, said = begins[id_], left.count(id_)
        if not there and not said:
            yield Violation("lost", visit=id_)
        if said > 1 or len(there) > visit.people or (there and said):
            yield Violation("twice", visit=id_)
        if there and (len(there) < visit.people or len(set(there)) > 1):
            yield Violation("alone", visit=id_)


class _Walk:
    """Goes with one agent through the day: ``here`` from ``clock`` on."""

    def __init__(self, day: Day, agent: Agent, visits: dict[str, Visit]) -> None:
        self.day, self.agent, self.visits, self.travel = day, agent, visits, Travel(day)
        self.here, self.clock, self.went = agent.start, agent.since, False

    def walk(self, round_: Round) -> Iterator[Violation]:
        """What speaks against the round."""
        steps: list[tuple[int, int, Move | Call]] = [(one.depart, one.arrive, one) for one in round_.moves]
        steps += [(one.begin, one.end, one) for one in round_.calls]
        for _start, _end, step in sorted(steps, key=lambda one: one[:2]):
            yield from self._move(step) if isinstance(step, Move) else self._call(step)
        if self.here != self.agent.home or self.clock > MIDNIGHT:
            yield Violation("not_home", self.agent.person)
        if self.clock > self.agent.until or round_.leave < self.agent.since or round_.back < self.clock:
            yield Violation("shift", self.agent.person)
        if any(move.depart < round_.leave for move in round_.moves):
            yield Violation("shift", self.agent.person)

    def _move(self, move: Move) -> Iterator[Violation]:
        if move.ends[0] != self.here or move.depart < self.clock:
            yield Violation("two_places", self.agent.person)
        if move.how == "boat":
            if not self._sails(move):
                yield Violation("boat", self.agent.person)
        elif move.arrive - move.depart < self._least(move):
            yield Violation("too_fast", self.agent.person)
        self.here, self.clock, self.went = move.ends[1], max(self.clock, move.arrive), True

    def _call(self, call: Call) -> Iterator[Violation]:
        visit = self.visits.get(call.visit)
        if visit is None:
            yield Violation("unknown", self.agent.person, call.visit)
            return
        if {visit.place, call.place} != {self.here} or call.begin < self.clock:
            yield Violation("two_places", self.agent.person, call.visit)
        if not self.went:  # from door to door, even in one place
            yield Violation("too_fast", self.agent.person, call.visit)
        if call.end - call.begin < visit.minutes:
            yield Violation("too_short", self.agent.person, call.visit)
        if not any(opens <= call.begin and call.end <= shuts for opens, shuts in visit.windows):
            yield Violation("window", self.agent.person, call.visit)
        if visit.begin is not None and visit.begin != call.begin:
            yield Violation("window", self.agent.person, call.visit)
        if visit.agents and self.agent.person not in visit.agents:
            yield Violation("not_theirs", self.agent.person, call.visit)
        self.clock, self.went = max(self.clock, call.end), False

    def _sails(self, move: Move) -> bool:
        """Whether that boat goes at that time, as the board of the pier would show it."""
        origin, target = (end.removeprefix(PIER) for end in move.ends)
        trip = Trip(origin=origin, target=target, suspensions=self.day.suspended, days=2)
        try:
            boats = next_sailings(self.day.table, trip, self.day.moment(move.depart), BOATS_AT_ONCE)
        except NotFound:
            return False
        return any(self._is(boat, move) for boat in boats)

    def _is(self, boat: Departure, move: Move) -> bool:
        times = floor(self.day.minute(boat.depart)), ceil(self.day.minute(boat.arrive))
        return (boat.trip, *times) == (move.trip, move.depart, move.arrive)

    def _least(self, move: Move) -> int:
        """The minutes that this stretch over land takes at least."""
        ends, land = move.ends, self.day.land
        piers = [end.startswith(PIER) for end in ends]
        if all(piers):
            return ceil(self._change(ends[0].removeprefix(PIER), ends[1].removeprefix(PIER)) / timedelta(minutes=1))
        if any(piers):
            place = self.day.places[ends[piers.index(False)]]
            stops = self.day.table.places(ends[piers.index(True)].removeprefix(PIER))
            return land.pier if not stops.isdisjoint(self.day.table.places(place.stop)) else MIDNIGHT
        minutes = self.travel.land_minutes(*ends)
        return MIDNIGHT if minutes is None else minutes

    def _change(self, origin: str, target: str) -> timedelta:
        """The time from pier to pier over land; a day where there is no way."""
        changes = self.day.table.changes(300)
        starts, ends = self.day.table.places(origin), self.day.table.places(target)
        seconds = [cost for start in starts for end, cost in changes.onward[start] if end in ends]
        return timedelta(seconds=min(seconds)) if seconds else timedelta(days=1)
