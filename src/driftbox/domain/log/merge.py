"""Merging logs is a set union: order, repetition and delay do not matter. Chains show gaps and changes."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from driftbox.domain.log.entry import Sealed

Fault = Literal["gap", "fork", "two_under_one_id"]


class ChainFault(Struct, frozen=True):
    """One place where a node's chain in a docket does not hold: an entry missing, two heirs of one, or two facts."""

    entry: str
    fault: Fault


def merge(*logs: Iterable[Sealed]) -> tuple[list[Sealed], list[ChainFault]]:
    """The union of ``logs`` in id order, and every id under which two different facts were found.

    Of two facts under one id the one with the smaller digest is kept, so that every node keeps the same.
    """
    kept: dict[str, Sealed] = {}
    doubled: set[str] = set()
    for log in logs:
        for sealed in log:
            other = kept.setdefault(sealed.entry.id, sealed)
            if other.digest != sealed.digest:
                doubled.add(sealed.entry.id)
                if sealed.digest < other.digest:
                    kept[sealed.entry.id] = sealed
    faults = [ChainFault(entry, "two_under_one_id") for entry in sorted(doubled)]
    return [kept[entry] for entry in sorted(kept)], faults


def check_chains(log: Iterable[Sealed]) -> list[ChainFault]:
    """Every break in the per-node chains of one docket's ``log``, which must be in id order."""
    used: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    faults: list[ChainFault] = []
    for sealed in log:
        entry = sealed.entry
        place = (entry.node, entry.prev)
        if place in used:
            faults.append(ChainFault(entry.id, "fork"))
        elif entry.prev and place not in seen:
            faults.append(ChainFault(entry.id, "gap"))
        used.add(place)
        seen.add((entry.node, sealed.digest))
    return faults
