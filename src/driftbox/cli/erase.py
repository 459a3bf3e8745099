"""``driftbox erase DOCKET``: destroy a docket's key, which erases what was said and leaves what was done."""

import argparse
import sys
from typing import Any

from driftbox.apps.papers.actions import destroy_key
from driftbox.apps.petitions.alike import forget_marks
from driftbox.apps.sittings.recordings import destroy_all_of
from driftbox.cli.clock_now import now


def register(subparsers: Any) -> None:
    """Add the command."""
    erase = subparsers.add_parser("erase", help="destroy the key of a docket; cannot be undone")
    erase.add_argument("docket")
    erase.add_argument("--yes", action="store_true", help="without this, only says what would happen")
    erase.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Destroy the key, if ``--yes`` was said."""
    if not arguments.yes:
        sys.stdout.write("写过的话会永远打不开。确定就加 --yes。What was said would be erased for good; add --yes.\n")
        return 2
    destroy_key(arguments.docket, now=now())
    forget_marks(arguments.docket)
    destroy_all_of(arguments.docket, now=now())
    return 0
