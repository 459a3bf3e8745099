"""Makers of rosters 排班: a Protocol, and the plain one of our own that is there when no solver is installed.

The real maker is ``gateways/roster_cpsat.py``; it needs the extra ``planning``.
"""

from importlib.util import find_spec
from typing import Protocol

from driftbox.domain.planning.roster import Duty, Task, plain_roster


class RosterMaker(Protocol):
    """Makes a roster in a given time; what cannot be staffed it leaves open and breaks no rule for it."""

    name: str

    def make(self, task: Task, seconds: float) -> tuple[Duty, ...]:
        """The duties for ``task``, those it keeps among them."""
        ...


class PlainRosterMaker:
    """Goes shift by shift and never looks back: at once, but it may leave open what a search would have filled."""

    name = "plain"

    def make(self, task: Task, seconds: float) -> tuple[Duty, ...]:  # noqa: ARG002 - it is done at once
        """See the Protocol."""
        return plain_roster(task)


def is_installed() -> bool:
    """Whether the solver of the extra ``planning`` is installed; found without loading it."""
    return find_spec("ortools") is not None
