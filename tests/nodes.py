"""Nodes of the tests, and what they sign: an island's hub, a station, a stranger, and a phone with a P-256 key."""

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import structs
from tests.apps.conftest import EVENING
from tests.cast import story

from driftbox.apps.eventlog.nodes import NewNode, believe
from driftbox.domain.log.entry import encode64, sign_entry
from driftbox.gateways.keys import fresh_keys, node_name

ISLAND, STATION, STRANGER = fresh_keys(), fresh_keys(), fresh_keys()


class PhoneKeys:
    """Signs as WebCrypto does: ECDSA over P-256, r and s in 32 bytes each."""

    alg = "p256"

    def __init__(self):
        self._key = generate_private_key(SECP256R1())
        self.public = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.node = node_name(self.public)

    def sign(self, data):
        r, s = decode_dss_signature(self._key.sign(data, ECDSA(SHA256())))
        return encode64(r.to_bytes(32) + s.to_bytes(32))


PHONE = PhoneKeys()


def believe_node(keys, **more):
    """Believe a node of the tests."""
    said = {"role": "station", "alg": getattr(keys, "alg", "ed25519")} | more
    believe(NewNode(name=keys.node, public=keys.public, **said), now=EVENING)


def believe_all():
    """Believe the island and the station."""
    believe_node(ISLAND)
    believe_node(STATION)


def chained(entries, keys, prev=""):
    """The entries signed by one node, each following the one before; as they travel."""
    signed = []
    for entry in entries:
        one = structs.replace(entry, node=keys.node, prev=prev, alg=getattr(keys, "alg", "ed25519"))
        signed.append(sign_entry(one, keys.sign))
        prev = signed[-1].digest
    return signed


def raws_of(signed):
    """The bytes of signed entries."""
    return [one.raw for one in signed]


def story_of(keys):
    """The night call as one node recorded it."""
    return raws_of(chained(story(), keys))
