"""``driftbox``: one command per chore; each lives in its own file and registers itself here."""

import argparse
import sys
from collections.abc import Callable

from django.db import OperationalError
from django.utils.translation import override

from driftbox.apps.pack import pack_as_of
from driftbox.apps.packdesk.queries import changes_if_any
from driftbox.cli import (
    calls,
    clock,
    custody,
    dispatch,
    erase,
    ferry,
    figures,
    find,
    labels,
    log,
    manage,
    node,
    pack,
    read,
    rounds,
    seed,
    serve,
    simulate,
    story,
)
from driftbox.cli.clock_now import now
from driftbox.cli.options import add_language, language_of
from driftbox.domain.errors import DriftboxError
from driftbox.gateways.sentences import sentence_of

COMMANDS = (
    calls,
    serve,
    read,
    rounds,
    dispatch,
    manage,
    node,
    seed,
    simulate,
    story,
    find,
    figures,
    ferry,
    labels,
    custody,
    clock,
    log,
    erase,
    pack,
)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="driftbox", description="Driftbox 漂流箱")
    add_language(parser)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(subparsers)
    arguments = parser.parse_args(argv)
    run: Callable[[argparse.Namespace], int] = arguments.func
    try:
        with override("en" if language_of(arguments) == "en" else "zh-hans"):
            return _told(run, arguments)
    except BrokenPipeError:  # the reader of a long output went away
        return 0


def _told(run: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Run the command; what it refuses becomes a sentence on stderr and exit code 2."""
    try:
        with pack_as_of(now(), changes_if_any):
            return run(arguments)
    except DriftboxError as refusal:
        sys.stderr.write(f"{sentence_of(refusal)}\n")
        return 2
    except OperationalError as fault:  # the disk is full, or somebody else writes for too long; it was undone
        sys.stderr.write(f"写不了，什么都没丢 Cannot write, nothing was lost: {fault}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
