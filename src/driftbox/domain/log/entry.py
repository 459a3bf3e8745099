"""The entry 条目: one signed fact, its canonical bytes (RFC 8785) and its digest (SHA-256)."""

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec
from msgspec import Raw, Struct, field, structs

from driftbox.domain.errors import BadEntry
from driftbox.domain.log.ids import id_millis, is_id, millis

VERSION = 1
MAX_BYTES = 16_384  # entries fit a satellite link; what is longer belongs in a paper
ALGORITHMS = frozenset({"ed25519", "p256"})  # p256: ECDSA over SHA-256, for phones whose browser has only that


class Body(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one kind of entry says: codes, places, counts and digests. No free text, no particulars, no floats."""


class Entry(Struct, frozen=True, kw_only=True):
    """One signed fact.

    ``by`` did it in ``role`` on behalf of ``for_``; ``recorder`` typed it when that was somebody else.
    An empty ``by`` means that the person was not identified (a depositor without an account).
    ``at`` is when it happened, if that differs from when it was recorded (RFC 3339, UTC, whole seconds).
    ``prev`` is the digest of the node's previous entry in this docket, empty for its first.
    """

    id: str
    docket: str
    kind: str
    by: str
    role: str
    node: str
    body: Body
    at: str = ""
    for_: str = ""
    recorder: str = ""
    prev: str = ""
    alg: str = "ed25519"
    v: int = VERSION

    @property
    def recorded_ms(self) -> int:
        """When it was recorded: milliseconds since 1970 UTC."""
        return id_millis(self.id)

    @property
    def happened_ms(self) -> int:
        """When it happened: milliseconds since 1970 UTC."""
        return moment_millis(self.at) if self.at else id_millis(self.id)


class _Wire(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The envelope as it travels; the body is read by its kind afterwards."""

    id: str
    docket: str
    kind: str
    by: str
    role: str
    node: str
    body: Raw
    alg: str
    v: int
    at: str = ""
    for_: str = field(default="", name="for")
    recorder: str = ""
    prev: str = ""
    sig: str = ""


_PERSON = re.compile(r"[A-Za-z0-9._:-]{0,36}")
_ROLE = re.compile(r"[A-Za-z0-9._-]{1,20}")
_NODE = re.compile(r"[A-Za-z0-9._:-]{1,40}")
_CAUSE = re.compile(r"([A-Za-z0-9_-]{43})?")
_decode_wire = msgspec.json.Decoder(_Wire).decode
_encode = msgspec.json.Encoder(order="sorted").encode


def moment_text(moment: datetime) -> str:
    """An aware moment as the text an entry carries: RFC 3339, UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment_millis(text: str) -> int:
    """Milliseconds since 1970 UTC of the text an entry carries.

    Raises:
        BadEntry: when the text is not such a moment.
    """
    try:
        return millis(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC))
    except ValueError:
        raise BadEntry("bad_moment", "这一条写的时间看不懂，先放一边，等人看过再说。") from None


def encode64(data: bytes) -> str:
    """Bytes as base64url without padding, the form of digests and signatures in entries."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode64(text: str) -> bytes:
    """Bytes of base64url text without padding.

    Raises:
        BadEntry: when the text is not base64url.
    """
    try:
        return base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise BadEntry("bad_base64", "这一条的签名写坏了，先放一边，等人看过再说。") from None


def digest_of(data: bytes) -> str:
    """SHA-256 of ``data`` as base64url: how papers and entries are referred to."""
    return encode64(hashlib.sha256(data).digest())


@cache
def _defaults(kind: type[Struct]) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in structs.fields(kind))


def slim(value: Any) -> Any:
    """A body as canonical data: a field that equals its default is never written, so a fact has one spelling.

    msgspec's own ``omit_defaults`` asks for identity, not equality, and would spell one fact in two ways.
    """
    if isinstance(value, Struct):
        pairs = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))
        return {name: slim(held) for name, held, default in pairs if held != default}
    if isinstance(value, tuple):
        return [slim(one) for one in value]
    return value


