"""The way home: result and originals into a bag, by box or in hand, tried again, signed for at the door."""

import pytest

from driftbox.apps.custody.queries import box_labelled, load_box
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.domain.docket import entries as e

BOOK = e.Item(code="household_register", kind="original")


@pytest.fixture
def issued(played):
    """A case whose result is there."""
    return played("result.issued")


def pack(as_staff, docket, **more):
    page = as_staff("chen").get(f"/pocket/cases/{docket.id}/").content.decode()
    form = page.split("act/return.packed/")[1].split("</form>")[0]
    items = [one.split('"')[0] for one in form.split('name="items" value="')[1:]]
    data = {"items": items, "seal": "BS-0587", **more}
    return as_staff("chen").post(f"/pocket/cases/{docket.id}/act/return.packed/", data, follow=True)


def test_the_result_goes_home_in_a_box_and_is_signed_for(as_staff, issued, stage):
    pack(as_staff, issued, box="BX-01")
    state = load(issued.id).docket
    assert (state.stage, state.result_with) == ("carried", "box")
    crew = as_staff("fang")
    crew.post("/pocket/box/BX-01/move/", {"act": "load", "sailing": "other", "destination": stage.origin})
    crew.post("/pocket/box/BX-01/move/", {"act": "land"})
    parcel = list(state.parcels)[-1]
    answer = as_staff("chen").post("/pocket/box/BX-01/collect/", {"parcel": parcel, "intact": "yes"}, follow=True)
    assert "送到家门口" in answer.content.decode()
    signed = {"proof": "signature", "signed": "周大海"}
    as_staff("chen").post(f"/pocket/cases/{issued.id}/act/result.delivered/", signed)
    assert (load(issued.id).docket.stage, len(load_box(box_labelled("BX-01").docket).parcels)) == ("delivered", 0)


def test_an_agent_may_carry_it_home_without_a_box(as_staff, issued):
    pack(as_staff, issued)
    state = load(issued.id).docket
    assert (state.stage, state.result_with) == ("carried", "agent")


def test_a_bag_without_a_seal_stays_out_of_the_box(as_staff, issued):
    page = pack(as_staff, issued, box="BX-01", seal="").content.decode()
    assert "还差封条号" in page
    assert load(issued.id).docket.stage == "issued"


def test_nobody_at_home_names_the_next_day(as_staff, issued):
    pack(as_staff, issued)
    address = f"/pocket/cases/{issued.id}/act/delivery.failed/"
    agent = as_staff("chen")
    assert (
        "约的日子已经过了"
        in agent.post(address, {"cause": "not_home", "next_day": "2020-01-01"}, follow=True).content.decode()
    )
    page = agent.post(address, {"cause": "not_home", "next_day": "2099-06-03"}, follow=True).content.decode()
    assert "约好 2099-06-03 再送" in page
    assert load(issued.id).docket.failed_deliveries == 1


@pytest.fixture
def held(played, stage):
    """A case that handed in an original."""
    docket = played("checklist.given")
    agent = stage.staff["chen"].person
    sent = e.MaterialsSent(parcel=docket.id, items=(BOOK,), via="agent", place=docket.office)
    record(docket.id, [e.TaskClaimed(agent=agent), sent], by=agent, role="agent", now=stage.at(1, "9:00"))
    return docket


@pytest.mark.parametrize(
    ("who", "page"), [("chen", "/pocket/"), ("hu", "/pocket/"), ("hu", "/desk/"), ("lin", "/desk/")]
)
def test_an_original_that_should_be_back_stands_on_the_page_of_whoever_can_bring_it(as_staff, held, who, page):
    text = as_staff(who).get(page).content.decode()
    assert "原件该还了" in text
    assert "户口簿" in text


def test_it_does_not_stand_on_the_page_of_another_agent(as_staff, held):
    assert "原件该还了" not in as_staff("yu").get("/pocket/").content.decode()
