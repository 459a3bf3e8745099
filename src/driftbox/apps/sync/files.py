"""Bundles as files, for a ferry, a floppy or a phone that carries what it cannot read."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from driftbox.apps.node import keys, sync_folder
from driftbox.apps.sync.peers import public_of
from driftbox.apps.sync.sending import Made, write_for
from driftbox.apps.sync.taking import Outcome, take_bundle
from driftbox.domain.errors import BadBundle
from driftbox.domain.log.entry import decode64, digest_of
from driftbox.domain.sync.pieces import MAGIC, Piece, missing, read_piece, split
from driftbox.gateways.bundle import require_signed
from driftbox.gateways.piece_store import PieceStore

PAPERS_BYTES: Final = 256 * 1024 * 1024  # of papers that ride in one file
LARGEST_PIECE: Final = 64 * 1024 * 1024


class Written(Struct, frozen=True):
    """A bundle that was written: what is in it, and the files that make it up, with their sizes in bytes."""

    made: Made
    files: tuple[tuple[Path, int], ...]


class Took(Struct, frozen=True):
    """What came of one file: a bundle taken in, or how many pieces of its bundle are still missing."""

    outcome: Outcome | None
    missing: tuple[int, ...] = ()


def write_file(
    name: str, path: Path, *, now: datetime, piece_bytes: int = 0, papers_bytes: int = PAPERS_BYTES
) -> Written:
    """Write everything that the node ``name`` lacks to ``path``, or to pieces beside it, ``path.001`` and so on.

    Raises:
        NotFound: no such node, or it was revoked.
        BadBundle: the pieces would be too small.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with fresh.open("wb") as file:
            made = write_for(name, file, papers_bytes=papers_bytes, now=now)
            file.flush()
            os.fsync(file.fileno())
        if not piece_bytes:
            size = fresh.stat().st_size
            fresh.replace(path)
            return Written(made, ((path, size),))
        return Written(made, tuple(_pieces(fresh.read_bytes(), path, made, piece_bytes)))
    finally:
        fresh.unlink(missing_ok=True)


def _pieces(bundle: bytes, path: Path, made: Made, piece_bytes: int) -> Iterator[tuple[Path, int]]:
    says = Piece(bundle=digest_of(bundle), sender=keys().node, receiver=made.peer, index=0, count=1, size=0)
    for number, piece in enumerate(split(bundle, says, piece_bytes, lambda data: decode64(keys().sign(data))), start=1):
        beside = path.with_name(f"{path.name}.{number:03d}")
        beside.write_bytes(piece)
        yield beside, len(piece)


def take_file(path: Path, *, now: datetime) -> Took:
    """Take in a bundle, or one piece of one; the last piece takes the bundle in.

    Raises:
        BadBundle: altered, cut off, foreign, for another node; nothing of it was taken in.
    """
    with path.open("rb") as file:
        if file.read(len(MAGIC)) == MAGIC:
            return _take_piece(path, now)
        file.seek(0)
        return Took(take_bundle(file, path.stat().st_size, now=now))


def _take_piece(path: Path, now: datetime) -> Took:
    if path.stat().st_size > LARGEST_PIECE:
        raise BadBundle(
            "piece_too_large", "这一块超过 {most} MB，不像我们做的，没有收。", most=LARGEST_PIECE // 1024**2
        )
    read = read_piece(path.read_bytes())
    says = read.says
    if says.receiver != keys().node:
        raise BadBundle("bundle_not_for_us", "这个包不是给这里的，打不开，原样留着，请带到该去的地方。")
    public = public_of(says.sender)
    if public is None:
        raise BadBundle("bundle_unknown_sender", "不认识做这个包的机器，里面的都没有收。请先在区里登记那台机器。")
    require_signed(public, read.signature, read.signed)
    store = piece_store()
    lacking = missing(says.count, store.keep(says, read.payload))
    if lacking:
        return Took(None, lacking)
    whole = store.join(says)
    try:
        with whole.open("rb") as file:
            outcome = take_bundle(file, whole.stat().st_size, now=now)
    finally:
        store.drop(says.bundle)
    return Took(outcome)


def piece_store() -> PieceStore:
    """Where pieces lie until their bundle is whole."""
    return PieceStore(sync_folder() / "pieces")
