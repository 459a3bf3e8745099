"""A bag in the agent's hand: opened before a second person, counted item by item, put back into a box, handed over."""

import pytest
from msgspec import structs
from tests.web.pocket.test_boxes import box

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.domain.custody.labels import label_code
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.parcel_entries import ParcelLabelled

BOOK = e.Item(code="household_register", kind="original")
BAG, SEAL = label_code("parcel", 100_701), label_code("seal", 100_702)


@pytest.fixture
def by_two(monkeypatch):
    """The pack asks for two people at the opening."""
    for where in ("driftbox.apps.dockets.actions", "driftbox.web.base.parcel_forms", "driftbox.web.base.acts"):
        monkeypatch.setattr(f"{where}.opens_with_two", lambda _matter: True)


def acts(docket):
    return f"/pocket/cases/{docket.id}/act/"


@pytest.mark.usefixtures("by_two")
def test_where_two_must_open_nobody_counts_alone(as_staff, played, stage):
    docket = played("parcel.collected")
    agent = as_staff("chen")
    found = [item.code for item in docket.parcels[next(iter(docket.parcels))].manifest]
    page = agent.post(f"{acts(docket)}materials.counted/", {"found": found}, follow=True).content.decode()
    assert "两个人一起拆" in page
    assert agent.post(f"{acts(docket)}parcel.opened/", {}).status_code == 400
    agent.post(f"{acts(docket)}parcel.opened/", {"witness": stage.staff["lin"].person})
    agent.post(f"{acts(docket)}materials.counted/", {"found": found})
    parcel = load(docket.id).docket.parcels.popitem()[1]
    assert parcel.openers == (stage.staff["chen"].person, stage.staff["lin"].person)
    assert len(parcel.found) == len(found)


def test_nobody_stands_by_at_their_own_opening(as_staff, played, stage):
    docket = played("parcel.collected")
    own = {"witness": stage.staff["chen"].person}
    assert as_staff("chen").post(f"{acts(docket)}parcel.opened/", own).status_code == 400


def test_what_lacks_and_what_is_too_many_is_noted_item_by_item(as_staff, played):
    docket = played("parcel.collected")
    manifest = [item.code for item in docket.parcels[next(iter(docket.parcels))].manifest]
    page = as_staff("chen").get(f"/pocket/cases/{docket.id}/").content.decode()
    more = page.split('name="more" value="')[1].split('"')[0]
    as_staff("chen").post(f"{acts(docket)}materials.counted/", {"found": manifest[1:], "more": more})
    odd = {one.what: one.codes for one in load(docket.id).docket.open_incidents}
    assert odd == {"shortage": (manifest[0],), "surplus": (more,)}


@pytest.fixture
def photographs(played, stage):
    """A case in whose bag, in the agent's hand, should be three photographs."""
    docket, agent = played("checklist.given"), stage.staff["chen"].person
    three = next(item for item in docket.checklist if item.source == "resident")
    sent = e.MaterialsSent(
        parcel=docket.id, items=(structs.replace(three, count=3),), via="agent", place=docket.office, seal=SEAL
    )
    taken = e.ParcelCollected(parcel=docket.id, place=docket.office, seal_intact=True)
    return record(
        docket.id, [e.TaskClaimed(agent=agent), sent, taken], by=agent, role="agent", now=stage.at(1, "9:00")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("number", "odd"), [("2", "shortage"), ("0", "shortage"), ("4", "surplus"), ("3", ""), ("", "")]
)
def test_of_three_photographs_two_are_a_shortage_and_four_a_surplus(as_staff, photographs, number, odd):
    code = photographs.parcels[photographs.id].manifest[0].code
    page = as_staff("chen").get(f"/pocket/cases/{photographs.id}/").content.decode()
    assert f'name="count-{code}" value="3"' in page
    counted = {"found": code, f"count-{code}": number}
    as_staff("chen").post(f"{acts(photographs)}materials.counted/", counted)
    assert [one.what for one in load(photographs.id).docket.open_incidents] == ([odd] if odd else [])
    page = as_staff("lin").get(f"/desk/cases/{photographs.id}/").content.decode()
    assert (f"该有 3 份，袋里 {number} 份" in page) == (number in {"2", "4"})


