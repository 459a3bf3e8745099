"""Handing a case over: nobody gets it without a yes, and what two sides say apart is kept until a person decides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import CASE, CHEN, FATHER, HU, NIGHT, TABLES, YU, entry, story

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import handover_entries as h
from driftbox.domain.docket.decide import check
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import build_id, millis

TODAY = date(2026, 5, 13)
ERRAND = TABLES["errand"]
VOUCHER = "v" * 43


def taken():
    """The case as it is when Chen has it."""
    return fold(story(e.TaskClaimed), TABLES)


def asked(number=60, to=YU, giver=CHEN, by=HU):
    return entry(
        number, h.HandoverProposed(to=to, giver=giver, reason="ashore"), by, "director" if by == HU else "agent"
    )


def after(*entries):
    return extend(taken(), entries, TABLES)


def refusal(docket, body, by, role):
    with pytest.raises(Refused) as refused:
        check(docket, body, Deed(by=by, role=role, today=TODAY), ERRAND)
    assert "。" in str(refused.value)
    return refused.value.code


def test_asking_changes_nothing_and_the_yes_and_the_hand_do():
    proposal = asked()
    docket = after(proposal)
    assert (docket.agent, open_handover(docket).state) == (CHEN, "proposed")
    docket = extend(docket, [entry(61, h.HandoverAccepted(proposal=proposal.id), YU, "agent")], TABLES)
    assert (docket.agent, open_handover(docket).state) == (CHEN, "accepted")
    docket = extend(docket, [entry(62, h.HandoverDone(proposal=proposal.id), YU, "agent")], TABLES)
    assert (docket.agent, open_handover(docket), docket.contested) == (YU, None, {})
    assert docket.work.hands == (CHEN, YU)


def test_a_no_leaves_the_case_where_it_is_and_says_why():
    proposal = asked()
    docket = after(proposal, entry(61, h.HandoverRefused(proposal=proposal.id, reason="full"), YU, "agent"))
    assert (docket.agent, docket.work.handovers[0].refused, open_handover(docket)) == (CHEN, "full", None)


def test_refusals_say_what_to_do():
    proposal = asked()
    docket = after(proposal)
    yes, no = h.HandoverAccepted(proposal=proposal.id), h.HandoverRefused(proposal=proposal.id, reason="full")
    assert refusal(docket, h.HandoverProposed(to=YU, giver=CHEN), HU, "director") == "handover_open"
    assert refusal(taken(), h.HandoverProposed(to=YU, giver=YU), HU, "director") == "handover_moved"
    assert refusal(taken(), h.HandoverProposed(to=CHEN, giver=CHEN), HU, "director") == "handover_same"
    assert refusal(taken(), h.HandoverProposed(to=YU, giver=CHEN), YU, "agent") == "handover_not_yours"
    assert refusal(docket, yes, CHEN, "agent") == "handover_not_asked"
    assert refusal(docket, no, CHEN, "agent") == "handover_not_asked"
    assert refusal(docket, h.HandoverDone(proposal=proposal.id), YU, "agent") == "handover_no_yes"
    assert refusal(docket, h.HandoverRevoked(proposal=proposal.id), YU, "agent") == "handover_not_yours_to_revoke"
    assert refusal(taken(), yes, YU, "agent") == "handover_gone"


def test_a_claim_by_somebody_else_overtakes_what_was_asked():
    free = extend(taken(), [entry(60, e.TaskReleased(agent=CHEN), CHEN, "agent")], TABLES)
    proposal = asked(61, giver="")
    docket = extend(free, [proposal, entry(62, e.TaskClaimed(agent=CHEN), CHEN, "agent")], TABLES)
    assert (docket.agent, docket.work.handovers[0].state) == (CHEN, "overtaken")


def elsewhere(seconds, body, by, role):
    """An entry of a node that was offline."""
    moment = millis(NIGHT + timedelta(hours=2, seconds=seconds))
    return Entry(
        id=build_id(moment, 0, 900 + seconds), docket=CASE, kind=e.KIND_OF[type(body)], by=by, role=role, for_=FATHER,
        node="n-island", body=body,
    )  # fmt: skip


def test_a_yes_from_an_island_without_signal_after_it_was_taken_back_is_contested_and_can_stand():
    proposal = asked()
    revoked = elsewhere(1, h.HandoverRevoked(proposal=proposal.id), HU, "director")
    yes = elsewhere(2, h.HandoverAccepted(proposal=proposal.id), YU, "agent")
    done = elsewhere(3, h.HandoverDone(proposal=proposal.id), YU, "agent")
    docket = after(proposal, revoked, yes, done)
    assert docket.agent == CHEN
    assert [contest.reason for contest in docket.open_contests] == ["nothing_open", "nothing_open"]
    settled = [
        elsewhere(place, e.ContestSettled(entry=one.id, verdict="stands", reason="looked_at"), HU, "director")
        for place, one in enumerate((yes, done), start=4)
    ]
    docket = extend(docket, settled, TABLES)
    assert (docket.agent, docket.open_contests) == (YU, ())


def test_two_who_ask_two_people_apart_leave_one_contested_whatever_comes_first():
    first, second = asked(60, to=YU), elsewhere(1, h.HandoverProposed(to=HU, giver=CHEN, reason="ill"), CHEN, "agent")
    whole = [*story(e.TaskClaimed), first, second]
    one, other = fold(whole, TABLES), fold(list(reversed(whole)), TABLES)
    assert one == other
    assert [contest.entry.id for contest in one.open_contests] == [second.id]


ACTS = (
    (h.HandoverProposed(to=YU, giver=CHEN), HU, "director"),
    (h.HandoverProposed(to=YU, giver=CHEN), CHEN, "agent"),
    (h.HandoverProposed(to=CHEN, giver=""), HU, "director"),
    (h.HandoverAccepted(proposal=asked().id), YU, "agent"),
    (h.HandoverRefused(proposal=asked().id, reason="full"), YU, "agent"),
    (h.HandoverDone(proposal=asked().id), YU, "agent"),
    (h.HandoverDone(proposal=asked().id), CHEN, "agent"),
    (h.HandoverRevoked(proposal=asked().id), HU, "director"),
    (e.TaskReleased(agent=CHEN), CHEN, "agent"),
    (e.TaskClaimed(agent=YU), YU, "agent"),
    (h.ActivityRecorded(minutes=30, metres=1200), CHEN, "agent"),
    (h.ExpenseRecorded(cents=1250, purpose="boat", voucher=VOUCHER), CHEN, "agent"),
    (h.ExpenseApproved(expense=build_id(millis(NIGHT) + 71 * 60_000, 0, 71)), HU, "director"),
)


@given(st.lists(st.sampled_from(ACTS), max_size=6))
def test_what_is_let_through_folds_uncontested(acts):
    docket = after(asked())
    for number, (body, by, role) in enumerate(acts, start=70):
        try:
            check(docket, body, Deed(by=by, role=role, today=TODAY), ERRAND)
        except Refused:
            continue
        docket = extend(fork(docket), [entry(number, body, by, role)], TABLES)
        assert docket.contested == {}


def spent(number=60, by=CHEN):
    return entry(number, h.ExpenseRecorded(cents=1250, purpose="boat", voucher=VOUCHER), by, "agent")


def test_money_is_approved_by_another_person_and_a_voucher_serves_once():
    expense = spent()
    docket = after(expense)
    assert refusal(docket, h.ExpenseApproved(expense=expense.id), CHEN, "director") == "expense_own"
    again = h.ExpenseRecorded(cents=1250, purpose="boat", voucher=VOUCHER)
    assert refusal(docket, again, CHEN, "agent") == "voucher_twice"
    docket = extend(docket, [entry(61, h.ExpenseApproved(expense=expense.id), HU, "director")], TABLES)
    (one,) = docket.work.expenses
    assert (one.state, one.decided_by, one.cents) == ("approved", HU, 1250)
    assert refusal(docket, h.ExpenseRefused(expense=expense.id, reason="unclear"), HU, "director") == "expense_decided"


def test_the_same_person_approving_from_elsewhere_is_contested():
    expense = spent()
    docket = after(expense, elsewhere(1, h.ExpenseApproved(expense=expense.id), CHEN, "director"))
    assert (docket.work.expenses[0].state, len(docket.open_contests)) == ("asked", 1)


def test_an_older_docket_folds_to_what_it_was():
    docket = fold(story(), TABLES)
    assert (docket.agent, docket.work.handovers, docket.contested) == (CHEN, (), {})
