"""Scans as people make them: twice, too late, of the wrong box, with a wrong clock. All is kept, nothing is a fault."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from tests.apps.conftest import EVENING
from tests.cast import key

from driftbox.apps.custody.actions import register_box
from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import box_labelled, entries_of, load_box
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.dockets.queries import row_of as case_row
from driftbox.apps.errands import carriage, deposits, incidents, sights
from driftbox.apps.errands.chains import chains_of_case, custody_of_box
from driftbox.apps.errands.deposits import Bag
from driftbox.apps.errands.hands import note_on_box
from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.parcels.models import IncidentRow, OriginalRow, ParcelRow
from driftbox.cli.log import faults_of
from driftbox.domain.custody import entries as b
from driftbox.domain.custody.scan import Kept
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.incident_entries import IncidentOpened
from driftbox.domain.errors import BadPaper, NotAllowed, NotFound, Refused

BOX = "BX-01"
PHOTO = io.BytesIO()
Image.new("RGB", (8, 8), "white").save(PHOTO, "PNG")
PNG = PHOTO.getvalue()


def box():
    return load_box(box_labelled(BOX).docket)


def whats(held):
    return [one.what for one in held.open_incidents]


def case(bag):
    return load(bag.docket).docket


def sailing(stage, trip="boat-1020"):
    return carriage.Sailing(trip, stage.origin, stage.destination)


@pytest.fixture(autouse=True)
def _rows_equal_a_fresh_fold(db):
    yield
    for docket in EntryRow.objects.values_list("docket", flat=True).distinct():
        assert faults_of(docket) == []


def test_a_box_scanned_twice_is_kept_once_and_told_calmly(stage, hand, family):
    deposits.deposit(BOX, family("BS-0501"), hand("", "depositor"))
    carriage.load_box(BOX, sailing(stage), hand("fang", "crew"))
    with pytest.raises(Kept, match="刚才已经记过了"):
        carriage.load_box(BOX, sailing(stage), hand("fang", "crew"))
    carriage.land_box(BOX, stage.destination, hand("fang", "crew"))
    with pytest.raises(Kept, match="刚才已经记过了"):
        carriage.land_box(BOX, stage.destination, hand("fang", "crew"))
    assert (whats(box()), len(box().sightings), box().contested) == ([], 2, {})


def test_scans_out_of_order_open_an_incident_that_a_person_settles(stage, hand, family):
    bag = family("BS-0502")
    deposits.deposit(BOX, bag, hand("", "depositor"))
    with pytest.raises(Kept, match="没有上船"):
        carriage.land_box(BOX, stage.destination, hand("fang", "crew"))
    (odd,) = box().open_incidents
    assert (odd.what, box().place, case(bag).parcels.popitem()[1].where) == ("out_of_place", stage.origin, "box")
    docket = box_labelled(BOX).docket
    incidents.notify(docket, odd.entry, ("crew", "receiver"), hand("lin", "clerk"))
    incidents.settle(docket, odd.entry, "as_seen", "crew_forgot", hand("hu", "director"))
    assert (box().place, whats(box())) == (stage.destination, [])
    assert case(bag).parcels.popitem()[1].where == "landing"
    assert [spell.gap for spell in custody_of_box(docket).spells] == [False, True]
    assert not chains_of_case(bag.docket)[0].open_incident


def test_a_box_believed_elsewhere_sails_all_the_same_and_somebody_looks(stage, hand):
    elsewhere = carriage.Sailing("boat-9", "TAOHUA", stage.destination)
    scan = hand("fang", "crew")
    assert carriage.load_box(BOX, elsewhere, scan).where == "ship"
    assert [note.code for note in scan.notes] == ["seen_odd"]
    assert whats(box()) == ["out_of_place"]
    carriage.land_box(BOX, stage.origin, scan)
    assert (scan.notes[-1].code, whats(box())) == ("other_pier", ["out_of_place"])


def test_a_deposit_into_a_box_at_sea_is_refused_and_what_was_seen_is_kept(stage, hand, family):
    bag = family("BS-0503")
    carriage.load_box(BOX, sailing(stage), hand("fang", "crew"))
    before = case(bag).count
    with pytest.raises(Kept, match="已经上船了"):
        deposits.deposit(BOX, bag, hand("", "depositor"))
    assert (case(bag).count, whats(box()), len(box().sightings)) == (before, ["out_of_place"], 1)


def test_a_button_pressed_twice_puts_one_bag_in(hand, family):
    bag = family("BS-0504")
    deposits.deposit(BOX, bag, hand("", "depositor"))
    with pytest.raises(Kept, match="刚才已经记过了"):
        deposits.deposit(BOX, bag, hand("", "depositor"))
    assert (len(box().parcels), whats(box()), len(case(bag).parcels)) == (1, [], 1)


def test_a_second_bag_of_a_case_may_take_another_boat_and_the_case_waits_for_both(stage, hand, family):
    bag = family("BS-0520")
    register_box("BX-02", stage.origin, by="", role="director", now=EVENING)
    deposits.deposit(BOX, Bag(bag.docket, bag.items[:1], "BS-0520"), hand("", "depositor"))
    carriage.load_box(BOX, sailing(stage), hand("fang", "crew"))
    deposits.deposit("BX-02", Bag(bag.docket, bag.items[1:], "BS-0521"), hand("", "depositor"))
    carriage.land_box(BOX, stage.destination, hand("fang", "crew"))
    first, second = case(bag).parcels
    carriage.collect(BOX, first, hand("chen", "agent"))
    with pytest.raises(Refused, match="还没有从箱里取出来"):
        carriage.count(bag.docket, second, bag.items[1:], hand("chen", "agent"))
    assert carriage.count(bag.docket, first, bag.items[:1], hand("chen", "agent")).stage == "sent"
    carriage.load_box("BX-02", sailing(stage, "boat-1400"), hand("fang", "crew"))
    carriage.land_box("BX-02", stage.destination, hand("fang", "crew"))
    assert carriage.collect("BX-02", second, hand("chen", "agent")).stage == "collected"
    assert carriage.count(bag.docket, second, bag.items[1:], hand("chen", "agent")).stage == "counted"
    assert whats(box()) == whats(case(bag)) == []


def test_a_bag_for_a_case_that_does_not_wait_for_papers_is_kept_as_told(hand, family):
    bag = family("BS-0505")
    parcel, _state = collected(hand, bag)
    carriage.count(bag.docket, parcel, bag.items, hand("chen", "agent"))
    record(bag.docket, [e.MaterialsChecked()], by="", role="agent", now=EVENING)
    with pytest.raises(Kept, match="现在不等材料"):
        deposits.deposit(BOX, Bag(bag.docket, bag.items, "BS-0506"), hand("", "depositor"))
    assert (len(box().parcels), whats(box())) == (0, ["unknown_parcel"])


def test_two_bags_with_one_seal_are_both_in_and_the_second_waits(stage, hand, family):
    first, second = family("BS-0507"), family("BS-0507", phone="13800000732")
    register_box("BX-02", stage.origin, by="", role="director", now=EVENING)
    deposits.deposit(BOX, first, hand("", "depositor"))
    scan = hand("", "depositor")
    deposits.deposit("BX-02", second, scan)
    assert [note.code for note in scan.notes] == ["same_seal"]
    assert (whats(case(first)), whats(case(second))) == ([], ["seal_twice"])
    assert case_row(second.docket).next_role == "clerk"
    misread = case(second).open_incidents[0].entry
    incidents.settle(second.docket, misread, "misread", "read_again", hand("chen", "agent"))
    assert whats(case(second)) == []


def test_a_parcel_taken_by_somebody_else_is_told_and_looked_into(stage, hand, family):
    bag = family("BS-0508")
    parcel = next(iter(deposits.deposit(BOX, bag, hand("", "depositor")).parcels))
    carriage.collect(BOX, parcel, hand("chen", "agent"))
    with pytest.raises(Kept, match="没有这一袋"):
        carriage.collect(BOX, parcel, hand("chen", "agent"))
    assert whats(box()) == []
    with pytest.raises(Kept, match="没有这一袋"):
        carriage.collect(BOX, parcel, hand("yu", "agent"))
    with pytest.raises(Kept, match="没有这一袋"):
        carriage.collect(BOX, key(999), hand("yu", "agent"))
    with pytest.raises(Refused):
        carriage.collect(BOX, "x", hand("yu", "agent"))
    assert [(one.what, one.parcel) for one in box().open_incidents] == [
        ("unknown_parcel", parcel), ("unknown_parcel", key(999))
    ]  # fmt: skip
    assert case(bag).parcels[parcel].where == "agent"


def test_a_bag_without_a_case_is_an_incident_of_the_box(hand):
    scan = hand("chen", "agent")
    seen = b.BoxSighted(claim="parcel", seal="bs-9999")
    assert sights.sight(BOX, seen, scan).code == "seen_odd"
    assert (whats(box()), next(iter(box().sightings.values())).body.seal) == (["no_case"], "BS-9999")


def test_a_bag_that_belongs_in_another_box_leads_to_its_case(stage, hand, family):
    bag = family("BS-0509")
    register_box("BX-02", stage.origin, by="", role="director", now=EVENING)
    deposits.deposit("BX-02", bag, hand("", "depositor"))
    sights.sight(BOX, b.BoxSighted(claim="parcel", seal="BS-0509"), hand("chen", "agent"))
    seen = next(iter(box().sightings.values())).body
    assert (whats(box()), seen.case, seen.parcel) == (["unknown_parcel"], bag.docket, next(iter(case(bag).parcels)))


def test_what_agrees_with_our_record_is_kept_without_a_fuss(stage, hand):
    assert sights.sight(BOX, b.BoxSighted(claim="here", place=stage.origin), hand("fang", "crew")).code == "seen"
    assert whats(box()) == []


@pytest.mark.parametrize("label", ["BX-77", "bx–77 箱\0", "X" * 500])
def test_a_label_that_nobody_knows_is_kept_under_its_own_name(hand, label):
    with pytest.raises(NotFound, match="没有登记过"):
        carriage.land_box(label, "BAISHA", hand("fang", "crew"))
    sights.sight(label, b.BoxSighted(claim="here", place="BAISHA"), hand("fang", "crew"))
    (row,) = BoxRow.objects.filter(status="unknown")
    assert (row.label[0], whats(load_box(row.docket)), len(load_box(row.docket).sightings)) == (
        "?",
        ["out_of_place"],
        2,
    )
    with pytest.raises(NotFound):
        box_labelled(row.label)


def test_a_label_seen_before_it_is_in_service_keeps_what_was_seen(stage, hand):
    sights.sight("BX-77", b.BoxSighted(claim="here", place="BAISHA"), hand("fang", "crew"))
    docket = register_box("BX-77", stage.origin, by="", role="director", now=EVENING)
    assert (len(load_box(docket).sightings), box_labelled("BX-77").docket) == (1, docket)
    assert not BoxRow.objects.filter(status="unknown").exists()


@pytest.mark.parametrize("label", ["", "！", "箱"])
def test_a_label_with_nothing_on_it_is_asked_for_again(hand, label):
    with pytest.raises(Refused):
        sights.sight(label, b.BoxSighted(claim="here"), hand("fang", "crew"))
    with pytest.raises(NotFound):
        carriage.land_box(label, "BAISHA", hand("fang", "crew"))


@pytest.mark.parametrize("off", [timedelta(days=1), timedelta(days=-1), timedelta(days=-20_000)])
def test_a_phone_that_is_off_by_a_day_does_not_move_time(stage, hand, off):
    for _again in range(2):
        scan = hand("fang", "crew", claimed=EVENING + off)
        with pytest.raises(Kept):
            carriage.land_box(BOX, stage.destination, scan)
    (odd, _place) = box().open_incidents
    assert (odd.what, odd.claimed[:10]) == ("clock_off", (EVENING + off).astimezone(UTC).isoformat()[:10])
    assert scan.notes[0].code == "clock_off"
    assert all(entry.at == "" for entry in entries_of(box().id))
    assert [one.body.claim for one in box().sightings.values()] == ["landed", "clock", "landed"]


@pytest.mark.parametrize("claimed", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_a_clock_from_the_end_of_the_calendar_is_no_fault(stage, hand, claimed):
    carriage.load_box(BOX, sailing(stage), hand("fang", "crew", claimed=claimed))
    assert "clock_off" in whats(box())


def test_a_scan_made_out_of_reach_keeps_its_own_time(stage, hand):
    earlier = EVENING - timedelta(hours=3)
    carriage.load_box(BOX, sailing(stage), hand("fang", "crew", claimed=earlier, sent=EVENING))
    assert (entries_of(box().id)[-1].at, whats(box())) == (earlier.astimezone(UTC).isoformat()[:19] + "Z", [])


def test_a_box_out_of_service_is_not_used_and_still_seen(stage, hand, family):
    bag = family("BS-0510")
    carriage.retire_box(BOX, "worn_out", hand("hu", "director"))
    with pytest.raises(Kept, match="已经停用了"):
        deposits.deposit(BOX, bag, hand("", "depositor"))
    assert (whats(box()), box_labelled(BOX).status) == (["out_of_place"], "retired")


def test_the_crew_scans_once_for_many_and_one_odd_bag_stops_nobody(hand, family):
    good, other = family("BS-0511"), family("BS-0512", phone="13800000733")
    bags = [good, good, Bag(other.docket, (), "BS-1"), Bag(other.docket, other.items, "BS-0512", (b"no photo",)), other]
    done = deposits.deposit_many(BOX, bags, hand("fang", "crew"))
    assert [type(one).__name__ for one in done] == ["Docket", "Kept", "Refused", "BadPaper", "Docket"]
    assert isinstance(done[3], BadPaper)
    assert len(box().parcels) == 2
    assert ParcelRow.objects.count() == 2


def collected(hand, bag, **how):
    parcel = next(iter(deposits.deposit(BOX, bag, hand("", "depositor")).parcels))
    return parcel, carriage.collect(BOX, parcel, hand("chen", "agent"), **how)


@pytest.mark.parametrize(
    ("how", "code"),
    [({"seal": "broken"}, "broken"), ({"seal": "absent"}, "absent"), ({"number": "BS-0999"}, "other")],
)
def test_a_seal_that_is_not_as_it_was_puts_the_bag_on_hold_until_it_is_settled(hand, family, how, code):
    bag = family("BS-0513")
    parcel, state = collected(hand, bag, **how)
    (odd,) = state.open_incidents
    assert (odd.what, odd.parcel, odd.codes) == ("broken_seal", parcel, (code,))
    assert IncidentRow.objects.get().next_role == "agent"
    carriage.count(bag.docket, parcel, bag.items, hand("chen", "agent"))
    with pytest.raises(Refused, match=r"先放着.*拍照留底"):
        record(bag.docket, [e.MaterialsChecked()], by="", role="agent", now=EVENING)
    with pytest.raises(Refused, match="还轮不到"):
        incidents.settle(bag.docket, odd.entry, "accepted", "all_there", hand("hu", "director"))
    incidents.photograph(bag.docket, odd.entry, (PNG,), hand("chen", "agent"))
    incidents.notify(bag.docket, odd.entry, ("sender", "receiver"), hand("lin", "clerk"))
    with pytest.raises(NotAllowed):
        incidents.settle(bag.docket, odd.entry, "accepted", "all_there", hand("chen", "agent"))
    after = incidents.settle(bag.docket, odd.entry, "accepted", "all_there", hand("hu", "director"))
    assert (whats(after), IncidentRow.objects.count(), after.custody_gaps) == ([], 0, 1)
    record(bag.docket, [e.MaterialsChecked()], by="", role="agent", now=EVENING)
    with pytest.raises(Refused, match="已经定过了"):
        incidents.settle(bag.docket, odd.entry, "accepted", "again", hand("hu", "director"))


def test_what_lacks_and_what_is_too_many_are_two_incidents(hand, family):
    bag = family("BS-0514")
    parcel, _state = collected(hand, bag)
    found = (*bag.items[1:], e.Item(code="wrong_bag"))
    after = carriage.count(bag.docket, parcel, found, hand("chen", "agent"))
    assert [(one.what, one.codes) for one in after.open_incidents] == [
        ("shortage", (bag.items[0].code,)), ("surplus", ("wrong_bag",))
    ]  # fmt: skip


def test_where_the_pack_asks_for_two_one_person_alone_opens_nothing(hand, family, monkeypatch):
    monkeypatch.setattr("driftbox.apps.dockets.actions.opens_with_two", lambda matter: matter == "MZ-DIBAO")
    bag = family("BS-0515")
    parcel, _state = collected(hand, bag)
    chen, place = hand("chen", "agent"), "C-BS"
    for witness, word in (("", "两个人一起拆"), (chen.by, "另一个人")):
        with pytest.raises(Refused, match=word):
            carriage.open_parcel(bag.docket, parcel, chen, place=place, witness=witness)
    with pytest.raises(Refused, match="两个人一起拆了再清点"):
        carriage.count(bag.docket, parcel, bag.items, chen)
    other = hand("yu", "agent").by
    after = carriage.open_parcel(bag.docket, parcel, chen, place=place, witness=other)
    assert after.parcels[parcel].openers == (chen.by, other)
    assert carriage.count(bag.docket, parcel, bag.items, chen).stage == "counted"


def test_an_incident_may_be_opened_by_hand_and_is_not_opened_twice(hand, family):
    bag = family("BS-0516")
    parcel, _state = collected(hand, bag)
    wet = IncidentOpened(what="damage", parcel=parcel, codes=("wet",))
    incidents.open_incident(bag.docket, wet, hand("chen", "agent"))
    incidents.open_incident(bag.docket, wet, hand("chen", "agent"))
    assert whats(case(bag)) == ["damage"]
    with pytest.raises(NotFound):
        incidents.open_incident(key(5), wet, hand("chen", "agent"))
    with pytest.raises(Refused, match="没有这一处"):
        incidents.photograph(bag.docket, key(5), (PNG,), hand("chen", "agent"))


def test_originals_are_due_back_and_said_to_be_overdue_by_the_day_alone(hand, family):
    bag = family("BS-0517")
    deed = e.Item(code="property_deed", kind="original", count=2)
    deposits.deposit(BOX, Bag(bag.docket, (deed,), "BS-0517"), hand("", "depositor"))
    (due,) = incidents.originals_due(EVENING + timedelta(days=7))
    assert (due.code, due.count, due.overdue, due.due.isoformat()) == ("property_deed", 2, False, "2026-05-18")
    assert incidents.originals_due(EVENING + timedelta(days=7), overdue_only=True) == []
    assert [one.number for one in incidents.originals_due(EVENING + timedelta(days=8), overdue_only=True)] == [
        case_row(bag.docket).number
    ]
    back = e.MaterialsReturned(items=(deed,), proof="signature")
    record(bag.docket, [back], by="", role="agent", now=EVENING)
    assert (incidents.originals_due(EVENING + timedelta(days=30)), OriginalRow.objects.count()) == ([], 0)


def test_a_parcel_of_a_withdrawn_case_still_sails_and_is_taken_out(stage, hand, family):
    bag = family("BS-0518")
    parcel = next(iter(deposits.deposit(BOX, bag, hand("", "depositor")).parcels))
    record(bag.docket, [e.CaseWithdrawn()], by="", role="clerk", now=EVENING)
    carriage.load_box(BOX, sailing(stage), hand("fang", "crew"))
    carriage.land_box(BOX, stage.destination, hand("fang", "crew"))
    after = carriage.collect(BOX, parcel, hand("chen", "agent"))
    assert (after.stage, after.parcels[parcel].where, after.contested) == ("withdrawn", "agent", {})


def test_a_parcel_whose_case_is_not_here_does_not_stop_the_boat(stage, hand):
    docket = box_labelled(BOX).docket
    lost = b.ParcelDeposited(parcel=key(41), case=key(42), count=1, seal="BS-0001")
    note_on_box(docket, [lost], hand("fang", "crew"))
    carriage.load_box(BOX, sailing(stage), hand("fang", "crew"))
    carriage.land_box(BOX, stage.destination, hand("fang", "crew"))
    with pytest.raises(Kept):
        carriage.collect(BOX, key(41), hand("chen", "agent"))
    assert (whats(box()), box().parcels) == (["no_case"], {})


def test_a_bag_in_hand_goes_into_the_box_later(stage, hand, family):
    bag = family("BS-0519")
    chen = hand("chen", "agent")
    sent = e.MaterialsSent(parcel=key(51), items=bag.items, via="agent", place="C-BS", seal="BS-0519")
    record(bag.docket, [sent], by=chen.by, role="agent", now=EVENING)
    after = deposits.box_parcel(BOX, bag.docket, key(51), chen)
    assert (after.parcels[key(51)].where, list(box().parcels)) == ("box", [key(51)])
    (chain,) = chains_of_case(bag.docket)
    assert ([spell.holder for spell in chain.spells], chain.gaps) == (["agent", "box"], ())
    with pytest.raises(Refused):
        deposits.box_parcel(BOX, bag.docket, key(52), chen)