def _fields(entry: Entry) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "alg": entry.alg,
        "body": slim(entry.body),
        "by": entry.by,
        "docket": entry.docket,
        "id": entry.id,
        "kind": entry.kind,
        "node": entry.node,
        "role": entry.role,
        "v": entry.v,
    }
    optional = {"at": entry.at, "for": entry.for_, "prev": entry.prev, "recorder": entry.recorder}
    fields.update((name, value) for name, value in optional.items() if value)
    return fields


def unsigned_bytes(entry: Entry) -> bytes:
    """The canonical bytes that are signed and digested: JSON as RFC 8785 has it, without the signature."""
    return _encode(_fields(entry))


def signed_bytes(entry: Entry, signature: str) -> bytes:
    """The canonical bytes as they are stored and travel."""
    return _encode(_fields(entry) | {"sig": signature})


class Signed(Struct, frozen=True):
    """An entry as it is stored and travels, and its digest."""

    raw: bytes
    digest: str


def sign_entry(entry: Entry, sign: Callable[[bytes], str]) -> Signed:
    """Sign ``entry``; ``sign`` makes the signature (base64url) of the canonical bytes."""
    fields = _fields(entry)
    unsigned = _encode(fields)
    return Signed(_encode(fields | {"sig": sign(unsigned)}), digest_of(unsigned))


class Sealed(Struct, frozen=True):
    """A decoded entry with the bytes its signature covers, that signature, and its digest."""

    entry: Entry
    unsigned: bytes
    signature: bytes
    digest: str


def decode_entry(raw: bytes, bodies: Mapping[str, msgspec.json.Decoder[Body]]) -> Sealed:
    """Read one entry strictly; its signature is not verified here.

    Raises:
        BadEntry: malformed, too long, unknown kind, field, version or algorithm, or not in canonical form.
    """
    if len(raw) > MAX_BYTES:
        raise BadEntry("too_long", "这一条太长，不像我们记的，先放一边，等人看过再说。")
    try:
        wire = _decode_wire(raw)
        _refuse_foreign(wire, bodies)
        entry = _entry_of(wire, bodies)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BadEntry("malformed", "这一条读不懂，先放一边，等人看过再说。") from None
    if wire.at:
        moment_millis(wire.at)
    if signed_bytes(entry, wire.sig) != raw:  # two spellings of one fact would have two digests
        raise BadEntry("not_canonical", "这一条的写法不规范，先放一边，等人看过再说。")
    unsigned = unsigned_bytes(entry)
    return Sealed(entry, unsigned, decode64(wire.sig), digest_of(unsigned))


def read_entry(raw: bytes, bodies: Mapping[str, msgspec.json.Decoder[Body]]) -> Entry:
    """Read one entry that was checked when it was stored; ``decode_entry`` is for everything else."""
    return _entry_of(_decode_wire(raw), bodies)


def _entry_of(wire: _Wire, bodies: Mapping[str, msgspec.json.Decoder[Body]]) -> Entry:
    return Entry(
        id=wire.id, docket=wire.docket, kind=wire.kind, by=wire.by, role=wire.role, node=wire.node,
        body=bodies[wire.kind].decode(wire.body), at=wire.at, for_=wire.for_, recorder=wire.recorder,
        prev=wire.prev, alg=wire.alg, v=wire.v,
    )  # fmt: skip


def _has_names(wire: _Wire) -> bool:
    """Whether persons, role, node and cause are what can be written down as such."""
    persons = all(_PERSON.fullmatch(one) for one in (wire.by, wire.for_, wire.recorder))
    return bool(persons and _ROLE.fullmatch(wire.role) and _NODE.fullmatch(wire.node) and _CAUSE.fullmatch(wire.prev))


def _refuse_foreign(wire: _Wire, bodies: Mapping[str, msgspec.json.Decoder[Body]]) -> None:
    if wire.v > VERSION:
        raise BadEntry("newer_version", "这一条是新版本写的，本机还读不懂，先存着，升级后再收。")
    if wire.v < 1 or wire.alg not in ALGORITHMS or not is_id(wire.id) or not is_id(wire.docket) or not _has_names(wire):
        raise BadEntry("malformed", "这一条读不懂，先放一边，等人看过再说。")
    if wire.kind not in bodies:
        raise BadEntry("unknown_kind", "没有“{kind}”这一种条目，先放一边，等人看过再说。", kind=wire.kind[:60])
