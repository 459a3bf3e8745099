"""A paper that we hold and that is still good is never asked for again; one that is spent, or objected to, is."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.consult.checklist import Checklist, build_checklist
from driftbox.domain.consult.holdings import FOREVER, Held, find_reuse, known_answers, may_be_reused, months_after
from driftbox.domain.consult.matter import Material, Matter, Question
from driftbox.domain.text import Text

TODAY = date(2026, 7, 1)
ONE = Text(zh="事", en="thing")
MONTHS = st.one_of(st.none(), st.integers(1, 120))
CODES = st.sampled_from(["a", "b", "c", "d"])
KINDS = st.sampled_from(["copy", "form", "photo", "original"])
DAYS = st.integers(0, 2000).map(lambda days: TODAY - timedelta(days=days))


def material(code: str, **more: object) -> Material:
    named = {"code": code, "name": Text(zh=f"材料{code}", en=code), "kind": "copy", "issuer": ONE, **more}
    return Material(**named)  # type: ignore[arg-type]  # the fields differ from test to test


def paper(code: str, given_in: date = TODAY, **more: object) -> Held:
    named = {"code": code, "kind": "copy", "case": "c1", "number": "baisha-2026-0001", "given": given_in, **more}
    return Held(**named)  # type: ignore[arg-type]  # the fields differ from test to test


def matter(materials: Iterable[Material], questions: tuple[Question, ...] = ()) -> Matter:
    return Matter(
        code="X", procedure="errand", name=ONE, plain=ONE, lead=ONE, category=ONE, department="D", department_note=ONE,
        agent_allowed=True, materials=tuple(materials), questions=questions,
    )  # fmt: skip


def listed(*materials: Material, held: Iterable[Held] = (), answers: str = "") -> Checklist:
    return build_checklist(matter(materials), frozenset(answers.split()), held, TODAY)


def codes(checklist: Checklist) -> tuple[list[str], list[str]]:
    return [one.code for one in checklist.bring], [one.code for one in checklist.held]


@st.composite
def shelves(draw: st.DrawFn) -> tuple[list[Material], list[Held]]:
    wanted = [
        material(code, valid_months=draw(MONTHS), never_expires=draw(st.booleans()), kind=draw(KINDS),
                 supplied_by=draw(st.sampled_from(["resident", "office"])))
        for code in sorted(draw(st.sets(CODES)))
    ]  # fmt: skip
    papers = st.builds(Held, code=CODES, kind=KINDS, case=CODES, number=st.just("n"), given=DAYS)
    return wanted, draw(st.lists(papers, max_size=8))


@given(shelves())
def test_nothing_is_on_the_list_twice_and_nothing_is_lost(shelf: tuple[list[Material], list[Held]]) -> None:
    wanted, held = shelf
    checklist = listed(*wanted, held=held)
    told = [*codes(checklist)[0], *codes(checklist)[1], *(one.code for one in checklist.looked_up)]
    assert sorted(told) == [one.code for one in wanted]


@given(shelves())
def test_what_is_held_and_good_is_never_asked_and_what_is_spent_always_is(
    shelf: tuple[list[Material], list[Held]],
) -> None:
    wanted, held = shelf
    asked = set(codes(listed(*wanted, held=held))[0])
    for one in wanted:
        lasting = [p.given for p in held if (p.code, p.kind) == (one.code, one.kind)]
        months = one.valid_months or 0
        good = one.never_expires or (months and any(months_after(day, months) >= TODAY for day in lasting))
        if one.supplied_by == "resident":
            assert (one.code in asked) == (not lasting or not good)


@given(shelves())
def test_who_objects_is_asked_as_if_nothing_were_held(shelf: tuple[list[Material], list[Held]]) -> None:
    wanted, held = shelf
    assert codes(listed(*wanted, held=held, answers="ask_afresh")) == codes(listed(*wanted))


def test_one_paper_may_be_objected_to_and_the_other_used() -> None:
    both = (material("a", valid_months=6), material("b", valid_months=6))
    assert codes(listed(*both, held=(paper("a"), paper("b")), answers="ask_afresh.a")) == (["a"], ["b"])


@pytest.mark.parametrize(("given_in", "until"), [(date(2026, 1, 1), TODAY), (date(2025, 12, 31), None)])
def test_a_paper_is_good_up_to_and_including_its_last_day(given_in: date, until: date | None) -> None:
    reuse = find_reuse(material("a", valid_months=6), [paper("a", given_in)], frozenset(), TODAY)
    assert (reuse.until if reuse else None) == until


def test_what_must_be_fresh_is_always_asked() -> None:
    assert codes(listed(material("a"), held=[paper("a")])) == (["a"], [])
    assert not may_be_reused(material("a"))


def test_what_never_expires_is_good_after_twenty_years_and_says_so() -> None:
    checklist = listed(material("a", never_expires=True), held=[paper("a", date(2006, 7, 1))])
    assert checklist.held[0].until == FOREVER
    assert "一直有效" in checklist.as_speech("zh-hans")


def test_a_copy_does_not_do_where_the_original_is_wanted() -> None:
    assert codes(listed(material("a", kind="original", valid_months=6), held=[paper("a")])) == (["a"], [])


def test_the_whole_does_instead_of_a_page_but_a_page_not_instead_of_the_whole() -> None:
    page, whole = material("page", valid_months=6, instead=("book",)), material("book", valid_months=6)
    assert codes(listed(page, held=[paper("book")])) == ([], ["page"])
    assert codes(listed(whole, held=[paper("page")])) == (["book"], [])


def test_of_several_the_one_given_last_is_used() -> None:
    old, new = paper("a", date(2026, 3, 1), case="c1"), paper("a", date(2026, 6, 1), case="c2")
    assert listed(material("a", valid_months=12), held=[new, old]).held[0].held.case == "c2"


def test_the_person_hears_which_paper_until_when_and_that_they_may_object() -> None:
    checklist = listed(material("a", valid_months=6), material("b"), held=[paper("a", date(2026, 5, 13))])
    speech = checklist.as_speech("zh-hans")
    assert "材料a，您2026年5月13日交过，还有效到2026年11月13日，这次用原来那张，不用再交。" in speech
    assert "不想用交过的" in speech
    assert "good until 2026-11-13" in checklist.as_speech("en")
    assert "材料a用您交过的，不用再交" in checklist.as_sms("zh-hans", 200)
    assert "材料a" in listed(material("a", valid_months=6), held=[paper("a")]).as_sms("zh-hans", 200)


@given(st.integers(12, 80))
def test_a_text_message_keeps_its_length_with_papers_held(room: int) -> None:
    checklist = listed(material("a", valid_months=6), material("b"), held=[paper("a")])
    assert len(checklist.as_sms("zh-hans", room)) <= room


def test_an_objection_is_an_answer_of_every_matter() -> None:
    asked = matter([material("a")], (Question(id="ill", ask=ONE),))
    assert known_answers(asked) == {"ill", "ask_afresh", "ask_afresh.a"}


def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_after(date(2026, 11, 15), 3) == date(2027, 2, 15)
