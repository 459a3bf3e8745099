"""The same thing raised twice is found across channels and spellings, and everything else is left alone."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from driftbox.domain.consult.alike import Told, compare, marks, name_sound

VECTORS = Path(__file__).parents[2] / "vectors" / "alike.toml"
PAIRS = tomllib.loads(VECTORS.read_text("utf-8"))["pair"]
DAY = date(2026, 5, 12)


def told(row):
    name, phone, number, day, place, words = row
    return Told(name=name, phone=phone, id_number=number, day=date.fromisoformat(day), place=place, words=words)


def judged():
    """What is offered and what is the same, for every labelled pair."""
    return [(compare(told(pair["a"]), told(pair["b"])) is not None, pair["same"]) for pair in PAIRS]


def test_there_are_enough_pairs_of_both_kinds_and_hard_ones_among_them():
    assert len(PAIRS) >= 60
    assert sum(pair["same"] for pair in PAIRS) >= 30
    assert sum(pair.get("hard", False) for pair in PAIRS) >= 5


def test_precision_and_recall_on_the_labelled_pairs(record_testsuite_property):
    found = judged()
    right = sum(offered and same for offered, same in found)
    precision = right / sum(offered for offered, _same in found)
    recall = right / sum(same for _offered, same in found)
    record_testsuite_property("alike_precision", round(precision, 2))
    record_testsuite_property("alike_recall", round(recall, 2))
    assert precision >= 0.9
    assert recall >= 0.9


def test_it_does_not_matter_which_of_the_two_is_asked_about():
    for pair in PAIRS:
        one, other = told(pair["a"]), told(pair["b"])
        assert (compare(one, other) is None) == (compare(other, one) is None)


@pytest.mark.parametrize(
    ("one", "other"),
    [("周大海", "周达海"), ("周大海", "zhoudahai"), ("周大海", "Zhou Dahai"), ("张胜", "章身"), ("老周", "周师傅")],
)
def test_a_name_is_read_as_it_sounds(one, other):
    assert name_sound(one).replace(" ", "") == name_sound(other).replace(" ", "")


def test_the_reasons_are_words():
    one = Told(words="码头边的滑道塌了半边", day=DAY, name="周大海", phone="13800000714", place="C-BS")
    other = Told(words="滑道塌了没人修", day=date(2026, 5, 14), name="周达海", phone="13800000714", place="C-BS")
    alike = compare(one, other)
    assert [text.zh for text in alike.why] == [
        "电话一样", "名字读起来一样：周大海、周达海", "说的是一样的：滑道塌了", "同一个地方", "前后差 2 天",
    ]  # fmt: skip
    assert alike.same_person
    assert all(text.en for text in alike.why)


def test_another_identity_number_is_another_person_whatever_the_name():
    one = Told(words="滑道塌了半边", day=DAY, name="周大海", id_number="330903194901010317")
    other = Told(words="滑道塌了半边", day=DAY, name="周大海", id_number="330903196802020414")
    assert not compare(one, other).same_person


def test_the_same_body_complained_of_helps_and_the_same_person_alone_does_not():
    one = Told(words="滑道塌了", day=DAY, name="周大海", complained=frozenset({"ST09"}))
    assert compare(one, Told(words="低保停发", day=DAY, name="周大海", complained=frozenset({"ST09"}))) is None
    alike = compare(one, Told(words="塌了的滑道不修", day=DAY, complained=frozenset({"ST09"})))
    assert "说到的是同一个单位或同一个人" in [text.zh for text in alike.why]


def test_texts_alike_share_marks_and_others_do_not():
    def shared(pair):
        return len(set(marks(told(pair["a"]))[1]) & set(marks(told(pair["b"]))[1]))

    assert sum(shared(p) > 0 for p in PAIRS if p["same"]) >= 0.9 * sum(p["same"] for p in PAIRS)
    assert max(len(marks(told(pair["a"]))[1]) for pair in PAIRS) <= 16
    assert marks(Told(words="", day=DAY)) == ((), ())
