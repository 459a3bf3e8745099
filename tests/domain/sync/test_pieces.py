"""Pieces fit together in any order, and never into another bundle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.errors import BadBundle
from driftbox.domain.sync.pieces import LEAST_BYTES, Piece, join, missing, read_piece, split

SAYS = Piece(bundle="b" * 43, sender="n1", receiver="n2", index=0, count=1, size=0)


def sign(data):
    return bytes(64)


@given(st.binary(max_size=5_000), st.integers(LEAST_BYTES, 3_000), st.randoms())
def test_pieces_in_any_order_and_twice_give_the_bundle(bundle, size, chance):
    pieces = list(split(bundle, SAYS, size, sign))
    assert all(len(piece) <= size for piece in pieces)
    chance.shuffle(pieces)
    read = [read_piece(piece) for piece in pieces + pieces[:2]]
    held = {one.says.index: one.payload for one in read}
    assert join(read[0].says.count, held) == bundle
    assert {one.says.size for one in read} == {len(bundle)}


def test_what_is_missing_is_said_and_nothing_is_joined_before():
    pieces = [read_piece(piece) for piece in split(bytes(5_000), SAYS, 1_000, sign)]
    held = {one.says.index: one.payload for one in pieces if one.says.index != 2}
    assert missing(len(pieces), list(held)) == (2,)
    assert join(len(pieces), held) is None


@given(st.binary(max_size=700))
def test_rubbish_is_no_piece(rubbish):
    with pytest.raises(BadBundle):
        read_piece(rubbish)


def test_pieces_too_small_are_refused_with_the_least_size():
    with pytest.raises(BadBundle, match="512"):
        list(split(bytes(5_000), SAYS, 100, sign))
