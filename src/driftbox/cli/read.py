"""``driftbox read``: read the photographs of papers that wait; ``driftbox serve`` starts it when there are any."""

import argparse
import faulthandler
import os
import sys
import time
from typing import Any, Final

from driftbox.apps.node import can_read, ocr
from driftbox.apps.recognition.actions import forget_unconfirmed, read_next
from driftbox.cli.clock_now import now

LONGEST: Final = 60  # seconds for one photograph; then this process ends, and another begins with the next
PAUSE: Final = 0.5  # seconds between two looks
NICE: Final = 5  # behind the pages


def register(subparsers: Any) -> None:
    """Add the command."""
    read = subparsers.add_parser("read", help="read the photographs of papers that wait")
    read.add_argument("--linger", type=float, default=0, metavar="SECONDS", help="wait so long for more before ending")
    read.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Read until nothing waits; says so when no reader is installed."""
    if not can_read():
        sys.stderr.write("没装认字的 No reader is installed: pip install 'driftbox[ocr]'\n")
        return 2
    if arguments.linger and hasattr(os, "nice"):
        os.nice(NICE)
    forget_unconfirmed(now=now())
    reader, idle = ocr(), 0.0
    while idle <= arguments.linger:
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        found = read_next(reader, now=now())
        faulthandler.cancel_dump_traceback_later()
        idle = 0.0 if found else idle + PAUSE
        if not found and arguments.linger:
            time.sleep(PAUSE)
    return 0
