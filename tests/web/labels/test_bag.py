"""Behind the label of a bag: staff come to its case, everybody else learns nothing about it."""

import pytest

from driftbox.apps.dockets.actions import record
from driftbox.apps.labels.actions import take_numbers
from driftbox.domain.custody.labels import FIRST_SERIAL, label_code
from driftbox.domain.docket.parcel_entries import ParcelLabelled

BAG = label_code("parcel", FIRST_SERIAL)


@pytest.fixture
def labelled(played, stage):
    docket = played("materials.sent")
    take_numbers("parcel", 2)
    body = ParcelLabelled(parcel=next(iter(docket.parcels)), label=BAG)
    return record(docket.id, [body], by="", role="depositor", now=stage.at(2, "9:41"))


@pytest.mark.parametrize(("who", "pages"), [("chen", "pocket"), ("lin", "desk")])
def test_staff_come_to_the_case_of_the_bag(as_staff, labelled, who, pages):
    assert f"/{pages}/cases/{labelled.id}/" in as_staff(who).get(f"/l/{BAG}/").content.decode()


def test_who_finds_it_learns_nothing_of_the_case(client, labelled):
    page = client.get(f"/l/{BAG}/").content.decode()
    assert "里面是别人的材料，请不要打开" in page
    assert labelled.id not in page
    assert labelled.number not in page


def test_a_bag_that_is_nobodys_leads_nowhere(as_staff, labelled):
    assert "看是哪件事的" not in as_staff("chen").get(f"/l/{label_code('parcel', FIRST_SERIAL + 1)}/").content.decode()
