"""The night call through the actions: replay equals state after every act, and nothing can be changed behind it."""

import io

import pytest
from django.db import DatabaseError, connection, transaction
from PIL import Image
from tests.apps.conftest import EVENING

from driftbox.apps.custody.actions import record as record_box
from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import load_box
from driftbox.apps.dockets.actions import rebuild, record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.projector import project
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.errands.carriage import Sailing, collect
from driftbox.apps.errands.carriage import load_box as load_aboard
from driftbox.apps.errands.deposits import Bag, deposit
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.night_call import play
from driftbox.apps.eventlog import queries as log
from driftbox.apps.pack import tables
from driftbox.apps.papers.actions import destroy_key, seal_file, seal_text
from driftbox.apps.papers.queries import read_text
from driftbox.domain.custody.entries import BoxLanded
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.fold import fold
from driftbox.domain.errors import BadEntry, BadPaper, Refused

PHOTO = io.BytesIO()
Image.new("RGB", (8, 8), "white").save(PHOTO, "PNG")
PNG = PHOTO.getvalue()


def row_equals_fold(docket_id):
    row = CaseRow.objects.get(pk=docket_id)
    fresh = project(fold(entries_of(docket_id), tables()))
    return {name: getattr(row, name) for name in fresh} == fresh


def test_replay_equals_state_after_every_act(stage):
    for scene in play(stage):
        assert row_equals_fold(scene.docket.id)
        assert log.verify_docket(scene.docket.id) == []
    assert (scene.docket.stage, scene.docket.trips_made, scene.docket.faults) == ("closed", 0, 0)
    assert scene.docket.promised >= "2026-06-02"


def test_a_rebuild_gives_the_same_rows(played):
    docket = played("case.accepted")
    before = CaseRow.objects.filter(pk=docket.id).values().get()
    rebuild(docket.id)
    assert CaseRow.objects.filter(pk=docket.id).values().get() == before


@pytest.mark.parametrize("statement", ["UPDATE entry SET node = 'x'", "DELETE FROM entry"])
def test_entries_can_be_neither_changed_nor_removed(played, statement):
    docket = played("checklist.given")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert log.verify_docket(docket.id) == []


def test_an_altered_entry_is_found(played):
    docket = played("checklist.given")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE entry DISABLE TRIGGER ALL")
        else:
            cursor.execute("DROP TRIGGER entry_no_update")
        raw = log.raw_entries(docket.id)[0].replace(b'"channel":"phone"', b'"channel":"visit"')
        cursor.execute("UPDATE entry SET raw = %s WHERE id = %s", [raw, entries_of(docket.id)[0].id])
    assert {fault.code for fault in log.verify_docket(docket.id)} >= {"forged"}


def test_an_act_on_case_and_box_commits_together_or_not_at_all(stage, played):
    docket = played("checklist.given")
    box = BoxRow.objects.get(pk=stage.box)
    papers = tuple(item for item in docket.checklist if item.source == "resident" and item.kind != "shown")
    crew, depositor = Hand(by="", role="crew", now=EVENING), Hand(by="", role="depositor", now=EVENING)
    load_aboard(stage.box, Sailing("t", stage.origin, stage.destination), crew)
    count = load(docket.id).docket.count
    with pytest.raises(Refused, match="上船"):
        deposit(stage.box, Bag(docket.id, papers, "BS-1"), depositor)
    assert load(docket.id).docket.count == count
    record_box(box.docket, [BoxLanded(place=stage.origin)], by="", role="crew", now=EVENING)
    deposit(stage.box, Bag(docket.id, papers, "BS-1", (PNG,)), depositor)
    assert len(load_box(box.docket).parcels) == 1


def test_a_parcel_is_collected_once(stage, played):
    docket = played("parcel.landed")
    parcel = next(iter(docket.parcels))
    agent = stage.staff["chen"].person
    collect(stage.box, parcel, Hand(by=agent, role="agent", now=stage.at(2, "11:00")))
    with pytest.raises(Refused, match="没有这一袋"):
        collect(stage.box, parcel, Hand(by=agent, role="agent", now=stage.at(2, "11:01")))


def test_a_second_person_claiming_is_told_who_can_change_it(stage, played):
    docket = played("task.claimed")
    other = stage.staff["yu"].person
    with pytest.raises(Refused, match="已经有人接了"):
        record(docket.id, [e.TaskClaimed(agent=other)], by=other, role="agent", now=stage.at(2, "10:01"))


def test_a_refused_act_leaves_nothing_behind(stage, played):
    docket = played("checklist.given")
    clerk = stage.staff["lin"].person
    bodies = [e.NoteWritten(paper="x" * 43), e.CaseAccepted(receipt="x")]
    with pytest.raises(Refused):
        record(docket.id, bodies, by=clerk, role="clerk", now=stage.at(1, "9:00"))
    assert load(docket.id).docket.count == docket.count


def test_destroying_the_key_erases_what_was_said_and_keeps_what_was_done(played):
    docket = played("case.closed")
    assert "住院" in read_text(docket.id, docket.said)
    destroy_key(docket.id, now=EVENING)
    assert "抹去" in read_text(docket.id, docket.said)
    assert log.verify_docket(docket.id) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty"), (b"MZ" + b"\0" * 100, "not_a_photo"), (b"\xff\xd8\xff not a photo", "not_a_photo"),
     (b"\0" * (13 * 1024 * 1024), "too_large")],
)  # fmt: skip
def test_a_file_is_what_its_content_says(played, content, code):
    docket = played("case.opened")
    with pytest.raises(BadPaper) as refusal:
        seal_file(docket.id, content, now=EVENING)
    assert refusal.value.code == code


def test_papers_lie_sealed_on_the_disk(played, settings):
    docket = played("case.opened")
    digest = seal_text(docket.id, "周大海住院三个月", now=EVENING)
    stored = (settings.DRIFTBOX_HOME / "papers" / digest[:2] / digest).read_bytes()
    assert "周大海".encode() not in stored


def test_what_could_not_be_read_again_is_not_written(stage, played):
    docket = played("checklist.given")
    clerk = stage.staff["lin"].person
    with pytest.raises(BadEntry):
        record(docket.id, [e.TripMade(place="", cause="x")], by=clerk, role="clerk", now=stage.at(1, "9:00"))
    assert load(docket.id).docket.count == docket.count
