"""The vocabulary of visits at home 走访: wished for, planned, made."""

from typing import Annotated, Literal

from msgspec import Meta

from driftbox.domain.log.codes import Day, Key
from driftbox.domain.log.entry import Body

Wish = Literal["once", "regular", "none"]
Outcome = Literal["done", "not_home", "refused", "next_time"]
Minute = Annotated[int, Meta(ge=0, le=1439)]


class VisitAsked(Body, frozen=True):
    """Whether the person wants somebody to come 上门的心愿: once; ``regular``, being frail and alone, by their own
    wish; or not any more. Nobody else may decide it for them.
    """

    wish: Wish


class VisitPlanned(Body, frozen=True):
    """A visit was planned 排了走访: on which day, by whom, beginning at which minute since midnight."""

    day: Day
    agents: Annotated[tuple[Key, ...], Meta(min_length=1, max_length=4)]
    begin: Minute


class VisitMade(Body, frozen=True):
    """Somebody was at the door 上过门: what came of it, and the day agreed for the next time, if one was."""

    outcome: Outcome
    next_day: Day | None = None


KINDS: dict[str, type[Body]] = {
    "visit.asked": VisitAsked,
    "visit.planned": VisitPlanned,
    "visit.made": VisitMade,
}
