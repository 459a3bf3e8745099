"""Beside the pages: a process that carries the signalling of calls, started once they answer, and kept alive."""

import os
import socket
import subprocess
import sys
from threading import Event, Thread
from typing import Final

from django.conf import settings

LOOK: Final = 0.25  # seconds between two looks
AFTER_A_FALL: Final = 5.0  # seconds


def is_taken(host: str, port: int) -> bool:
    """Whether somebody listens at this port."""
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0


class CallsWatch:
    """Runs beside the pages between ``start`` and ``stop``; a browser that was cut off comes back by itself."""

    def __init__(self, host: str, pages: int, port: int) -> None:
        self._host, self._pages, self._port = host, pages, port
        self._over = Event()
        self._thread = Thread(target=self._look, name="calls-watch", daemon=True)

    def start(self) -> None:
        """Tell the pages which port it will be, and begin once they answer; nothing when somebody else has the port."""
        if is_taken(self._host, self._port):
            sys.stderr.write(f"{self._port} 端口有人用了，视频用不了 Port taken, no video calls: DRIFTBOX_WS_PORT=…\n")
            return
        settings.DRIFTBOX_WS_PORT = self._port  # for pages in a fork of this process
        os.environ["DRIFTBOX_WS_PORT"] = str(self._port)  # for pages in one that starts afresh
        self._thread.start()

    def stop(self) -> None:
        """End the watch and the signalling."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        while not is_taken(self._host, self._pages):
            if self._over.wait(LOOK):
                return
        while not self._over.is_set():
            self._carry()
            self._over.wait(AFTER_A_FALL)

    def _carry(self) -> None:
        """Let it run until it falls or the pages end. It looks for this process, should that be killed."""
        command = (sys.executable, "-m", "driftbox.cli.main", "calls", "--host", self._host, "--port", str(self._port))
        child = subprocess.Popen((*command, "--with-parent"), start_new_session=True)  # noqa: S603 - our own program
        while child.poll() is None:
            if self._over.wait(LOOK):
                child.terminate()
                child.wait()
