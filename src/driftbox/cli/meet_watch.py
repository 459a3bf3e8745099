"""Beside the pages: meets the hub by itself, again and again, in a process of its own that ends with the meeting."""

import subprocess
import sys
from threading import Event, Thread
from typing import Final

from driftbox.apps.node import node_config
from driftbox.apps.sync.meeting import was_asked
from driftbox.domain.sync.rhythm import wait_for
from driftbox.gateways.keys import chance

LOOK: Final = 0.5  # seconds between two looks at a meeting
FIRST: Final = 3.0  # seconds until the first
COMMAND: Final = (sys.executable, "-m", "driftbox.cli.main", "node", "sync", "--quiet")


class MeetWatch:
    """Runs beside the pages between ``start`` and ``stop``. How it went is written down by the meeting itself, so that
    the page of the nodes can say it; a meeting that falls is only one more that failed.
    """

    def __init__(self) -> None:
        self._over = Event()
        self._thread = Thread(target=self._go_on, name="meet-watch", daemon=True)

    def start(self) -> None:
        """Begin, where there is a hub to meet; by itself only where node.toml does not forbid it (``every = 0``)."""
        config = node_config()
        if config.hub and config.url:
            self._thread.start()

    def stop(self) -> None:
        """End the watch, and a meeting that is under way; what it has carried is kept."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _go_on(self) -> None:
        pause, failures, every = FIRST, 0, node_config().every
        while self._is_time(pause, by_itself=every > 0):
            failures = 0 if self._meet() else failures + 1
            pause = wait_for(every, failures, chance())

    def _is_time(self, pause: float, *, by_itself: bool) -> bool:
        """Wait for ``pause`` seconds or until somebody asks; False when the pages end."""
        waited = 0.0
        while not self._over.wait(LOOK):
            waited += LOOK
            if was_asked() or (by_itself and waited >= pause):
                return True
        return False

    def _meet(self) -> bool:
        try:
            meeting = subprocess.Popen(COMMAND)  # noqa: S603 - our own program
        except OSError:  # no room for one more process just now
            return False
        while meeting.poll() is None:
            if self._over.wait(LOOK):
                meeting.terminate()
                meeting.wait()
        return meeting.returncode == 0
