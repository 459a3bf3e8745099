"""One pass over the hops of a timetable in order of departure finds the earliest arrival; one backwards, the latest
departure (Dibbelt, Pajor, Strasser, Wagner: *Connection Scan Algorithm*, 2018).

Labels only ever improve, and passing over a hop twice changes nothing. So where boats of the same minute wait for one
another, and their order in the list is not the order of travel, the span is passed over again until nothing improves;
a passenger is aboard from the hop of boarding on, which is why marks, ordered along the trip, are kept with each run.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from operator import itemgetter

from driftbox.domain.ferry.changes import NEVER, Changes
from driftbox.domain.ferry.timetable import CUT, NO_ALIGHT, NO_BOARD, Hop, Slice, Timetable

Ride = tuple[int, int, int, int]  # board at stop, at instant; key of the run; alight at instant


class Forward:
    """Earliest arrivals from ``origins`` at the instant ``start``.

    While it runs, instants and keys of runs count from the span at hand: nothing is added in the inmost loop.
    """

    def __init__(self, table: Timetable, changes: Changes, origins: frozenset[int], start: int) -> None:
        count = len(table.stops)
        self._changes = changes
        self._later = self._shift = 0
        self.ready = [NEVER] * count  # may board from here on
        self._rode = [NEVER] * count  # alights here first
        self.there = [NEVER] * count  # is here, by boat or over land
        self.ride: dict[int, Ride] = {}
        # The stop where one alighted before; ~stop, a negative number, where one started from.
        self.ready_from: dict[int, int] = {}
        self.there_from: dict[int, int] = {}
        self._boarded: dict[int, tuple[int, int, int]] = {}  # marks of the hop; from stop, at instant
        for origin in sorted(origins):
            self.ready[origin] = self.there[origin] = start
            self.ready_from[origin] = self.there_from[origin] = ~origin
        for origin in sorted(origins):
            self._walk(origin, start, ~origin)

    def run(self, targets: frozenset[int], spans: Iterable[Slice]) -> tuple[int | None, list[Slice]]:
        """The earliest arrival at one of ``targets``, None when there is none; and the hops one could be aboard of."""
        used: list[Slice] = []
        for one in spans:
            self._count_from(one.later, one.shift)
            if one.hops[0][0] >= min(self.there[target] for target in targets):
                break
            hops: list[Hop] = []
            again = self._pass(one.hops, 0, hops)
            while again is not None:
                hops = hops[: bisect_left(hops, one.hops[again][0], key=itemgetter(0))]
                again = self._pass(one.hops, again, hops)
            if hops:
                used.append(Slice(one.later, one.shift, hops))
        self._count_from(0, 0)
        best = min(self.there[target] for target in targets)
        return (best if best < NEVER // 2 else None), used

    def _count_from(self, later: int, shift: int) -> None:
        """Let instants count from ``later`` and runs from ``shift``."""
        less, down = later - self._later, shift - self._shift
        if less or down:
            self._later, self._shift = later, shift
            self.ready = [instant - less for instant in self.ready]
            self._rode = [instant - less for instant in self._rode]
            self.there = [instant - less for instant in self.there]
            self.ride = {stop: (a, at - less, run - down, to - less) for stop, (a, at, run, to) in self.ride.items()}
            self._boarded = {run - down: (m, a, at - less) for run, (m, a, at) in self._boarded.items()}

    def _pass(self, hops: list[Hop], begin: int, used: list[Hop]) -> int | None:
        """Pass over a span from hop ``begin`` on; the hop to begin again from when an instant change turned up."""
        ready, rode, boarded, use = self.ready, self._rode, self._boarded, used.append
        again: int | None = None
        for hop in hops[begin:] if begin else hops:
            depart, arrive, origin, target, run, marks = hop
            seat = boarded.get(run)
            if seat is None or seat[0] > marks:
                if ready[origin] > depart or marks & (NO_BOARD | CUT):
                    continue
                boarded[run] = (marks, origin, depart)
            elif marks & CUT:
                del boarded[run]
                continue
            use(hop)
            if arrive < rode[target] and not marks & NO_ALIGHT:
                self._alight(target, arrive, run)
                if arrive == depart and again is None and target in self._changes.at_once_onward:
                    again = bisect_left(hops, depart, key=itemgetter(0))  # the first hop of the minute
        return again

    def _alight(self, stop: int, instant: int, key: int) -> None:
        _marks, board, depart = self._boarded[key]
        self._rode[stop] = instant
        self.ride[stop] = (board, depart, key, instant)
        if instant < self.there[stop]:
            self.there[stop], self.there_from[stop] = instant, stop
        ready = instant + self._changes.at[stop]
        if ready < self.ready[stop]:
            self.ready[stop], self.ready_from[stop] = ready, stop
        self._walk(stop, instant, stop)

    def _walk(self, stop: int, instant: int, source: int) -> None:
        for there, seconds in self._changes.onward[stop]:
            arrive = instant + seconds
            if arrive < self.ready[there]:
                self.ready[there], self.ready_from[there] = arrive, source
            if arrive < self.there[there]:
                self.there[there], self.there_from[there] = arrive, source


class Backward:
    """Latest departures that still reach one of ``targets`` by the instant ``end``."""

    def __init__(self, table: Timetable, changes: Changes, targets: frozenset[int], end: int) -> None:
        count = len(table.stops)
        self._changes = changes
        self._leave = [-NEVER] * count  # the last boat that will do
        self._by = [-NEVER] * count  # has to have alighted
        self._usable: dict[int, int] = {}  # marks of the last hop of a run that will do
        self._cost: Mapping[int, int] = {}
        self._best = -NEVER
        for target in targets:
            self._by[target] = end
        for target in targets:
            for near, seconds in changes.inward[target]:
                self._by[near] = max(self._by[near], end - seconds)

    def run(self, origins: frozenset[int], spans: Iterable[Slice], since: int) -> tuple[int | None, list[Slice]]:
        """The latest departure from one of ``origins``, not before ``since``, else None; and the hops that will do.

        ``spans``: the last one first.
        """
        cost = dict.fromkeys(origins, 0)
        for origin in origins:
            for there, seconds in self._changes.onward[origin]:
                cost[there] = min(cost.get(there, NEVER), seconds)
        self._cost = cost
        self._best = max((self._by[origin] for origin in origins), default=-NEVER)
        used: list[Slice] = []
        for one in spans:
            if one.hops[-1][0] + one.later < max(self._best, since):
                break
            hops: list[Hop] = []
            again = self._pass(one, len(one.hops), hops)
            while again:
                hops = hops[: sum(hop[0] > one.hops[again - 1][0] for hop in hops)]
                again = self._pass(one, again, hops)
            if hops:
                used.append(Slice(one.later, one.shift, hops[::-1]))
        known = self._best > -NEVER // 2 and self._best >= since
        return (self._best if known else None), used[::-1]

    def _pass(self, one: Slice, count: int, used: list[Hop]) -> int:
        """Pass backwards over the first ``count`` hops of a span; how many to pass over again, 0 for none."""
        later, shift, hops = one
        by, leave, usable = self._by, self._leave, self._usable
        again = 0
        for number in range(count - 1, -1, -1):
            depart, arrive, origin, target, run, marks = hop = hops[number]
            key = run + shift
            if marks & CUT:
                usable.pop(key, None)
                continue
            if usable.get(key, -1) < marks:
                if by[target] < arrive + later or marks & NO_ALIGHT:
                    continue
                usable[key] = marks
            used.append(hop)
            if depart + later > leave[origin] and not marks & NO_BOARD:
                self._board(origin, depart + later)
                if arrive == depart and not again and origin in self._changes.at_once_inward:
                    again = bisect_right(hops, depart, key=itemgetter(0))  # behind the last hop of the minute
        return again

    def _board(self, stop: int, instant: int) -> None:
        self._leave[stop] = instant
        self._by[stop] = max(self._by[stop], instant - self._changes.at[stop])
        for near, seconds in self._changes.inward[stop]:
            self._by[near] = max(self._by[near], instant - seconds)
        if stop in self._cost:
            self._best = max(self._best, instant - self._cost[stop])
