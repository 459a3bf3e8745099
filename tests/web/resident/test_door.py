"""What the door says to somebody who is following a case, and what it keeps to itself."""

import pytest
from django.test import Client
from msgspec import structs

from driftbox.apps.pack import current_pack


@pytest.fixture
def follower(played):
    """A browser that opened the case with its receipt, once the story has come to ``until``."""

    def followed(until):
        docket, client = played(until), Client(headers={"accept-language": "zh-CN"})
        session = client.session
        session["cases"] = [docket.id]
        session.save()
        return docket, client

    return followed


def test_the_door_shows_the_case_with_its_box_and_its_trips(follower):
    docket, client = follower("parcel.loaded")
    html = client.get("/").text
    assert f'href="/track/{docket.id}/"' in html
    assert '<li class="here">' in html
    assert "您跑了" in html
    assert html.count("at-horizon") == 1


def test_the_door_has_no_box_before_anything_was_handed_in(follower):
    docket, client = follower("checklist.given")
    html = client.get("/").text
    assert f'href="/track/{docket.id}/"' in html
    assert "材料还在您手里" in html


def test_the_door_is_silent_about_a_closed_case_and_about_one_that_is_not_there(follower):
    docket, client = follower("case.closed")
    assert docket.id not in client.get("/").text
    session = client.session
    session["cases"] = ["01970000-0000-7000-8000-000000000000"]
    session.save()
    assert client.get("/").status_code == 200


def test_the_door_never_shows_a_confidential_case(follower, monkeypatch):
    docket, client = follower("parcel.loaded")
    sealed = structs.replace(current_pack().matters[docket.matter], confidential=True)
    monkeypatch.setitem(current_pack().matters, docket.matter, sealed)
    assert docket.id not in client.get("/").text


def test_a_stranger_sees_no_case(follower):
    docket, _ = follower("parcel.loaded")
    assert docket.id not in Client().get("/").text


@pytest.mark.django_db
def test_a_promise_stands_beside_the_last_day_of_the_law(monkeypatch):
    matter = current_pack().matters["MZ-DIBAO"]
    limit = structs.replace(matter.limit, days=20, unit="working", promise_days=12)
    monkeypatch.setitem(current_pack().matters, matter.code, structs.replace(matter, limit=limit))
    for page in ("/matters/MZ-DIBAO/", "/matters/MZ-DIBAO/list/"):
        html = Client(headers={"accept-language": "zh-CN"}).get(page).text
        assert "答应您" in html
        assert html.index("12 个工作日") < html.index("20 个工作日")
