"""Deciding about a petition: each refusal is a sentence with a remedy, and changes nothing."""

from datetime import date

import pytest
from tests.cast import FATHER, HU, LIN, TABLES, WANG, YU, key
from tests.cast_petition import (
    ACCUSATION,
    FIRST,
    HANDLED,
    ISSUED,
    OFFICIAL,
    QIAN,
    REVIEW,
    SENT_ON,
    STORIES,
    TWIN,
    WORDS,
    ZHAO,
    entries_for,
    opened,
    until,
)  # fmt: skip

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.decide import check
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.fold import fold
from driftbox.domain.errors import Refused

TODAY = date(2026, 5, 13)
MAIN = STORIES[FIRST]


def refusal(docket, body, role, by=LIN, **more):
    before = repr(docket)
    with pytest.raises(Refused) as refused:
        check(docket, body, Deed(by=by, role=role, today=TODAY, **more), TABLES["petition"])
    assert "。" in str(refused.value)
    assert repr(docket) == before
    return refused.value.code


def registered(*more, sort="redress", route="art31-6", matter="XF-QIUJUE"):
    acts = (
        (opened(matter), FATHER, "resident"),
        (p.PetitionRegistered(sort=sort, route=route), LIN, "clerk"),
        *((body, LIN, "clerk") for body in more),
    )
    return fold(entries_for(key(60), acts), TABLES)


SERVED = e.OpinionServed(outcome="supported", paper=WORDS)
ACCEPTED = until(MAIN, e.PetitionAccepted)
HEARD = until(MAIN, p.PetitionerHeard)
ANSWERED = until(MAIN, e.OpinionServed)
ASKED = until(MAIN, p.ExtensionAsked, 1)
IN_REVIEW = until(STORIES[REVIEW], p.ReviewRequested)


def test_a_reply_is_served_once():
    assert refusal(ANSWERED, SERVED, "officer", WANG) == "served_already"
    assert refusal(registered(), SERVED, "officer", WANG) == "not_here"


def test_no_day_before_the_petition_nor_one_that_has_not_come():
    opened_on = date(2026, 5, 11)
    assert refusal(HEARD, SERVED, "officer", WANG, on=date(2026, 5, 10), opened=opened_on) == "before_case"
    assert refusal(HEARD, SERVED, "officer", WANG, on=date(2026, 5, 14), opened=opened_on) == "in_future"
    assert refusal(HEARD, SERVED, "officer", WANG, on=date(2026, 5, 11), accepted=TODAY) == "before_acceptance"


def test_an_extension_is_asked_for_approved_by_another_and_in_time():
    grant = p.PetitionExtended(days=20, reason="complex", paper=WORDS)
    ask = p.ExtensionAsked(days=31, reason="complex")
    assert refusal(ACCEPTED, grant, "director", HU) == "extension_not_asked"
    assert refusal(ASKED, grant, "director", WANG) == "not_another"
    assert (
        refusal(ASKED, p.PetitionExtended(days=30, reason="complex", paper=WORDS), "director", HU) == "more_than_asked"
    )
    assert refusal(ASKED, grant, "director", HU, last_lawful_day=date(2026, 5, 12)) == "extension_late"
    assert refusal(ASKED, grant, "director", HU, extension_left=10) == "extension_too_long"
    assert refusal(ACCEPTED, ask, "officer", WANG, extension_left=30) == "extension_too_long"
    assert refusal(ACCEPTED, ask, "officer", WANG, last_lawful_day=date(2026, 5, 12)) == "extension_late"
    assert refusal(ASKED, ask, "officer", WANG) == "extension_asked_already"


def test_a_visit_sends_five_representatives_and_not_six():
    five = registered(*(e.PartyNamed(person=key(70 + n), part="representative") for n in range(5)))
    sixth = e.PartyNamed(person=key(80), part="representative")
    assert refusal(five, sixth, "clerk") == "too_many_representatives"
    check(five, e.PartyNamed(person=key(80), part="petitioner"), Deed(by=LIN, role="clerk", today=TODAY),
          TABLES["petition"])  # fmt: skip
    assert len(five.petition.representatives) == 5


def test_nobody_complained_of_and_nobody_who_stepped_aside_handles_it():
    assert refusal(ACCEPTED, p.HandlerNamed(person=OFFICIAL), "clerk") == "names_handler"
    assert refusal(ACCEPTED, p.HandlerNamed(person=QIAN), "clerk") == "barred_handler"
    assert refusal(IN_REVIEW, p.HandlerNamed(person=WANG), "supervisor", ZHAO) == "barred_handler"
    assert refusal(ACCEPTED, p.PetitionInvestigated(paper=WORDS), "officer", OFFICIAL) == "complained_of"
    assert refusal(ACCEPTED, p.PetitionInvestigated(paper=WORDS), "officer", QIAN) == "stepped_aside"


