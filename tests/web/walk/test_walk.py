import pytest

pytestmark = pytest.mark.django_db


def test_the_walk_has_six_ways_and_stands_beside_the_sign_in(client):
    page = client.get("/walk/").content.decode()
    assert page.count("<ol>") == 6
    assert 'href="/walk/"' in client.get("/in/staff/").content.decode()


def test_outside_the_demo_there_is_no_walk(client, settings):
    settings.DRIFTBOX_DEMO = False
    assert client.get("/walk/").status_code == 404
