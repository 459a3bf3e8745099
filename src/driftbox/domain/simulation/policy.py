"""What may be done differently: with or without the box, with Friday rounds or without, by whom."""

from collections.abc import Mapping
from datetime import time
from typing import Final

from msgspec import Struct

from driftbox.domain.simulation.assumptions import Assumptions, Kind

Span = tuple[time, time]
ALL_DAY: Final[Span] = (time(0), time(23, 59))


class Policy(Struct, frozen=True, kw_only=True):
    """One way to run it. ``out`` and ``back``: between which times of day the box may leave the island, and come
    home.
    """

    name: str
    box: bool = True
    fridays: bool = True
    volunteers_only: bool = False
    out: Span = ALL_DAY
    back: Span = ALL_DAY


POLICIES: Final[Mapping[str, Policy]] = {
    one.name: one
    for one in (
        Policy(name="box"),
        Policy(name="no-box", box=False),
        Policy(name="box-once-a-day", out=(time(0), time(10)), back=(time(14), time(23, 59))),
        Policy(name="volunteers-only", volunteers_only=True),
        Policy(name="no-fridays", fridays=False),
    )
}


def ways_of(kind: Kind, policy: Policy, assume: Assumptions) -> Mapping[str, float]:
    """How papers of a kind of resident leave home under a policy: what a policy takes away falls to other ways."""
    ways = dict(kind.ways)
    if not policy.box:
        _spread(ways, "box", assume.without_box)
    if not policy.fridays:
        _spread(ways, "visit", assume.without_visit)
    return ways


def _spread(ways: dict[str, float], gone: str, over: Mapping[str, float]) -> None:
    weight, whole = ways.pop(gone, 0.0), sum(over.values())
    for way, share in over.items():
        ways[way] = ways.get(way, 0.0) + weight * share / whole
