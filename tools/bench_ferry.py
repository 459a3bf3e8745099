"""``./run bench ferry``: a feed of 1,000 stops and 200,000 stop times, read from files, asked, and asked again of a
plain Dijkstra over events, result for result. Seconds of one core; each question is asked in three rounds and its
quickest answer counts, because whoever else is busy on the machine slows single ones down. What is kept of a target
from one round to the next is fewer than there are questions.
"""

import csv
import random
import sys
import tempfile
import time
from bisect import bisect_left
from collections import defaultdict
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path
from zoneinfo import ZoneInfo

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.plan import Trip, plan_arrival
from driftbox.domain.ferry.timetable import Timetable
from driftbox.gateways.gtfs import load_feed

SEED, SIDE, LINES, BOATS, CALLS = 20261124, (40, 25), 250, 40, 20  # 1,000 piers; 250 × 40 × 20 = 200,000 calls
DAY = date(2026, 6, 1)
ZONE = ZoneInfo("Asia/Shanghai")
CHANGE = 300  # seconds
QUESTIONS, COMPARED, ROUNDS = 400, 60, 3
LOAD, ASK = 10.0, 0.020  # seconds


def main() -> int:
    """Measure and print; exit code 1 when a figure misses its mark or an answer differs."""
    chance = random.Random(SEED)  # noqa: S311 - a made timetable, the same each time
    lines = [_line(chance) for _ in range(LINES)]
    boats = [boat for number, line in enumerate(lines) for boat in _boats(number, line, chance)]
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), boats)
        began = time.process_time()
        table = load_feed(Path(folder))
        table.lines_of(DAY)
        loaded = time.process_time() - began
    asked = [(_pier(chance), _pier(chance), 6 * 3600 + chance.randrange(12 * 3600)) for _ in range(QUESTIONS)]
    rounds = [[_timed(table, *question) for question in asked] for _ in range(ROUNDS)]
    answers = [arrival for arrival, _seconds in rounds[0]]
    took = [min(one[number][1] for one in rounds) for number in range(QUESTIONS)]
    plain = Plain(boats)
    began = time.process_time()
    expected = [plain.arrival(*question) for question in asked[:COMPARED]]
    slow = (time.process_time() - began) / COMPARED
    differing = sum(one != other for one, other in zip(answers, expected, strict=False))
    took.sort()
    median, late = took[len(took) // 2], took[int(len(took) * 0.95)]
    print(f"plain Dijkstra {1000 * slow:.0f} ms a question · same answers {COMPARED - differing} of {COMPARED}")
    print(f"{'ok  ' if loaded <= LOAD else 'MISS'} seconds to load 200,000 stop times: {loaded:.1f} (at most {LOAD})")
    print(f"{'ok  ' if median <= ASK else 'MISS'} milliseconds a question, median: {1000 * median:.1f} (at most 20)")
    print(f"{'ok  ' if late <= ASK else 'MISS'} milliseconds a question, 95th in 100: {1000 * late:.1f} (at most 20)")
    print(f"     milliseconds a question, the slowest of {QUESTIONS}: {1000 * took[-1]:.1f}")
    return int(loaded > LOAD or median > ASK or late > ASK or bool(differing))


def _pier(chance: random.Random) -> str:
    return f"P{chance.randrange(SIDE[0] * SIDE[1])}"


def _line(chance: random.Random) -> list[str]:
    """A line that wanders from pier to neighbouring pier without calling twice at one."""
    x, y = chance.randrange(SIDE[0]), chance.randrange(SIDE[1])
    calls = [(x, y)]
    while len(calls) < CALLS:
        near = [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]
        free = [one for one in near if 0 <= one[0] < SIDE[0] and 0 <= one[1] < SIDE[1] and one not in calls]
        if not free:
            return _line(chance)
        x, y = chance.choice(free)
        calls.append((x, y))
    return [f"P{x * SIDE[1] + y}" for x, y in calls]


def _boats(number: int, line: list[str], chance: random.Random) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """The boats of a line on a day: trip, route, and calls with their second of the day."""
    boats = []
    for run in range(BOATS):
        clock = 5 * 3600 + run * 1500 + chance.randrange(600)
        calls = []
        for pier in line if run % 2 else reversed(line):
            calls.append((pier, clock))
            clock += 240 + chance.randrange(600)
        boats.append((f"T{number}-{run}", f"R{number}", calls))
    return boats


def _write(folder: Path, boats: list[tuple[str, str, list[tuple[str, int]]]]) -> None:
    piers = [(f"P{n}", f"码头{n}", 29 + n // SIDE[1] / 100, 122 + n % SIDE[1] / 100) for n in range(SIDE[0] * SIDE[1])]
    routes = sorted({route for _trip, route, _calls in boats})
    sheets = {
        "agency": [("agency_name", "agency_url", "agency_timezone"), ("Boats", "https://example.org", ZONE.key)],
        "stops": [("stop_id", "stop_name", "stop_lat", "stop_lon"), *piers],
        "routes": [("route_id", "route_short_name", "route_type"), *((r, r, 4) for r in routes)],
        "calendar": [
            ("service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
             "start_date", "end_date"),
            ("S", *[1] * 7, "20260101", "20261231"),
        ],
        "trips": [("route_id", "service_id", "trip_id"), *((route, "S", trip) for trip, route, _calls in boats)],
        "stop_times": [
            ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
            *(
                (trip, _clock(at), _clock(at), pier, number)
                for trip, _route, calls in boats
                for number, (pier, at) in enumerate(calls)
            ),
        ],
    }  # fmt: skip
    for name, rows in sheets.items():
        with (folder / f"{name}.txt").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _arrival(table: Timetable, origin: str, target: str, at: datetime) -> int | None:
    try:
        journey = plan_arrival(table, Trip(origin=origin, target=target, change=CHANGE // 60), at)
    except NotFound:
        return None
    return int((journey.arrive - datetime.combine(DAY, datetime.min.time(), ZONE)).total_seconds())


def _timed(table: Timetable, origin: str, target: str, clock: int) -> tuple[int | None, float]:
    at = datetime.combine(DAY, datetime.min.time(), ZONE) + timedelta(seconds=clock)
    began = time.process_time()
    arrival = _arrival(table, origin, target, at)
    return arrival, time.process_time() - began


class Plain:
    """Dijkstra over events: slow, short, and easy to believe. Seconds count from midnight of the day asked about."""

    def __init__(self, boats: list[tuple[str, str, list[tuple[str, int]]]]) -> None:
        self._boats = [[(p, at + 86400 * day) for p, at in calls] for day in range(-1, 3) for _t, _r, calls in boats]
        self._from: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, calls in enumerate(self._boats):
            for place, (pier, at) in enumerate(calls[:-1]):
                self._from[pier].append((at, number, place))
        for departures in self._from.values():
            departures.sort()

    def arrival(self, origin: str, target: str, clock: int) -> int | None:
        """The earliest second at ``target``."""
        if origin == target:
            return clock
        heap: list[tuple[int, str]] = [(clock, origin)]
        best = {origin: clock}
        aboard: dict[int, int] = {}
        first = True
        while heap:
            at, pier = heappop(heap)
            if pier == target:
                return at
            if at > best[pier]:
                continue
            ready, first = at if first else at + CHANGE, False
            departures = self._from[pier]
            for _depart, number, place in departures[bisect_left(departures, (ready, -1, -1)) :]:
                if aboard.get(number, CALLS) <= place:
                    continue
                aboard[number] = place
                for there, arrive in self._boats[number][place + 1 :]:
                    if arrive < best.get(there, sys.maxsize):
                        best[there] = arrive
                        heappush(heap, (arrive, there))
        return None


if __name__ == "__main__":
    sys.exit(main())
