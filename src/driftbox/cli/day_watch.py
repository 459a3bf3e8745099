"""Beside the pages: looks every few minutes for what has come due, so that it is seen before anybody asks.

It looks in a process of its own: the pages run in a fork of this one, and a lock that a thread of ours held at that
moment would never be free there.
"""

import subprocess
import sys
from threading import Event, Thread
from typing import Final

FIRST, LOOK = 5.0, 600.0  # seconds until the first look, and between two
PAUSE: Final = 0.5  # seconds between two questions whether it is done
COMMAND: Final = (sys.executable, "-m", "driftbox.cli.main", "custody", "overdue")


class DayWatch:
    """Runs beside the pages between ``start`` and ``stop``."""

    def __init__(self, first: float = FIRST) -> None:
        self._first, self._over = first, Event()
        self._thread = Thread(target=self._look, name="day-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the watch and the look."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        pause = self._first
        while not self._over.wait(pause):
            pause = LOOK
            looking = subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL)  # noqa: S603 - our own program
            while looking.poll() is None:
                if self._over.wait(PAUSE):
                    looking.terminate()
                    looking.wait()
