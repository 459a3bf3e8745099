"""The command line reads the clock here, and nowhere else."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the place where the command line reads the clock
