"""A node's keys: it signs with Ed25519, is sealed to with X25519 (HPKE, RFC 9180), and finds by HMAC-SHA256.

A phone signs with ECDSA over P-256 and SHA-256 (FIPS 186-5), as its browser's WebCrypto does: r and s, 32 bytes each.
"""

import hashlib
import hmac
import os
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from driftbox.domain.errors import BadEntry, BadPaper
from driftbox.domain.log.entry import digest_of, encode64
from driftbox.domain.log.ids import CHANCE_BITS
from driftbox.gateways.octets import octets

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
WRAP_ALGORITHM = "hpke-x25519-hkdf-sha256-aes256gcm"
SEAL_ALGORITHM = "aes-256-gcm"
_NONCE = 12
_HALF = 32  # bytes of r and of s in a P-256 signature

PublicKey = Ed25519PublicKey | EllipticCurvePublicKey


class Keys(Protocol):
    """What the house needs of a node's keys."""

    @property
    def node(self) -> str: ...
    def sign(self, data: bytes) -> str: ...
    def wrap(self, key: bytes, context: str) -> bytes: ...
    def unwrap(self, wrapped: bytes, context: str) -> bytes: ...
    def blind(self, purpose: str, value: str) -> str: ...


class NodeKeys:
    """Keys held in memory; ``load_keys`` reads them from a folder, ``fresh_keys`` makes new ones."""

    def __init__(self, signing: bytes, sealing: bytes, index: bytes) -> None:
        self._signing = Ed25519PrivateKey.from_private_bytes(signing)
        self._sealing = X25519PrivateKey.from_private_bytes(sealing)
        self._index = index
        self.public = self._signing.public_key().public_bytes_raw()
        self.node = node_name(self.public)
        self.sealing = self._sealing.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> str:
        """The Ed25519 signature over ``data``, as entries carry it."""
        return encode64(self._signing.sign(data))

    def wrap(self, key: bytes, context: str) -> bytes:
        """Seal a docket key to this node; ``context`` (the docket) is bound to it."""
        return _SUITE.encrypt(key, self._sealing.public_key(), context.encode())

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """Open a docket key sealed to this node.

        Raises:
            BadPaper: the bytes were not sealed to this node for this docket.
        """
        try:
            return _SUITE.decrypt(wrapped, self._sealing, context.encode())
        except (InvalidTag, ValueError):
            raise BadPaper("not_for_us", "这份材料不是封给这里的，打不开。") from None

    def blind(self, purpose: str, value: str) -> str:
        """A blind index: finds equal values of one purpose without saying what they are."""
        return hmac.new(self._index, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def wrap_for(sealing: bytes, key: bytes, context: str) -> bytes:
    """Seal a key to another node, by its X25519 public key; ``context`` is bound to it.

    Raises:
        BadPaper: that is no such key.
    """
    try:
        return _SUITE.encrypt(key, X25519PublicKey.from_public_bytes(sealing), context.encode())
    except ValueError:
        raise BadPaper("no_sealing_key", "那台机器没有收件的钥匙，封不了给它的东西。请先让区里登记它。") from None


def node_name(public: bytes) -> str:
    """The name of a node: the first 22 characters of its key's digest (132 bits), prefixed so that it is a code."""
    return "n" + digest_of(public)[:22].replace("-", ".").replace("_", ":")


def fresh_keys() -> NodeKeys:
    """New keys."""
    return NodeKeys(octets(32), octets(32), octets(32))


def load_keys(folder: Path) -> NodeKeys:
    """The node's keys in ``folder``, made on first use; the files are readable by their owner alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return NodeKeys(*(_secret(folder / name) for name in ("signing.key", "sealing.key", "index.key")))


def _secret(path: Path) -> bytes:
    if not path.exists():
        fresh = path.with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(octets(32))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return path.read_bytes()


def read_public(alg: str, public: bytes) -> PublicKey:
    """A public signing key: 32 bytes for ``ed25519``, the uncompressed point of 65 bytes for ``p256``.

    Raises:
        BadEntry: no such key, or an algorithm that is not ours.
    """
    try:
        if alg == "p256" and len(public) == 1 + 2 * _HALF:
            return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public)
        if alg == "ed25519":
            return Ed25519PublicKey.from_public_bytes(public)
    except ValueError:
        pass
    raise BadEntry("bad_key", "这把钥匙读不懂，没有登记。请在那台机器上重新生成登记申请。")


def verify(public: PublicKey, signature: bytes, data: bytes) -> None:
    """Check one signature with the key's own algorithm.

    Raises:
        BadEntry: forged, altered, or signed with another key.
    """
    try:
        if isinstance(public, Ed25519PublicKey):
            public.verify(signature, data)
        else:
            public.verify(_der(signature), data, ECDSA(SHA256()))
    except InvalidSignature:
        raise BadEntry("forged", "这一条的签名对不上，可能被改过，先放一边，等人看过再说。") from None


def algorithm_of(public: PublicKey) -> str:
    """What an entry signed with the key behind ``public`` has to say in ``alg``."""
    return "ed25519" if isinstance(public, Ed25519PublicKey) else "p256"


def _der(signature: bytes) -> bytes:
    """A signature as WebCrypto writes it (r and s) in the form that the library reads (RFC 3279, DER)."""
    if len(signature) != 2 * _HALF:
        raise InvalidSignature
    return encode_dss_signature(int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:]))


def new_key() -> bytes:
    """A fresh 256-bit docket key."""
    return octets(32)


def chance() -> int:
    """62 random bits for an entry id."""
    return int.from_bytes(octets(8)) >> (64 - CHANCE_BITS)


def seal(key: bytes, content: bytes, context: str) -> bytes:
    """Encrypt ``content`` under a docket key with AES-256-GCM; ``context`` is bound to it. Nonce first."""
    nonce = octets(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """Decrypt what ``seal`` made.

    Raises:
        BadPaper: another key, another context, or altered bytes.
    """
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode())
    except (InvalidTag, ValueError):
        raise BadPaper("altered", "这份材料被动过，或者钥匙不对，打不开。") from None
