"""What of a figure may be published 披露控制: nothing below five, and nothing that subtraction would give away.

One table has a row for each office and period: how many, and in how many of each bucket. Shown are the whole, the
number of some offices, the split of some of these, and the split of the whole. An attacker may add and subtract all of
these. So what is held back is always held back together: the offices whose number is not shown have five or more
between them, and in the sum of all splits that are not shown every bucket is empty or has five or more. Then no
combination of what is shown comes to a group of one to four (``tests/domain/figures/test_disclosure.py`` tries all).

Which numbers are shown depends on the numbers alone, not on the splits, so that several figures of the same cases
show the same numbers and cannot be set against each other.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from msgspec import Struct

FEW: Final = 5
Split = Mapping[str, int]


class Row(Struct, frozen=True):
    """What may be read of one office. ``count`` None: not shown; ``split`` None: only the number is shown."""

    count: int | None = None
    split: Split | None = None


class Published(Struct, frozen=True):
    """A table that may be published; ``count`` None: there is too little for anything to be said."""

    rows: Mapping[str, Row]
    count: int | None = None
    split: Split | None = None


def publish(table: Mapping[str, Split]) -> Published:
    """What may be read of ``table`` (by office: in how many of each bucket)."""
    sizes = {office: sum(split.values()) for office, split in table.items()}
    order = sorted((office for office in table if sizes[office]), key=lambda one: (sizes[one], one))
    if sum(sizes.values()) < FEW:
        return Published({office: Row() for office in table})
    hidden = _hidden(order, {office for office in order if sizes[office] < FEW}, lambda held: _enough(held, sizes))
    unsafe = {office for office in order if any(0 < number < FEW for number in table[office].values())}
    apart = _hidden(order, hidden | unsafe, lambda held: _safe(held, table))
    rows = {office: _row(office, table, hidden, apart) for office in table}
    whole = _sum(table, table)
    shows_split = not any(0 < number < FEW for number in whole.values())
    return Published(rows, sum(sizes.values()), whole if shows_split else None)


def _row(office: str, table: Mapping[str, Split], hidden: set[str], apart: set[str]) -> Row:
    if office in hidden:
        return Row()
    split = None if office in apart else {bucket: number for bucket, number in table[office].items() if number}
    return Row(sum(table[office].values()), split)


def _hidden(order: Iterable[str], held: set[str], is_enough: Callable[[set[str]], bool]) -> set[str]:
    """``held``, and as many of the smallest others as it takes until ``is_enough``."""
    held = set(held)
    for office in order:
        if not held or is_enough(held):
            break
        held.add(office)
    return held


def _enough(held: set[str], sizes: Mapping[str, int]) -> bool:
    return sum(sizes[office] for office in held) >= FEW


def _safe(held: set[str], table: Mapping[str, Split]) -> bool:
    return not any(0 < number < FEW for number in _sum(held, table).values())


def _sum(offices: Iterable[str], table: Mapping[str, Split]) -> dict[str, int]:
    whole: dict[str, int] = {}
    for office in offices:
        for bucket, number in table[office].items():
            whole[bucket] = whole.get(bucket, 0) + number
    return {bucket: number for bucket, number in whole.items() if number}
