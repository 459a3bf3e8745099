"""How far each piece of what was said speaks for each matter: naive Bayes against all the other matters.

Complement naive Bayes (Rennie et al., 2003, "Tackling the poor assumptions of naive Bayes text classifiers") with one
change: a phrase has one vote to share among its pieces, so that long explanations do not drown what people say.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping
from heapq import nlargest
from math import log, sqrt
from operator import itemgetter
from typing import Final

from msgspec import Struct

Sayable = tuple[int, float, Mapping[str, float]]  # place of the matter, how far it speaks 0–1, pieces and their weight
ALPHA: Final = 0.07  # votes: what was never said of a matter may still be said
TELLING: Final = 64  # matters that one piece speaks for at most; what is said of more tells them apart no longer
_PLACE: Final = 2  # bytes
_GAIN: Final = 4


class Evidence(Struct, frozen=True):
    """Which pieces speak for which matter; made by ``learn``.

    ``speaks``: for every piece first the places of the matters, two bytes each, then log odds, four bytes each: as
    bytes a hundred thousand pieces are read from disk at once. ``leaning``: log odds of each matter for one unit of
    weight heard.
    """

    leaning: tuple[float, ...]
    speaks: dict[str, bytes]

    def __contains__(self, piece: str) -> bool:
        return piece in self.speaks

    def only(self, piece: str, place: int) -> bool:
        """Whether ``piece`` is known of the matter at ``place`` and of no other, or not at all."""
        told = self.speaks.get(piece)
        return told is None or (len(told) == _PLACE + _GAIN and memoryview(told)[:_PLACE].cast("H")[0] == place)

    def weigh(self, pieces: Mapping[str, float]) -> dict[int, float]:
        """Log odds for every matter that any of ``pieces``, each with its weight, speaks for."""
        found: dict[int, float] = defaultdict(float)
        heard = 0.0
        for piece, weight in pieces.items():
            told = self.speaks.get(piece)
            if told is None:
                continue
            heard += weight
            seen = memoryview(told)
            cut = len(told) // (_PLACE + _GAIN) * _PLACE
            for place, gain in zip(seen[:cut].cast("H"), seen[cut:].cast("f"), strict=True):
                found[place] += weight * gain
        return {place: gain + heard * self.leaning[place] for place, gain in found.items()}


def learn(phrases: Iterable[Sayable], matters: int) -> Evidence:
    """The evidence in all ways to ask. ``matters``: how many there are, 65,535 at most."""
    said: dict[str, dict[int, float]] = defaultdict(dict)
    totals = [0.0] * matters
    for place, share, pieces in phrases:
        vote = share / sqrt(1 + len(pieces))
        for piece, weight in pieces.items():
            where = said[piece]
            where[place] = where.get(place, 0.0) + vote * weight
        totals[place] += vote * sum(pieces.values())
    smooth, everything = ALPHA * len(said), sum(totals)
    leaning = tuple(log(everything - one + smooth) - log(one + smooth) for one in totals)
    return Evidence(leaning, {piece: _gains(where) for piece, where in said.items()})


def _gains(where: Mapping[int, float]) -> bytes:
    total = sum(where.values()) + ALPHA
    gains = [(place, log((one / ALPHA + 1) * total / max(total - one, ALPHA))) for place, one in where.items()]
    if len(gains) > TELLING:
        gains = nlargest(TELLING, gains, key=itemgetter(1))
    return array("H", [place for place, _gain in gains]).tobytes() + array("f", [gain for _, gain in gains]).tobytes()
