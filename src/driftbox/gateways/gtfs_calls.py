"""stop_times.txt and frequencies.txt: when each boat calls where, and how often it repeats."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from driftbox.domain.ferry.service import Call
from driftbox.gateways.gtfs_source import BadFeed, Feed, Row

Calls = Mapping[str, tuple[Call, ...]]

_TIME: Final = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)", re.ASCII)
_HOURS: Final = 240  # a boat under way for ten days is a slip of the pen
_RUNS: Final = 100_000  # of one trip


class _Written(NamedTuple):
    """A call as written; times may be missing between two that are given."""

    sequence: int
    line: int
    stop: str
    arrive: int | None
    depart: int | None
    board: bool
    alight: bool


def read_calls(feed: Feed, trips: Collection[str], stops: Collection[str]) -> Calls:
    """The calls of every trip in order of sailing. Calls that a passenger has to order are left aside.

    Raises:
        BadFeed: an unknown trip or stop, no time, two calls of one number, or a boat that arrives before it left.
    """
    written: dict[str, list[_Written]] = defaultdict(list)
    for row in feed.rows("stop_times.txt", "trip_id", "stop_sequence"):
        trip = row.need("trip_id")
        if trip not in trips:
            row.fail("trips.txt 里没有 {id}", id=trip)
        if not row.get("stop_id") and (row.get("location_id") or row.get("location_group_id")):
            continue
        written[trip].append(_written(row, stops))
    return {trip: _in_order(calls) for trip, calls in written.items()}


def _written(row: Row, stops: Collection[str]) -> _Written:
    stop = row.need("stop_id")
    if stop not in stops:
        row.fail("stops.txt 里没有能停的 {id}", id=stop)
    row.need("stop_sequence")
    arrive, depart = read_time(row, "arrival_time"), read_time(row, "departure_time")
    return _Written(
        row.number("stop_sequence", 0),
        row.line,
        stop,
        depart if arrive is None else arrive,
        arrive if depart is None else depart,
        row.number("pickup_type", 0, 0, 1, 2, 3) != 1,
        row.number("drop_off_type", 0, 0, 1, 2, 3) != 1,
    )


def read_time(row: Row, column: str) -> int | None:
    """A time of a service day in seconds, which may pass 24:00:00; None where none is written.

    Raises:
        BadFeed: it is not a time.
    """
    cell = row.get(column)
    if not cell:
        return None
    found = _TIME.fullmatch(cell)
    if found is None or int(found[1]) > _HOURS:
        row.fail("{column} 不是钟点：“{cell}”", column=column, cell=cell)
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3])


def _in_order(calls: list[_Written]) -> tuple[Call, ...]:
    calls.sort(key=lambda call: call.sequence)
    for end in (calls[0], calls[-1]):
        if end.arrive is None:
            raise BadFeed("stop_times.txt", end.line, "头一站和末一站要写钟点")
    clock, before = 0, -1
    for call in calls:
        if call.sequence == before:
            raise BadFeed("stop_times.txt", call.line, "stop_sequence {number} 写了两遍", number=before)
        before = call.sequence
        for instant in (call.arrive, call.depart):
            if instant is not None and instant < clock:
                raise BadFeed("stop_times.txt", call.line, "比上一个钟点还早，时间倒着走了")
            clock = clock if instant is None else instant
    return tuple(
        Call(call.stop, arrive, depart, call.board, call.alight, call.sequence)
        for call, (arrive, depart) in zip(calls, _times(calls), strict=True)
    )


def _times(calls: Sequence[_Written]) -> list[tuple[int, int]]:
    """Arrivals and departures; a call without a time gets its even share between the two around it (as GTFS has it)."""
    given = [(place, call) for place, call in enumerate(calls) if call.arrive is not None]
    times: list[tuple[int, int]] = []
    for (low, here), (high, there) in pairwise(given):
        times.append((here.arrive or 0, here.depart or 0))
        start, end = here.depart or 0, there.arrive or 0
        shares = [start + (end - start) * step // (high - low) for step in range(1, high - low)]
        times += [(share, share) for share in shares]
    last = calls[-1]
    return [*times, (last.arrive or 0, last.depart or 0)]


def read_runs(feed: Feed, calls: Calls) -> Mapping[str, tuple[int, ...]]:
    """For trips that repeat: by how many seconds each run is later than the calls are written.

    A run leaves at ``start_time`` and every ``headway_secs`` after it, before ``end_time``; the same whether the feed
    calls this exact or not.

    Raises:
        BadFeed: an unknown trip, or an interval that leads nowhere.
    """
    runs: dict[str, set[int]] = defaultdict(set)
    for row in feed.rows("frequencies.txt", "trip_id", "start_time", "end_time", "headway_secs"):
        trip = row.need("trip_id")
        if trip not in calls:
            row.fail("stop_times.txt 里没有 {id}", id=trip)
        row.need("start_time"), row.need("end_time"), row.need("headway_secs")
        start, end = read_time(row, "start_time") or 0, read_time(row, "end_time") or 0
        headway = row.number("headway_secs", 0)
        if headway == 0 or end < start:
            row.fail("间隔要大于 0，结束不能早于开始")
        runs[trip].update(moment - calls[trip][0].depart for moment in range(start, end, headway))
        if len(runs[trip]) > _RUNS:
            row.fail("班次太多了")
    return {trip: tuple(sorted(of_trip)) for trip, of_trip in runs.items()}
