"""The clerk on the telephone does the page for somebody at the box who cannot read."""

from tests.web.gaps import gaps_of

from driftbox.apps.dockets.queries import entries_of, load
from driftbox.domain.custody.labels import label_code

SEAL = label_code("seal", 100_321)


def test_the_depositor_did_it_and_the_clerk_typed_it(stage, as_staff, played):
    docket = played("checklist.given")
    clerk = as_staff("lin")
    data = {"box": "bx 01", "by": docket.applicant, "items": gaps_of(docket, stage)["item"], "seal": SEAL[3:]}
    page = clerk.post(f"/desk/cases/{docket.id}/deposit/", data, follow=True).content.decode()
    assert f"{SEAL[3:7]} {SEAL[7:]}" in page
    sent = next(one for one in entries_of(docket.id) if one.kind == "materials.sent")
    assert (sent.by, sent.role, sent.recorder) == (docket.applicant, "depositor", stage.staff["lin"].person)
    assert load(docket.id).docket.stage == "sent"


def test_digits_as_people_say_them_are_understood(stage, as_staff, played):
    docket = played("checklist.given")
    spoken = "".join("零幺二三四五六七八九"[int(digit)] for digit in SEAL[3:])
    data = {"box": "BX-01", "items": gaps_of(docket, stage)["item"], "seal": spoken}
    as_staff("lin").post(f"/desk/cases/{docket.id}/deposit/", data)
    assert [one.seal for one in load(docket.id).docket.parcels.values()] == [SEAL]


def test_a_box_that_nobody_knows_is_told_and_nothing_is_recorded(stage, as_staff, played):
    docket = played("checklist.given")
    data = {"box": "BX-77", "items": gaps_of(docket, stage)["item"], "seal": "BS-0413"}
    answer = as_staff("lin").post(f"/desk/cases/{docket.id}/deposit/", data)
    assert answer.status_code == 400
    assert "没有这只箱" in answer.content.decode()
    assert load(docket.id).docket.count == docket.count
