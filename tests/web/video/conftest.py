"""One room with its resident and its clerk, and browsers that call."""

import asyncio
import json
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from tests.apps.conftest import EVENING

from driftbox.apps.people.access import staff_viewer
from driftbox.apps.sittings import invitations, presence, rooms
from driftbox.config.asgi import application
from driftbox.web.video import consumers
from driftbox.web.video.hub import HUB

BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = EVENING + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _one_evening(monkeypatch):
    HUB.rooms.clear()
    monkeypatch.setattr(consumers, "moment_now", lambda: LATER)
    monkeypatch.setattr("channels.db.close_old_connections", lambda: None)  # the store is the test's own
    yield
    HUB.rooms.clear()


class Wire:
    """The application at the other end of a connection, in the context of the test: the store is the test's own."""

    def __init__(self, scope):
        self.scope, self.sent, self.told, self.task = scope, asyncio.Queue(), asyncio.Queue(), None

    async def send_input(self, event):
        self.task = self.task or asyncio.create_task(application(self.scope, self.sent.get, self.told.put))
        await self.sent.put(event)

    async def receive_output(self):
        told = asyncio.create_task(self.told.get())
        await asyncio.wait([told, self.task], timeout=10, return_when=asyncio.FIRST_COMPLETED)
        if not told.done():
            self.task.result()
        return told.result()


class Caller:
    """One browser connected to a room."""

    def __init__(self, room, cookies="", origin="http://localhost"):
        headers = [(b"cookie", cookies.encode()), (b"host", b"localhost")]
        headers += [(b"origin", origin.encode())] if origin else []
        path = f"/ws/video/{room}/"
        scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}
        self.wire = Wire(scope)
        self.count = 0

    async def connect(self):
        await self.wire.send_input({"type": "websocket.connect"})
        return (await self.wire.receive_output())["type"] == "websocket.accept"

    async def send(self, text):
        await self.wire.send_input({"type": "websocket.receive", "text": text})

    async def leave(self):
        """Lose the connection, as in a tunnel."""
        await self.wire.send_input({"type": "websocket.disconnect", "code": 1006})
        await self.wire.task

    async def say(self, kind, **more):
        self.count += 1
        await self.send(json.dumps({"type": kind, "id": f"m{self.count}", **more}))

    async def hear(self, kind=""):
        """The next message, or the next of this kind."""
        while True:
            told = json.loads((await self.wire.receive_output())["text"])
            if kind in {"", told["type"]}:
                return told
            assert told["type"] != "error", told

    async def closes(self):
        """The code with which the connection ends."""
        while True:
            out = await self.wire.receive_output()
            if out["type"] == "websocket.close":
                return out.get("code", 1000)

    async def hello(self):
        await self.connect()
        await self.say("hello")
        return await self.hear("welcome")


@pytest.fixture
def room(stage, played):
    case = played("checklist.given")
    return rooms.start(case.id, staff_viewer(stage.staff["lin"]), now=EVENING)


@pytest.fixture
def signed_in(stage):
    """The cookies of a member of staff."""

    def cookies(username):
        client = Client()
        client.force_login(stage.staff[username], backend=BACKEND)
        return f"sessionid={client.cookies['sessionid'].value}"

    return cookies


@pytest.fixture
def invited(stage, room):
    """Invite somebody and open the link: the cookies of their browser."""

    def cookies(part, name=""):
        lin = staff_viewer(stage.staff["lin"])
        link = invitations.invite(room.pk, part, lin, name=name, now=EVENING)
        opened = invitations.open_link(link.token, "", now=EVENING)
        presence.wait(opened.seat, now=EVENING)
        return f"seat-{room.pk}={opened.device}"

    return cookies


@pytest.fixture
def answered(stage, room, invited, signed_in):
    """The cookies of the resident and of the clerk, who answered."""
    his = invited("resident")
    rooms.answer(room.pk, staff_viewer(stage.staff["lin"]), now=EVENING)
    return his, signed_in("lin")


def played_out(scenario):
    """Run an asynchronous scenario; the store is asked on this thread."""
    return async_to_sync(scenario)()
