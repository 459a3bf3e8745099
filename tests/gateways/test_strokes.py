"""A drawn signature is a list of lines, and nothing else gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.errors import BadPaper
from driftbox.gateways.strokes import HEIGHT, MAX_CHARACTERS, MAX_NUMBERS, MAX_STROKES, WIDTH, read_strokes, strokes_svg

BAD = [
    "", "[]", "[[]]", "[[1]]", "[[1,2,3]]", "[[1.0,2]]", "[[1.5,2]]", "[[1e2,2]]", "[[true,2]]", "[[null,2]]",
    "[[-1,2]]", "[[601,2]]", "[[1,241]]", '[["1",2]]', "{}", "null", "[[1,2]]x", "[1,2]", "[[[1,2]]]",
    "<svg onload=alert(1)/>", '[[1,2,"<script>",3]]', "[" * 9_000, "\ud800", "\x00",
]  # fmt: skip


@pytest.mark.parametrize("sent", BAD)
def test_anything_but_whole_numbers_inside_the_pad_is_refused(sent):
    with pytest.raises(BadPaper):
        read_strokes(sent)


def test_more_than_a_signature_can_be_is_refused():
    for sent in (
        "[[1,2]" + ",[1,2]" * MAX_STROKES + "]",
        "[[" + "1,2," * (MAX_NUMBERS // 2) + "1,2]]",
        " " * (MAX_CHARACTERS + 1) + "[[1,2]]",
        "[[" + "1,2," * 1500 + "1,2],[" + "1,2," * 1500 + "1,2]]",
    ):
        with pytest.raises(BadPaper):
            read_strokes(sent)


def test_lines_and_dots_become_a_picture():
    svg = strokes_svg(read_strokes("[[1,2,3,4],[5,6]]")).decode()
    assert 'd="M1 2L3 4M5 6L5 6"' in svg


@given(st.text() | st.lists(st.lists(st.integers(-9, WIDTH + 9))).map(str))
def test_a_picture_holds_numbers_or_there_is_none(sent):
    try:
        strokes = read_strokes(sent)
    except BadPaper:
        return
    assert all(0 <= number <= WIDTH for stroke in strokes for number in stroke)
    assert all(y <= HEIGHT for stroke in strokes for y in stroke[1::2])
    assert set(strokes_svg(strokes).decode().split('d="')[1].split('"')[0]) <= set("ML 0123456789")
