"""A bundle as bytes: frames compressed with zlib, sealed to the receiver (HPKE, RFC 9180) and signed by the sender.

``DBX1`` · length and head (MessagePack) · Ed25519 signature over both · segments of 64 KiB, each sealed by AES-256-GCM
under a key of this bundle alone; the number of a segment, and whether it is the last, are its nonce, so that none can
be left out, moved or added. Who carries it reads sender, receiver and sizes, and nothing else.
"""

import io
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, BinaryIO, Final

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Meta, Struct

from driftbox.domain.errors import BadBundle, BadPaper
from driftbox.domain.log.codes import Code
from driftbox.domain.log.entry import decode64
from driftbox.domain.sync.frames import VERSION, cut_off
from driftbox.gateways.keys import NodeKeys, wrap_for
from driftbox.gateways.octets import octets

MAGIC: Final = b"DBX1"
SEGMENT: Final = 64 * 1024
TAG: Final = 16
SIGNATURE: Final = 64
MOST_HEAD: Final = 1_024
MOST_PLAIN: Final = 4 * 1024**3  # bytes unpacked; more goes in several bundles
MOST_RATIO: Final = 64  # entries pack about three to one; what unpacks to more than this is a bomb
SLACK: Final = 1024 * 1024
LEVEL: Final = 6


class Head(Struct, frozen=True, kw_only=True, array_like=True):
    """What everybody may read of a bundle: from whom, for whom, its key sealed to the receiver."""

    id: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
    sender: Code
    receiver: Code
    wrapped: Annotated[bytes, Meta(max_length=256)]
    v: int = VERSION


class Receiver(Struct, frozen=True):
    """For whom a bundle is sealed: the node's name and its X25519 public key."""

    node: str
    sealing: bytes


def write_bundle(frames: Iterable[bytes], file: BinaryIO, keys: NodeKeys, receiver: Receiver) -> str:
    """Write ``frames`` as one bundle; returns its id. Holds a segment in memory at a time."""
    key, name = octets(32), octets(16).hex()
    wrapped = wrap_for(receiver.sealing, key, _context(name, keys.node, receiver.node))
    head = msgspec.msgpack.encode(Head(id=name, sender=keys.node, receiver=receiver.node, wrapped=wrapped))
    signed = MAGIC + len(head).to_bytes(2, "big") + head
    file.write(signed + decode64(keys.sign(signed)))
    cipher, held, number = AESGCM(key), bytearray(), 0
    for chunk in _packed(frames):
        held += chunk
        while len(held) > SEGMENT:
            file.write(cipher.encrypt(_nonce(number, last=False), bytes(held[:SEGMENT]), None))
            number += 1
            del held[:SEGMENT]
    file.write(cipher.encrypt(_nonce(number, last=True), bytes(held), None))
    return name


def _packed(frames: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    for frame in frames:
        yield packer.compress(frame)
    yield packer.flush()


def _context(name: str, sender: str, receiver: str) -> str:
    return f"bundle {name} {sender} {receiver}"


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")


def read_head(file: BinaryIO) -> tuple[Head, bytes, bytes]:
    """What everybody may read of a bundle, the bytes that its signature covers, and the signature.

    Raises:
        BadBundle: not a bundle, or one of a newer version.
    """
    start = file.read(6)
    size = int.from_bytes(start[4:6], "big")
    if start[:4] != MAGIC or size > MOST_HEAD:
        raise _no_bundle()
    body, signature = file.read(size), file.read(SIGNATURE)
    if len(signature) < SIGNATURE:
        raise cut_off()
    try:
        head = msgspec.msgpack.decode(body, type=Head)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _no_bundle() from None
    if head.v > VERSION:
        raise BadBundle("bundle_newer", "这个包是新版本做的，本机还读不懂。请先升级再收，包留着别丢。")
    return head, start + body, signature


def open_bundle(file: BinaryIO, size: int, keys: NodeKeys, public_of: Callable[[str], bytes | None]) -> "Opened":
    """Prove who made a bundle of ``size`` bytes and that it is for this node; what is in it is read by and by.

    ``public_of`` gives the Ed25519 public key of a node that is believed, or nothing.

    Raises:
        BadBundle: not a bundle, for another node, of an unknown node, altered.
    """
    head, signed, signature = read_head(file)
    if head.receiver != keys.node:
        raise BadBundle("bundle_not_for_us", "这个包不是给这里的，打不开，原样留着，请带到该去的地方。")
    public = public_of(head.sender)
    if public is None:
        raise BadBundle("bundle_unknown_sender", "不认识做这个包的机器，里面的都没有收。请先在区里登记那台机器。")
    require_signed(public, signature, signed)
    try:
        key = keys.unwrap(head.wrapped, _context(head.id, head.sender, head.receiver))
    except BadPaper:
        raise _altered() from None
    return Opened(head, file, AESGCM(key), size)


def require_signed(public: bytes, signature: bytes, signed: bytes) -> None:
    """Refuse what the node of ``public`` did not sign.

    Raises:
        BadBundle: forged or altered.
    """
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except (InvalidSignature, ValueError):
        raise _altered() from None


class Opened:
    """A bundle whose sender is proved; ``chunks`` reads what is in it, once."""

    def __init__(self, head: Head, file: BinaryIO, cipher: AESGCM, size: int) -> None:
        self.head = head
        self._file, self._cipher = file, cipher
        self.limit = min(MOST_PLAIN, size * MOST_RATIO + SLACK)

    def chunks(self) -> Iterator[bytes]:
        """The frames, unpacked, cut anywhere; never more than ``limit`` bytes.

        Raises:
            BadBundle: altered, cut off, or it unpacks to more than it may.
        """
        unpacker, total = zlib.decompressobj(-zlib.MAX_WBITS), 0
        for segment in self._segments():
            waiting = segment
            while waiting:
                try:
                    plain = unpacker.decompress(waiting, SEGMENT)
                except zlib.error:
                    raise _altered() from None
                total += len(plain)
                if total > self.limit:
                    raise BadBundle(
                        "bundle_too_large", "这个包解开超过 {most} MB，不像我们做的，里面的都没有收。",
                        most=self.limit // 1024**2,
                    )  # fmt: skip
                yield plain
                waiting = unpacker.unconsumed_tail
                if unpacker.eof:
                    break
        yield unpacker.flush()
        if not unpacker.eof or unpacker.unused_data:
            raise cut_off()

    def _segments(self) -> Iterator[bytes]:
        number, sealed = 0, self._file.read(SEGMENT + TAG)
        while True:
            following = self._file.read(SEGMENT + TAG)
            try:
                yield self._cipher.decrypt(_nonce(number, last=not following), sealed, None)
            except (InvalidTag, ValueError):
                raise _altered() if following else cut_off() from None
            if not following:
                return
            number, sealed = number + 1, following


def bundle_bytes(frames: Iterable[bytes], keys: NodeKeys, receiver: Receiver) -> bytes:
    """A small bundle in memory."""
    file = io.BytesIO()
    write_bundle(frames, file, keys, receiver)
    return file.getvalue()


def is_bundle(path: Path) -> bool:
    """Whether a file begins as a bundle does."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _no_bundle() -> BadBundle:
    return BadBundle("bundle_malformed", "这个包读不懂，里面的都没有收。请让对方重新做一个。")


def _altered() -> BadBundle:
    return BadBundle("bundle_altered", "这个包被动过，或者传坏了，里面的都没有收。请再传一次。")
