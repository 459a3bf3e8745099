"""What boats saved come to in hours and in money, from the timetable: counted rides, never guessed ones."""

from datetime import datetime
from functools import lru_cache
from statistics import median_low
from typing import Final

from msgspec import Struct

from driftbox.apps.sailings.queries import service_now, stop_of
from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.board import next_sailings
from driftbox.domain.ferry.plan import Trip
from driftbox.domain.ferry.timetable import Timetable
from driftbox.domain.figures.tally import Tally

LOOKED_AT: Final = 8  # boats of a line; the middle one of their minutes is taken


class Saved(Struct, frozen=True):
    """Rides saved and the minutes they take by the timetable. ``untimed``: rides of which it does not know how long
    they take, so that ``minutes`` is too little. No timetable here knows fares, so money is not told.
    """

    rides: int
    minutes: int
    untimed: int

    @property
    def hours(self) -> int:
        """Whole hours of ``minutes``."""
        return self.minutes // 60

    @property
    def rest(self) -> int:
        """The minutes beyond whole hours."""
        return self.minutes % 60


def boats_saved(tally: Tally, now: datetime) -> Saved:
    """What a tally of ``boats_saved`` comes to by the timetable at ``now``."""
    table = service_now(now).table
    minutes = untimed = 0
    for pair, cell in tally.cells.items():
        origin, _arrow, target = pair.partition(">")
        took = _minutes(table, stop_of(origin), stop_of(target), now.replace(hour=0, minute=0, second=0, microsecond=0))
        minutes += cell.amount * (took or 0)
        untimed += 0 if took is not None else cell.amount
    return Saved(tally.amount, minutes, untimed)


@lru_cache(maxsize=256)
def _minutes(table: Timetable, origin: str, target: str, since: datetime) -> int | None:
    try:
        boats = next_sailings(table, Trip(origin=origin, target=target), since, LOOKED_AT)
    except NotFound:
        return None
    took = [int((boat.arrive - boat.depart).total_seconds()) // 60 for boat in boats]
    return median_low(took) if took else None
