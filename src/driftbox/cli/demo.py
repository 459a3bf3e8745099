"""``./run demo``: fill the demo, then serve it, in one start of Python because a second one takes a second and a half.

A child fills it: setting type starts threads of its own, which do not survive when the pages are forked off, and a page
that set type after that would wait for them for ever.
"""

import os
import sys

from driftbox.cli.main import main


def fill(days: str) -> int:
    """Fill the demo with so many ``days`` in a child; returns its exit code."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = main(["seed", "demo", "--days", days])
        sys.stdout.flush()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def fill_and_serve(port: str, days: str) -> int:
    """Fill the demo and serve it at ``port`` until Ctrl-C; returns the exit code."""
    return fill(days) or main(["serve", "--port", port])


if __name__ == "__main__":
    sys.exit(fill_and_serve(*sys.argv[1:]))
