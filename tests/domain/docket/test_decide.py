"""Deciding: what is refused comes with what to do instead, and what is let through folds uncontested."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CHEN, DAUGHTER, FATHER, LIN, PARCEL, SENT, STORY, TABLES, WANG, YU, entry, story

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.errors import NotAllowed, Refused

TODAY = date(2026, 5, 13)
ERRAND = TABLES["errand"]


def refusal(until, body, role, by=LIN, **more):
    docket = fold(story(until), TABLES)
    with pytest.raises(Refused) as refused:
        check(docket, body, Deed(by=by, role=role, today=TODAY, **more), ERRAND)
    assert "。" in str(refused.value)
    return refused.value.code


@given(st.integers(1, len(STORY)), st.sampled_from(STORY))
def test_what_is_let_through_folds_uncontested(cut, act):
    body, by, role = act
    docket = fold(story()[:cut], TABLES)
    try:
        check(docket, body, Deed(by=by, role=role, today=TODAY), ERRAND)
    except Refused:
        return
    after = extend(fork(docket), [entry(99, body, by, role)], TABLES)
    assert after.contested == {}


def test_the_whole_story_is_let_through_step_by_step():
    for number, (body, by, role) in enumerate(STORY[1:], start=1):
        check(fold(story()[:number], TABLES), body, Deed(by=by, role=role, today=TODAY), ERRAND)


def test_refusals_say_why():
    taken = e.TaskClaimed
    identity = e.Item(code="id_card", kind="original")
    assert refusal(taken, e.TaskClaimed(agent=YU), "agent", by=YU) == "already_claimed"
    assert refusal(taken, e.TaskClaimed(agent=CHEN), "agent", by=CHEN) == "already_yours"
    assert refusal(e.ChecklistGiven, e.TaskClaimed(agent=YU), "agent", by=CHEN) == "not_for_others"
    assert refusal(e.CaseClosed, e.CaseAccepted(receipt="x"), "clerk") == "closed"
    assert refusal(e.ChecklistGiven, e.CaseAccepted(receipt="x"), "clerk") == "not_here"
    assert refusal(e.MaterialsChecked, e.CaseAccepted(receipt="x"), "agent") == "not_role"
    assert refusal(e.CaseOpened, e.ChecklistGiven(items=(), told=()), "clerk") == "not_told"
    assert refusal(e.CaseOpened, e.ChecklistGiven(items=(identity,), told=("voice",)), "clerk") == "identity_card"
    assert refusal(e.ParcelCollected, e.MaterialsCounted(parcel=YU, found=()), "agent") == "unknown_parcel"
    assert refusal(e.MaterialsCounted, e.MaterialsLacking(lacking=("moon",)), "agent") == "not_on_list"


def test_a_parcel_needs_papers_a_seal_and_a_number_of_its_own():
    bare = e.MaterialsSent(parcel=PARCEL, items=(), via="box", place="ZHANGZHOU", seal="BS-1")
    unsealed = e.MaterialsSent(parcel=PARCEL, items=(e.Item(code="x"),), via="box", place="ZHANGZHOU")
    assert refusal(e.ChecklistGiven, bare, "depositor") == "empty_parcel"
    assert refusal(e.ChecklistGiven, unsealed, "depositor") == "no_seal"
    assert refusal(e.MaterialsSent, SENT, "depositor") == "parcel_known"


def test_a_promise_is_never_later_than_the_law():
    late, past = e.PromiseMade(due="2026-07-01"), e.PromiseMade(due="2026-05-01")
    assert refusal(e.CaseAccepted, late, "clerk", last_lawful_day=date(2026, 6, 17)) == "promise_late"
    assert refusal(e.CaseAccepted, past, "clerk") == "promise_past"


def test_an_ask_within_the_list_is_not_a_second_ask():
    again = e.MaterialsAsked(items=(e.Item(code="id_card"),), cause="missed")
    assert refusal(e.ChecklistGiven, again, "clerk") == "on_the_list"


def mandated(until=None, *, revoked=False):
    log = story(e.PartyNamed)
    log.append(entry(2, e.PartyNamed(person=DAUGHTER, part="helper"), LIN, "clerk"))
    granted = e.MandateGranted(principal=FATHER, agent=DAUGHTER, acts=("withdraw",), form="spoken", until=until)
    log.append(entry(50, granted, LIN, "clerk"))
    if revoked:
        log.append(entry(51, e.MandateRevoked(mandate=log[-1].id), LIN, "clerk"))
    return fold(log, TABLES)


def test_a_helper_acts_only_within_a_living_mandate():
    deed = Deed(by=DAUGHTER, role="helper", today=TODAY)
    check(mandated("2026-05-13"), e.CaseWithdrawn(), deed, ERRAND)
    check(mandated(), e.CaseWithdrawn(), deed, ERRAND)
    for docket, code in (
        (mandated("2026-05-12"), "mandate_expired"),
        (mandated(revoked=True), "mandate_revoked"),
        (fold(story(e.ChecklistGiven), TABLES), "no_mandate"),
    ):
        with pytest.raises(NotAllowed) as refused:
            check(docket, e.CaseWithdrawn(), deed, ERRAND)
        assert refused.value.code == code


def test_a_mandate_is_not_given_to_oneself_nor_for_yesterday():
    own = e.MandateGranted(principal=FATHER, agent=FATHER, acts=("ask",), form="spoken")
    over = e.MandateGranted(principal=FATHER, agent=DAUGHTER, acts=("ask",), form="spoken", until="2026-05-12")
    assert refusal(e.CaseOpened, own, "clerk") == "mandate_self"
    assert refusal(e.CaseOpened, over, "clerk") == "mandate_over"
    assert refusal(e.CaseOpened, e.MandateRevoked(mandate=WANG), "clerk") == "no_such_mandate"
