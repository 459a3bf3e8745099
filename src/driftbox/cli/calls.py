"""``driftbox calls``: the signalling of calls in a process of its own (ASGI); ``driftbox recordings``: destroy those
whose day has come. ``driftbox serve`` starts the first beside the pages; by itself it looks for the second each hour.
"""

import argparse
import asyncio
import os
import sys
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.utils.module_loading import import_string
from granian.constants import Interfaces
from granian.server.embed import Server

from driftbox.apps.pack import pack_as_of
from driftbox.apps.packdesk.queries import changes
from driftbox.apps.sittings.recordings import destroy_due, due
from driftbox.cli.clock_now import now

LOOK: Final = 0.5  # seconds between two looks for the parent
HOUR: Final = 3600.0  # seconds between two looks for recordings whose day has come


def register(subparsers: Any) -> None:
    """Add the commands."""
    calls = subparsers.add_parser("calls", help="carry the signalling of calls until Ctrl-C")
    calls.add_argument("--host", default="127.0.0.1")
    calls.add_argument("--port", type=int, default=8001)
    calls.add_argument("--with-parent", action="store_true", help="end when the process that started it does")
    calls.set_defaults(func=run)
    recordings = subparsers.add_parser("recordings", help="recordings whose day has come")
    recordings.add_argument("--destroy-due", action="store_true", help="without this, only says how many there are")
    recordings.set_defaults(func=run_recordings)


def run(arguments: argparse.Namespace) -> int:
    """Carry signalling until told to end; one process, because what is live is in its memory."""
    asyncio.run(_carry(arguments.host, arguments.port, with_parent=arguments.with_parent))
    return 0


async def _carry(host: str, port: int, *, with_parent: bool) -> None:
    application = import_string("driftbox.config.asgi.application")
    server: Any = Server(application, address=host, port=port, interface=Interfaces.ASGI, log_enabled=False)
    serving, looking = asyncio.create_task(server.serve()), asyncio.create_task(_look_each_hour())
    ended = asyncio.create_task(_until_parent_ends() if with_parent else asyncio.Event().wait())
    await asyncio.wait([serving, ended], return_when=asyncio.FIRST_COMPLETED)
    server.stop()
    for task in (looking, ended):
        task.cancel()
    await asyncio.gather(serving, looking, ended, return_exceptions=True)


async def _until_parent_ends() -> None:
    """Whoever loses its parent is given another, however the parent ended."""
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110 - the system tells nobody; it has to be asked
        await asyncio.sleep(LOOK)


async def _look_each_hour() -> None:
    while True:
        await sync_to_async(_destroy)()
        await asyncio.sleep(HOUR)


def _destroy() -> int:
    close_old_connections()
    moment = now()
    with pack_as_of(moment, changes):
        return destroy_due(now=moment)


def run_recordings(arguments: argparse.Namespace) -> int:
    """Say how many recordings are due, and destroy them if asked."""
    waiting = len(due(now()))
    gone = _destroy() if arguments.destroy_due else 0
    sys.stdout.write(f"到日子的录像 recordings due: {waiting}，销毁了 destroyed: {gone}\n")
    return 0
