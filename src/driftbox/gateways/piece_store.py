"""Pieces of bundles on the disk until all of them are there: each proved before it is kept, in any order."""

import os
import shutil
from pathlib import Path
from typing import Final

from driftbox.domain.errors import BadBundle
from driftbox.domain.sync.pieces import Piece

MOST_UNDER_WAY: Final = 64  # bundles of which some pieces are here
WHOLE: Final = "whole"


class PieceStore:
    """A folder for every bundle that is under way, by its digest; a file for every piece."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, says: Piece, payload: bytes) -> list[int]:
        """Keep one piece; returns which are here now.

        Raises:
            BadBundle: too many bundles are under way.
        """
        folder = self._folder / says.bundle
        if not folder.exists():
            if self._folder.exists() and sum(1 for _ in self._folder.iterdir()) >= MOST_UNDER_WAY:
                raise BadBundle("too_many_bundles", "没收全的包太多了，这一块没有收。请先把前面的收全。")
            folder.mkdir(parents=True)
        path = folder / str(says.index)
        if not path.exists():
            fresh = path.with_suffix(f".{os.getpid()}.new")
            with fresh.open("wb") as file:
                file.write(payload)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        return self.here(says.bundle)

    def here(self, bundle: str) -> list[int]:
        """Which pieces of a bundle are here."""
        folder = self._folder / bundle
        names = (path.name for path in folder.iterdir()) if folder.exists() else ()
        return sorted(int(name) for name in names if name.isdigit())

    def join(self, says: Piece) -> Path:
        """The bundle as one file; the caller knows that all pieces are here."""
        folder = self._folder / says.bundle
        whole = folder / WHOLE
        with whole.open("wb") as file:
            for index in range(says.count):
                file.write((folder / str(index)).read_bytes())
        return whole

    def drop(self, bundle: str) -> None:
        """Forget the pieces of a bundle; missing is no fault."""
        shutil.rmtree(self._folder / bundle, ignore_errors=True)

    def under_way(self) -> list[str]:
        """The bundles of which some pieces are here."""
        return sorted(path.name for path in self._folder.iterdir()) if self._folder.exists() else []
