"""Words for the list say nothing of who said them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.consult.unnamed import unnamed


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("周敏的低保没批", "的低保没批"),
        ("13800000713 打给我，低保", "打给我，低保"),
        ("330903195001010016低保", "低保"),
        ("8 0 岁老人补贴", "8 0 岁老人补贴"),
        ("13800000713", ""),
        ("长" * 61, ""),
    ],
)
def test_numbers_and_names_are_taken_out_and_stories_are_not_kept(words: str, kept: str) -> None:
    assert unnamed(words, ("周敏", "")) == kept


@given(st.text(alphabet="0123456789 低保", max_size=60))
def test_no_run_of_four_digits_is_ever_left(words: str) -> None:
    run = 0
    for sign in unnamed(words, ()):
        run = run + 1 if sign.isdigit() else 0
        assert run < 4
