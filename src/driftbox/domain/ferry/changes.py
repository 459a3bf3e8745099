"""How long it takes to change: at one stop, between the berths of a pier, and over land to the next one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

from msgspec import Struct

from driftbox.domain.ferry.service import Stop, Transfer

NEVER: Final = 1 << 60

Links = tuple[tuple[int, int], ...]  # (other stop, seconds)


class Changes(Struct, frozen=True):
    """Seconds to change at each stop (NEVER: one cannot), and the ways over land from and to each.

    ``at_once``: stops where a change may take no time at all; there the order of boats of one minute matters.
    """

    at: tuple[int, ...]
    onward: tuple[Links, ...]
    inward: tuple[Links, ...]
    at_once_onward: frozenset[int]
    at_once_inward: frozenset[int]


def changes_of(stops: Sequence[Stop], transfers: Iterable[Transfer], usual: int) -> Changes:
    """Work out all changes; ``usual`` seconds where the timetable names no time.

    Ways over land may follow one another: who can walk from one pier to a second and on to a third, can walk to the
    third. A rule about two stops goes before one about their stations.
    """
    at = [usual] * len(stops)
    direct: list[dict[int, int]] = [{} for _ in stops]
    barred: set[tuple[int, int]] = set()
    for (origin, target), rule in _rules(stops, transfers).items():
        seconds = _seconds(rule, usual)
        if origin == target:
            at[origin] = seconds
        elif seconds == NEVER:
            barred.add((origin, target))
        else:
            direct[origin][target] = seconds
    _join_berths(stops, direct, barred, usual)
    onward = [_reach(start, direct, barred) for start in range(len(stops))]
    inward: list[list[tuple[int, int]]] = [[] for _ in stops]
    for origin, links in enumerate(onward):
        for target, seconds in links:
            inward[target].append((origin, seconds))
    return Changes(
        tuple(at),
        tuple(onward),
        tuple(map(tuple, inward)),
        _at_once(at, onward),
        _at_once(at, inward),
    )


def _seconds(rule: Transfer, usual: int) -> int:
    if rule.kind == 3:  # noqa: PLR2004 - the number of "cannot be done" in GTFS
        return NEVER
    if rule.kind == 1:
        return 0
    return usual if rule.seconds is None else rule.seconds


def _rules(stops: Sequence[Stop], transfers: Iterable[Transfer]) -> Mapping[tuple[int, int], Transfer]:
    """Each rule for each pair of stops it speaks of; the more exact of two rules is applied last."""
    own = {stop.id: place for place, stop in enumerate(stops)}
    berths: dict[str, list[int]] = defaultdict(list)
    for place, stop in enumerate(stops):
        berths[stop.station].append(place)
    exact = sorted(transfers, key=lambda rule: (rule.origin in own) + (rule.target in own))
    rules: dict[tuple[int, int], Transfer] = {}
    for rule in exact:
        origins = [own[rule.origin]] if rule.origin in own else berths[rule.origin]
        targets = [own[rule.target]] if rule.target in own else berths[rule.target]
        rules |= {(origin, target): rule for origin in origins for target in targets}
    return rules


def _join_berths(stops: Sequence[Stop], direct: list[dict[int, int]], barred: set[tuple[int, int]], usual: int) -> None:
    berths: dict[str, list[int]] = defaultdict(list)
    for place, stop in enumerate(stops):
        berths[stop.station].append(place)
    for places in berths.values():
        for origin in places:
            for target in places:
                if origin != target and (origin, target) not in barred:
                    direct[origin].setdefault(target, usual)


def _reach(start: int, direct: Sequence[Mapping[int, int]], barred: set[tuple[int, int]]) -> Links:
    """The shortest ways over land from ``start`` to every other stop."""
    if not direct[start]:
        return ()
    best = {start: 0}
    queue = [(0, start)]
    while queue:
        so_far, here = heappop(queue)
        if so_far > best[here]:
            continue
        for there, seconds in direct[here].items():
            if so_far + seconds < best.get(there, NEVER):
                best[there] = so_far + seconds
                heappush(queue, (so_far + seconds, there))
    return tuple(
        sorted((there, cost) for there, cost in best.items() if there != start and (start, there) not in barred)
    )


def _at_once(at: Sequence[int], links: Sequence[Iterable[tuple[int, int]]]) -> frozenset[int]:
    return frozenset(
        place for place, own in enumerate(links) if at[place] == 0 or any(seconds == 0 for _there, seconds in own)
    )