def test_a_clerk_who_is_named_hands_on_and_nothing_is_lost():
    named = e.PartyNamed(person=LIN, part="complained_of")
    docket = fold(entries_for(FIRST, (*HANDLED[:3], (named, FATHER, "resident"))), TABLES)
    assert refusal(registered(), named, "clerk") == "names_you"
    assert refusal(docket, p.PetitionRegistered(sort="redress"), "clerk") == "complained_of"
    assert docket.petition.complained == (LIN,)


def test_each_sort_goes_its_own_way():
    accept, take = e.PetitionAccepted(), p.PetitionTaken()
    assert refusal(registered(sort="suggestion", route=""), accept, "clerk") == "not_redress"
    assert refusal(registered(sort="accusation", route=""), accept, "clerk") == "not_redress"
    assert refusal(registered(route="art31-4"), accept, "clerk") == "other_route"
    assert refusal(registered(), take, "clerk") == "is_redress"
    assert refusal(registered(), p.PetitionRegistered(sort="redress"), "clerk") == "registered_already"
    assert refusal(registered(), p.PetitionClassified(sort="redress"), "clerk") == "no_route"
    assert (
        refusal(registered(), p.PetitionClassified(sort="suggestion", route="art31-1"), "clerk") == "route_of_redress"
    )
    assert refusal(fold(entries_for(FIRST, SENT_ON), TABLES), accept, "clerk") == "closed"


def test_after_the_final_review_the_same_facts_are_not_accepted_again():
    again = registered(w.DocketLinked(docket=TWIN, relation="repeat", ended=True))
    assert refusal(again, e.PetitionAccepted(), "clerk") == "ended"
    decline = e.CaseDeclined(ground="ended_after_rereview", door="help")
    check(again, decline, Deed(by=LIN, role="clerk", today=TODAY), TABLES["petition"])
    fresh = registered(w.DocketLinked(docket=TWIN, relation="repeat", ended=True),
                       w.DocketUnlinked(docket=TWIN, reason="other_facts"))  # fmt: skip
    check(fresh, e.PetitionAccepted(), Deed(by=LIN, role="clerk", today=TODAY), TABLES["petition"])


def test_what_is_declined_is_told_the_door():
    assert refusal(registered(), e.CaseDeclined(ground="arbitration"), "clerk") == "no_door"


def test_a_transfer_goes_to_another_than_the_one_complained_of_and_an_assignment_has_a_term():
    named = registered(e.PartyNamed(part="complained_of", office="D-JT"))
    assert refusal(named, e.PetitionTransferred(office="D-JT"), "clerk") == "to_complained"
    assert refusal(named, e.PetitionTransferred(office="D-ZJ", how="assign"), "clerk") == "no_term"
    past = e.PetitionTransferred(office="D-ZJ", how="assign", report_by="2026-05-01")
    never = e.PetitionTransferred(office="D-ZJ", how="assign", report_by="2026-02-31")
    assert refusal(named, past, "clerk") == "term_past"
    assert refusal(named, never, "clerk") == "no_such_day"


def test_an_objection_comes_within_five_working_days():
    sent = until(MAIN, e.PetitionTransferred)
    objection = p.PetitionObjected(reason="not_ours", paper=WORDS)
    assert refusal(sent, objection, "officer", WANG, last_lawful_day=date(2026, 5, 12)) == "objection_late"
    assert refusal(sent, p.PetitionReturned(papers=1), "clerk") == "no_objection"
    assert refusal(until(MAIN, p.PetitionObjected), objection, "officer", WANG) == "objected_already"
    assert refusal(until(MAIN, p.TransferReceived), p.TransferReceived(), "officer", WANG) == "received_already"


def test_several_bodies_agree_before_a_higher_one_names_one():
    joint = p.CompetenceAsked(offices=("D-ZJ", "D-JT"), rung="joint_meeting")
    settled = p.CompetenceSettled(office="D-MZ", rung="agreement")
    assert refusal(registered(), joint, "clerk") == "rung_skipped"
    assert refusal(registered(), settled, "director", HU) == "no_dispute"
    assert refusal(until(MAIN, p.CompetenceAsked), settled, "director", HU) == "not_contender"


