"""What journeys of calls stand on: signalling beside the pages, and flags by which cameras draw or are refused."""

import asyncio
import socket
import threading
from contextlib import closing

from granian.constants import Interfaces
from granian.server.embed import Server

from driftbox.config.asgi import application
from driftbox.web.video.hub import HUB

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
REFUSED = ["--use-fake-device-for-media-stream", "--deny-permission-prompts"]
LOCAL = [
    "--allow-loopback-in-peer-connection", "--autoplay-policy=no-user-gesture-required",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
]  # fmt: skip


def free_port():
    """A port that nobody has."""
    with closing(socket.socket()) as knock:
        knock.bind(("127.0.0.1", 0))
        return knock.getsockname()[1]


class Signalling:
    """The signalling of calls in a thread of the test, so that it has the test's store."""

    def __init__(self):
        self.port = free_port()
        self._ready, self._over = threading.Event(), None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    async def _serve(self):
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        server = Server(
            application, address="127.0.0.1", port=self.port, interface=Interfaces.ASGINL, log_enabled=False
        )
        serving = asyncio.create_task(server.serve())
        self._ready.set()
        await self._over.wait()
        server.stop()
        await asyncio.wait([serving], timeout=5)

    def start(self):
        HUB.rooms.clear()
        self._thread.start()
        self._ready.wait(5)

    def stop(self):
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)
