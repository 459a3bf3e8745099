"""One agent's day as the search sees it: visits in order, and what it costs to put one more between two of them."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, structs

from driftbox.domain.planning.day import Agent, Call, Move, Round, Visit
from driftbox.domain.planning.travel import Travel

KEPT: Final = 200_000  # answers


class Line(Struct):
    """The visits of one agent in order. ``ends[n]``: when the first ``n`` of them are done. Everybody begins at the
    first chance; the way to the first visit is begun as late as it allows.
    """

    agent: Agent
    order: tuple[str, ...]
    ends: tuple[int, ...]
    leave: int
    back: int
    pins: tuple[int | None, ...] = ()  # the minutes to which its visits are fixed

    @property
    def away(self) -> int:
        """How many minutes the agent is out."""
        return self.back - self.leave


class Put(Struct, frozen=True):
    """One way to add a visit: by how many minutes everybody is out longer, in whose line at which place, and when it
    begins.
    """

    price: int
    agent: str
    place: int
    begin: int


Known = dict[tuple[str, tuple[str, ...], tuple[int | None, ...], str, int | None], Put | None]


class Lines:
    """Makes lines of one day; ``visits`` with what was fixed since may be handed in instead of the day's own."""

    def __init__(self, travel: Travel, visits: Mapping[str, Visit], known: Known | None = None) -> None:
        self.travel, self.visits = travel, dict(visits)
        self._known: Known = {} if known is None else known

    def copy(self) -> "Lines":
        """The same, to fix other visits in; what was found is shared."""
        return Lines(self.travel, self.visits, self._known)

    def empty(self, agent: Agent) -> Line:
        """The line of an agent who stays at home, or only comes home from where they are."""
        back = agent.since if agent.start == agent.home else self.travel.arrive(agent.start, agent.home, agent.since)
        return Line(agent, (), (agent.since,), agent.since, agent.since if back is None else back)

    def fix(self, visit: str, begin: int | None) -> None:
        """Let a visit begin at exactly this minute from now on, or at any (None)."""
        self.visits[visit] = structs.replace(self.visits[visit], begin=begin)

    def line(self, agent: Agent, order: Sequence[str]) -> Line | None:
        """The line of ``agent`` with these visits; None where it cannot be kept."""
        if not order:
            return self.empty(agent)
        here, clock, ends = agent.start, agent.since, [agent.since]
        leave = agent.since
        for id_ in order:
            visit = self.visits[id_]
            begin = self._begin(visit, here, clock)
            if begin is None:
                return None
            if len(ends) == 1:
                leave = max(agent.since, self.travel.leave(here, visit.place, begin) or 0)
            here, clock = visit.place, begin + visit.minutes
            ends.append(clock)
        back = self.travel.arrive(here, agent.home, clock)
        if back is None or back > agent.until:
            return None
        pins = tuple(self.visits[id_].begin for id_ in order)
        return Line(agent, tuple(order), tuple(ends), leave, back, pins)

    def puts(self, line: Line, visit: Visit) -> list[Put]:
        """Every way to add ``visit`` to ``line``."""
        if visit.outside or (visit.agents and line.agent.person not in visit.agents):
            return []
        found = [self._put(line, visit, place) for place in range(len(line.order) + 1)]
        return [put for put in found if put is not None]

    def best(self, line: Line, visit: Visit) -> Put | None:
        """The way to add it that keeps the agent out least longer; kept, for a search asks again and again."""
        key = line.agent.person, line.order, line.pins, visit.id, visit.begin
        if key not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[key] = min(self.puts(line, visit), key=lambda put: put.price, default=None)
        return self._known[key]

    def _begin(self, visit: Visit, here: str, clock: int) -> int | None:
        ready = self.travel.arrive(here, visit.place, clock)
        return None if ready is None else visit.begins(ready)

    def _put(self, line: Line, visit: Visit, place: int) -> Put | None:
        agent, order = line.agent, line.order
        here = self.visits[order[place - 1]].place if place else agent.start
        begin = self._begin(visit, here, line.ends[place])
        if begin is None:
            return None
        leave = line.leave if place else max(agent.since, self.travel.leave(here, visit.place, begin) or 0)
        back = self._back(line, place, visit.place, begin + visit.minutes)
        return None if back is None else Put(back - leave - line.away, agent.person, place, begin)

    def _back(self, line: Line, place: int, here: str, clock: int) -> int | None:
        """When the agent is back who is done ``here`` at ``clock`` and goes on with the line from ``place`` on."""
        for at in range(place, len(line.order)):
            visit = self.visits[line.order[at]]
            begin = self._begin(visit, here, clock)
            if begin is None:
                return None
            here, clock = visit.place, begin + visit.minutes
            if clock == line.ends[at + 1]:
                return line.back
        back = self.travel.arrive(here, line.agent.home, clock)
        return None if back is None or back > line.agent.until else back

    def round(self, line: Line) -> Round:
        """The line step by step."""
        here, clock = line.agent.start, line.leave
        moves: list[Move] = []
        calls: list[Call] = []
        for id_ in line.order:
            visit = self.visits[id_]
            steps = self.travel.moves(here, visit.place, clock)
            ready = steps[-1].arrive if steps else clock
            begin = visit.begins(ready) or ready
            moves += steps
            calls.append(Call(visit=id_, place=visit.place, arrive=ready, begin=begin, end=begin + visit.minutes))
            here, clock = visit.place, begin + visit.minutes
        moves += self.travel.moves(here, line.agent.home, clock)
        return Round(agent=line.agent.person, leave=line.leave, back=line.back, moves=tuple(moves), calls=tuple(calls))
