"""The agenda of a simulation: what happens next (a discrete-event queue)."""

from datetime import datetime
from heapq import heappop, heappush
from typing import Any

from msgspec import Struct


class Event(Struct, frozen=True):
    """Something that happens at an instant (aware); ``who`` it happens to is the driver's."""

    at: datetime
    what: str
    who: Any = None


class Agenda:
    """Events in order of time; what was put down first happens first when the times are the same."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, Event]] = []
        self._count = 0

    def put(self, at: datetime, what: str, who: Any = None) -> None:
        """Put something down."""
        self._count += 1
        heappush(self._heap, (at, self._count, Event(at, what, who)))

    def next_before(self, end: datetime) -> Event | None:
        """Take what happens next, if it happens before ``end``."""
        if not self._heap or self._heap[0][0] >= end:
            return None
        return heappop(self._heap)[2]

    def __len__(self) -> int:
        return len(self._heap)
