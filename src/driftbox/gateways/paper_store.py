"""Where sealed papers lie: content-addressed by the digest of their ciphertext."""

import os
from pathlib import Path
from typing import Protocol

from driftbox.domain.errors import BadPaper
from driftbox.domain.log.entry import digest_of


class PaperStore(Protocol):
    """Keeps ciphertext by digest."""

    def put(self, sealed: bytes) -> str: ...
    def get(self, digest: str) -> bytes: ...
    def has(self, digest: str) -> bool: ...
    def drop(self, digest: str) -> None: ...


class FolderStore:
    """Papers as files in a folder, written whole or not at all. ``hasty``: without waiting for the disk, for what may
    be lost with the machine's power.
    """

    def __init__(self, folder: Path, *, hasty: bool = False) -> None:
        self._folder, self._hasty = folder, hasty

    def put(self, sealed: bytes) -> str:
        """Keep ``sealed`` and return its digest; unless in haste, the bytes are on the disk before this returns."""
        digest = digest_of(sealed)
        path = self._path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        with fresh.open("wb") as file:
            file.write(sealed)
            if not self._hasty:
                file.flush()
                os.fsync(file.fileno())
        fresh.replace(path)
        if not self._hasty:
            _settle(path.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """The ciphertext of ``digest``.

        Raises:
            BadPaper: not here (yet), or altered on the disk.
        """
        path = self._path(digest)
        if not path.exists():
            raise BadPaper("not_here_yet", "这份材料还没有传到这里，晚些再看。")
        sealed = path.read_bytes()
        if digest_of(sealed) != digest:
            raise BadPaper("altered", "这份材料被动过，或者钥匙不对，打不开。")
        return sealed

    def has(self, digest: str) -> bool:
        """Whether there is something under ``digest``; whether it is whole, only reading tells."""
        return self._path(digest).exists()

    def drop(self, digest: str) -> None:
        """Take the ciphertext of ``digest`` away; missing is no fault."""
        self._path(digest).unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _settle(folder: Path) -> None:
    """Bring a new name in ``folder`` onto the disk; Windows does so by itself and cannot open a folder."""
    if os.name != "nt":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class MemoryStore:
    """Papers in memory, for tests and for the bench."""

    def __init__(self) -> None:
        self._papers: dict[str, bytes] = {}

    def put(self, sealed: bytes) -> str:
        """Keep ``sealed`` and return its digest."""
        digest = digest_of(sealed)
        self._papers[digest] = sealed
        return digest

    def get(self, digest: str) -> bytes:
        """The ciphertext of ``digest``.

        Raises:
            BadPaper: not here.
        """
        if digest not in self._papers:
            raise BadPaper("not_here_yet", "这份材料还没有传到这里，晚些再看。")
        return self._papers[digest]

    def has(self, digest: str) -> bool:
        """Whether there is something under ``digest``."""
        return digest in self._papers

    def drop(self, digest: str) -> None:
        """Take the ciphertext of ``digest`` away; missing is no fault."""
        self._papers.pop(digest, None)
