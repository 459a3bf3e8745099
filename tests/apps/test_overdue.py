"""Originals past their day: an incident opens by itself, once, both ends are told, and it ends when they are back."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING
from tests.cast import key

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.incidents import notify, open_incident, settle
from driftbox.apps.errands.overdue import open_overdue
from driftbox.apps.notices.queries import outbox
from driftbox.apps.people.models import Account
from driftbox.cli.log import faults_of
from driftbox.cli.main import main
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.incident_entries import IncidentOpened
from driftbox.domain.errors import NotAllowed

BOOK = e.Item(code="household_register", kind="original")
DEED = e.Item(code="property_deed", kind="original")
BEFORE, AFTER = EVENING + timedelta(days=8), EVENING + timedelta(days=9)


@pytest.fixture
def held(stage, played):
    """A case of the agent Chen that has kept originals since the morning after."""
    docket, chen = played("checklist.given"), stage.staff["chen"].person
    Account.objects.filter(person=chen).update(phone="13800000799")
    sent = e.MaterialsSent(parcel=key(9), items=(BOOK, DEED), via="agent", place=docket.office)
    return record(docket.id, [e.TaskClaimed(agent=chen), sent], by=chen, role="agent", now=stage.at(1, "9:00"))


def overdue(docket):
    return [one for one in load(docket.id).docket.incidents.values() if one.what == "originals_overdue"]


def texts():
    return [one for one in outbox(500) if "原件" in one.text]


def back(stage, docket, items, now):
    chen = stage.staff["chen"].person
    record(docket.id, [e.MaterialsReturned(items=items, proof="signature")], by=chen, role="agent", now=now)


def test_the_day_after_an_incident_is_open_and_each_end_was_told_once(held, django_capture_on_commit_callbacks):
    assert open_overdue(BEFORE) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert [open_overdue(AFTER), open_overdue(AFTER), open_overdue(AFTER + timedelta(days=3))] == [1, 0, 0]
    (one,) = overdue(held)
    assert (one.codes, one.told, one.stage) == (
        ("household_register", "property_deed"),
        ("sender", "station"),
        "notified",
    )
    assert sorted(one.phone for one in texts()) == ["13800000713", "13800000714", "13800000799"]
    assert [(entry.by, entry.role) for entry in entries_of(held.id)[-2:]] == [("", "node")] * 2
    assert faults_of(held.id) == []


def test_it_ends_by_itself_when_all_are_back_and_signed_for_and_not_before(stage, held):
    open_overdue(AFTER)
    back(stage, held, (BOOK,), AFTER)
    assert not overdue(held)[0].settled
    back(stage, held, (DEED,), AFTER)
    (one,) = overdue(held)
    assert (one.settled, one.how, one.reason) == (True, "returned", "signed_for")
    assert (load(held.id).docket.contested, open_overdue(AFTER), faults_of(held.id)) == ({}, 0, [])


def test_what_a_person_has_settled_is_not_opened_again_until_they_come_again(stage, held):
    open_overdue(AFTER)
    director = Hand(by=stage.staff["hu"].person, role="director", now=AFTER)
    settle(held.id, overdue(held)[0].entry, "accepted", "owner_agrees", director)
    assert open_overdue(AFTER + timedelta(days=1)) == 0
    later = AFTER + timedelta(hours=1)
    back(stage, held, (BOOK, DEED), later)
    sent = e.MaterialsSent(parcel=key(10), items=(BOOK,), via="agent", place=held.office)
    record(held.id, [sent], by="", role="clerk", now=later)
    assert [open_overdue(AFTER + timedelta(days=days)) for days in (7, 8)] == [0, 1]


def test_one_that_a_person_opened_is_not_opened_beside_it(stage, held):
    chen = Hand(by=stage.staff["chen"].person, role="agent", now=AFTER)
    open_incident(held.id, IncidentOpened(what="originals_overdue"), chen)
    assert open_overdue(AFTER + timedelta(hours=1)) == 0
    with pytest.raises(NotAllowed):
        notify(held.id, overdue(held)[0].entry, ("sender",), Hand(by="", role="officer", now=AFTER))
    back(stage, held, (BOOK, DEED), AFTER + timedelta(hours=2))
    assert overdue(held)[0].how == "returned"


def test_the_command_that_runs_beside_the_pages_sees_it_too(held, monkeypatch, capsys):
    monkeypatch.setattr("driftbox.cli.custody.prepare", lambda: None)
    monkeypatch.setattr("driftbox.cli.custody.now", lambda: AFTER)
    assert [main(["custody", "overdue"]), main(["custody", "overdue"]), len(overdue(held))] == [0, 0, 1]
    told = capsys.readouterr().out
    assert ("opened 1" in told, "opened 0" in told) == (True, True)
