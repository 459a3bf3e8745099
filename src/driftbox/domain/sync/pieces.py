"""A bundle cut into pieces 分块 of a chosen size: for a floppy, a slow link, a code to be scanned. Each can be proved
by itself, they may come in any order and more than once, and none fits into another bundle.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from driftbox.domain.errors import BadBundle
from driftbox.domain.log.codes import Code, Digest

MAGIC: Final = b"DBXP"
MOST_PIECES: Final = 100_000
MOST_HEAD: Final = 512
SIGNATURE: Final = 64
LEAST_BYTES: Final = 512  # of a piece, so that its head takes less than half


class Piece(Struct, frozen=True, kw_only=True, array_like=True):
    """What a piece says of itself: of which bundle (digest, size in bytes), from whom for whom, which of how many."""

    bundle: Digest
    sender: Code
    receiver: Code
    index: Annotated[int, Meta(ge=0, lt=MOST_PIECES)]
    count: Annotated[int, Meta(ge=1, le=MOST_PIECES)]
    size: Annotated[int, Meta(ge=0, le=1 << 40)]


class Read(Struct, frozen=True):
    """A piece as it was read: what it says, what is in it, and what its signature must cover."""

    says: Piece
    payload: bytes
    signed: bytes
    signature: bytes


def split(bundle: bytes, piece: Piece, piece_bytes: int, sign: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """``bundle`` in pieces of at most ``piece_bytes``; index, count and size of ``piece`` are filled in.

    Raises:
        BadBundle: pieces so small would be too many, or nothing but heads.
    """
    room = piece_bytes - len(MAGIC) - 2 - MOST_HEAD // 2 - SIGNATURE
    count = -(-len(bundle) // room) if room > 0 else MOST_PIECES + 1
    if piece_bytes < LEAST_BYTES or count > MOST_PIECES:
        raise BadBundle("piece_too_small", "块太小，切不了。每块至少 {least} 字节。", least=LEAST_BYTES)
    for index in range(max(count, 1)):
        payload = bundle[index * room : (index + 1) * room]
        says = msgspec.structs.replace(piece, index=index, count=max(count, 1), size=len(bundle))
        head = msgspec.msgpack.encode(says)
        signed = MAGIC + len(head).to_bytes(2, "big") + head + payload
        yield signed + sign(signed)


def read_piece(data: bytes) -> Read:
    """A piece as it travels; the caller verifies its signature.

    Raises:
        BadBundle: not a piece.
    """
    size = int.from_bytes(data[4:6], "big")
    if data[:4] != MAGIC or size > MOST_HEAD or len(data) < 6 + size + SIGNATURE:
        raise _not_a_piece()
    try:
        says = msgspec.msgpack.decode(data[6 : 6 + size], type=Piece)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _not_a_piece() from None
    if says.index >= says.count:
        raise _not_a_piece()
    return Read(says, data[6 + size : -SIGNATURE], data[:-SIGNATURE], data[-SIGNATURE:])


def missing(count: int, have: Sequence[int]) -> tuple[int, ...]:
    """Which pieces of ``count`` are not there yet."""
    return tuple(sorted(set(range(count)) - set(have)))


def join(count: int, payloads: Mapping[int, bytes]) -> bytes | None:
    """The bundle, once all its pieces are there."""
    return None if missing(count, list(payloads)) else b"".join(payloads[index] for index in range(count))


def _not_a_piece() -> BadBundle:
    return BadBundle("bundle_malformed", "这个包读不懂，里面的都没有收。请让对方重新做一个。")
