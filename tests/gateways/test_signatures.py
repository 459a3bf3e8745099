"""Two kinds of signatures are believed: Ed25519 of computers, ECDSA over P-256 of phones."""

import pytest
from tests.nodes import PHONE, PhoneKeys

from driftbox.domain.errors import BadEntry
from driftbox.domain.log.entry import decode64
from driftbox.gateways.keys import fresh_keys, node_name, read_public, verify

COMPUTER = fresh_keys()
BOTH = [("ed25519", COMPUTER), ("p256", PHONE)]
ONE = b"one fact"


@pytest.mark.parametrize(("alg", "keys"), BOTH)
def test_what_a_key_signed_is_believed_and_nothing_else(alg, keys):
    public, signature = read_public(alg, keys.public), decode64(keys.sign(ONE))
    verify(public, signature, ONE)
    broken = [signature[:-1], signature[::-1], b"", bytes(64), b"\xff" * 64, signature + b"\0"]
    for other in broken:
        with pytest.raises(BadEntry, match="签名对不上"):
            verify(public, other, ONE)
    with pytest.raises(BadEntry, match="签名对不上"):
        verify(public, signature, b"another")


def test_the_key_of_another_phone_does_not_fit():
    with pytest.raises(BadEntry, match="签名对不上"):
        verify(read_public("p256", PHONE.public), decode64(PhoneKeys().sign(ONE)), ONE)


@pytest.mark.parametrize("alg", ["ed25519", "p256", "none", ""])
@pytest.mark.parametrize("key", [b"", b"\4" + bytes(64), bytes(31), b"\4" * 65, bytes(66), b"\0"])
def test_bytes_that_are_no_key_are_told(alg, key):
    with pytest.raises(BadEntry, match="钥匙读不懂"):
        read_public(alg, key)


def test_a_node_is_named_by_its_key_whatever_kind_it_is():
    assert node_name(PHONE.public) == PHONE.node
    assert len(PHONE.node) == len(COMPUTER.node) == 23
