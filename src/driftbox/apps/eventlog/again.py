"""Do once more what a database undid because two waited for one another: nothing of it was written."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.db import OperationalError, connection

TRIES: Final = 5
UNDONE: Final = frozenset({"40P01", "40001"})  # PostgreSQL: deadlock_detected, serialization_failure
BUSY: Final = frozenset({"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED"})
_Done = TypeVar("_Done")


def until_done(act: Callable[[], _Done], tries: int = TRIES) -> _Done:
    """What ``act`` returns, which is a transaction of its own; tried ``tries`` times at most while others are in the
    way. Inside another transaction it is tried once, because that one is undone as a whole.

    Raises:
        OperationalError: still in the way the last time, or another fault of the database.
    """
    left = 1 if is_inside() else tries
    while True:
        try:
            return act()
        except OperationalError as fault:
            left -= 1
            if not left or not is_passing(fault):
                raise


def is_inside() -> bool:
    """Whether a transaction is open already."""
    return connection.in_atomic_block


def is_passing(fault: OperationalError) -> bool:
    """Whether the same may well succeed the next time."""
    cause = fault.__cause__
    return getattr(cause, "sqlstate", None) in UNDONE or getattr(cause, "sqlite_errorname", None) in BUSY
