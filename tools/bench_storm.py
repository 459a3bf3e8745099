"""A storm over ten thousand open cases: every promise counted anew, every family told."""

import time
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from driftbox.apps.dockets.actions import UPSERT
from driftbox.apps.dockets.projector import project
from driftbox.apps.errands.recompute import recompute
from driftbox.apps.eventlog.actions import INSERT
from driftbox.apps.node import keys
from driftbox.apps.pack import calendar, current_pack, tables
from driftbox.apps.papers.actions import make_key
from driftbox.apps.people.actions import write_person
from driftbox.apps.people.queries import Particulars
from driftbox.apps.sailings.actions import suspend
from driftbox.domain.deadlines.counting import compute_due
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.fold import fold
from driftbox.domain.log.entry import Body, Entry, sign_entry
from driftbox.domain.log.ids import next_id

BEGAN = datetime(2026, 5, 11, 1, 0, tzinfo=UTC)
STORM = datetime(2026, 5, 26, 1, 0, tzinfo=UTC)
ITEMS = (e.Item(code="id_card"), e.Item(code="aid_form", kind="form", count=3))


def storm(cases: int) -> tuple[float, int]:
    """Seconds to count all promises of ``cases`` open cases anew when no boat goes anywhere; how many changed."""
    with transaction.atomic():
        for number in range(cases):
            _case(number)
    for pier in current_pack().piers.values():
        suspend("stop", pier.stop, since=STORM, cause="typhoon", who="harbour", by="", role="crew", now=STORM)
    began = time.perf_counter()
    done = recompute(STORM + timedelta(minutes=1))
    return time.perf_counter() - began, done.renewed


def _case(number: int) -> None:
    """One case at any pier, taken on and promised for some day of the next weeks."""
    at = BEGAN + timedelta(minutes=number)
    piers = [office.code for office in current_pack().offices.values() if office.kind == "station" and office.pier]
    docket, office = next_id("", at, number), piers[number % len(piers)]
    make_key(docket, now=at)
    person = write_person(Particulars(name="周大海", phone=f"138{number:08d}"), now=at)
    due = compute_due(at.date(), 12 + number % 30, "working", calendar()).day
    entries = _entries(docket, _bodies(office, number, docket, due.isoformat(), person), at, person, number << 16)
    state = fold(entries, tables())
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, project(state))


def _bodies(office: str, number: int, parcel: str, due: str, person: str) -> list[tuple[Body, str]]:
    opened = e.CaseOpened(
        procedure="errand", matter="MZ-DIBAO", channel="phone", office=office, number=f"storm-2026-{number:05d}"
    )
    return [
        (opened, "resident"), (e.PartyNamed(person=person, part="beneficiary"), "clerk"),
        (e.ChecklistGiven(items=ITEMS, told=("voice",)), "clerk"), (e.TaskClaimed(agent=person), "agent"),
        (e.MaterialsSent(parcel=parcel, items=ITEMS, via="box", place="ZHANGZHOU", seal="BS-0413"), "depositor"),
        (e.ParcelLoaded(parcel=parcel, sailing="b", origin="ZHANGZHOU", destination="BAISHA"), "crew"),
        (e.ParcelLanded(parcel=parcel, place="BAISHA"), "crew"),
        (e.ParcelCollected(parcel=parcel, place="BAISHA", seal_intact=True), "agent"),
        (e.MaterialsCounted(parcel=parcel, found=ITEMS), "agent"), (e.MaterialsChecked(), "agent"),
        (e.CaseAccepted(receipt="r"), "clerk"), (e.PromiseMade(due=due), "clerk"),
    ]  # fmt: skip


def _entries(docket: str, bodies: list[tuple[Body, str]], at: datetime, person: str, chance: int) -> list[Entry]:
    signer, last, prev = keys(), "", ""
    entries: list[Entry] = []
    rows: list[tuple[str, str, str, str, str, bytes]] = []
    for place, (body, role) in enumerate(bodies):
        last = next_id(last, at, chance + place + 1)
        entry = Entry(
            id=last, docket=docket, kind=e.KIND_OF[type(body)], by=person, role=role, for_=person, node=signer.node,
            prev=prev, body=body,
        )  # fmt: skip
        signed = sign_entry(entry, signer.sign)
        rows.append((docket, last, signer.node, signed.digest, prev, signed.raw))
        prev = signed.digest
        entries.append(entry)
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)
    return entries
