"""Beside the pages: looks every few minutes for what has come due, so that it is seen before anybody asks."""

import logging
from threading import Event, Thread
from typing import Final

from django.db import DatabaseError, connections

from driftbox.apps.errands.overdue import open_overdue
from driftbox.cli.clock_now import now
from driftbox.domain.errors import DriftboxError

LOOK: Final = 600.0  # seconds between two looks
log = logging.getLogger(__name__)


class DayWatch:
    """Runs beside the pages between ``start`` and ``stop``."""

    def __init__(self, pause: float = LOOK) -> None:
        self._pause, self._over = pause, Event()
        self._thread = Thread(target=self._look, name="day-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the watch."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while True:
            look()
            connections.close_all()
            if self._over.wait(self._pause):
                return


def look() -> int:
    """Open what has come due by now; returns how many incidents. A fault is told in the log and tried the next time."""
    try:
        return open_overdue(now())
    except (DatabaseError, DriftboxError) as fault:
        log.warning("could not look for what is overdue: %s", type(fault).__name__)
        return 0
