"""The sea chart 海图: from longitude and latitude to a drawing, land with fewer points, where a boat is by its clock.

A drawing for people who look after cases; no aid to navigation.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, radians

from msgspec import Struct

Spot = tuple[float, float]  # longitude and latitude before, x and y after ``Frame.place``
KM_OF_DEGREE = 111.32  # of latitude


class Frame(Struct, frozen=True, kw_only=True):
    """The part of the sea that is drawn, in degrees, and how wide the drawing is, in units of its own."""

    west: float
    east: float
    south: float
    north: float
    width: float = 1000

    @property
    def scale(self) -> float:
        """Units to one degree of longitude."""
        return self.width / (self.east - self.west)

    @property
    def stretch(self) -> float:
        """Units to one degree of latitude: a degree of longitude is shorter by the cosine of the latitude."""
        return self.scale / cos(radians((self.south + self.north) / 2))

    @property
    def height(self) -> float:
        """How high the drawing is."""
        return (self.north - self.south) * self.stretch

    @property
    def km(self) -> float:
        """Units to one kilometre."""
        return self.stretch / KM_OF_DEGREE

    def place(self, spot: Spot) -> Spot:
        """Where a longitude and latitude are drawn."""
        return (spot[0] - self.west) * self.scale, (self.north - spot[1]) * self.stretch


def simplified(line: Sequence[Spot], near: float) -> list[Spot]:
    """``line`` without the points that are nearer than ``near`` to what is left (Douglas and Peucker, 1973).

    A closed line stays closed. Works on a list of its own, so that a long coast needs no deep recursion.
    """
    if len(line) < 3:  # noqa: PLR2004 - two points are a line already
        return list(line)
    kept, open_spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        far, at = max(((_off(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0.0, 0))
        if far > near:
            kept.add(at)
            open_spans += [(first, at), (at, last)]
    return [line[i] for i in sorted(kept)]


def _off(spot: Spot, start: Spot, end: Spot) -> float:
    """How far a point is from the line between two others, or from the one point that both are."""
    along = end[0] - start[0], end[1] - start[1]
    size = hypot(*along)
    if not size:
        return hypot(spot[0] - start[0], spot[1] - start[1])
    return abs(along[0] * (spot[1] - start[1]) - along[1] * (spot[0] - start[0])) / size


def path_of(line: Sequence[Spot], *, closed: bool = False) -> str:
    """A line as SVG writes it, in whole units and steps from point to point, which is short."""
    rounded = [(round(x), round(y)) for x, y in line]
    if not rounded:
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(rounded)]
    words = "".join(f"{x} {y}" if x >= 0 and not i else f" {x} {y}" if x >= 0 else f"{x} {y}"
                    for i, (x, y) in enumerate(steps) if x or y)  # fmt: skip
    return f"M{rounded[0][0]} {rounded[0][1]}" + (f"l{words}" if words else "") + ("z" if closed else "")


def along(line: Sequence[Spot], share: float) -> Spot:
    """The place on ``line`` after ``share`` (0 to 1) of its length; never outside it."""
    spans = [hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)]
    left = max(0.0, min(1.0, share)) * sum(spans)
    for (start, end), span in zip(pairwise(line), spans, strict=True):
        if span and left <= span:
            part = left / span
            return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
        left -= span
    return line[-1]


def between(line: Sequence[Spot], start: Spot, end: Spot) -> list[Spot]:
    """The part of ``line`` from where it is nearest to ``start`` to where it is nearest to ``end``, in that direction;
    the straight line where it has none.
    """
    here, there = (_nearest(line, spot) for spot in (start, end))
    if here == there:
        return [start, end]
    part = list(line[min(here, there) : max(here, there) + 1])
    return part if here < there else part[::-1]


def _nearest(line: Sequence[Spot], spot: Spot) -> int:
    return min(range(len(line)), key=lambda i: hypot(line[i][0] - spot[0], line[i][1] - spot[1]), default=0)
