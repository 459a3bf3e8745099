"""What stays with us of a case, what does not, and who may say that it is not used again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import BOOK, CHECKED, CLOSED, DAUGHTER, FATHER, ID_CARD, LIN, STORY, TABLES, TOLD, entry, story

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.kept import kept_papers
from driftbox.domain.docket.reuse_entries import ReuseWithdrawn
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import unsigned_bytes

TODAY = date(2026, 5, 13)
ERRAND = TABLES["errand"]
OFF = ReuseWithdrawn(codes=("household_register",))
OTHER = "01890000-0000-7000-8000-0000000000aa"


def kept(docket):
    return [paper.item.code for paper in kept_papers(docket)]


def told(*items):
    """The story with another list, up to the count."""
    log = story(e.MaterialsCounted)
    return [entry(3, e.ChecklistGiven(items=items, told=("voice",)), LIN, "clerk") if one.body is TOLD else one
            for one in log]  # fmt: skip


def test_papers_stay_once_they_were_found_complete_and_not_before():
    assert kept(fold(story(e.MaterialsCounted), TABLES)) == []
    assert kept(fold(story(e.MaterialsChecked), TABLES)) == ["id_card", "household_register"]
    assert kept(fold(story(), TABLES)) == ["id_card", "household_register"]


def test_a_paper_counts_from_the_day_it_was_handed_in():
    sent = next(one for one in story() if isinstance(one.body, e.MaterialsSent))
    assert {paper.given_ms for paper in kept_papers(fold(story(), TABLES))} == {sent.happened_ms}


@pytest.mark.parametrize(
    ("body", "by", "role"),
    [(e.CaseWithdrawn(), FATHER, "resident"), (e.CaseDeclined(ground="other_door"), LIN, "clerk")],
)
def test_nothing_stays_of_a_case_that_was_withdrawn_or_not_taken_on(body, by, role):
    after = extend(fold(story(e.MaterialsChecked), TABLES), [entry(50, body, by, role)], TABLES)
    assert after.contested == {}
    assert kept(after) == []


def test_nothing_stays_of_what_is_confidential():
    docket = fold(story(), TABLES)
    docket.confidential = True
    assert kept(docket) == []


def test_originals_go_back_and_what_was_not_found_or_follows_never_stayed():
    log = [
        one for one in story(e.MaterialsChecked) if not isinstance(one.body, e.MaterialsCounted | e.MaterialsChecked)
    ]
    found = (e.Item(code="deed", kind="original"), e.Item(code="card", kind="shown"), ID_CARD, BOOK)
    parcel = next(one.body.parcel for one in log if isinstance(one.body, e.ParcelCollected))
    counted = entry(40, e.MaterialsCounted(parcel=parcel, found=found), LIN, "clerk")
    checked = entry(41, e.MaterialsChecked(follows=("household_register",)), LIN, "clerk")
    assert kept(fold([*log, counted, checked], TABLES)) == ["id_card"]


def test_papers_given_at_the_window_stay_only_after_they_were_checked():
    log = story(e.ChecklistGiven)
    by_hand = e.MaterialsSent(parcel=OTHER, items=(BOOK,), via="window", place="C-BS")
    counted = e.MaterialsCounted(parcel=OTHER, found=(BOOK,))
    taken = e.ParcelCollected(parcel=OTHER, place="C-BS", seal_intact=True)
    acts = [entry(30 + n, body, LIN, "clerk") for n, body in enumerate((by_hand, taken, counted))]
    assert kept(fold([*log, *acts], TABLES)) == []
    assert kept(fold([*log, *acts, entry(40, CHECKED, LIN, "clerk")], TABLES)) == ["household_register"]


WHO = st.sampled_from([(FATHER, "resident"), (LIN, "clerk"), (DAUGHTER, "resident"), (DAUGHTER, "helper")])
CODES = st.sets(st.sampled_from(["id_card", "household_register", "moon"]), min_size=1)


@given(st.integers(1, len(STORY)), CODES, WHO)
def test_a_withdrawal_that_is_let_through_folds_uncontested_and_is_kept(cut, codes, who):
    by, role = who
    docket = fold(story()[:cut], TABLES)
    body = ReuseWithdrawn(codes=tuple(sorted(codes)))
    try:
        check(docket, body, Deed(by=by, role=role, today=TODAY), ERRAND)
    except Refused:
        return
    after = extend(docket, [entry(99, body, by, role)], TABLES)
    assert after.contested == {}
    assert {paper.item.code for paper in kept_papers(after) if paper.withdrawn} == codes
    with pytest.raises(Refused, match="不再用了"):
        check(after, body, Deed(by=LIN, role="clerk", today=TODAY), ERRAND)


def test_only_its_owner_or_the_window_may_withdraw_it_even_when_the_case_is_closed():
    docket = fold(story(), TABLES)
    assert docket.how_closed == CLOSED.how
    check(docket, OFF, Deed(by=FATHER, role="resident", today=TODAY), ERRAND)
    check(docket, OFF, Deed(by=LIN, role="clerk", today=TODAY), ERRAND)
    with pytest.raises(NotAllowed, match="本人"):
        check(docket, OFF, Deed(by=DAUGHTER, role="resident", today=TODAY), ERRAND)


def test_a_list_that_uses_an_old_paper_names_its_case():
    opened = fold(story(e.PartyNamed), TABLES)
    nowhere = e.ChecklistGiven(items=(e.Item(code="household_register", source="held"),), told=("voice",))
    with pytest.raises(Refused, match="哪一件"):
        check(opened, nowhere, Deed(by=LIN, role="clerk", today=TODAY), ERRAND)
    named = e.Item(code="household_register", source="held", from_case=OTHER, valid_until="2027-05-13")
    check(opened, e.ChecklistGiven(items=(named,), told=("voice",)), Deed(by=LIN, role="clerk", today=TODAY), ERRAND)


def test_an_old_paper_that_cannot_be_found_is_asked_for_and_counts_as_our_fault():
    named = e.Item(code="household_register", source="held", from_case=OTHER, valid_until="2027-05-13")
    counted = fold(told(ID_CARD, named), TABLES)
    lacking = e.MaterialsLacking(lacking=("household_register",))
    check(counted, lacking, Deed(by=LIN, role="clerk", today=TODAY), ERRAND)
    after = extend(counted, [entry(50, lacking, LIN, "clerk")], TABLES)
    assert (after.second_asks, after.faults, after.lacking) == (1, 1, ("household_register",))
    assert after.checklist == (ID_CARD, BOOK)


def test_items_of_old_entries_are_spelled_as_they_were():
    assert b"from_case" not in unsigned_bytes(next(one for one in story() if one.body is TOLD))
