"""Beside the pages: sees photographs waiting and lets a process of their own read them.

The reader takes 0.6 GB and strangers' pictures, so it lives apart: it comes when something waits, ends when nothing
has come for a while, and takes nothing with it if it dies. What it had in hand waits again.
"""

import subprocess
import sys
from threading import Event, Thread
from typing import Final

from django.db import connections

from driftbox.apps.node import can_read
from driftbox.apps.recognition.queries import is_waiting
from driftbox.cli.clock_now import now

LOOK: Final = 0.5  # seconds between two looks
LINGER: Final = 90  # seconds that a reader waits for more
AFTER_A_FALL: Final = 5.0  # seconds
COMMAND: Final = (sys.executable, "-m", "driftbox.cli.main", "read", "--linger", str(LINGER))


class Watch:
    """Runs beside the pages between ``start`` and ``stop``."""

    def __init__(self) -> None:
        self._over = Event()
        self._thread = Thread(target=self._look, name="reader-watch", daemon=True)

    def start(self) -> None:
        """Begin to look, where a reader is installed."""
        if can_read():
            self._thread.start()

    def stop(self) -> None:
        """End the watch and the reader."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        pause = LOOK
        while not self._over.wait(pause):
            waiting = is_waiting(now())
            connections.close_all()
            pause = LOOK if not waiting or self._read() else AFTER_A_FALL

    def _read(self) -> bool:
        """Let a reader run to its end; False when it fell."""
        reader = subprocess.Popen(COMMAND)  # noqa: S603 - our own program
        while reader.poll() is None:
            if self._over.wait(LOOK):
                reader.terminate()
                reader.wait()
        return reader.returncode == 0
