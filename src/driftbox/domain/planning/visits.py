"""Who should be visited 该走访谁, and why: reasons to tell, never a score. Nobody comes before anybody else."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from driftbox.domain.text import Text

REASONS: Final[Mapping[str, Text]] = {
    "agreed": Text(zh="上回说好这天来", en="Agreed last time for this day"),
    "signature": Text(zh="有一份要当面签", en="Something is to be signed in person"),
    "result": Text(zh="结果送到家", en="The result is brought home"),
    "asked": Text(zh="他请人上门", en="They asked for somebody to come"),
    "alone": Text(zh="一个人住，走动不便，他自己愿意常有人来", en="Alone and frail, and they wish for regular visits"),
    "not_seen": Text(zh="好几周没见着了", en="Not seen for weeks"),
}


class Standing(Struct, frozen=True, kw_only=True):
    """What a case says that may be a reason to go: ``wish`` as in ``VisitAsked``, ``seen`` when somebody was last with
    them, ``next_day`` as agreed.
    """

    is_open: bool
    to_sign: bool
    to_deliver: bool
    wish: str
    seen: date
    next_day: date | None


def reasons(standing: Standing, day: date, weeks: int) -> tuple[str, ...]:
    """The codes of all reasons to visit on ``day``; ``weeks`` without being seen are one. A day agreed for later holds
    back everything else.
    """
    agreed = standing.next_day
    if agreed is not None and agreed > day:
        return ()
    long_ago = day - standing.seen >= timedelta(weeks=weeks)
    holds = {
        "agreed": agreed is not None,
        "signature": standing.is_open and standing.to_sign,
        "result": standing.is_open and standing.to_deliver,
        "asked": standing.wish == "once",
        "alone": standing.wish == "regular",
        "not_seen": standing.is_open and long_ago,
    }
    return tuple(code for code in REASONS if holds[code])
