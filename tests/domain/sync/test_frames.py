"""Frames come out as they went in, however the bytes were cut; anything else is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.errors import BadBundle
from driftbox.domain.sync import frames as f

HEADER = f.Header(sender="n1", receiver="n2", life="0" * 16, number=1, base=0, upto=9, made_ms=1)


def bundle(*entries):
    return b"".join(f.closed([f.pack(b"H", HEADER), *(f.frame(b"E", one) for one in entries)]))


def chunks(data, size):
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.lists(st.binary(max_size=200), max_size=20), st.integers(1, 64))
def test_what_went_in_comes_out_however_it_is_cut(entries, size):
    out = list(f.read_frames(chunks(bundle(*entries), size)))
    assert [payload for kind, payload in out if kind == b"E"] == entries
    assert f.read(out[0][1], f.Header) == HEADER


@given(st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=5), st.data())
def test_a_bundle_cut_anywhere_is_refused(entries, data):
    whole = bundle(*entries)
    cut = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(BadBundle):
        list(f.read_frames([whole[:cut]]))


@given(st.binary(max_size=300))
def test_rubbish_is_refused_and_nothing_else_happens(rubbish):
    with pytest.raises(BadBundle):
        list(f.read_frames([rubbish]))


@pytest.mark.parametrize(
    "wrong",
    [
        f.frame(b"E", b"{}") + f.pack(b"H", HEADER),
        b"E" + (17_000).to_bytes(4, "big"),
        bundle(b"{}") + f.frame(b"E", b"{}"),
        bundle(b"{}") * 2,
        f.pack(b"H", HEADER) + f.pack(b"Z", f.End(frames=7)),
    ],
)
def test_wrong_order_too_long_and_wrongly_ended_are_refused(wrong):
    with pytest.raises(BadBundle):
        list(f.read_frames([wrong]))
