"""Which entries one side has and the other lacks, found with little talk: range-based set reconciliation.

Both keep their entry ids sorted. A range is told by its fingerprint, the sum of the SHA-256 of its ids modulo 2^256 and
their count; equal fingerprints end it, unequal ones are cut in parts, small ones are told id by id. After
A. Meyer, *Range-Based Set Reconciliation* (2022). Sums instead of XOR, so that an id told twice does not vanish.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import Meta, Struct

PARTS: Final = 16
FEW: Final = 32
MODULUS: Final = 1 << 256
LAST: Final = "~"  # sorts after every id

Bound = Annotated[str, Meta(max_length=80)]


class Range(Struct, frozen=True, array_like=True):
    """Ids from ``low`` up to but not including ``high``: told by fingerprint, or when ``ids`` is given, one by one."""

    low: Bound
    high: Bound
    count: int
    mark: bytes = b""
    ids: tuple[Bound, ...] | None = None


class Answer(Struct, frozen=True):
    """What to ask next, what we have that they lack, and what they have that we lack."""

    ask: tuple[Range, ...]
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


class Holdings:
    """Sorted ids with sums from the beginning, so that any range is told in no time."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = sorted(set(ids))
        self._sums = [0]
        total = 0
        for one in self._ids:
            total = (total + int.from_bytes(hashlib.sha256(one.encode()).digest(), "big")) % MODULUS
            self._sums.append(total)

    def all(self) -> Range:
        """The whole, by its fingerprint: what a conversation begins with, and the digest of what a node holds."""
        return self._tell(0, len(self._ids), "", LAST)

    def answer(self, asked: Sequence[Range]) -> Answer:
        """What to say to the ranges that the other side told. Empty ``ask``: the conversation is over."""
        ask: list[Range] = []
        ours: list[str] = []
        theirs: list[str] = []
        for one in asked:
            begin, end = bisect_left(self._ids, one.low), bisect_left(self._ids, one.high)
            if one.ids is not None:
                here, there = set(self._ids[begin:end]), set(one.ids)
                ours += sorted(here - there)
                theirs += sorted(there - here)
            elif self._tell(begin, end, one.low, one.high) != one:
                ask += self._cut(begin, max(begin, end), one)
        return Answer(tuple(ask), tuple(ours), tuple(theirs))

    def _tell(self, begin: int, end: int, low: str, high: str) -> Range:
        total = (self._sums[end] - self._sums[begin]) % MODULUS if end > begin else 0
        return Range(low, high, max(0, end - begin), total.to_bytes(32, "big"))

    def _cut(self, begin: int, end: int, one: Range) -> list[Range]:
        if end - begin <= FEW or one.count == 0:
            return [Range(one.low, one.high, end - begin, b"", tuple(self._ids[begin:end]))]
        step = -(-(end - begin) // PARTS)
        found, low = [], one.low
        for place in range(begin, end, step):
            last = min(place + step, end)
            high = one.high if last == end else self._ids[last]
            found.append(self._tell(place, last, low, high))
            low = high
        return found
