"""One process at a time: a lock on a file, which ends with the process that holds it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from driftbox.domain.errors import Refused


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock ``path`` inside.

    Raises:
        Refused: another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("meeting_now", "正在和总站见面，不用再按。等一会儿看结果。") from None
        yield
