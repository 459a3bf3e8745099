"""Papers that arrive in pieces: what is there of one is kept until the rest comes, however often the link is cut."""

import os
from pathlib import Path
from typing import Final

from driftbox.domain.errors import BadPaper

MAX_PARTS: Final = 400  # papers of one sender that are under way at the same time


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
        """
        held = self.has(digest)
        if offset != held:
            return held
        self._folder.mkdir(parents=True, exist_ok=True)
        if not held and sum(1 for _ in self._folder.iterdir()) >= MAX_PARTS:
            raise BadPaper("too_many_parts", "没传完的照片太多了。先等前面的传完，手机里的都还在。")
        with (self._folder / digest).open("ab") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        return held + len(piece)

    def whole(self, digest: str) -> bytes:
        """Everything that is here of the paper."""
        return (self._folder / digest).read_bytes()

    def drop(self, digest: str) -> None:
        """Forget what is here of the paper; missing is no fault."""
        (self._folder / digest).unlink(missing_ok=True)
