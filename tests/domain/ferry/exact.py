"""A slow search that is easy to believe: every boat of every day spelled out, and Dijkstra over instants."""

from collections import defaultdict
from datetime import timedelta
from heapq import heappop, heappush

ABOARD, ALIGHTED, READY, THERE = range(4)


def boats_of(sailings, services, midnight, first, last):
    """Each run of each day as a list of (stop, arrive, depart, board, alight) in Unix seconds."""
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for sailing in sailings:
            if services[sailing.service].runs_on(day):
                for run in sailing.runs:
                    base = midnight(day) + run
                    yield [(c.stop, base + c.arrive, base + c.depart, c.board, c.alight) for c in sailing.calls]


def all_ways(stops, direct, barred):
    """Shortest ways over land from each stop to each, by trying all stops between (Floyd and Warshall)."""
    far = {a: {b: direct.get((a, b), 10**9) for b in stops} for a in stops}
    for middle in stops:
        for a in stops:
            for b in stops:
                far[a][b] = min(far[a][b], far[a][middle] + far[middle][b])
    return {a: {b: far[a][b] for b in stops if a != b and far[a][b] < 10**9 and (a, b) not in barred} for a in stops}


class Exact:
    """Answers by searching all events. ``at``: seconds to change at a stop (None: one cannot); ``ways`` over land."""

    def __init__(self, boats, at, ways):
        self.boats, self.at, self.ways = list(boats), at, ways
        self.boardings = defaultdict(list)
        for number, calls in enumerate(self.boats):
            for place, (stop, _arrive, depart, board, _alight) in enumerate(calls[:-1]):
                if board:
                    self.boardings[stop].append((depart, number, place))

    def arrival(self, origins, targets, start):
        """The earliest instant at one of ``targets``, or None."""
        heap = []
        for origin in origins:
            for there, seconds in [(origin, 0), *self.ways[origin].items()]:
                heappush(heap, (start + seconds, READY, there, 0))
                heappush(heap, (start + seconds, THERE, there, 0))
        seen = set()
        while heap:
            node = heappop(heap)
            if node[1] == THERE and node[2] in targets:
                return node[0]
            if node not in seen:
                seen.add(node)
                for near in self.onward(*node):
                    heappush(heap, near)
        return None

    def onward(self, instant, kind, place, call):
        """What may happen next; ``place`` is a stop, or a boat whose ``call`` one has just left."""
        if kind == READY:
            yield from ((d, ABOARD, str(boat), at) for d, boat, at in self.boardings[place] if d >= instant)
        elif kind == ABOARD:
            calls = self.boats[int(place)]
            stop, arrive, depart, _board, alight = calls[call + 1]
            if call + 2 < len(calls):
                yield depart, ABOARD, place, call + 1
            if alight:
                yield arrive, ALIGHTED, stop, 0
        elif kind == ALIGHTED:
            yield instant, THERE, place, 0
            if self.at[place] is not None:
                yield instant + self.at[place], READY, place, 0
            for there, seconds in self.ways[place].items():
                yield instant + seconds, READY, there, 0
                yield instant + seconds, THERE, there, 0

    def departure(self, origins, targets, end, earliest):
        """The latest instant from which ``targets`` are reached by ``end``: every useful instant is tried."""
        useful = {call[2] for calls in self.boats for call in calls} | {end}
        useful |= {instant - seconds for instant in useful for far in self.ways.values() for seconds in far.values()}
        for instant in sorted((one for one in useful if earliest <= one <= end), reverse=True):
            arrive = self.arrival(origins, targets, instant)
            if arrive is not None and arrive <= end:
                return instant
        return None
