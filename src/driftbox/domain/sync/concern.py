"""Whom a docket concerns 归谁: which of the nodes receive it. What does not concern a node never goes there.

The hub holds everything. A station or a post at sea holds what its office and those below it handle; a confidential
petition goes only where somebody handles it (Regulation on Petition Work, Art. 30), and nothing goes to an office
complained of, or below one.
"""

from collections.abc import Collection
from typing import Literal

from msgspec import Struct

HUB = "hub"
Sort = Literal["case", "box", "book"]


class Place(Struct, frozen=True, kw_only=True):
    """A node as this question needs it: its role, the offices it reaches (its own and those below), those above it
    with itself, and the piers of those it reaches.
    """

    role: str
    reach: frozenset[str]
    line: frozenset[str]
    piers: frozenset[str] = frozenset()


class Facts(Struct, frozen=True, kw_only=True):
    """A docket as this question needs it.

    ``offices``: that opened it and that it was sent to, and of everybody who has it, is asked for it, or handles it.
    ``secret``: offices of those who may open it although it is confidential. ``complained``: offices complained of, and
    those of persons complained of. ``book``: offices whose book it is; none: everybody's.
    """

    sort: Sort
    offices: frozenset[str] = frozenset()
    confidential: bool = False
    secret: frozenset[str] = frozenset()
    complained: frozenset[str] = frozenset()
    piers: frozenset[str] = frozenset()
    book: frozenset[str] = frozenset()


def concerns(place: Place, facts: Facts) -> bool:
    """Whether the docket concerns the node."""
    if place.role == HUB:
        return True
    if facts.sort == "book":
        return not facts.book or _meet(facts.book, place.reach | place.line)
    if facts.sort == "box":
        return _meet(facts.piers, place.piers) or _meet(facts.offices, place.reach)
    if _meet(facts.complained, place.line):
        return False
    return _meet(facts.secret if facts.confidential else facts.offices, place.reach)


def _meet(some: Collection[str], others: frozenset[str]) -> bool:
    return any(one in others for one in some)
