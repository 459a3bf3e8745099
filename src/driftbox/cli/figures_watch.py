"""Beside the pages: takes into the figures what is new in the log, a little at a time, so that no page has to."""

import logging
from threading import Event, Thread
from typing import Final

from django.db import DatabaseError, connections

from driftbox.apps.figures.actions import refresh
from driftbox.apps.pack import pack_as_of
from driftbox.apps.packdesk.queries import changes_if_any
from driftbox.cli.clock_now import now
from driftbox.domain.errors import DriftboxError

LOOK: Final = 3.0  # seconds between two looks when nothing was new
BREATH: Final = 0.05  # seconds between two steps, in which others may write
STEP: Final = 60  # new entries at a time: the file is held for about a tenth of a second
log = logging.getLogger(__name__)


class FiguresWatch:
    """Runs beside the pages between ``start`` and ``stop``."""

    def __init__(self) -> None:
        self._over = Event()
        self._thread = Thread(target=self._look, name="figures-watch", daemon=True)

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
            done = step()
            connections.close_all()
            if self._over.wait(BREATH if done else LOOK):
                return


def step() -> int:
    """Take in some of what is new; returns how many entries. A fault is told in the log and tried the next time."""
    try:
        with pack_as_of(now(), changes_if_any):
            return refresh(STEP)
    except (DatabaseError, DriftboxError) as fault:
        log.warning("could not take in what is new: %s", type(fault).__name__)
        return 0
