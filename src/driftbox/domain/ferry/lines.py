"""The boats of one service day sorted into lines, for a search that looks at piers and not at every hop.

A *line* 航线 here is a set of boats with the same calls of which none overtakes another, so that the first one to board
is found by bisection, and who is aboard it needs no later one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from driftbox.domain.ferry.changes import NEVER

NO_BOARD, NO_ALIGHT, CUT, LAST, PLACE = 1, 2, 4, 8, 16  # bits of a hop's marks; above them its place in the trip
_ENDS: Final = NO_BOARD | NO_ALIGHT

Hop = tuple[int, int, int, int, int, int]  # depart, arrive, from stop, to stop, run, marks
Column = tuple[int, ...]


class Line(NamedTuple):
    """Boats that do not overtake, the first one first. A hop is named by its place; ``to`` and ``arrives`` are those
    of its end. ``arrives`` is NEVER where nobody may alight, ``departs`` -NEVER where nobody may board.
    """

    origins: Column
    targets: Column
    runs: Column
    departs: tuple[Column, ...]  # of each boat
    arrives: tuple[Column, ...]


Calls = tuple[Line, int, int, Column]


class DayLines(NamedTuple):
    """How many ``lines`` a day has. ``boards``: for each stop the line and its number, the place of the hop, and when
    its boats leave; ``alights``: the same for the hops that end there, and when they arrive. ``last``: when the last
    boat arrives.
    """

    lines: int
    last: int
    boards: Mapping[int, Sequence[Calls]]
    alights: Mapping[int, Sequence[Calls]]


def day_lines(hops: Iterable[Hop]) -> DayLines:
    """The lines of the boats whose ``hops`` are given."""
    runs: dict[int, list[Hop]] = {}
    for hop in hops:
        runs.setdefault(hop[4], []).append(hop)
    boats = [boat for run in runs.values() for boat in _pieces(run)]
    lines = list(_lines(boats))
    boards: dict[int, list[Calls]] = {}
    alights: dict[int, list[Calls]] = {}
    for number, line in enumerate(lines):
        leaves, comes = tuple(zip(*line.departs, strict=True)), tuple(zip(*line.arrives, strict=True))
        for place, (origin, target) in enumerate(zip(line.origins, line.targets, strict=True)):
            if leaves[place][0] > -NEVER:
                boards.setdefault(origin, []).append((line, number, place, leaves[place]))
            if comes[place][0] < NEVER:
                alights.setdefault(target, []).append((line, number, place, comes[place]))
    last = max((boat[-1][1] for boat in boats), default=0)
    return DayLines(len(lines), last, boards, alights)


def _pieces(run: list[Hop]) -> Iterator[list[Hop]]:
    """The stretches of a run between the hops that are cut: nobody stays aboard through one of them."""
    run.sort(key=itemgetter(5))
    piece: list[Hop] = []
    for hop in run:
        if not hop[5] & CUT:
            piece.append(hop)
        elif piece:
            yield piece
            piece = []
    if piece:
        yield piece


def _lines(boats: Iterable[list[Hop]]) -> Iterator[Line]:
    same: dict[object, list[list[Hop]]] = {}
    for boat in boats:
        same.setdefault(tuple((hop[2], hop[3], hop[5] & _ENDS) for hop in boat), []).append(boat)
    for alike in same.values():
        alike.sort(key=lambda boat: [hop[:2] for hop in boat])
        chains: list[list[list[Hop]]] = []
        for boat in alike:
            chain = next((one for one in chains if _follows(boat, one[-1])), None)
            if chain is None:
                chains.append([boat])
            else:
                chain.append(boat)
        yield from map(_line, chains)


def _follows(boat: Sequence[Hop], before: Sequence[Hop]) -> bool:
    """Whether a boat is nowhere ahead of the one before it."""
    return all(mine[0] >= its[0] and mine[1] >= its[1] for mine, its in zip(boat, before, strict=True))


def _line(chain: Sequence[Sequence[Hop]]) -> Line:
    return Line(
        origins=tuple(hop[2] for hop in chain[0]),
        targets=tuple(hop[3] for hop in chain[0]),
        runs=tuple(boat[0][4] for boat in chain),
        departs=tuple(tuple(-NEVER if hop[5] & NO_BOARD else hop[0] for hop in boat) for boat in chain),
        arrives=tuple(tuple(NEVER if hop[5] & NO_ALIGHT else hop[1] for hop in boat) for boat in chain),
    )
