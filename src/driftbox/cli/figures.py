"""``driftbox figures``: take in what is new in the log; ``--recount`` counts everything again."""

import argparse
import sys
from typing import Any

from driftbox.apps.figures.actions import catch_up, recount
from driftbox.apps.words.misses import forget_marks
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare


def register(subparsers: Any) -> None:
    """Add the command."""
    figures = subparsers.add_parser("figures", help="take into the figures what is new in the log")
    figures.add_argument("--recount", action="store_true", help="count everything again, after a change of the pack")
    figures.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Bring the figures up to the log; forget marks that are not needed any more."""
    prepare()
    done = recount() if arguments.recount else catch_up()
    forget_marks(now().date())
    sys.stdout.write(f"数里新算进 {done} 条 Took {done} entries into the figures\n")
    return 0
