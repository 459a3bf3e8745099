"""Petitions through the actions that pages use: the chain, its links, and what comes after."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load, row_of
from driftbox.apps.errands.casting import cast_staff
from driftbox.apps.eventlog import queries as log
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.papers.queries import read_text
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import decide_reopening, issue_opinion, record_on, serve
from driftbox.apps.petitions.carrying import Asking
from driftbox.apps.petitions.chain import request_review
from driftbox.apps.petitions.joining import (
    act_together,
    link,
    merge,
    open_aid,
    petition_from_errand,
    unmerge,
)  # fmt: skip
from driftbox.apps.petitions.queries import annual, overdue, to_carry_out, warnings_due, warnings_for
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.apps.petitions.story import play_petition, set_petition_stage
from driftbox.cli.log import faults_of
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.errors import NotAllowed, Refused

MORNING = datetime(2026, 5, 12, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
ZHOU = Particulars(name="周大海", phone="13800000714")
JIN = Particulars(name="金阿毛", phone="13800000715")
PARTS = ("事实", "理由", "依据")


def at(days, hour=10):
    return (MORNING + timedelta(days=days)).replace(hour=hour)


@pytest.fixture
def staff(db):
    enrol_self(MORNING)
    return {name: account.person for name, account in cast_staff("piaoliuxiang-test", now=MORNING).items()}


@pytest.fixture
def raise_one(staff):
    """Register a petition; ``more`` changes what it tells."""

    def made(**more):
        told = {"sort": "redress", "words": "滑道塌了", "office": "C-BS", "petitioner": ZHOU} | more
        return register(Petitioning(**told), recorder=staff["lin"], now=at(0))

    return made


@pytest.fixture
def answered(staff, raise_one):
    """A petition answered on the tenth day."""
    docket = raise_one().docket.id
    officer = {"by": staff["he"], "role": "officer"}
    heard = [p.HandlerNamed(person=staff["he"]), e.PetitionAccepted(), p.PetitionerHeard(paper="w" * 43)]
    record(docket, heard, now=at(1), **officer)
    issue_opinion(docket, "supported", *PARTS, now=at(9), **officer)
    return serve(docket, "signature", "in_person", "周大海", None, now=at(10), **officer)


@pytest.fixture
def as_viewer(staff):
    """How a member of staff sees the cases."""

    def viewer(username):
        return staff_viewer(Account.objects.get(username=username))

    return viewer


def asking(docket):
    return Asking(by=docket.beneficiary)


def test_the_story_is_played_to_its_end_and_the_log_is_whole(db):
    enrol_self(MORNING)
    scenes = list(play_petition(set_petition_stage(MORNING, password="piaoliuxiang-test")))
    stages = {scene.docket.id: scene.docket.stage for scene in scenes}
    assert list(stages.values()) == ["answered", "review_answered", "ended", "declined"]
    assert [fault for key in log.dockets() for fault in faults_of(key)] == []
    assert all(not load(key).docket.contested for key in stages)


def test_a_review_is_a_docket_one_level_up_linked_both_ways_with_papers(answered):
    asked = request_review(answered.id, "没有写哪年", asking(answered), now=at(20))
    old, new = load(answered.id).docket, asked.docket
    assert (old.petition.review, new.petition.reviewed) == (new.id, old.id)
    assert (new.stage, new.petition.tier, new.office) == ("reviewing", 1, "ST09")
    assert new.petition.barred == old.petition.handlers
    assert not asked.late
    linked = next(one.body for one in log_of(new.id) if isinstance(one.body, w.DocketLinked))
    assert [read_text(new.id, paper) for paper in linked.papers] == ["滑道塌了", "理由", "事实", "依据"]
    stopped = {r.clock: r.verdict for r in clocks_of(old, at(21))}
    assert stopped["review_request"] == "met"
    assert {r.clock: r.verdict for r in clocks_of(new, at(21))}["review"] == "running"


def log_of(docket):
    return [read.entry for read in log.since(docket)]


def test_a_late_review_is_recorded_and_told_and_not_silently_refused(answered, staff):
    asked = request_review(answered.id, "出海去了", asking(answered), now=at(50))
    assert (asked.late, asked.docket.petition.late, asked.docket.stage) == (True, True, "reviewing")
    declined = e.CaseDeclined(ground="late", door="help")
    after = record(asked.docket.id, [declined], by=staff["zhao"], role="supervisor", now=at(51))
    assert after.stage == "declined"


def test_a_review_is_asked_for_once_and_not_before_the_answer(answered, raise_one):
    request_review(answered.id, "", asking(answered), now=at(20))
    dockets = CaseRow.objects.count()
    for docket in (answered.id, raise_one().docket.id):
        with pytest.raises(Refused):
            request_review(docket, "", asking(answered), now=at(21))
    assert CaseRow.objects.count() == dockets + 1


def test_what_is_served_on_an_impossible_day_is_refused_and_a_past_day_starts_the_clock(answered, staff, raise_one):
    docket = raise_one(words="另一件").docket.id
    bodies = [e.PetitionAccepted()]
    for day in (at(-1), at(9)):
        with pytest.raises(Refused):
            record_on(docket, bodies, day.date(), by=staff["lin"], role="clerk", now=at(5))
    after = record_on(docket, bodies, at(2).date(), by=staff["lin"], role="clerk", now=at(5))
    handling = next(r for r in clocks_of(after, at(5)) if r.clock == "handling")
    assert handling.starts == at(2).date()


def test_an_extension_after_the_last_day_or_approved_by_its_asker_is_refused(staff, raise_one):
    docket = raise_one().docket.id
    officer = {"by": staff["he"], "role": "officer"}
    record(docket, [p.HandlerNamed(person=staff["he"]), e.PetitionAccepted()], now=at(1), **officer)
    ask = p.ExtensionAsked(days=30, reason="complex")
    grant = p.PetitionExtended(days=30, reason="complex", paper="w" * 43)
    with pytest.raises(Refused) as late:
        record(docket, [ask], now=at(90), **officer)
    record(docket, [ask], now=at(40), **officer)
    with pytest.raises(NotAllowed):
        record(docket, [grant], by=staff["he"], role="director", now=at(41))
    record(docket, [grant], by=staff["hu"], role="director", now=at(41))
    with pytest.raises(Refused) as more:
        record(docket, [p.ExtensionAsked(days=1, reason="complex")], now=at(42), **officer)
    assert (late.value.code, more.value.code) == ("extension_late", "extension_too_long")
    assert load(docket).docket.petition.extended == 30


def test_six_representatives_of_a_visit_are_all_kept_and_five_speak(raise_one):
    people = tuple(Particulars(name=f"渔民{n}", phone=f"1380000080{n}") for n in range(6))
    registered = raise_one(channel="visit", others=people[:1], representatives=people)
    assert registered.not_speaking == 1
    assert len(registered.docket.petition.representatives) == 5
    assert len(registered.docket.parties) == 7


def test_duplicates_are_merged_by_a_person_and_taken_apart_again(staff, raise_one):
    main, twin = raise_one().docket.id, raise_one(petitioner=JIN).docket.id
    who = {"by": staff["lin"], "role": "clerk"}
    merge(twin, main, now=at(1), **who)
    assert (row_of(twin).merged_into, load(main).docket.petition.merged) == (main, (twin,))
    act_together(main, lambda _docket, _seal: [e.PetitionAccepted()], now=at(2), **who)
    assert {load(one).docket.stage for one in (main, twin)} == {"handling"}
    unmerge(twin, "other_facts", now=at(3), **who)
    assert (row_of(twin).merged_into, load(main).docket.petition.links) == ("", ())


def test_a_failed_errand_becomes_a_petition_with_papers_and_history(played, staff):
    errand = played("decision.made")
    helper = Asking(by=errand.applicant, role="helper")
    petition = petition_from_errand(errand.id, "等了很久没有下文", helper, now=at(30))
    links = {(one.docket, one.relation) for one in petition.petition.links}
    assert links == {(errand.id, "arisen_from")}
    assert load(errand.id).docket.petition.links[0].relation == "became_petition"
    assert (petition.beneficiary, petition.petition.sort) == (errand.beneficiary, "redress")


def test_hardship_opens_aid_beside_the_petition(staff, raise_one):
    docket = raise_one().docket.id
    aid = open_aid(docket, ["MZ-LINSHI"], by=staff["lin"], role="clerk", now=at(1))
    assert [one.matter for one in aid] == ["MZ-LINSHI"]
    assert load(docket).docket.petition.links[0].relation == "aid"
    with pytest.raises(Refused):
        open_aid(docket, ["NO-SUCH"], by=staff["lin"], role="clerk", now=at(1))


def test_the_same_facts_after_the_final_review_are_not_accepted_again(db):
    enrol_self(MORNING)
    stage = set_petition_stage(MORNING, password="piaoliuxiang-test")
    ended = next(s.docket for s in play_petition(stage) if s.docket.stage == "ended")
    clerk = stage.staff["lin"].person
    told = Petitioning(sort="redress", words="滑道", office="C-BS", petitioner=ZHOU)
    again = register(told, recorder=clerk, now=at(200))
    link(again.docket.id, ended.id, "repeat", by=clerk, role="clerk", now=at(200))
    with pytest.raises(Refused) as refused:
        record(again.docket.id, [e.PetitionAccepted()], by=clerk, role="clerk", now=at(201))
    assert refused.value.code == "ended"
    with pytest.raises(Refused):
        request_review(ended.id, "", Asking(by=ended.beneficiary), now=at(201))


def test_reopening_is_decided_by_another_and_starts_the_handling_again(answered, staff):
    record(answered.id, [w.ReopenAsked(reason="not_done")], by=answered.beneficiary, role="resident", now=at(12))
    with pytest.raises(NotAllowed):
        decide_reopening(answered.id, "reopened", "not_done", by=staff["he"], role="director", now=at(13))
    after = decide_reopening(answered.id, "reopened", "not_done", by=staff["hu"], role="director", now=at(13))
    assert (after.stage, after.petition.reopened) == ("handling", 1)


def test_warnings_go_to_the_person_named_and_then_up_the_tree(staff, raise_one):
    docket = raise_one().docket.id
    record(docket, [p.HandlerNamed(person=staff["he"]), e.PetitionAccepted()], by=staff["lin"], role="clerk", now=at(0))
    state = load(docket).docket
    told = {n: [(one.share, one.rung, one.role) for one in warnings_due(state, at(n))] for n in (29, 30, 48, 62)}
    assert told[29] == []
    assert told[30] == [(50, 0, "officer")]
    assert told[48] == [(50, 0, "officer"), (80, 1, "director")]
    assert told[62] == [(50, 0, "officer"), (80, 1, "director"), (100, 2, "supervisor")]
    assert warnings_due(state, at(30))[0].person == staff["he"]


def test_a_warning_reaches_whoever_it_is_for(as_viewer, staff, raise_one):
    docket = raise_one().docket.id
    record(docket, [p.HandlerNamed(person=staff["he"]), e.PetitionAccepted()], by=staff["lin"], role="clerk", now=at(0))
    reached = {name: [one.share for *_, one in warnings_for(as_viewer(name), at(48))] for name in ("he", "hu", "chen")}
    assert reached == {"he": [50], "hu": [80], "chen": []}


def test_what_is_overdue_says_what_it_waits_for(as_viewer, staff, raise_one):
    raise_one()
    found = overdue(as_viewer("zhao"), at(20))
    assert [(one.clock, one.role, one.days) for one in found] == [("notice", "clerk", 5)]
    assert found[0].waits_for


def test_what_was_supported_is_followed_up_until_it_is_done(answered, staff, as_viewer):
    assert to_carry_out(as_viewer("zhao")) == [(answered.id, answered.number, "not_reported")]
    done = [p.ExecutionReported(state="done", paper="w" * 43)]
    record(answered.id, done, by=staff["he"], role="officer", now=at(12))
    assert to_carry_out(as_viewer("zhao")) == []


def test_the_years_figures_are_counts_of_what_is_in_the_ledger(answered, raise_one, staff):
    raise_one(sort="accusation", complained_offices=("ST09",))
    report = annual(2026, at(100))
    assert (report.total, report.sorts) == (2, {"accusation": 1, "redress": 1})
    assert report.outcomes == {"open": 1, "supported": 1}
    assert report.in_time == {"met": 1}
    assert report.complained_offices == {}
    assert annual(2025, at(100)).total == 0
