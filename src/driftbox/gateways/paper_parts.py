"""Papers that arrive in pieces: what is there of one is kept until the rest comes, however often the link is cut."""

import errno
import os
import shutil
from pathlib import Path
from typing import Final

from driftbox.domain.errors import BadPaper, Refused

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})  # no room left, or none for us
MAX_PARTS: Final = 400  # papers of one sender that are under way at the same time


def no_room() -> Refused:
    """What is said when the disk is full."""
    return Refused("no_room", "这台机器的盘满了，这一块没有收。前面收到的都在；请先腾出地方，再接着传。")


def free_bytes(folder: Path) -> int:
    """How many bytes are free on the disk where ``folder`` lies."""
    return shutil.disk_usage(folder).free


class PartStore:
    """The beginnings of papers of one sender, as files in a folder under the digest of the whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def has(self, digest: str) -> int:
        """How many bytes of the paper are here."""
        path = self._folder / digest
        return path.stat().st_size if path.exists() else 0

    def add(self, digest: str, offset: int, piece: bytes) -> int:
        """Add a piece where the last one ended and return how much is here now; another offset adds nothing.

        Raises:
            BadPaper: too many papers of this sender are under way.
        Refused: the disk is full; nothing of this piece is kept.
        """
        held = self.has(digest)
        if offset != held:
            return held
        self._folder.mkdir(parents=True, exist_ok=True)
        if not held and sum(1 for _ in self._folder.iterdir()) >= MAX_PARTS:
            raise BadPaper("too_many_parts", "没传完的照片太多了。先等前面的传完，手机里的都还在。")
        path = self._folder / digest
        try:
            with path.open("ab") as file:
                file.write(piece)
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            if path.exists():
                os.truncate(path, held)
            if fault.errno not in FULL:
                raise
            raise no_room() from None
        return self.has(digest)

    def path(self, digest: str) -> Path:
        """The file in which lies what is here of it, for what is too large to be held in memory."""
        return self._folder / digest

    def whole(self, digest: str) -> bytes:
        """Everything that is here of the paper."""
        return (self._folder / digest).read_bytes()

    def drop(self, digest: str) -> None:
        """Forget what is here of the paper; missing is no fault."""
        (self._folder / digest).unlink(missing_ok=True)
