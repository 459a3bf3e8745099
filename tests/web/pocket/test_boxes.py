"""A box in the hand of crew and agent: boats to choose, seals to look at, and scans that cannot stand."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import box_labelled, load_box
from driftbox.apps.dockets.queries import load

MORNING = EVENING.replace(hour=8, minute=40) + timedelta(days=2)
AT = {"driftbox.now": MORNING}
BOX = "/pocket/box/BX-01/"


@pytest.fixture
def crew(as_staff):
    return as_staff("fang")


def box():
    return load_box(box_labelled("BX-01").docket)


def whats():
    return [one.what for one in box().open_incidents]


def test_the_next_boats_of_this_pier_are_there_to_choose_and_the_first_is_chosen(crew, played, stage):
    docket = played("materials.sent")
    page = crew.get(BOX, **AT).content.decode()
    value = page.split('name="sailing" value="')[1].split('"')[0]
    assert "9:00" in page.split(f'value="{value}"')[1][:200]
    crew.post(f"{BOX}move/", {"act": "load", "sailing": value}, **AT)
    parcel = load(docket.id).docket.parcels.popitem()[1]
    assert (box().where, box().destination, parcel.where) == ("ship", stage.destination, "ship")
    assert parcel.due.startswith("2026-05-13T09:")
    assert parcel.sailing == value.partition("|")[2]


def test_another_boat_needs_only_its_pier(crew, played, stage):
    played("materials.sent")
    crew.post(f"{BOX}move/", {"act": "load", "sailing": "other", "destination": stage.destination}, **AT)
    assert (box().where, box().destination) == ("ship", stage.destination)


@pytest.mark.parametrize("sent", [{"sailing": "2026-01-01|gone"}, {"sailing": "other"}, {"destination": "NOWHERE"}, {}])
def test_a_boat_that_is_none_is_told_and_nothing_moves(crew, played, sent):
    played("materials.sent")
    page = crew.post(f"{BOX}move/", {"act": "load", **sent}, follow=True, **AT).content.decode()
    assert "没有记" in page or "还没选开往哪个码头" in page
    assert box().where == "pier"


def test_aboard_pressed_twice_is_said_once_and_ashore_out_of_turn_is_kept(crew, played, stage):
    played("materials.sent")
    go = {"act": "load", "sailing": "other", "destination": stage.destination}
    crew.post(f"{BOX}move/", go, **AT)
    page = crew.post(f"{BOX}move/", go, follow=True, **AT).content.decode()
    assert "刚才已经记过了" in page
    crew.post(f"{BOX}move/", {"act": "land"}, **AT)
    page = crew.post(f"{BOX}move/", {"act": "land", "place": stage.origin}, follow=True, **AT).content.decode()
    assert "站里会弄清楚" in page
    assert (box().place, whats()) == (stage.destination, ["out_of_place"])


def test_a_box_that_came_to_another_pier_is_where_it_came(crew, played, stage):
    played("parcel.loaded")
    page = crew.post(f"{BOX}move/", {"act": "land", "place": "TAOHUA"}, follow=True, **AT)
    assert "本来该去别的码头" in page.content.decode()
    assert (box().place, whats()) == ("TAOHUA", ["out_of_place"])


def test_what_is_scanned_under_an_unknown_label_is_kept(crew, stage):
    answer = crew.post("/pocket/box/BX-77/move/", {"act": "load"}, **AT)
    assert answer.status_code == 404
    assert "您看到的记下了" in answer.content.decode()
    assert BoxRow.objects.get(status="unknown").label == "?BX-77"


def test_a_box_seen_elsewhere_is_noted_and_stays_where_we_believe_it(crew, played, stage):
    played("materials.sent")
    page = crew.post(f"{BOX}seen/", {"place": "TAOHUA"}, follow=True, **AT).content.decode()
    assert "东西请先照看好" in page
    assert (box().place, whats()) == (stage.origin, ["out_of_place"])


def test_a_bag_that_no_list_has_is_noted(crew, played):
    played("materials.sent")
    crew.post(f"{BOX}seen/", {"what": "bag", "seal": "BS-0999"}, **AT)
    assert whats() == ["no_case"]
    page = crew.post(f"{BOX}seen/", {"what": "bag"}, follow=True, **AT).content.decode()
    assert "填一个就行" in page


@pytest.mark.parametrize(("seal", "found"), [("no", "broken"), ("absent", "absent"), ("other", "other")])
def test_a_seal_that_is_not_right_leads_to_what_is_to_be_done(as_staff, played, seal, found):
    docket = played("parcel.landed")
    parcel = next(iter(docket.parcels))
    answer = as_staff("chen").post(f"{BOX}collect/", {"parcel": parcel, "intact": seal}, **AT)
    odd = load(docket.id).docket.open_incidents[0]
    assert (odd.what, odd.codes) == ("broken_seal", (found,))
    assert answer.headers["Location"] == f"/incidents/{docket.id}/{odd.entry}/"


def test_a_seal_that_reads_otherwise_than_recorded_is_found_out(as_staff, played):
    docket = played("parcel.landed")
    parcel = next(iter(docket.parcels))
    as_staff("chen").post(f"{BOX}collect/", {"parcel": parcel, "intact": "yes", "number": "BS-0999"}, **AT)
    assert load(docket.id).docket.open_incidents[0].codes == ("other",)


def test_a_bag_taken_already_is_told_and_kept(as_staff, played):
    docket = played("parcel.collected")
    parcel = next(iter(docket.parcels))
    page = as_staff("chen").post(f"{BOX}collect/", {"parcel": parcel, "intact": "yes"}, follow=True, **AT)
    assert "可能已经有人取走" in page.content.decode()
    assert len(box().sightings) == 1


def test_a_phone_that_is_a_day_off_is_told_and_the_box_sails(crew, played, stage):
    played("materials.sent")
    claimed = (MORNING - timedelta(days=1)).isoformat()
    go = {"act": "load", "sailing": "other", "destination": stage.destination, "claimed": claimed, "sent": claimed}
    page = crew.post(f"{BOX}move/", go, follow=True, **AT).content.decode()
    assert "请对一对钟" in page
    assert (box().where, whats()) == ("ship", ["clock_off"])
