"""Promises 承诺 one after the other: what a family is told of, and what only changes on the page."""

from collections.abc import Sequence

from driftbox.domain.docket.state import Promise


def is_news(promises: Sequence[Promise]) -> bool:
    """Whether the last of ``promises``, which boats moved, is told to the family.

    Each suspension 停航 is told once, however often its end is moved; that boats go again is told when they do.
    """
    *before, last = promises
    if not last.subject_to_boats:
        return bool(before) and before[-1].subject_to_boats
    told = {halt for one in before for halt in one.halts}
    return not set(last.halts) <= told
