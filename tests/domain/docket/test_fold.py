"""Folding: the same docket for every order of arrival, and nothing that cannot stand changes it."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CASE, CHEN, DAUGHTER, FATHER, HU, LIN, OPENED, TABLES, TOLD, WANG, YU, entry, story

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.next_step import next_step, papers_where

WHOLE = fold(story(), TABLES)


def test_the_night_call_ends_at_the_door_without_a_trip():
    assert (WHOLE.stage, WHOLE.trips_made, WHOLE.second_asks, WHOLE.custody_gaps) == ("closed", 0, 0, 0)
    assert (WHOLE.beneficiary, WHOLE.agent, WHOLE.outcome) == (FATHER, CHEN, "granted")
    assert WHOLE.contested == {}


@given(st.permutations(story()), st.lists(st.sampled_from(story()), max_size=8))
def test_order_and_repetition_do_not_matter(order, again):
    assert fold([*order, *again], TABLES) == WHOLE


@given(st.sets(st.integers(0, len(story()) - 1)))
def test_any_part_of_a_docket_folds_without_failing(kept):
    part = [one for number, one in enumerate(story()) if number in kept]
    assert fold(part, TABLES).count == len(part)


@given(st.integers(0, len(story())))
def test_folding_on_equals_folding_afresh(cut):
    begun = fold(story()[:cut], TABLES)
    before = copy.deepcopy(begun)
    assert extend(fork(begun), story()[cut:], TABLES) == WHOLE
    assert begun == before


@pytest.mark.parametrize(
    ("until", "where"),
    [
        (e.ChecklistGiven, "resident"),
        (e.MaterialsSent, "box"),
        (e.ParcelLoaded, "ship"),
        (e.ParcelLanded, "landing"),
        (e.ParcelCollected, "agent"),
        (e.MaterialsChecked, "office"),
        (e.CaseAccepted, "department"),
        (e.ResultIssued, "office"),
        (e.ResultCollected, "agent"),
        (e.ResultDelivered, "resident"),
    ],
)
def test_it_is_always_known_where_the_papers_are(until, where):
    assert papers_where(fold(story(until), TABLES)) == where


@pytest.mark.parametrize("number", range(1, len(story()) + 1))
def test_every_moment_has_one_next_step_with_somebody_to_do_it(number):
    docket = fold(story()[:number], TABLES)
    step = next_step(docket, TABLES["errand"])
    assert step.act.zh
    assert step.role or TABLES["errand"].stages[docket.stage].final


def test_an_entry_out_of_place_is_kept_and_changes_nothing():
    early = entry(90, e.DecisionMade(outcome="refused"), WANG, "officer")
    docket = fold([*story(e.ChecklistGiven), early], TABLES)
    assert (docket.stage, docket.outcome) == ("told", "")
    assert docket.contested[early.id].reason == "not_here"
    assert next_step(docket, TABLES["errand"]).role == "director"


def test_the_wrong_role_is_contested():
    wrong = entry(90, e.CaseAccepted(receipt="x"), CHEN, "agent")
    assert fold([*story(e.MaterialsChecked), wrong], TABLES).contested[wrong.id].reason == "not_role"


def test_two_agents_who_claimed_offline_are_both_kept_until_a_person_decides():
    first = entry(80, e.TaskClaimed(agent=CHEN), CHEN, "agent")
    second = entry(81, e.TaskClaimed(agent=YU), YU, "agent")
    log = [*story(e.ChecklistGiven), first, second]
    docket = fold(log, TABLES)
    assert (docket.agent, docket.contested[second.id].reason) == (CHEN, "already_claimed")
    verdict = e.ContestSettled(entry=second.id, verdict="stands", reason="closer")
    settled = fold([*log, entry(82, verdict, HU, "director")], TABLES)
    assert (settled.agent, settled.open_contests) == (YU, ())


def test_a_contest_settled_as_void_changes_nothing():
    early = entry(80, e.CaseAccepted(receipt="x"), LIN, "clerk")
    verdict = entry(81, e.ContestSettled(entry=early.id, verdict="void", reason="mistake"), HU, "director")
    docket = fold([*story(e.ChecklistGiven), early, verdict], TABLES)
    assert (docket.stage, docket.receipt, docket.open_contests) == ("told", "", ())


def test_a_case_is_not_opened_twice_and_needs_to_be_opened():
    again = entry(95, OPENED, DAUGHTER, "helper")
    assert fold([*story(), again], TABLES).contested[again.id].reason == "opened_twice"
    assert fold([entry(1, TOLD, LIN, "clerk")], TABLES).contested[entry(1, TOLD, LIN, "clerk").id].reason == "not_open"


def test_a_second_ask_counts_as_our_fault_unless_the_family_changed():
    asked = entry(80, e.MaterialsAsked(items=(e.Item(code="bank_card"),), cause="missed"), LIN, "clerk")
    moved = entry(81, e.MaterialsAsked(items=(e.Item(code="lease"),), cause="resident_changed"), LIN, "clerk")
    docket = fold([*story(e.ChecklistGiven), asked, moved], TABLES)
    assert (docket.second_asks, docket.faults, docket.lacking) == (2, 1, ("bank_card", "lease"))


def test_trips_of_the_resident_head_the_case_and_a_helpers_do_not():
    own = entry(80, e.TripMade(place="C-BS", cause="sign"), FATHER, "resident")
    helpers = entry(81, e.TripMade(place="C-BS", cause="sign"), DAUGHTER, "resident")
    docket = fold([*story(e.ChecklistGiven), own, helpers], TABLES)
    assert (docket.trips_made, len(docket.trips)) == (1, 2)


def test_originals_are_on_the_books_until_they_are_back():
    deed = e.Item(code="deed", kind="original", count=2)
    log = story(e.ChecklistGiven)
    sent = e.MaterialsSent(parcel=CASE, items=(deed,), via="agent", place="C-BS")
    log.append(entry(80, sent, CHEN, "agent"))
    held = fold(log, TABLES)
    assert (held.originals, held.originals_ms) == ({"deed": 2}, log[-1].happened_ms)
    log.append(entry(81, e.MaterialsReturned(items=(deed,), proof="signature"), CHEN, "agent"))
    back = fold(log, TABLES)
    assert (back.originals, back.originals_ms) == ({"deed": 0}, 0)


def test_a_shortage_shows_as_a_gap_in_custody():
    log = story(e.ParcelCollected)
    parcel = next(iter(fold(log, TABLES).parcels))
    log.append(entry(80, e.MaterialsCounted(parcel=parcel, found=(e.Item(code="id_card"),)), CHEN, "agent"))
    docket = fold(log, TABLES)
    assert docket.parcels[parcel].shortage() == ("household_register",)
    assert docket.custody_gaps == 1
