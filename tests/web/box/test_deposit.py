"""Putting papers into a box, with every number misread that can be, and every scan that cannot stand."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.apps.conftest import EVENING
from tests.web.gaps import gaps_of

from driftbox.apps.custody.queries import box_labelled, load_box
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.carriage import Sailing
from driftbox.apps.errands.carriage import load_box as put_aboard
from driftbox.apps.errands.hands import Hand
from driftbox.domain.custody.labels import label_code

BOX = "BX-01"
SEAL, BAG = label_code("seal", 100_123), label_code("parcel", 100_456)
NOW = EVENING + timedelta(days=1)


@pytest.fixture
def told(played):
    return played("checklist.given")


def depositor(docket):
    client = Client()
    session = client.session
    session["deposit"] = docket.id
    session.save()
    return client


@pytest.fixture
def put(told, stage):
    """Hand the form in as somebody at the box, with one paper ticked unless told otherwise."""

    def sent(docket=told, **more):
        item = gaps_of(docket, stage)["item"]
        data = {"items": item, "seal": "BS-0777", **more}
        return depositor(docket).post(f"/b/{BOX}/deposit/", data, **{"driftbox.now": NOW})

    return sent


def whats():
    return [one.what for one in load_box(box_labelled(BOX).docket).open_incidents]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(SEAL, SEAL), (SEAL.lower().replace("-", " "), SEAL), (SEAL[3:], SEAL), ("bs-0413", "BS-0413")],
)
def test_a_seal_is_read_however_it_is_typed(put, told, typed, kept):
    assert put(seal=typed).status_code == 302
    assert [one.seal for one in load(told.id).docket.parcels.values()] == [kept]


def test_a_seal_with_a_wrong_digit_gets_a_sentence_and_nothing_is_recorded(put, told):
    wrong = SEAL[:-1] + str((int(SEAL[-1]) + 1) % 10)
    answer = put(seal=wrong)
    assert answer.status_code == 400
    assert "有一位不对" in answer.content.decode()
    assert load(told.id).docket.count == told.count


@pytest.mark.parametrize(("field", "typed", "said"), [("seal", BOX, "这是箱上的号"), ("bag", SEAL, "这是封条上的号")])
def test_the_number_of_another_thing_is_told_apart(put, field, typed, said):
    answer = put(**{field: typed})
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_the_label_on_the_bag_is_tied_to_the_case(put, told):
    put(bag=BAG)
    assert [one.label for one in load(told.id).docket.parcels.values()] == [BAG]


def test_the_seal_is_read_back_when_it_is_in(put, told, stage):
    client = depositor(told)
    data = {"items": gaps_of(told, stage)["item"], "seal": SEAL}
    page = client.post(f"/b/{BOX}/deposit/", data, follow=True).content.decode()
    assert f"{SEAL[3:7]} {SEAL[7:]}" in page


def test_into_a_box_at_sea_it_is_kept_as_said_and_the_person_is_told_calmly(put, told, stage):
    crew = Hand(by=stage.staff["fang"].person, role="crew", now=NOW)
    put_aboard(BOX, Sailing("boat-1", stage.origin, stage.destination), crew)
    answer = put()
    assert answer.status_code == 409
    assert "箱已经上船了" in answer.content.decode()
    assert (whats(), load(told.id).docket.count) == (["out_of_place"], told.count)


def test_what_did_not_fit_comes_in_a_second_bag(put, told):
    assert put(seal="BS-0777").status_code == put(seal="BS-0778").status_code == 302
    assert ([one.seal for one in load(told.id).docket.parcels.values()], whats()) == (["BS-0777", "BS-0778"], [])


def test_pressed_twice_it_is_in_once(put, told):
    put()
    answer = put()
    assert answer.status_code == 409
    assert "刚才已经记过了" in answer.content.decode()
    assert len(load(told.id).docket.parcels) == 1


def test_a_second_bag_with_the_same_seal_is_in_and_somebody_looks(put, told, as_staff, stage):
    put()
    call = {"matter": told.matter, "channel": "phone", "caller_name": "贺阿根", "caller_phone": "13800000731"}
    clerk = as_staff("lin")
    where = clerk.post("/desk/call/", call).headers["Location"]
    other = where.strip("/").split("/")[-1]
    clerk.post(f"{where}checklist/", {"told": "voice"})
    answer = put(docket=load(other).docket)
    assert "也是这个封条号" in answer.client.get(answer.headers["Location"]).content.decode()
    assert [one.what for one in load(other).docket.open_incidents] == ["seal_twice"]


@pytest.mark.parametrize(("days", "off"), [(1, "ahead"), (-1, "behind")])
def test_a_phone_that_is_a_day_off_is_noticed_and_the_bag_is_in(put, told, days, off):
    claimed = (NOW + timedelta(days=days)).isoformat()
    answer = put(claimed=claimed, sent=claimed)
    assert answer.status_code == 302
    state = load(told.id).docket
    assert [(one.what, one.codes) for one in state.open_incidents] == [("clock_off", (off,))]
    assert abs(state.parcels.popitem()[1].sent_ms - NOW.timestamp() * 1000) < 60_000


@pytest.mark.parametrize("clock", ["", "yesterday", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59", "\0", "2026-13-99"])
def test_whatever_a_clock_sends_is_no_fault(put, told, clock):
    assert put(claimed=clock, sent=clock).status_code == 302
    assert len(load(told.id).docket.parcels) == 1
