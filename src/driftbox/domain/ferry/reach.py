"""Searches from pier to pier over the lines of each day: Dijkstra's, where the first boat of a line stands for all
later ones, as in trip-based routing (Witt 2015). One forwards finds the earliest arrival; one backwards, over no more
than what the first one found to be reached in time, the latest departure. Instants are Unix seconds.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple

from driftbox.domain.ferry.changes import NEVER, Changes
from driftbox.domain.ferry.lines import DayLines, Line

DAY_TURNS: Final = -1  # in the place of a stop
Ride = tuple[int, int, int]  # board at stop, at instant; run


class Day(NamedTuple):
    """The boats of a service day: when they may begin or end, from when their times count, and what goes."""

    turn: int
    midnight: int
    lines: DayLines


_Seats = list[list[int] | None]  # of each line, for each hop: which of its boats one sits in


class Earliest:
    """Earliest arrivals from ``origins`` at ``start``, until one of ``targets`` is reached.

    ``in_time``: what was found to be in time; nobody alights later than that.
    """

    def __init__(
        self,
        changes: Changes,
        origins: frozenset[int],
        targets: frozenset[int],
        start: int,
        left: Sequence[int],
        in_time: "Latest | None" = None,
    ) -> None:
        count = len(changes.at)
        self._left = left
        self._changes = changes
        self._by: list[int] | None = None if in_time is None else in_time.by
        self.rode = [NEVER] * count  # alights here first
        self.ready = [NEVER] * count  # may board from here on
        self.there = [NEVER] * count  # is here, by boat or over land
        self.ride: dict[int, Ride] = {}
        # The stop where one alighted before; ~stop, a negative number, where one started from.
        self.ready_from: dict[int, int] = {}
        self.there_from: dict[int, int] = {}
        self._heap: list[tuple[int, int]] = []  # the earliest the target can be reached by way of a stop
        self._days: list[tuple[Day, _Seats]] = []
        self._settled: dict[int, tuple[int, int]] = {}  # from when on boats were taken, and of how many days
        self._best, self._targets, self._until = NEVER, targets, NEVER
        for origin in sorted(origins):
            self._improve(origin, start, start, ~origin)
        for origin in sorted(origins):
            self._walk(origin, start, ~origin)

    @property
    def arrival(self) -> int | None:
        """The earliest at one of the targets; None: they were not reached."""
        return self._best if self._best < NEVER else None

    def run(self, days: Iterator[Day], until: int) -> None:
        """Search by boats that are boarded before ``until``; ``days`` come in order, each turns when it may begin."""
        self._until, heap = until, self._heap
        coming = self._await(days)
        while heap:
            key, stop = heappop(heap)
            if key > self._best:
                break
            if stop != DAY_TURNS:
                self._settle(stop)
            elif coming is not None:
                self._begin(coming)
                coming = self._await(days)

    def _await(self, days: Iterator[Day]) -> Day | None:
        coming = next(days, None)
        if coming is not None:
            heappush(self._heap, (coming.turn, DAY_TURNS))
        return coming

    def _begin(self, day: Day) -> None:
        """Who waits anywhere may take the boats of a new day, those nearest to the target first."""
        self._days.append((day, [None] * day.lines.lines))
        for stop in self._settled:
            heappush(self._heap, (day.turn + self._left[stop], stop))

    def _settle(self, stop: int) -> None:
        """Take boats from a stop: those of new days, and of all days if one was not known to be here so early."""
        at, days = self.ready[stop], len(self._days)
        known, done = self._settled.get(stop, (NEVER, 0))
        if at < known:
            done = 0
        if done < days or at < known:
            self._settled[stop] = at, days
            for day, seats in self._days[done:]:
                if day.midnight + day.lines.last >= at:
                    self._board(day, seats, stop, at)

    def _board(self, day: Day, seats: _Seats, stop: int, at: int) -> None:
        """Take the first boat of each line, unless one sits in it already, or in one before it."""
        clock = at - day.midnight
        latest = min(self._best - self._left[stop] + 1, self._until) - day.midnight
        for line, number, place, departs in day.lines.boards.get(stop, ()):
            boat = bisect_left(departs, clock)
            if boat == len(departs) or departs[boat] >= latest:
                continue
            taken = seats[number]
            if taken is None:
                taken = seats[number] = [len(departs)] * len(line.targets)
            if taken[place] > boat:
                self._sail(day.midnight, line, boat, place, taken)

    def _sail(self, midnight: int, line: Line, boat: int, first: int, taken: list[int]) -> None:
        """Stay aboard from the call at ``first`` on, to where somebody is aboard already, or in a boat before it."""
        end = first + 1
        while end < len(taken) and taken[end] > boat:
            end += 1
        taken[first:end] = [boat] * (end - first)
        rode, by, left, there, best = self.rode, self._by, self._left, self.there, self._best
        aboard = line.origins[first], line.departs[boat][first] + midnight, line.runs[boat]
        for stop, relative in zip(line.targets[first:end], line.arrives[boat][first:end], strict=True):
            arrive = relative + midnight
            if arrive >= rode[stop] or arrive + left[stop] > best or (by is not None and arrive > by[stop]):
                continue
            rode[stop] = arrive
            self.ride[stop] = aboard
            ready = arrive + self._changes.at[stop]
            if arrive < there[stop] or ready < self.ready[stop]:
                self._improve(stop, arrive, ready, stop)
                best = self._best
            if self._changes.onward[stop]:
                self._walk(stop, arrive, stop)

    def _walk(self, stop: int, instant: int, source: int) -> None:
        for there, seconds in self._changes.onward[stop]:
            self._improve(there, instant + seconds, instant + seconds, source)

    def _improve(self, stop: int, there: int, ready: int, source: int) -> None:
        if there < self.there[stop]:
            self.there[stop], self.there_from[stop] = there, source
            if there < self._best and stop in self._targets:
                self._best = there
        if ready < self.ready[stop]:
            self.ready[stop], self.ready_from[stop] = ready, source
            if ready + self._left[stop] <= self._best:
                heappush(self._heap, (ready + self._left[stop], stop))


class Latest:
    """Latest departures from one of ``origins`` that still reach one of ``targets`` by ``end``.

    ``found``: what was reached on the way there; nobody is anywhere sooner than that.
    """

    def __init__(
        self,
        changes: Changes,
        targets: frozenset[int],
        origins: frozenset[int],
        end: int,
        found: Earliest | None = None,
    ) -> None:
        count = len(changes.at)
        self._changes = changes
        self._ready = found.ready if found else [-NEVER] * count
        self._there = found.there if found else [-NEVER] * count
        self._leave = [-NEVER] * count  # the last boat that will do
        self.by: list[int] = [-NEVER] * count  # has to have alighted
        self._heap: list[tuple[int, int]] = []  # turned round: the latest instant first
        self._days: list[tuple[Day, _Seats]] = []
        self._settled: dict[int, int] = {}
        self._cost: dict[int, int] = {}
        self._since = -NEVER
        for origin in sorted(origins):
            for there, seconds in ((origin, 0), *changes.onward[origin]):
                self._cost[there] = min(self._cost.get(there, NEVER), seconds)
        for target in sorted(targets):
            self._improve(target, end)
            self._walk(target, end)
        self._best = max(self.by[origin] for origin in origins)

    @property
    def departure(self) -> int | None:
        """The latest from one of the origins; None: there is none in time."""
        return self._best if self._best >= self._since else None

    def run(self, days: Iterator[Day], since: int) -> None:
        """Search by boats from ``since`` on; ``days`` come the last one first, each turns when it has ended."""
        self._since = since
        heap = self._heap
        coming = self._await(days)
        while heap:
            turned, stop = heappop(heap)
            at = -turned
            if at < self._best or at < since:
                break
            if stop == DAY_TURNS:
                if coming is not None:
                    self._begin(coming)
                coming = self._await(days)
            elif at == self.by[stop] and self._settled.get(stop) != at:
                self._settled[stop] = at
                for day, seats in self._days:
                    self._alight(day, seats, stop, at)

    def _await(self, days: Iterator[Day]) -> Day | None:
        coming = next(days, None)
        if coming is not None:
            heappush(self._heap, (-coming.turn, DAY_TURNS))
        return coming

    def _begin(self, day: Day) -> None:
        seats: _Seats = [None] * day.lines.lines
        self._days.append((day, seats))
        for stop, at in list(self._settled.items()):
            self._alight(day, seats, stop, at)

    def _alight(self, day: Day, seats: _Seats, stop: int, at: int) -> None:
        """Come by the last boat of each line, unless a later call of it is as good."""
        clock = at - day.midnight
        for line, number, place, arrives in day.lines.alights.get(stop, ()):
            boat = bisect_right(arrives, clock) - 1
            if boat < 0:
                continue
            taken = seats[number]
            if taken is None:
                taken = seats[number] = [-1] * len(line.targets)
            if taken[place] < boat:
                self._sail(day.midnight, line, boat, place, taken)

    def _sail(self, midnight: int, line: Line, boat: int, last: int, taken: list[int]) -> None:
        """Sit in a boat at every call before the one at ``last``, back to where one sits in it, or in a later one."""
        leave, departs = self._leave, line.departs[boat]
        for place in range(last, -1, -1):
            if taken[place] >= boat:
                return
            taken[place] = boat
            stop, depart = line.origins[place], departs[place] + midnight
            if depart > leave[stop] and depart >= self._ready[stop]:
                leave[stop] = depart
                self._improve(stop, depart - self._changes.at[stop])
                self._walk(stop, depart)
                if stop in self._cost:
                    self._best = max(self._best, depart - self._cost[stop])

    def _walk(self, stop: int, instant: int) -> None:
        for near, seconds in self._changes.inward[stop]:
            self._improve(near, instant - seconds)

    def _improve(self, stop: int, by: int) -> None:
        if self._there[stop] <= by and by > self.by[stop]:
            self.by[stop] = by
            heappush(self._heap, (-by, stop))
