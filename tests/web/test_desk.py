"""The console, asked by a browser without script."""

import pytest

from driftbox.apps.dockets.queries import load


@pytest.mark.parametrize(
    "until",
    ["case.opened", "checklist.given", "materials.sent", "parcel.collected", "case.accepted", "decision.made",
     "result.collected", "case.closed"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["lin", "hu", "wang", "zhao"])
def test_a_case_shows_at_every_stage_to_everyone_at_the_desk(as_staff, played, until, who):
    docket = played(until)
    answer = as_staff(who).get(f"/desk/cases/{docket.id}/")
    assert answer.status_code == 200
    assert docket.number in answer.content.decode()


@pytest.mark.parametrize("until", ["checklist.given", "parcel.loaded", "parcel.collected", "result.collected"])
def test_the_pocket_shows_the_case_at_every_stage(as_staff, played, until):
    docket = played(until)
    assert as_staff("chen").get(f"/pocket/cases/{docket.id}/").status_code == 200
    assert as_staff("chen").get("/pocket/").status_code == 200


def test_an_unfinished_form_says_so_and_records_nothing(as_staff, played):
    docket = played("case.accepted")
    answer = as_staff("wang").post(f"/desk/cases/{docket.id}/act/decision.made/", {"outcome": "granted"})
    assert answer.status_code == 400
    assert "没有记" in answer.content.decode()
    assert load(docket.id).docket.count == docket.count


def test_an_act_out_of_place_comes_back_with_a_sentence(as_staff, played):
    docket = played("case.opened")
    answer = as_staff("lin").post(f"/desk/cases/{docket.id}/act/case.accepted/", {}, follow=True)
    assert answer.status_code == 200
    assert "现在还不能记这一步" in answer.content.decode()


def test_the_orange_button_never_takes_anything_back(as_staff, played):
    docket = played("checklist.given")
    page = as_staff("lin").get(f"/desk/cases/{docket.id}/").content.decode()
    assert "收回授权</button>" in page
    assert 'class="button act full">收回授权' not in page
