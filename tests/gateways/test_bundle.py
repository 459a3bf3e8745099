"""A bundle is opened by its receiver alone, and only if nothing was changed, left out or blown up."""

import hashlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftbox.domain.errors import BadBundle
from driftbox.gateways.bundle import SEGMENT, Receiver, bundle_bytes, open_bundle
from driftbox.gateways.keys import fresh_keys

HUB, STATION, OTHER = fresh_keys(), fresh_keys(), fresh_keys()
KNOWN = {keys.node: keys.public for keys in (HUB, STATION)}


def made(frames, sender=STATION, receiver=HUB):
    return bundle_bytes(frames, sender, Receiver(receiver.node, receiver.sealing))


def opened(data, keys=HUB):
    return b"".join(open_bundle(io.BytesIO(data), len(data), keys, KNOWN.get).chunks())


NOISE = hashlib.shake_256(b"noise").digest(400_000)  # does not pack
BUNDLE = made([NOISE])


@settings(deadline=None)
@given(st.lists(st.binary(max_size=3_000), max_size=20))
def test_what_was_sealed_comes_out(frames):
    assert opened(made(frames)) == b"".join(frames)


def test_many_segments_come_out_in_order():
    assert len(BUNDLE) > 6 * SEGMENT
    assert opened(BUNDLE) == NOISE


@settings(deadline=None)
@given(st.data())
def test_one_flipped_bit_or_a_cut_anywhere_is_refused(data):
    small = made([b"a fact " * 40])
    at = data.draw(st.integers(0, len(small) - 1))
    flipped = bytearray(small)
    flipped[at] ^= 1 << data.draw(st.integers(0, 7))
    for wrong in (bytes(flipped), small[:at]):
        with pytest.raises(BadBundle):
            opened(wrong)


def test_another_node_cannot_open_it_and_an_unknown_sender_is_refused():
    with pytest.raises(BadBundle, match="不是给这里"):
        opened(BUNDLE, STATION)
    with pytest.raises(BadBundle, match="不认识"):
        opened(made([b"x"], sender=OTHER))


def test_a_bomb_is_refused_before_it_has_burst():
    bomb = made(bytes(1024 * 1024) for _ in range(300))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(BadBundle, match="MB"):
        opened(bomb)


def test_segments_left_out_or_moved_are_refused():
    body = len(BUNDLE) - 400_000 - 16 * (400_000 // SEGMENT + 1) - 64
    sealed = SEGMENT + 16
    start, rest = BUNDLE[: body + sealed], BUNDLE[body + sealed :]
    for wrong in (start + rest[sealed:], start + rest[sealed : 2 * sealed] + rest, BUNDLE + b"more"):
        with pytest.raises(BadBundle):
            opened(wrong)
