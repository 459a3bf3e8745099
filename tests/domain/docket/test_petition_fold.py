"""A petition folds: from registration to re-review, in any order of arrival, and nothing that cannot stand moves it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from tests.cast import FATHER, HU, LIN, TABLES, WANG, entry, story
from tests.cast_petition import (
    ACCUSATION,
    FIRST,
    HANDLED,
    OFFICIAL,
    QIAN,
    REREVIEW,
    REVIEW,
    SERVED,
    STORIES,
    TWIN,
    WORDS,
    ZHAO,
    entries_for,
    until,
)  # fmt: skip

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import notice_entries as n
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.decide import Deed, check
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.next_step import next_step
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import build_id, id_millis

TODAY = date(2026, 5, 11)
ALL = [(docket, number) for docket, made in STORIES.items() for number in range(1, len(made))]
FOLDED = {docket: fold(made, TABLES) for docket, made in STORIES.items()}


def test_nothing_of_the_stories_is_contested_and_each_ends_where_it_should():
    assert {docket: made.contested for docket, made in FOLDED.items() if made.contested} == {}
    ends = [FOLDED[docket].stage for docket in (FIRST, REVIEW, REREVIEW, ACCUSATION)]
    assert ends == ["handling", "review_answered", "ended", "replied"]


def test_every_kind_of_a_petition_happens_in_some_story():
    told = {one.kind for made in STORIES.values() for one in made}
    assert (set(p.KINDS) | set(w.KINDS) | set(n.KINDS)) - told == set()


@pytest.mark.parametrize(("docket", "number"), ALL)
def test_each_step_is_let_through_and_each_moment_has_a_next_step(docket, number):
    made = STORIES[docket]
    before, one = fold(made[:number], TABLES), made[number]
    check(before, one.body, Deed(by=one.by, role=one.role, today=TODAY), TABLES["petition"])
    step = next_step(before, TABLES["petition"])
    assert step.act.zh
    assert step.role or TABLES["petition"].stages[before.stage].final


@given(st.data())
def test_order_and_repetition_do_not_matter(data):
    docket = data.draw(st.sampled_from(sorted(STORIES)))
    order = data.draw(st.permutations(STORIES[docket]))
    again = data.draw(st.lists(st.sampled_from(order), max_size=5))
    assert fold([*order, *again], TABLES) == FOLDED[docket]


@given(st.data())
def test_any_part_folds_and_folding_on_equals_folding_afresh(data):
    docket = data.draw(st.sampled_from(sorted(STORIES)))
    made = STORIES[docket]
    cut = data.draw(st.integers(0, len(made)))
    assert extend(fork(fold(made[:cut], TABLES)), made[cut:], TABLES) == FOLDED[docket]
    kept = data.draw(st.sets(st.integers(0, len(made) - 1)))
    assert fold([one for number, one in enumerate(made) if number in kept], TABLES).count == len(kept)


@given(st.sampled_from(ALL), st.sampled_from(ALL))
def test_what_is_let_through_folds_uncontested(where, what):
    docket, number = where
    before = fold(STORIES[docket][:number], TABLES)
    other = STORIES[what[0]][what[1]]
    try:
        check(before, other.body, Deed(by=other.by, role=other.role, today=TODAY), TABLES["petition"])
    except Refused:
        return
    late = build_id(id_millis(before.last) + 1, 0, 1)
    later = structs.replace(other, id=late, docket=docket)
    after = extend(fork(before), [later], TABLES)
    assert after.contested == before.contested


def test_a_reply_served_twice_is_kept_and_changes_nothing():
    made = STORIES[FIRST]
    served = next(n for n, one in enumerate(made) if one.body == SERVED)
    again = entry(9999, e.OpinionServed(outcome="not_supported", paper=WORDS), WANG, "officer", docket=FIRST)
    docket = fold([*made[: served + 1], again], TABLES)
    assert (docket.outcome, docket.contested[again.id].reason) == ("supported", "not_here")


def test_the_official_complained_of_never_becomes_a_party_nor_handles_it():
    docket = until(STORIES[FIRST], e.PetitionTransferred)
    named = entry(9999, p.HandlerNamed(person=OFFICIAL), LIN, "clerk", docket=FIRST)
    after = extend(fork(docket), [named], TABLES)
    assert OFFICIAL not in after.parties
    assert (after.petition.handler, after.contested[named.id].reason) == ("", "barred")


def test_the_handler_who_is_named_later_stops_handling_it():
    docket = until(STORIES[FIRST], e.PetitionAccepted)
    assert docket.petition.handler == WANG
    named = entry(9999, e.PartyNamed(person=WANG, part="complained_of"), LIN, "clerk", docket=FIRST)
    assert extend(docket, [named], TABLES).petition.handler == ""


def test_an_objection_that_is_agreed_to_brings_the_petition_back():
    docket = until(STORIES[FIRST], p.PetitionReturned)
    assert (docket.stage, docket.petition.office, docket.petition.transfers) == ("registered", "", 1)


def test_merging_is_undone_and_a_wrong_link_too():
    merged = until(STORIES[FIRST], w.PetitionMerged)
    apart = until(STORIES[FIRST], w.PetitionUnmerged)
    linked = until(STORIES[FIRST], w.DocketLinked)
    assert (merged.petition.merged_into, apart.petition.merged_into) == (TWIN, "")
    assert (linked.petition.merged, apart.petition.merged) == ((TWIN,), ())


def test_an_accusation_is_confidential_however_it_came():
    sorted_later = (*HANDLED[:2], (p.PetitionRegistered(sort="redress"), LIN, "clerk"),
                    (p.PetitionClassified(sort="accusation"), LIN, "clerk"),
                    (p.PetitionClassified(sort="redress", route="art31-6"), LIN, "clerk"))  # fmt: skip
    assert fold(entries_for(FIRST, sorted_later), TABLES).confidential


def test_who_may_see_a_confidential_petition_is_as_the_custodian_says():
    granted = until(STORIES[ACCUSATION], w.AccessGranted)
    forced = until(STORIES[ACCUSATION], w.AccessForced)
    revoked = until(STORIES[ACCUSATION], w.AccessRevoked)
    assert granted.petition.may_open == {WANG}
    assert (forced.petition.may_open, forced.petition.opened_by) == ({WANG, HU}, (HU,))
    assert revoked.petition.may_open == {WANG}


def test_a_bad_rating_is_a_moment_of_its_own_once_and_one_further_rating_follows():
    docket = FOLDED[FIRST]
    assert [m.kind for m in docket.moments].count("rating.discontent") == 1
    assert until(STORIES[FIRST], e.CaseRated, 1).petition.ratings == 2


def test_who_handled_it_before_does_not_review_it():
    assert FOLDED[REREVIEW].petition.barred == (WANG, QIAN)
    assert (FOLDED[REVIEW].petition.tier, FOLDED[REREVIEW].petition.tier) == (1, 2)
    assert FOLDED[REREVIEW].petition.handler == ZHAO


def test_errands_share_one_empty_petition():
    assert fold(story(), TABLES).petition is fold([], TABLES).petition
    assert fold(story(), TABLES).beneficiary == FATHER


@pytest.mark.parametrize(
    ("kind", "place", "role"),
    [
        (p.PetitionObjected, 0, "clerk"),
        (p.RecusalAsked, 0, "director"),
        (p.ExtensionAsked, 0, "director"),
        (w.MessageLeft, 0, "officer"),
        (e.OpinionServed, 0, "officer"),
        (e.CaseRated, 0, "clerk"),
        (w.CallbackMade, 0, "officer"),
        (w.ReopenAsked, 0, "supervisor"),
    ],
)
def test_what_somebody_asked_for_waits_for_whoever_decides(kind, place, role):
    assert next_step(until(STORIES[FIRST], kind, place), TABLES["petition"]).role == role


def test_once_a_review_is_asked_for_nobody_is_told_any_more_to_ask_for_it():
    before, after = (until(STORIES[FIRST], kind) for kind in (e.OpinionServed, p.ReviewOpened))
    for docket in (before, after):
        docket.petition = structs.replace(docket.petition, execution="done")
    table = TABLES["petition"]
    assert (next_step(before, table).role, next_step(after, table).role) == ("resident", "clerk")


def test_a_late_request_and_a_wish_to_see_wait_too():
    late = next_step(until(STORIES[REVIEW], p.ReviewRequested), TABLES["petition"])
    asked = next_step(until(STORIES[ACCUSATION], w.AccessAsked), TABLES["petition"])
    assert (late.role, asked.role) == ("officer", "custodian")