def test_an_opinion_comes_after_hearing_the_person_and_is_served_as_it_was_written():
    issued = until(MAIN, p.OpinionIssued)
    assert refusal(ACCEPTED, ISSUED, "officer", WANG) == "not_heard"
    upheld = p.OpinionIssued(outcome="upheld", facts=WORDS, grounds=WORDS, basis=WORDS)
    assert refusal(HEARD, upheld, "officer", WANG) == "other_outcome"
    assert refusal(IN_REVIEW, ISSUED, "officer", QIAN) == "other_outcome"
    assert refusal(HEARD, e.OpinionServed(outcome="supported"), "officer", WANG) == "no_opinion"
    assert refusal(issued, e.OpinionServed(outcome="explained"), "officer", WANG) == "not_as_issued"
    assert refusal(issued, e.OpinionServed(outcome="supported", way="electronic"), "officer", WANG) == "no_consent"
    assert refusal(until(MAIN, p.HearingOpened), ISSUED, "officer", WANG) == "hearing_open"
    assert refusal(ACCEPTED, p.HearingClosed(), "officer", WANG) == "no_hearing"


def test_a_review_is_asked_for_once_in_a_docket_of_its_own():
    assert refusal(until(MAIN, p.ReviewOpened), p.ReviewOpened(docket=TWIN), "resident", FATHER) == "review_there"
    assert refusal(registered(), p.ReviewRequested(of=key(60)), "resident", FATHER) == "own_review"
    excused = until(STORIES[REVIEW], p.LatenessExcused)
    assert refusal(excused, e.CaseDeclined(ground="late", door="help"), "officer", QIAN) == "not_late"


def test_confidence_is_kept_from_agents_and_opened_case_by_case():
    accused = until(STORIES[ACCUSATION], p.PetitionRegistered)
    grant = w.AccessGranted(person=WANG, asked="handling", reason="handling")
    own = w.AccessGranted(person=ZHAO, asked="handling", reason="handling")
    assert refusal(accused, e.TaskClaimed(agent=YU), "agent", YU) == "agent_closed"
    assert refusal(registered(), grant, "custodian", ZHAO) == "not_confidential"
    assert refusal(accused, own, "custodian", ZHAO) == "not_another"
    assert refusal(accused, w.AccessRevoked(person=WANG, reason="done"), "custodian", ZHAO) == "no_access"
    assert refusal(accused, grant, "clerk") == "not_role"


def test_one_rating_and_one_further_after_mending():
    rate = e.CaseRated(satisfaction=2)
    assert refusal(until(MAIN, e.CaseRated), rate, "resident", FATHER) == "rated_already"
    assert refusal(until(MAIN, e.CaseRated, 1), rate, "resident", FATHER) == "rated_already"
    check(until(MAIN, w.MendingReported), rate, Deed(by=FATHER, role="resident", today=TODAY), TABLES["petition"])
    assert refusal(ANSWERED, w.MendingReported(paper=WORDS), "officer", WANG) == "nothing_to_mend"


def test_reopening_is_decided_by_somebody_who_did_not_handle_it():
    asked = until(MAIN, w.ReopenAsked)
    decided = w.ReopenDecided(verdict="reopened", reason="not_done")
    assert refusal(asked, decided, "director", WANG) == "handled_it"
    assert refusal(ANSWERED, decided, "director", HU) == "reopen_not_asked"
    assert refusal(asked, w.PetitionReopened(), "director", HU) == "reopen_not_granted"


def test_merging_and_links_hold_together():
    merged = until(MAIN, w.PetitionMerged)
    assert refusal(merged, w.PetitionMerged(into=key(61)), "clerk") == "merged_already"
    assert refusal(merged, w.PetitionUnmerged(into=key(61), reason="other_facts"), "clerk") == "not_merged"
    assert refusal(until(MAIN, w.DocketLinked), w.PetitionMerged(into=key(61)), "clerk") == "has_merged"
    assert refusal(merged, w.PetitionMerged(into=FIRST), "clerk") == "itself"
    assert refusal(merged, w.DocketLinked(docket=FIRST, relation="related"), "clerk") == "itself"
    assert refusal(merged, w.DocketUnlinked(docket=key(61), reason="other_facts"), "clerk") == "not_linked"


def test_two_that_read_alike_are_told_apart_once_they_are_not_merged():
    merged = until(MAIN, w.PetitionMerged)
    assert refusal(merged, w.PetitionsToldApart(docket=TWIN), "clerk") == "they_are_merged"
    assert refusal(merged, w.PetitionsToldApart(docket=FIRST), "clerk") == "itself"
    assert until(MAIN, w.PetitionsToldApart).petition.apart == (TWIN,)
