"""What people keep asking: words without people, and only what more than a few say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.figures.topics import FEW, asked_again, chunks, rising


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("渔船报废补贴怎么办", ("渔船报废补贴",)),
        ("请问 我想办理 光伏补贴", ("光伏补贴",)),
        ("电话13800000713", ("电话",)),
        ("我", ()),
        ("solar panels", ("solar", "panels")),
    ],
)
def test_only_the_words_that_carry_the_question_are_kept(said, kept):
    assert chunks(said) == kept


@given(st.text(max_size=200))
def test_no_number_and_no_long_sentence_is_ever_kept(said):
    assert all(not any(sign.isdigit() for sign in one) and len(one) <= 8 for one in chunks(said))
    assert len(chunks(said)) <= 4


def test_a_topic_rises_when_it_is_more_than_chance_above_the_months_before():
    before = [{"a": 4, "b": 20}, {"a": 4, "b": 20}, {"a": 4, "b": 20}]
    assert [one.topic for one in rising({"a": 12, "b": 24, "c": 4, "d": 9}, before)] == ["d", "a"]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 30)))
def test_what_fewer_than_five_ask_is_never_spoken_of(now):
    assert all(one.now >= FEW for one in rising(now, ()))


def test_matters_are_told_by_how_often_papers_were_asked_for_again():
    cells = [("A:yes", 2), ("A:no", 8), ("B:yes", 3), ("B:no", 2), ("C:yes", 1), ("D:no", 50)]
    assert [(one.matter, one.again, one.done) for one in asked_again(cells)] == [("B", 3, 5), ("A", 2, 10)]
