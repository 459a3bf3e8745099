"""A search that ended in another matter is kept when the clerk says so, without names; a director adds it or not."""

import pytest

from driftbox.apps.words.models import SayingRow

CALL = {"matter": "YB-YIDI", "channel": "phone", "caller_name": "周敏", "caller_phone": "13800000713"}
SAID = "绿格子的那个簿子，周敏，13800000713"


def called(browser, **more):
    return browser.post("/desk/call/?q=" + SAID, CALL | more)


@pytest.mark.usefixtures("stage")
def test_nothing_is_kept_unless_the_clerk_says_so(as_staff):
    assert called(as_staff("lin")).status_code == 302
    assert not SayingRow.objects.exists()


def test_what_is_kept_holds_no_number_and_no_name(as_staff):
    called(as_staff("lin"), keep_saying="on")
    row = SayingRow.objects.get()
    assert row.say == "绿格子的那个簿子"
    assert (row.matter, row.state) == ("YB-YIDI", "open")


def test_of_an_accusation_nothing_is_kept(as_staff):
    called(as_staff("lin"), keep_saying="on", matter="XF-JUBAO")
    assert not SayingRow.objects.exists()


def test_what_a_director_adds_is_found_from_its_day_on_and_not_before(as_staff):
    called(as_staff("lin"), keep_saying="on")
    row = SayingRow.objects.get()
    director = as_staff("hu")
    assert row.say in director.get("/desk/words/").text
    done = director.post(f"/desk/words/{row.pk}/", {"matter": "YB-YIDI", "since": "2999-01-01"}, follow=True)
    assert "加进说法了" in done.text
    assert "/matters/YB-YIDI/" not in director.get("/ask/", {"q": "绿格子的那个簿子"}).text
    SayingRow.objects.update(since="2020-01-01")
    assert "/matters/YB-YIDI/" in director.get("/ask/", {"q": "绿格子的那个簿子"}).text


def test_what_is_put_away_is_not_offered_or_settled_again(as_staff):
    called(as_staff("lin"), keep_saying="on")
    row = SayingRow.objects.get()
    director = as_staff("hu")
    director.post(f"/desk/words/{row.pk}/", {"do": "dismiss"})
    assert row.say not in director.get("/desk/words/").text
    again = director.post(f"/desk/words/{row.pk}/", {"matter": "YB-YIDI", "since": "2026-01-01"}, follow=True)
    assert "别人已经定了" in again.text


@pytest.mark.parametrize(
    "data", [{}, {"matter": "NO-SUCH", "since": "2026-01-01"}, {"matter": "YB-YIDI", "since": "x"}]
)
def test_a_form_that_says_nothing_changes_nothing(as_staff, data):
    called(as_staff("lin"), keep_saying="on")
    row = SayingRow.objects.get()
    told = as_staff("hu").post(f"/desk/words/{row.pk}/", data, follow=True)
    assert "说法没有动" in told.text
    assert SayingRow.objects.get().state == "open"
