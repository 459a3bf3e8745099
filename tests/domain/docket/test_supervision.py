"""Supervision: reminded, taken over, met, carded; on a case of any procedure, answered or not."""

from datetime import date

import pytest
from tests.cast import CASE, CHEN, LIN, TABLES, entry, story
from tests.cast_petition import WORDS, ZHAO

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import fold
from driftbox.domain.errors import NotAllowed, Refused

ERRAND = TABLES["errand"]
ACTS = (
    w.SupervisionReminded(office="C-BS", ground="stands_still"),
    w.SupervisionTakenOver(office="PT", ground="overdue"),
    w.SupervisionMet(office="C-BS", day="2026-05-20", paper=WORDS),
    w.CardIssued(colour="yellow", office="C-BS", ground="overdue"),
)


def deed(by=ZHAO, role="supervisor"):
    return Deed(by=by, role=role, today=date(2026, 5, 20))


def answered(body):
    """An errand with one act of supervision, and that act answered."""
    acts = [*story(e.TaskClaimed), entry(90, body, ZHAO, "supervisor")]
    answer = w.SupervisionAnswered(supervision=acts[-1].id, paper=WORDS)
    return fold(acts, TABLES), answer, fold([*acts, entry(91, answer, CHEN, "agent")], TABLES)


@pytest.mark.parametrize("body", ACTS, ids=lambda body: type(body).__name__)
def test_every_act_waits_for_an_answer_and_is_answered_once_it_came(body):
    before, answer, after = answered(body)
    check(before, answer, deed(CHEN, "agent"), ERRAND)
    assert before.petition.waiting_supervision == 1
    assert after.petition.waiting_supervision == 0
    assert after.contested == {}
    assert after.stage == before.stage


def test_only_those_who_supervise_may_remind():
    docket = fold(story(e.TaskClaimed), TABLES)
    check(docket, ACTS[0], deed(), ERRAND)
    with pytest.raises(NotAllowed):
        check(docket, ACTS[0], deed(LIN, "clerk"), ERRAND)


def test_what_was_never_asked_is_not_answered():
    docket = fold(story(e.TaskClaimed), TABLES)
    with pytest.raises(Refused) as refused:
        check(docket, w.SupervisionAnswered(supervision=CASE, paper=WORDS), deed(CHEN, "agent"), ERRAND)
    assert refused.value.code == "no_supervision"


def test_a_card_that_was_taken_back_waits_for_nobody():
    acts = [*story(e.TaskClaimed), entry(90, ACTS[3], ZHAO, "supervisor")]
    back = w.CardWithdrawn(card=acts[-1].id, reason="mended")
    assert fold([*acts, entry(91, back, ZHAO, "supervisor")], TABLES).petition.waiting_supervision == 0
