"""Timetables that were adopted, kept by the digest of their bytes: a fact names a feed that is still there to read."""

import io
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from driftbox.domain.log.entry import digest_of
from driftbox.gateways.gtfs_source import BadFeed

ZIP_LIMIT: Final = 256 * 1024 * 1024  # bytes of a feed as it comes, packed


class FeedStore:
    """Feeds in a folder, one zip each, named by its digest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path) -> str:
        """Keep the feed in ``path``, a folder or a zip; returns its digest. Doing it again changes nothing.

        Raises:
            BadFeed: it cannot be read, or is too large.
        """
        try:
            content = _packed(path) if path.is_dir() else _whole(path)
        except OSError as error:
            raise BadFeed(path.name, 0, "打不开，要一个文件夹或 zip 文件") from error
        digest = digest_of(content)
        target = self._folder / f"{digest}.zip"
        if not target.exists():
            self._folder.mkdir(parents=True, exist_ok=True)
            draft = target.with_suffix(".part")
            draft.write_bytes(content)
            draft.replace(target)
        return digest

    def find(self, digest: str) -> Path | None:
        """Where the feed with that digest lies; None: this node does not have it."""
        path = self._folder / f"{digest}.zip"
        return path if path.is_file() else None


def _whole(path: Path) -> bytes:
    if path.stat().st_size > ZIP_LIMIT:
        raise BadFeed(path.name, 0, "有 {size} 字节，太大了", size=path.stat().st_size)
    return path.read_bytes()


def _packed(folder: Path) -> bytes:
    """The tables of a folder as a zip whose bytes depend on nothing but them."""
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        for path in sorted(folder.glob("*.txt")):
            packed.writestr(ZipInfo(path.name), path.read_bytes(), ZIP_DEFLATED)
    return held.getvalue()
