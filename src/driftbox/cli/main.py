"""``driftbox``: one command per chore; each lives in its own file and registers itself here."""

import argparse
import sys
from collections.abc import Callable

from driftbox.cli import clock, erase, ferry, find, labels, log, manage, pack, seed, serve, story

COMMANDS = (serve, manage, seed, story, find, ferry, labels, clock, log, erase, pack)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="driftbox", description="Driftbox 漂流箱")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(subparsers)
    arguments = parser.parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.func
    try:
        return run(arguments)
    except BrokenPipeError:  # the reader of a long output went away
        return 0


if __name__ == "__main__":
    sys.exit(main())
