"""``driftbox serve``: serve the pages with granian (WSGI)."""

import argparse
import os
import socket
import sys
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
    watch.start()
    days.start()
    figures.start()
    calls.start()
    meetings.start()
    try:
        server.serve()
    finally:
        meetings.stop()
        calls.stop()
        figures.stop()
        days.stop()
        watch.stop()
    return 0
