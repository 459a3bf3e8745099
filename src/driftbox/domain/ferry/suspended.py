"""Takes suspended boats 停航 out of a timetable, for as long as they are suspended."""

from collections.abc import Callable, Iterable
from math import inf

from driftbox.domain.ferry.service import Suspension
from driftbox.domain.ferry.timetable import CUT, NO_ALIGHT, NO_BOARD, Hop, Slice, Timetable

Spans = dict[object, list[tuple[float, float]]]


def dim_by(table: Timetable, suspensions: Iterable[Suspension]) -> Callable[[Slice], Slice]:
    """What takes the suspended hops out of a slice.

    A boat that would leave a pier of a suspended route or trip in the time does not; who is aboard cannot go on.
    At a suspended stop nobody boards or alights; the boat passes by.
    """
    spans: dict[str, Spans] = {"route": {}, "trip": {}, "stop": {}}
    for one in suspensions:
        span = one.since.timestamp(), inf if one.until is None else one.until.timestamp()
        names: Iterable[object] = table.places(one.id) if one.kind == "stop" else (one.id,)
        for name in names:
            spans[one.kind].setdefault(name, []).append(span)

    def dim(whole: Slice) -> Slice:
        hops = [_marked(table, hop, whole.later, spans) for hop in whole.hops]
        return Slice(whole.later, whole.shift, hops)

    return dim if any(spans.values()) else _as_written


def _as_written(whole: Slice) -> Slice:
    return whole


def _marked(table: Timetable, hop: Hop, later: int, spans: dict[str, Spans]) -> Hop:
    depart, arrive, origin, target, run, marks = hop
    trip, route = table.runs[run % len(table.runs)]
    if _in(spans["route"], route, depart + later) or _in(spans["trip"], trip, depart + later):
        marks |= CUT
    if _in(spans["stop"], origin, depart + later):
        marks |= NO_BOARD
    if _in(spans["stop"], target, arrive + later):
        marks |= NO_ALIGHT
    return depart, arrive, origin, target, run, marks


def _in(spans: Spans, name: object, instant: int) -> bool:
    held = spans.get(name)
    return held is not None and any(since <= instant < until for since, until in held)