def test_a_number_that_is_none_is_asked_again(as_staff, photographs):
    code = photographs.parcels[photographs.id].manifest[0].code
    for number in ("two", "-1", "99999"):
        counted = {"found": code, f"count-{code}": number}
        page = as_staff("chen").post(f"{acts(photographs)}materials.counted/", counted)
        assert page.status_code == 400


@pytest.fixture
def in_hand(played, stage):
    """A case whose bag, sealed and with an original in it, an agent fetched from the house."""
    docket = played("checklist.given")
    agent = stage.staff["chen"].person
    sent = e.MaterialsSent(parcel=docket.id, items=(BOOK,), via="agent", place=docket.office, seal=SEAL)
    return record(
        docket.id, [e.TaskClaimed(agent=agent), sent], by=agent, role="agent", now=stage.at(1, "9:00")
    )  # fmt: skip


def test_a_bag_that_the_agent_fetched_goes_into_a_box(as_staff, in_hand):
    data = {"parcel": in_hand.id, "box": "BX-01"}
    as_staff("chen").post(f"{acts(in_hand)}parcel.boxed/", data)
    assert [(one.case, one.seal) for one in box().parcels.values()] == [(in_hand.id, SEAL)]
    assert load(in_hand.id).docket.parcels[in_hand.id].where == "box"


def test_the_crew_knows_a_bag_by_its_label_and_puts_it_in(as_staff, in_hand, stage):
    labelled = ParcelLabelled(parcel=in_hand.id, label=BAG)
    record(in_hand.id, [labelled], by=stage.staff["chen"].person, role="agent", now=stage.at(1, "9:05"))
    row = {"slip_0": BAG, "seal_0": SEAL}
    page = as_staff("fang").post("/pocket/box/BX-01/many/", {"step": "look", **row}).content.decode()
    assert in_hand.number in page
    assert as_staff("fang").post("/pocket/box/BX-01/many/", {"step": "put", **row}).status_code == 200
    assert [one.case for one in box().parcels.values()] == [in_hand.id]


def test_a_label_that_no_case_has_is_kept_as_seen(as_staff, in_hand):
    row = {"step": "put", "slip_0": label_code("parcel", 100_799), "seal_0": "BS-0998"}
    answer = as_staff("fang").post("/pocket/box/BX-01/many/", row)
    assert answer.status_code == 409
    assert "站里会弄清楚" in answer.content.decode()


def test_the_originals_are_handed_over_with_the_result_against_one_signature(as_staff, in_hand, stage):
    agent, clerk, officer = (stage.staff[name].person for name in ("chen", "lin", "wang"))
    at = stage.at(2, "9:00")
    for by, role, bodies in (
        (agent, "agent", [e.ParcelCollected(parcel=in_hand.id, place="BAISHA", seal_intact=True)]),
        (agent, "agent", [e.MaterialsCounted(parcel=in_hand.id, found=(BOOK,)), e.MaterialsChecked()]),
        (clerk, "clerk", [e.CaseAccepted(receipt=in_hand.number)]),
        (officer, "officer", [e.DecisionMade(outcome="granted"), e.ResultIssued(items=(), place="D-MZ")]),
        (agent, "agent", [e.ResultCollected(place="D-MZ")]),
    ):
        record(in_hand.id, bodies, by=by, role=role, now=at)
    page = as_staff("chen").get(f"/pocket/cases/{in_hand.id}/").content.decode()
    assert "一起还了哪几样原件" in page
    signed = {"back": BOOK.code, "proof": "signature", "signed": "周大海"}
    as_staff("chen").post(f"{acts(in_hand)}result.delivered/", signed)
    state = load(in_hand.id).docket
    assert (state.stage, state.originals_since) == ("delivered", {})
