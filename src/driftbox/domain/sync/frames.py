"""Inside a bundle 包: frames one after the other, each one byte of kind, four bytes of length (big-endian), its bytes.

The order is fixed, so that a receiver who reads on never meets what it cannot place yet: header, directory, entries,
keys, people, what papers there are, papers themselves, what was refused, end.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from driftbox.domain.errors import BadBundle
from driftbox.domain.log.codes import Code, Digest, Key, MaybeKey

VERSION: Final = 1
HEAD: Final = 5
MOST: Final[dict[bytes, int]] = {
    b"H": 4_096,
    b"D": 16 * 1024 * 1024,
    b"E": 16_384,
    b"K": 512,
    b"W": 8_192,
    b"M": 512,
    b"P": 13 * 1024 * 1024,
    b"X": 128,
    b"N": 128,
    b"R": 256,
    b"Z": 256,
}
ORDER: Final = b"HDEKWMPXNRZ"

Stamp = Annotated[int, Meta(ge=0, le=1 << 62)]
S = TypeVar("S", bound=Struct)
Name = Annotated[str, Meta(pattern=r"^[ -~]{0,60}$")]  # of a media type or an algorithm
Life = Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$")]


class Header(Struct, frozen=True, kw_only=True, array_like=True):
    """What a bundle says of itself.

    ``life``: of the sender's store, another after it was made anew. ``number`` counts what this store ever sent to this
    receiver. It holds all that concerns the receiver from behind ``base`` up to ``upto`` of the sender's table.
    ``peer_life`` and ``ack``: of the receiver's table, the sender has taken everything up to there. ``directory``: the
    version that the sender holds.
    """

    sender: Code
    receiver: Code
    life: Life
    number: Stamp
    base: Stamp
    upto: Stamp
    made_ms: Stamp
    peer_life: Annotated[str, Meta(max_length=16)] = ""
    ack: Stamp = 0
    directory: Stamp = 0
    v: int = VERSION


class KeyFor(Struct, frozen=True, kw_only=True, array_like=True):
    """The key of a docket or person, wrapped for the receiver."""

    context: Key
    algorithm: Name
    wrapped: Annotated[bytes, Meta(max_length=256)]
    made_ms: Stamp


class Who(Struct, frozen=True, kw_only=True, array_like=True):
    """The particulars of a resident, sealed under the person's own key."""

    person: Key
    particulars: Annotated[bytes, Meta(max_length=8_000)]
    made_ms: Stamp


class PaperIs(Struct, frozen=True, kw_only=True, array_like=True):
    """That there is a paper in a docket; its bytes come with it or later. ``size`` in bytes, unsealed."""

    docket: Key
    digest: Digest
    media_type: Name
    size: Stamp
    algorithm: Name
    made_ms: Stamp


class RefusedEntry(Struct, frozen=True, kw_only=True, array_like=True):
    """An entry that the receiver sent and the sender keeps apart, and why. What is not told any more is in."""

    digest: Digest
    code: Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,40}$")]
    docket: MaybeKey = ""
    entry: MaybeKey = ""


class End(Struct, frozen=True, kw_only=True, array_like=True):
    """How many frames came before; a bundle without its end was cut off."""

    frames: Stamp


def frame(kind: bytes, payload: bytes) -> bytes:
    """One frame as it travels."""
    return kind + len(payload).to_bytes(4, "big") + payload


def pack(kind: bytes, value: Struct) -> bytes:
    """One frame that holds ``value``."""
    return frame(kind, msgspec.msgpack.encode(value))


def read(payload: bytes, kind: type[S]) -> S:
    """What is in a frame.

    Raises:
        BadBundle: it is not what its kind says.
    """
    try:
        return msgspec.msgpack.decode(payload, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _rubbish() from None


def closed(frames: Iterable[bytes]) -> Iterator[bytes]:
    """``frames`` and their end."""
    count = 0
    for one in frames:
        count += 1
        yield one
    yield pack(b"Z", End(frames=count))


def _rubbish() -> BadBundle:
    return BadBundle("bundle_malformed", "这个包读不懂，里面的都没有收。请让对方重新做一个。")


def cut_off() -> BadBundle:
    """The refusal of a bundle whose end is missing."""
    return BadBundle("bundle_cut", "这个包不全，里面的都没有收。请再传一次，已经传到的不用重来。")


def read_frames(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The frames in ``chunks`` (bytes cut anywhere), kind and payload; holds one frame in memory at a time.

    Raises:
        BadBundle: an unknown kind, a frame too long, out of order, or the end is missing or wrong.
    """
    held, count, place = bytearray(), 0, 0
    for chunk in chunks:
        held += chunk
        while (size := _whole(held, place)) is not None:
            kind, payload = bytes(held[:1]), bytes(held[HEAD : HEAD + size])
            del held[: HEAD + size]
            place = ORDER.index(kind)
            if kind == b"Z":
                if read(payload, End).frames != count:
                    raise cut_off()
                place = len(ORDER)  # nothing may follow
            count += 1
            yield kind, payload
    if place != len(ORDER) or held:
        raise cut_off()


def _whole(held: bytearray, place: int) -> int | None:
    """The size of the payload of the first frame in ``held``, if it is there whole."""
    if not held:
        return None
    kind = bytes(held[:1])
    if ORDER.find(kind) < place:
        raise _rubbish()
    if len(held) < HEAD:
        return None
    size = int.from_bytes(held[1:HEAD], "big")
    if size > MOST[kind]:
        raise _rubbish()
    return size if len(held) >= HEAD + size else None
