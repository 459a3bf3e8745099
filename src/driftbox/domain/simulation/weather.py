"""Storms of a simulation: when boats stop, for how long, and why."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from driftbox.domain.simulation.assumptions import Season
from driftbox.domain.simulation.chance import Chance

MONTH_DAYS = 30.4
LEAD = timedelta(hours=6)  # how long ahead it is told


class Storm(Struct, frozen=True):
    """Boats stop ``since`` (aware) and go again ``until``; it is told ``told`` ahead."""

    told: datetime
    since: datetime
    until: datetime
    cause: str


def storms(seasons: Sequence[Season], start: datetime, days: int, chance: Chance) -> Iterator[Storm]:
    """The storms of so many days, in order; each is over before the next is told."""
    free = start
    for day in range(days):
        morning = start + timedelta(days=day)
        for season in seasons:
            if morning.month not in season.months or not chance.yes(season.times / MONTH_DAYS):
                continue
            since = morning + timedelta(hours=chance.below(24))
            hours = round(chance.between(season.hours.low, season.hours.usual, season.hours.high))
            if since > free + LEAD:
                free = since + timedelta(hours=hours)
                yield Storm(since - LEAD, since, free, season.cause)
