"""An original that we hold is on the case page with the day by which it must be back, until it is signed for."""

from tests.cast import key

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.domain.docket import entries as e


def test_an_original_shows_until_it_is_back(stage, as_staff, played):
    docket = played("checklist.given")
    agent, clerk = stage.staff["chen"].person, as_staff("lin")
    deed = e.Item(code="household_register", kind="original")
    sent = e.MaterialsSent(parcel=key(9), items=(deed,), via="agent", place=docket.office)
    record(docket.id, [sent], by=agent, role="agent", now=stage.at(1, "9:00"))
    address = f"/desk/cases/{docket.id}/"
    assert "原件在我们这里" in clerk.get(address).content.decode()
    form = {"back": "household_register", "proof": "signature", "signed": "周大海", "strokes": "[[10,20,30,40]]"}
    clerk.post(f"{address}act/materials.returned/", form)
    assert 'class="picture"' in clerk.get(address).content.decode()
    assert "原件在我们这里" not in clerk.get(address).content.decode()


def test_whoever_looks_after_their_day_finds_them_among_what_does_not_agree(stage, as_staff, played):
    docket = played("checklist.given")
    deed = e.Item(code="household_register", kind="original")
    sent = e.MaterialsSent(parcel=key(9), items=(deed,), via="agent", place=docket.office)
    record(docket.id, [sent], by=stage.staff["chen"].person, role="agent", now=stage.at(1, "9:00"))
    for day, found in ((8, False), (9, True), (10, True)):
        page = as_staff("lin").get("/incidents/", **{"driftbox.now": stage.at(day, "9:00")}).content.decode()
        assert ("原件过了日子还没还" in page) is found
    assert len(load(docket.id).docket.open_incidents) == 1
