"""Lots 签: numbers by chance that are the same for the same seed, so that a plan can be made again."""

from collections.abc import Callable
from typing import Final

_TIMES: Final = 6364136223846793005  # D. E. Knuth's multiplier for 64 bits (MMIX)
_PLUS: Final = 1442695040888963407
_MASK: Final = (1 << 64) - 1


def lots(seed: int) -> Callable[[int], int]:
    """A draw: asked with ``n`` it gives a number from 0 up to but not including ``n``."""
    state = seed & _MASK

    def draw(count: int) -> int:
        nonlocal state
        state = (state * _TIMES + _PLUS) & _MASK
        return (state >> 33) * count >> 31

    return draw
