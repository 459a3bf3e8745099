"""Takes suspended boats 停航 out of a timetable, for as long as they are suspended."""

from collections.abc import Callable, Iterable
from datetime import date
from math import inf
from typing import Final

from driftbox.domain.ferry.lines import CUT, NO_ALIGHT, NO_BOARD, DayLines, Hop, day_lines
from driftbox.domain.ferry.service import Suspension
from driftbox.domain.ferry.timetable import Slice, Timetable

KEPT: Final = 128  # days with something suspended whose lines are kept
Spans = dict[object, list[tuple[float, float]]]


def dim_by(table: Timetable, suspensions: Iterable[Suspension]) -> Callable[[Slice], Slice]:
    """What takes the suspended hops out of a slice.

    A boat that would leave a pier of a suspended route or trip in the time does not; who is aboard cannot go on.
    At a suspended stop nobody boards or alights; the boat passes by.
    """
    spans = _spans(table, suspensions)

    def dim(whole: Slice) -> Slice:
        hops = [_marked(table, hop, whole.later, spans) for hop in whole.hops]
        return Slice(whole.later, whole.shift, hops)

    return dim if any(spans.values()) else _as_written


def lines_of(table: Timetable, suspensions: tuple[Suspension, ...], day: date) -> DayLines:
    """The boats of a service day, sorted into lines, without what is suspended; kept with the timetable."""
    begins, ends = table.begins(day), table.ends(day)
    here = tuple(
        one
        for one in suspensions
        if one.since.timestamp() <= ends and (one.until is None or one.until.timestamp() > begins)
    )
    if not here:
        return table.lines_of(day)
    held = table.dimmed.get((here, day))
    if held is None:
        spans, later = _spans(table, here), table.midnight(day)
        held = day_lines(_marked(table, hop, later, spans) for hop in table.hops_of(day))
        table.dimmed[here, day] = held
        if len(table.dimmed) > KEPT:
            table.dimmed.popitem(last=False)
    return held


def _spans(table: Timetable, suspensions: Iterable[Suspension]) -> dict[str, Spans]:
    """When each route, trip and stop is suspended."""
    spans: dict[str, Spans] = {"route": {}, "trip": {}, "stop": {}}
    for one in suspensions:
        span = one.since.timestamp(), inf if one.until is None else one.until.timestamp()
        names: Iterable[object] = table.places(one.id) if one.kind == "stop" else (one.id,)
        for name in names:
            spans[one.kind].setdefault(name, []).append(span)
    return spans


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
