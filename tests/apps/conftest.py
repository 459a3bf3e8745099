"""A stage with staff and a box, and one case at any point of the night call."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.deposits import Bag
from driftbox.apps.errands.forms import ask_adult, form_named
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.incidents import open_incident, photograph
from driftbox.apps.errands.intake import Call, give_checklist, take_call
from driftbox.apps.errands.night_call import FATHER, play, set_stage
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import issue_opinion
from driftbox.apps.petitions.actions import serve as serve_opinion
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.apps.serving.actions import Issuing, Service, issue, serve
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.incident_entries import IncidentOpened

EVENING = datetime(2026, 5, 11, 21, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def stage(db):
    enrol_self(EVENING)
    return set_stage(EVENING, password="piaoliuxiang-test")


@pytest.fixture
def hand(stage):
    """The hand of a member of staff."""

    def of(name, role, now=EVENING, **clock):
        return Hand(by=stage.staff[name].person if name else "", role=role, now=now, **clock)

    return of


@pytest.fixture
def family(stage):
    """Open a case and tell its list; the bag that the family packs for it."""

    def pack(seal, phone="13800000731"):
        caller = FATHER.__class__(name="贺阿根", phone=phone)
        clerk = stage.staff["lin"]
        call = Call(matter="MZ-DIBAO", words="", caller=caller, office=clerk.office)
        docket = take_call(call, recorder=clerk.person, now=EVENING)
        docket = give_checklist(docket, frozenset(), ("voice",), by=clerk.person, role="clerk", now=EVENING)
        papers = tuple(item for item in docket.checklist if item.source == "resident" and item.kind != "shown")
        return Bag(docket.id, papers, seal)

    return pack


WRITTEN = ("notice.issued", "notice.served")
PETITIONED = ("petition.registered", "opinion.served")
WHO = Particulars(name="周大海", phone="13800000714")


def in_writing(docket, stage, kind):
    """The case with its acceptance issued as a notice, and served if asked."""
    lin = stage.staff["lin"]
    who = Issuing(by=lin.person, role="clerk", office=lin.office, site="https://box.example.cn/")
    notice = issue(docket.id, "errand_acceptance", who, now=EVENING + timedelta(days=9))
    if kind == "notice.served":
        by_hand = Service(way="in_person", proof="signature")
        serve(docket.id, notice.serial, by_hand, by=lin.person, role="clerk", now=EVENING + timedelta(days=9))
    return load(docket.id).docket


def a_petition(stage, kind):
    """A petition as it came in at the window; answered and served if asked."""
    lin, wang = stage.staff["lin"], stage.staff["wang"].person
    told = Petitioning(sort="redress", route="art31-6", words="滑道塌了。", office=lin.office, petitioner=WHO)
    docket = register(told, recorder=lin.person, now=EVENING).docket
    if kind == "petition.registered":
        return docket
    sorted_out = [p.PetitionClassified(sort="redress", route="art31-6"), p.HandlerNamed(person=wang)]
    record(docket.id, sorted_out, by=lin.person, role="clerk", now=EVENING)
    handled = [e.PetitionAccepted(), p.PetitionerHeard(paper="w" * 43)]
    record(docket.id, handled, by=wang, role="officer", now=EVENING)
    issue_opinion(docket.id, "explained", "事实", "理由", "依据", by=wang, role="officer", now=EVENING)
    return serve_opinion(docket.id, "signature", "in_person", WHO.name, None, by=wang, role="officer", now=EVENING)


def told_in_confidence(stage):
    """An accusation as it came in, with the name of who told it."""
    told = Petitioning(sort="accusation", words="有人收了红包。", office=stage.staff["lin"].office, petitioner=WHO)
    return register(told, recorder=stage.staff["lin"].person, now=EVENING).docket


def with_incident(docket, stage):
    """The case with something damaged, noted and photographed."""
    hand = Hand(by=stage.staff["chen"].person, role="agent", now=EVENING)
    open_incident(docket.id, IncidentOpened(what="damage"), hand)
    odd = load(docket.id).docket.open_incidents[-1]
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    return photograph(docket.id, odd.entry, [picture.getvalue()], hand)


def with_adult_asked(docket, _stage):
    """The case with somebody in the household asked to sign the form of the list."""
    adult = Particulars(name="沈阿妹", phone="13800000798")
    return ask_adult(docket, form_named(docket, "aid"), adult, by=docket.beneficiary, role="resident",
                     site="https://box.example.cn/", now=EVENING)  # fmt: skip


AT_THE_LIST = {"form.asked": with_adult_asked, "incident.photographed": with_incident}


@pytest.fixture
def played(stage):
    """Play the night call up to the entry of the kind asked for; returns the docket."""

    def until(kind=""):
        if kind in PETITIONED:
            return a_petition(stage, kind)
        if kind == "petition.twice":
            a_petition(stage, "petition.registered")
            return a_petition(stage, "petition.registered")
        if kind == "accusation":
            return told_in_confidence(stage)
        if kind in WRITTEN:
            return in_writing(until("case.accepted"), stage, kind)
        if kind in AT_THE_LIST:
            return AT_THE_LIST[kind](until("checklist.given"), stage)
        docket = None
        for scene in play(stage):
            docket = scene.docket
            if kind and any(moment.kind == kind for moment in docket.moments):
                break
        return docket

    return until
