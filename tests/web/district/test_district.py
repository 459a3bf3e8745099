"""The district page: what is drawn is listed, nothing is sent when nothing changed, and supervision is answered."""

import pytest

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load


@pytest.fixture
def case(played):
    return played("task.claimed")


def test_the_page_says_whose_coast_it_is_and_weighs_little(as_staff, case):
    page = as_staff("zhao").get("/district/")
    assert "© OpenStreetMap contributors" in page.text
    assert len(page.content) <= 200_000
    assert 'aria-labelledby="stt"' in page.text


def test_nothing_is_sent_when_nothing_changed(as_staff, case):
    browser = as_staff("zhao")
    first = browser.get("/district/live/")
    again = browser.get("/district/live/", headers={"if-none-match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) in {(200, 304), (200, 200)}  # the minute may have turned
    assert again.status_code == 200 or not again.content


def test_the_list_behind_a_mark_names_the_case_and_its_place_keeps_others_out(as_staff, case):
    number = CaseRow.objects.get().number
    browser = as_staff("zhao")
    assert number in browser.get("/district/list/").text
    assert number not in browser.get("/district/list/?place=ST04").text


def test_a_reminder_stands_at_the_desk_until_it_is_answered(as_staff, case):
    docket = CaseRow.objects.get().docket
    above, desk = as_staff("zhao"), as_staff("lin")
    asked = above.post(f"/district/{docket}/act/supervision.reminded/", {"ground": "stands_still", "words": "看一看"})
    assert asked.status_code == 302
    assert f"/district/{docket}/" in desk.get("/desk/").text
    assert "没有回话" in above.get(f"/district/{docket}/").text
    pressed = load(docket).docket.petition.pressed[0].entry
    desk.post(f"/district/{docket}/act/supervision.answered/", {"supervision": pressed, "words": "今天去办"})
    assert CaseRow.objects.get().pressed == 0
    assert "没有回话" not in above.get(f"/district/{docket}/").text
    assert f"/district/{docket}/" not in desk.get("/desk/").text


def test_a_window_cannot_remind_itself(as_staff, case):
    docket = CaseRow.objects.get().docket
    asked = as_staff("lin").post(f"/district/{docket}/act/supervision.reminded/", {"ground": "stands_still"})
    assert asked.status_code == 403
