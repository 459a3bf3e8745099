"""A paper in pieces goes on where it was cut, whoever asks, and never grows by what does not fit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftbox.domain.errors import BadPaper
from driftbox.gateways import paper_parts
from driftbox.gateways.paper_parts import PartStore
from driftbox.gateways.strokes import is_drawing, strokes_svg

NAME = "d" * 43


def test_pieces_make_the_whole_and_a_piece_that_does_not_fit_adds_nothing(tmp_path):
    parts = PartStore(tmp_path / "parts")
    assert parts.has(NAME) == 0
    assert parts.add(NAME, 0, b"abc") == 3
    assert parts.add(NAME, 0, b"abc") == 3
    assert parts.add(NAME, 9, b"xyz") == 3
    assert PartStore(tmp_path / "parts").add(NAME, 3, b"de") == 5
    assert parts.whole(NAME) == b"abcde"
    parts.drop(NAME)
    parts.drop(NAME)
    assert parts.has(NAME) == 0


def test_nobody_begins_papers_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(paper_parts, "MAX_PARTS", 2)
    parts = PartStore(tmp_path)
    parts.add("a" * 43, 0, b"1")
    parts.add("b" * 43, 0, b"1")
    with pytest.raises(BadPaper, match="手机里的都还在"):
        parts.add("c" * 43, 0, b"1")
    assert parts.add("a" * 43, 1, b"2") == 2


POINT = st.tuples(st.integers(0, 600), st.integers(0, 240))
STROKE = st.lists(POINT, min_size=1, max_size=6).map(lambda points: tuple(n for point in points for n in point))


@settings(deadline=None)
@given(st.lists(STROKE, min_size=1, max_size=5))
def test_every_drawing_that_we_make_is_known_as_one(strokes):
    assert is_drawing(strokes_svg(tuple(strokes)))


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"<svg/>",
        strokes_svg(((1, 2),)) + b" ",
        strokes_svg(((1, 2),)).replace(b'fill="none"', b'onload="x" fill="none"'),
        strokes_svg(((1, 2),)).replace(b"M1 2", b'"/><script/><path d="M1 2'),
    ],
)
def test_any_other_picture_is_not(other):
    assert not is_drawing(other)
