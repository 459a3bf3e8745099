"""Several needs, one list: nothing is asked for twice, and nothing that one of them needs is left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import PACK

from driftbox.domain.consult.bundle import may_go_together, merge, questions_of, suggested
from driftbox.domain.consult.checklist import Checklist, build_checklist
from driftbox.domain.consult.holdings import Held
from driftbox.domain.consult.matter import Material
from driftbox.domain.text import Text

TODAY = date(2026, 7, 1)
ERRANDS = sorted(code for code, matter in PACK.matters.items() if may_go_together([matter]))
QUESTIONS = sorted({one.id for code in ERRANDS for one in PACK.matters[code].questions})
ONCE = frozenset({"authority_letter"})
KINDS = ("original", "copy", "form", "photo", "shown")
DEMAND = {"original": 5, "form": 4, "photo": 3, "copy": 2, "shown": 1}
HELD = Held(code="household_register", kind="copy", case="c", number="baisha-2026-0001", given=TODAY)


def material(code, **more):
    named = {"code": code, "name": Text(zh=f"材料{code}", en=code), "kind": "copy", "issuer": Text(zh="您", en="you")}
    return Material(**{**named, **more})


def listed(*bring, looked_up=()):
    return Checklist(bring=bring, looked_up=looked_up, held=(), presence=(), signers=())


materials = st.builds(
    material,
    st.sampled_from("abcdef"),
    kind=st.sampled_from(KINDS),
    copies=st.integers(1, 3),
    instead=st.sampled_from([(), (), ("b",), ("c", "a")]),
)
lists = st.lists(materials, max_size=4, unique_by=lambda one: one.code).map(lambda bring: listed(*bring))
asks = st.dictionaries(st.sampled_from(["X", "Y", "Z"]), lists, min_size=1)


@given(asks)
def test_no_merged_list_asks_for_the_same_thing_twice(given_lists):
    lines = merge(given_lists).lines
    codes = [code for line in lines for code in (line.material.code, *line.does_for)]
    assert len(codes) == len(set(codes))


@given(asks)
def test_a_merged_list_equals_the_union_of_its_lists(given_lists):
    merged = merge(given_lists)
    union = {one.code for held in given_lists.values() for one in held.bring}
    assert {line.material.code for line in merged.lines} <= union
    for matter, held in given_lists.items():
        for one in held.bring:
            line = merged.line_for(one)
            assert line is not None
            assert matter in line.serves
            assert DEMAND[line.material.kind] >= DEMAND[one.kind]
            assert line.material.copies >= one.copies or line.material.kind != one.kind


@given(st.lists(st.sampled_from(ERRANDS), min_size=1, max_size=4, unique=True), st.sets(st.sampled_from(QUESTIONS)))
def test_the_matters_of_the_pack_merge_without_loss(codes, answers):
    own = {code: build_checklist(PACK.matters[code], frozenset(answers), [HELD], TODAY) for code in codes}
    merged = merge(own, ONCE)
    shown = [one.code for one in (*merged.checklist.bring, *merged.checklist.looked_up, *merged.checklist.held)]
    assert len(shown) == len(set(shown))
    for one in own.values():
        assert all(merged.line_for(paper) for paper in one.bring)
        assert set(one.presence) <= set(merged.checklist.presence)
        assert set(one.signers) <= set(merged.checklist.signers)


def test_one_matter_alone_is_its_own_list():
    own = build_checklist(PACK.matters["MZ-DIBAO"], frozenset(), (), TODAY)
    assert merge({"MZ-DIBAO": own}).checklist == own


def test_an_original_does_for_a_copy_and_copies_count_once():
    merged = merge({"X": listed(material("a", copies=2)), "Y": listed(material("a", kind="original"))})
    (line,) = merged.lines
    assert (line.material.kind, line.material.copies, line.serves) == ("original", 2, ("X", "Y"))


@pytest.mark.parametrize("kind", ["form", "photo"])
def test_what_each_case_keeps_for_itself_adds_up(kind):
    given_lists = {"X": listed(material("a", kind=kind, copies=3)), "Y": listed(material("a", kind=kind))}
    assert merge(given_lists).lines[0].material.copies == 4
    assert merge(given_lists, frozenset("a")).lines[0].material.copies == 3


def test_what_is_brought_for_one_is_not_looked_up_for_the_other():
    paper = material("a")
    merged = merge({"X": listed(looked_up=(paper,)), "Y": listed(paper)})
    assert [one.code for one in merged.checklist.bring] == ["a"]
    assert merged.checklist.looked_up == ()


def test_a_copy_that_is_also_to_be_shown_says_so():
    merged = merge({"X": listed(material("a")), "Y": listed(material("a", kind="shown"))})
    assert "看一眼" in merged.lines[0].material.note.zh


def test_the_whole_register_does_for_one_page():
    page = material("page", instead=("register",))
    merged = merge({"X": listed(page), "Y": listed(material("register", kind="original"))})
    assert [(line.material.code, line.serves) for line in merged.lines] == [("register", ("Y", "X"))]
    assert merged.line_for(page).material.code == "register"


def test_after_a_death_the_letter_is_one_and_the_questions_are_asked_once():
    bundle = PACK.bundles["after_a_death"]
    matters = [PACK.matters[code] for code in bundle.matters]
    assert [one.id for one in questions_of(matters, frozenset(bundle.answers))] == ["someone_acts", "papers_kept"]
    own = {one.code: build_checklist(one, frozenset({"someone_acts"}), (), TODAY) for one in matters}
    letter = [line for line in merge(own, ONCE).lines if line.material.code == "authority_letter"]
    assert [(line.material.copies, line.serves) for line in letter] == [(1, ("GA-SIWANG", "RS-SANGZANG"))]


def test_what_was_found_suggests_the_bundle_it_belongs_to():
    bundles = PACK.bundles.values()
    assert [one.code for one in suggested(bundles, ["GA-CHUSHENG", "MZ-DIBAO"])] == ["new_born"]
    assert suggested(bundles, ["MZ-DIBAO"]) == ()
