"""``driftbox serve``: serve the pages with granian (WSGI)."""

import argparse
import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from granian.constants import Interfaces
from granian.server import Server

from driftbox.cli.calls_watch import CallsWatch
from driftbox.cli.day_watch import DayWatch
from driftbox.cli.figures_watch import FiguresWatch
from driftbox.cli.manage import prepare
from driftbox.cli.meet_watch import MeetWatch
from driftbox.cli.read_watch import Watch
from driftbox.domain.errors import Refused
from driftbox.gateways.octets import is_rehearsal


def register(subparsers: Any) -> None:
    """Add the command."""
    serve = subparsers.add_parser("serve", help="serve the pages until Ctrl-C")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    serve.add_argument("--ws-port", type=int, default=int(os.environ.get("DRIFTBOX_WS_PORT") or "0"),
                       help="of the signalling of calls; the next one when not said")  # fmt: skip
    serve.add_argument("--workers", type=int, default=1)
    serve.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the database and serve; says so when somebody else has the port."""
    with socket.socket() as probe:
        if probe.connect_ex((arguments.host, arguments.port)) == 0:
            sys.stderr.write(
                f"{arguments.port} 端口有人用了，换一个 Port taken, choose another: PORT=8001 ./run demo\n"
            )
            return 2
    if is_rehearsal(settings.DRIFTBOX_HOME):
        raise Refused("rehearsal.serve", "这个文件夹是模拟用的，钥匙谁都算得出来，不拿来开网页。请另外指一个文件夹。")
    prepare()
    sys.stdout.write(f"漂流箱 http://{arguments.host}:{arguments.port}/\n")
    sys.stdout.flush()
    server = Server(
        "driftbox.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        blocking_threads=4,
        log_access=False,
    )
    watch, days, figures = Watch(), DayWatch(), FiguresWatch()
    calls = CallsWatch(arguments.host, arguments.port, arguments.ws_port or arguments.port + 1)
    meetings = MeetWatch()
    calls.start()
    once_forked(arguments.workers, watch.start, days.start, figures.start, meetings.start)
    try:
        server.serve()
    finally:
        meetings.stop()
        calls.stop()
        figures.stop()
        days.stop()
        watch.stop()
    return 0


def once_forked(workers: int, *starts: Callable[[], None]) -> None:
    """Start what runs beside the pages once all of these are forked off: a lock that another thread held at that moment
    would never be free in the pages, and every request would wait for it. Where pages start afresh, at once.
    """
    left = workers

    def forked() -> None:
        nonlocal left
        left -= 1
        if not left:
            for start in starts:
                start()

    if multiprocessing.get_start_method() == "fork":
        os.register_at_fork(after_in_parent=forked)
    else:
        for start in starts:
            start()
