"""One pass over the hops of a timetable in order of departure finds the earliest arrival; one backwards, the latest
departure (Dibbelt, Pajor, Strasser, Wagner: *Connection Scan Algorithm*, 2018).

Labels only ever improve, and passing over a hop twice changes nothing. So where boats of the same minute wait for one
another, and their order in the list is not the order of travel, the span is passed over again until nothing improves;
a passenger is aboard from the hop of boarding on, which is why marks, ordered along the trip, are kept with each run.
"""

from collections.abc import Callable, Mapping

from driftbox.domain.ferry.changes import NEVER, Changes
from driftbox.domain.ferry.timetable import CUT, NO_ALIGHT, NO_BOARD, Slice, Timetable

Ride = tuple[int, int, int, int]  # board at stop, at instant; key of the run; alight at instant
Dim = Callable[[Slice], Slice]  # takes suspended hops out


class Forward:
    """Earliest arrivals from ``origins`` at the instant ``start``."""

    def __init__(self, table: Timetable, changes: Changes, origins: frozenset[int], start: int, dim: Dim) -> None:
        count = len(table.stops)
        self._table, self._changes, self._start, self._dim = table, changes, start, dim
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

    def run(self, targets: frozenset[int], days: int) -> int | None:
        """The earliest arrival at one of ``targets`` within so many days; None when there is none."""
        for one in self._table.spans(self._start, days):
            if one.hops[0][0] + one.later >= min(self.there[target] for target in targets):
                break
            dimmed = self._dim(one)
            again = self._pass(dimmed, 0)
            while again is not None:
                again = self._pass(dimmed, again)
        best = min(self.there[target] for target in targets)
        return best if best < NEVER else None

    def _pass(self, one: Slice, begin: int) -> int | None:
        """Pass over a span from hop ``begin`` on; the hop to begin again from when an instant change turned up."""
        later, shift, hops = one
        ready, rode, boarded = self.ready, self._rode, self._boarded
        again: int | None = None
        for number, (depart, arrive, origin, target, run, marks) in enumerate(hops[begin:] if begin else hops, begin):
            key = run + shift
            seat = boarded.get(key)
            if seat is None or seat[0] > marks:
                if ready[origin] > depart + later or marks & (NO_BOARD | CUT):
                    continue
                boarded[key] = (marks, origin, depart + later)
            elif marks & CUT:
                del boarded[key]
                continue
            if arrive + later < rode[target] and not marks & NO_ALIGHT:
                self._alight(target, arrive + later, key)
                if arrive == depart and again is None and target in self._changes.at_once_onward:
                    again = _first_of_minute(one, number)
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

    def __init__(self, table: Timetable, changes: Changes, targets: frozenset[int], end: int, dim: Dim) -> None:
        count = len(table.stops)
        self._table, self._changes, self._end, self._dim = table, changes, end, dim
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

    def run(self, origins: frozenset[int], days: int, since: int = -NEVER) -> int | None:
        """The latest departure from one of ``origins``, not before ``since`` and within so many days; else None."""
        cost = dict.fromkeys(origins, 0)
        for origin in origins:
            for there, seconds in self._changes.onward[origin]:
                cost[there] = min(cost.get(there, NEVER), seconds)
        self._cost = cost
        self._best = max((self._by[origin] for origin in origins), default=-NEVER)
        for end, one in self._table.spans_back(self._end, days):
            if end <= max(self._best, since):
                break
            dimmed, again = self._dim(one), len(one.hops)
            while again:
                again = self._pass(dimmed, again)
        return self._best if self._best > -NEVER // 2 and self._best >= since else None

    def _pass(self, one: Slice, count: int) -> int:
        """Pass backwards over the first ``count`` hops of a span; how many to pass over again, 0 for none."""
        later, shift, hops = one
        by, leave, usable = self._by, self._leave, self._usable
        again = 0
        for number in range(count - 1, -1, -1):
            depart, arrive, origin, target, run, marks = hops[number]
            key = run + shift
            if marks & CUT:
                usable.pop(key, None)
                continue
            if usable.get(key, -1) < marks:
                if by[target] < arrive + later or marks & NO_ALIGHT:
                    continue
                usable[key] = marks
            if depart + later > leave[origin] and not marks & NO_BOARD:
                self._board(origin, depart + later)
                if arrive == depart and not again and origin in self._changes.at_once_inward:
                    again = _end_of_minute(one, number)
        return again

    def _board(self, stop: int, instant: int) -> None:
        self._leave[stop] = instant
        self._by[stop] = max(self._by[stop], instant - self._changes.at[stop])
        for near, seconds in self._changes.inward[stop]:
            self._by[near] = max(self._by[near], instant - seconds)
        if stop in self._cost:
            self._best = max(self._best, instant - self._cost[stop])


def _first_of_minute(one: Slice, number: int) -> int:
    depart = one.hops[number][0]
    while number and one.hops[number - 1][0] == depart:
        number -= 1
    return number


def _end_of_minute(one: Slice, number: int) -> int:
    depart = one.hops[number][0]
    while number < len(one.hops) and one.hops[number][0] == depart:
        number += 1
    return number
