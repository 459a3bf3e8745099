"""Chance from a seed: the same seed gives the same numbers on every machine. For simulations only, never for keys of
a real node.
"""

import hashlib
from collections.abc import Mapping, Sequence
from math import log
from typing import Final, TypeVar

_T = TypeVar("_T")
_MASK: Final = (1 << 64) - 1
_STEP: Final = 0x9E3779B97F4A7C15
_MIX: Final = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


class Chance:
    """A stream of numbers (SplitMix64, after Steele, Lea and Flood 2014)."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._state = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8])

    def apart(self, name: str) -> "Chance":
        """A stream of its own under ``name``: what is drawn from it moves no other, so two runs stay comparable."""
        return Chance(f"{self._seed}/{name}")

    def bits(self) -> int:
        """64 bits."""
        self._state = (self._state + _STEP) & _MASK
        mixed = ((self._state ^ (self._state >> 30)) * _MIX[0]) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * _MIX[1]) & _MASK
        return mixed ^ (mixed >> 31)

    def octets(self, length: int) -> bytes:
        """So many bytes."""
        words = (self.bits().to_bytes(8) for _ in range(-(-length // 8)))
        return b"".join(words)[:length]

    def share(self) -> float:
        """A number from 0 up to but not including 1."""
        return (self.bits() >> 11) / (1 << 53)

    def yes(self, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self.share() < probability

    def below(self, limit: int) -> int:
        """A whole number from 0 up to but not including ``limit``."""
        return int(self.share() * limit)

    def pick(self, among: Sequence[_T]) -> _T:
        """One of ``among``, each as likely as the others."""
        return among[self.below(len(among))]

    def weighed(self, weights: Mapping[_T, float]) -> _T:
        """One key, each as likely as its weight says; the last where all weights are 0."""
        mark = self.share() * sum(weights.values())
        for key, weight in weights.items():
            mark -= weight
            if mark < 0:
                return key
        return list(weights)[-1]

    def between(self, low: float, usual: float, high: float) -> float:
        """A number from a triangle: ``usual`` is the most likely."""
        if high <= low:
            return low
        mark, bend = self.share(), (usual - low) / (high - low)
        if mark < bend:
            return float(low + ((high - low) * (usual - low) * mark) ** 0.5)
        return float(high - ((high - low) * (high - usual) * (1 - mark)) ** 0.5)

    def wait(self, mean: float) -> float:
        """How long until something comes that comes by chance, ``mean`` on average (exponential)."""
        return -log(1 - self.share()) * mean

    def count(self, mean: float) -> int:
        """How many come where ``mean`` come on average (Poisson)."""
        happened, left = 0, mean
        while (left := left - self.wait(1)) > 0:
            happened += 1
        return happened
