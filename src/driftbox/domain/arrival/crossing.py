"""Which boats carry a box or a result from pier to pier. Answers are kept, for ten thousand cases ask alike."""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from msgspec import structs

from driftbox.domain.arrival.way import Boats
from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.board import next_sailings
from driftbox.domain.ferry.plan import DAYS_AHEAD, Leg, Trip, plan_arrival

BOATS_AHEAD: Final = 8  # of which the one that arrives first is taken: a fast boat may overtake
AHEAD: Final = timedelta(days=DAYS_AHEAD)
OVERLAP: Final = timedelta(days=2)  # a journey that began before a stretch without boats ended may end in it
Legs = tuple[Leg, ...]


class Crossings:
    """The ways over the sea as boats are known to sail."""

    def __init__(self, boats: Boats) -> None:
        self.boats = boats
        self._suspended = tuple(boats.suspended.values())
        self._known: dict[tuple[str, str, datetime, bool], Legs | None] = {}
        self._idle: dict[tuple[str, str], tuple[datetime, datetime]] = {}
        self._written: Crossings | None = None

    @property
    def as_written(self) -> "Crossings":
        """The same if nothing were suspended."""
        if not self.boats.suspended:
            return self
        self._written = self._written or Crossings(Boats(self.boats.table, {}))
        return self._written

    def legs(self, origin: str, target: str, ready: datetime, *, box: bool) -> Legs | None:
        """The way that arrives first from ``ready`` (aware) on, between two stops; None when no boat is known.

        A ``box`` does not walk to another pier while there is a line of its own without a change.
        """
        key = origin, target, ready, box
        if key not in self._known:
            trip = Trip(origin=origin, target=target, suspensions=self._suspended)
            own = self._own_line(trip, ready) if box else None
            self._known[key] = self._planned(trip, ready) if own is None else own or None
        return self._known[key]

    def _own_line(self, trip: Trip, ready: datetime) -> Legs | None:
        """The boat without a change that arrives first; no legs where none of its boats sails, None where no boat ever
        goes without a change.
        """
        try:
            going = next_sailings(self.boats.table, trip, ready, BOATS_AHEAD)
            written = going or next_sailings(self.boats.table, structs.replace(trip, suspensions=()), ready, 1)
        except NotFound:
            return None
        if not going:
            return () if written else None
        first = min(going, key=lambda boat: (boat.arrive, -boat.depart.timestamp()))
        return (Leg(origin=first.origin, target=first.target, route=first.route, trip=first.trip,
                    depart=first.depart, arrive=first.arrive),)  # fmt: skip

    def _planned(self, trip: Trip, ready: datetime) -> Legs | None:
        """The plan; a stretch of days that was found to have no boat is not searched again."""
        pair, end = (trip.origin, trip.target), ready + AHEAD
        first, last = self._idle.get(pair, (end, end))
        for since, until in ((ready, min(end, first + OVERLAP)), (max(ready, last - OVERLAP), end)):
            legs = self._search(trip, since, until)
            if legs is not None:
                return legs
        touching = first <= end and ready <= last
        self._idle[pair] = (min(first, ready), max(last, end)) if touching else (ready, end)
        return None

    def _search(self, trip: Trip, since: datetime, until: datetime) -> Legs | None:
        days = ceil((until - since) / timedelta(days=1))
        if days < 1:
            return None
        try:
            return plan_arrival(self.boats.table, structs.replace(trip, days=days), since).legs
        except NotFound:
            return None
