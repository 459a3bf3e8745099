"""What we export is EPCIS 2.0 by the published schema, names nobody, and says of a parcel what its chain says."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import CASE, CHEN, DAUGHTER, FATHER, HU, LIN, STRANGER, TABLES, WANG, YU, entry, key, story
from tests.domain.custody.test_chain import ACTS, BODIES, BOXES, Shore, homeward_bound
from tests.epcis import faults, judge

from driftbox.domain.custody import entries as b
from driftbox.domain.custody.epcis import box_document, case_document
from driftbox.domain.custody.epcis_terms import Site, urn
from driftbox.domain.docket import entries as e

ZONE = ZoneInfo("Asia/Shanghai")
SITE = Site("https://box.example.cn/", ZONE)
MADE = datetime(2026, 5, 14, 1, 0, tzinfo=UTC)
PERSONS = (FATHER, DAUGHTER, STRANGER, LIN, CHEN, YU, WANG, HU)


@pytest.fixture(scope="module")
def schema():
    return judge()


def sent(document):
    """The document as it travels."""
    return json.loads(msgspec.json.encode(document))


def of_case(case, in_boxes):
    return sent(case_document(case, in_boxes, TABLES, SITE, MADE))


def of_box(entries):
    return sent(box_document(entries, TABLES, SITE, MADE))


def events(document):
    return document["epcisBody"]["eventList"]


def told():
    """The night call, with its box."""
    log = story()
    box = next(one.body.box for one in log if isinstance(one.body, e.MaterialsSent))
    numbered = (
        (0, b.BoxRegistered(label="BX-01", pier="ZHANGZHOU")),
        (4, b.ParcelDeposited(parcel=key(31), case=CASE, count=2, seal="BS-0413")),
        (6, b.BoxLoaded(sailing="boat-1020", origin="ZHANGZHOU", destination="BAISHA")),
        (7, b.BoxLanded(place="BAISHA")),
        (8, b.ParcelRemoved(parcel=key(31), place="BAISHA", seal_intact=True)),
        (9, b.BoxRetired(reason="old")),
    )
    return log, box, [entry(30 + n, body, CHEN, "crew", docket=box, kind=b.KIND_OF[type(body)]) for n, body in numbered]


def test_the_night_call_step_by_step(schema):
    log, box, in_box = told()
    document = of_case(log, {box: in_box})
    assert faults(schema, document) == []
    assert [(one["type"], one["action"], one["bizStep"]) for one in events(document)] == [
        ("ObjectEvent", "ADD", "commissioning"),
        ("ObjectEvent", "OBSERVE", "departing"),
        ("ObjectEvent", "OBSERVE", "arriving"),
        ("ObjectEvent", "OBSERVE", "receiving"),
        ("ObjectEvent", "OBSERVE", "inspecting"),
        ("ObjectEvent", "OBSERVE", "accepting"),
        ("ObjectEvent", "OBSERVE", "accepting"),
        ("AggregationEvent", "ADD", "packing"),
        ("AggregationEvent", "DELETE", "unpacking"),
    ]


def test_an_event_in_full(schema):
    log, box, in_box = told()
    packed = next(one for one in events(of_case(log, {box: in_box})) if one["type"] == "AggregationEvent")
    assert packed == {
        "type": "AggregationEvent", "eventID": urn(in_box[1].id),
        "eventTime": "2026-05-11T22:16:00.000+08:00", "eventTimeZoneOffset": "+08:00",
        "recordTime": "2026-05-11T14:16:00.000Z",
        "parentID": "https://box.example.cn/epcis/obj/box/BX-01", "childEPCs": [urn(key(31))],
        "action": "ADD", "bizStep": "packing", "disposition": "in_progress",
        "readPoint": {"id": "https://box.example.cn/epcis/loc/ZHANGZHOU"},
        "bizLocation": {"id": "https://box.example.cn/epcis/loc/ZHANGZHOU"},
        "bizTransactionList": [{"bizTransaction": urn(CASE)}], "driftbox:count": "2", "driftbox:seal": "BS-0413",
    }  # fmt: skip


def test_a_box_tells_its_life_and_what_rode_in_it(schema):
    _log, _box, in_box = told()
    document = of_box(in_box)
    assert faults(schema, document) == []
    assert [(one["action"], one["bizStep"]) for one in events(document)] == [
        ("ADD", "commissioning"), ("ADD", "packing"), ("OBSERVE", "departing"), ("OBSERVE", "arriving"),
        ("DELETE", "unpacking"), ("DELETE", "decommissioning"),
    ]  # fmt: skip
    assert "bizLocation" not in events(document)[2]
    assert events(document)[2]["destinationList"] == [
        {"type": "location", "destination": "https://box.example.cn/epcis/loc/BAISHA"}
    ]


def test_a_wrong_count_and_a_broken_seal_mark_the_parcel_until_a_person_settled_it(schema):
    shore = Shore()
    shore.deposit(BOXES[0], key(301))
    shore.collect(BOXES[0], key(301), intact=False, by=CHEN)
    shore.settle("accepted")
    document = of_case(shore.case, shore.boxes)
    assert faults(schema, document) == []
    marks = [one["persistentDisposition"] for one in events(document) if "persistentDisposition" in one]
    assert marks == [{"set": ["non_conformant"]}, {"unset": ["non_conformant"]}]


def test_a_thing_that_is_lost_stays_marked_and_nobody_knows_where_it_is():
    shore = Shore()
    shore.deposit(BOXES[0], key(301))
    shore.collect(BOXES[0], key(301), intact=False, by=CHEN)
    shore.settle("lost")
    settled = [one for one in events(of_case(shore.case, shore.boxes)) if "driftbox:settled" in one]
    assert [(one["disposition"], "persistentDisposition" in one) for one in settled] == [("unknown", False)]


def test_a_parcel_of_another_case_in_the_same_box_is_not_told():
    log, box, in_box = told()
    other = b.ParcelDeposited(parcel=key(99), case=key(98), count=1, seal="BS-0999")
    in_box.insert(2, entry(35, other, "", "depositor", docket=box, kind="parcel.deposited"))
    assert key(99) not in json.dumps(of_case(log, {box: in_box}))
    assert key(99) in json.dumps(of_box(in_box))


def play(homeward, acts):
    shore = homeward_bound() if homeward else Shore()
    for name, *words in acts:
        getattr(shore, name)(*words)
    return shore


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.lists(ACTS, max_size=12))
def test_whatever_is_scanned_the_export_is_valid_names_nobody_and_says_nothing_twice(schema, homeward, acts):
    shore = play(homeward, acts)
    for document in (of_case(shore.case, shore.boxes), *map(of_box, shore.boxes.values())):
        assert faults(schema, document) == []
        ids = [one["eventID"] for one in events(document)]
        assert len(set(ids)) == len(ids)
        assert not any(person in json.dumps(document) for person in PERSONS)


@settings(max_examples=60, deadline=None)
@given(st.booleans(), st.lists(ACTS, max_size=12))
def test_what_the_events_pack_and_unpack_is_what_lies_in_the_box(homeward, acts):
    shore = play(homeward, acts)
    for box, entries in shore.boxes.items():
        inside = set()
        for one in events(of_box(entries)):
            if one["type"] == "AggregationEvent":
                (inside.add if one["action"] == "ADD" else inside.remove)(one["childEPCs"][0])
        assert inside == {urn(parcel) for parcel in shore.box(box).parcels}


@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=10), st.randoms(use_true_random=False))
def test_the_export_is_the_same_for_every_order_of_arrival(acts, chance):
    shore = play(homeward=False, acts=acts)
    straight = of_case(shore.case, shore.boxes)
    for log in (shore.case, *shore.boxes.values()):
        chance.shuffle(log)
        log.extend(log[:3])
    assert of_case(shore.case, shore.boxes) == straight


MOMENTS = st.sampled_from(["", "0001-01-01T00:00:00Z", "1900-06-01T00:00:00Z", "9999-12-31T23:59:59Z"])


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(story()), max_size=20), st.lists(st.tuples(st.sampled_from(BODIES), MOMENTS), max_size=8)
)
def test_no_entries_whatever_make_the_export_fail_or_invalid(schema, case, scanned):
    log = [
        msgspec.structs.replace(entry(n, body, "", "crew", docket=BOXES[0], kind=b.KIND_OF[type(body)]), at=at)
        for n, (body, at) in enumerate(scanned)
    ]
    for document in (of_case(case, {BOXES[0]: log}), of_box(log)):
        assert faults(schema, document) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("eventTime", "yesterday"), ("eventTimeZoneOffset", "+8"), ("bizStep", "carrying"), ("action", "MOVE"),
        ("eventID", "no uri"), ("readPoint", {"id": "the pier"}), ("disposition", "gone"), ("holder", "somebody"),
    ],
)  # fmt: skip
def test_the_judge_is_no_pushover(schema, name, value):
    log, box, in_box = told()
    document = of_case(log, {box: in_box})
    events(document)[0][name] = value
    assert faults(schema, document)
