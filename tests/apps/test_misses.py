"""Words that a search missed are counted without people, and can be read only when five said them."""

from datetime import date

import pytest

from driftbox.apps.words.misses import forget_marks, missed, note_miss
from driftbox.apps.words.models import MissMarkRow, MissRow

DAY = date(2026, 5, 11)


@pytest.fixture(autouse=True)
def _rows(db):
    return db


def ask(word, *who, day=DAY):
    for one in who:
        note_miss(word, one, today=day)


def test_four_people_leave_no_word_behind():
    ask("光伏补贴怎么办", "a", "b", "c", "d")
    assert missed("2026-05") == {}
    assert [row.word for row in MissRow.objects.all()] == [""]


def test_the_fifth_brings_the_word_along():
    ask("光伏补贴怎么办", "a", "b", "c", "d", "e", "f")
    assert missed("2026-05") == {"光伏补贴": 6}


def test_whoever_asks_five_times_counts_once():
    ask("光伏补贴", *"aaaaa")
    assert MissRow.objects.get().count == 1


def test_neither_who_asked_nor_what_can_be_read_from_the_marks():
    ask("光伏补贴", "13800000713")
    told = str(list(MissMarkRow.objects.values())) + str(list(MissRow.objects.values()))
    assert "光伏" not in told
    assert "13800000713" not in told


def test_marks_go_with_their_month_and_counts_after_a_year():
    ask("光伏补贴", *"abcde")
    assert forget_marks(date(2026, 6, 1)) == 5
    assert missed("2026-05") == {"光伏补贴": 5}
    assert forget_marks(date(2027, 6, 1)) == 1
