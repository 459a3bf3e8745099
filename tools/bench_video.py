"""Measures signalling: 200 rooms of two at once over real sockets; 95 of 100 messages are there within 100 ms.

./run bench video
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from django.conf import settings
from django.core.management import call_command

from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.actions import write_account
from driftbox.apps.people.queries import Particulars, account_named
from driftbox.apps.sittings import invitations, rooms

ROOMS, ROUNDS, PAUSE = 200, 30, 0.5  # a browser in a call says something about twice a second
SHORT = 126  # bytes that a frame counts in its first length (RFC 6455 §5.2)
WITHIN = 0.100  # seconds
NOW = datetime.now(UTC)  # noqa: TID251 - a bench runs now


def fill() -> list[tuple[str, tuple[str, str]]]:
    """Rooms that were answered, each with the secrets of two browsers that were invited."""
    call_command("migrate", verbosity=0, interactive=False)
    enrol_self(NOW)
    write_account("lin", "piaoliuxiang-bench", name="林", office="C-BS", roles=["clerk"], kind="", phone="", now=NOW)
    lin = staff_viewer(account_named("lin"))
    made = []
    for number in range(ROOMS):
        caller = Particulars(name=f"甲{number}", phone=f"138{number:08d}")
        call = Call(matter="LL-YOUDAI", words="问", caller=caller, channel="phone", office="C-BS")
        case = take_call(call, recorder=lin.person, now=NOW)
        room = rooms.start(case.id, lin, now=NOW)
        parts = (("resident", ""), ("relative", "乙"))
        links = [invitations.invite(room.pk, part, lin, name=name, now=NOW) for part, name in parts]
        devices = [invitations.open_link(link.token, "", now=NOW).device for link in links]
        rooms.answer(room.pk, lin, now=NOW)
        made.append((room.pk, (devices[0], devices[1])))
    return made


class Browser:
    """The least that a WebSocket client must do (RFC 6455): masked frames out, whole frames in."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def connect(cls, port: int, room: str, device: str) -> "Browser":
        """Shake hands as a page of this house would."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        key = b64encode(os.urandom(16)).decode()
        writer.write(
            f"GET /ws/video/{room}/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            f"Cookie: seat-{room}={device}\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        return cls(reader, writer)

    def say(self, **said: object) -> None:
        """Send one message."""
        body = json.dumps(said).encode()
        head = bytes([0x81, 0x80 | len(body)]) if len(body) < SHORT else b"\x81\xfe" + len(body).to_bytes(2)
        self.writer.write(head + b"\0\0\0\0" + body)

    async def hear(self, kind: str) -> dict[str, object]:
        """The next message of this kind."""
        while True:
            first = await self.reader.readexactly(2)
            size = first[1] & 0x7F
            size = int.from_bytes(await self.reader.readexactly({126: 2, 127: 8}[size])) if size >= SHORT else size
            body = await self.reader.readexactly(size)
            if first[0] & 0x0F == 1 and (told := json.loads(body))["type"] == kind:
                return told


async def one_room(port: int, room: str, devices: tuple[str, str], late: float) -> tuple[list[float], list[float]]:
    """Two browsers sit down and then send each other what a connection needs; seconds for both."""
    await asyncio.sleep(late)
    joins, told, pair = list[float](), list[float](), list[Browser]()
    for device in devices:
        began = perf_counter()
        browser = await Browser.connect(port, room, device)
        browser.say(type="hello", id="hello")
        await browser.hear("welcome")
        joins.append(perf_counter() - began)
        pair.append(browser)
    for number in range(ROUNDS):
        one, other, to = (*pair, 2) if number % 2 else (*pair[::-1], 1)
        began = perf_counter()
        one.say(type="ice", id=f"m{number}", to=to, candidate="candidate:" + "x" * 200)
        await other.hear("ice")
        told.append(perf_counter() - began)
        await asyncio.sleep(PAUSE)
    return joins, told


async def measure(port: int, made: list[tuple[str, tuple[str, str]]]) -> tuple[list[float], list[float]]:
    """All rooms at once; they fill within ten seconds."""
    spread = 10 / ROOMS
    tasks = [one_room(port, room, devices, number * spread) for number, (room, devices) in enumerate(made)]
    done = await asyncio.gather(*tasks)
    return [one for joins, _told in done for one in joins], [one for _joins, told in done for one in told]


def main() -> int:
    """Run it; 1 when a message takes too long."""
    made = fill()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "driftbox.cli.main", "calls", "--port", str(port), "--with-parent"]
    child = subprocess.Popen(command, env={**os.environ, "DRIFTBOX_HOME": str(settings.DRIFTBOX_HOME)})
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            asyncio.run(asyncio.sleep(0.1))
        joins, told = asyncio.run(measure(port, made))
        memory = next(x for x in Path(f"/proc/{child.pid}/status").read_text().splitlines() if x.startswith("VmHWM"))
    finally:
        child.terminate()
        child.wait()
    p95 = quantiles(told, n=20)[-1]
    print(
        f"{ROOMS} rooms, {len(told)} messages: median {1000 * quantiles(told, n=2)[0]:.1f} ms, p95 {1000 * p95:.1f} ms"
    )
    print(f"sitting down: p95 {1000 * quantiles(joins, n=20)[-1]:.0f} ms; memory {memory.split(':')[1].strip()}")
    return int(p95 > WITHIN)


if __name__ == "__main__":
    sys.exit(main())
