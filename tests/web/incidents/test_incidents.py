"""What does not agree, from its opening to how it was settled; and what the family is told meanwhile."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.incidents import open_incident
from driftbox.apps.parcels.models import IncidentRow
from driftbox.domain.docket.incident_entries import IncidentOpened


def photo():
    content = io.BytesIO()
    Image.new("RGB", (32, 32), "white").save(content, "PNG")
    return SimpleUploadedFile("seal.png", content.getvalue(), "image/png")


@pytest.fixture
def broken(played, as_staff):
    """A bag whose seal was found broken; returns the case and the address of what does not agree."""
    docket = played("parcel.landed")
    taken = {"parcel": next(iter(docket.parcels)), "intact": "no"}
    address = as_staff("chen").post("/pocket/box/BX-01/collect/", taken).headers["Location"]
    return docket.id, address


def tracked(docket):
    client = Client()
    session = client.session
    session["cases"] = [docket]
    session.save()
    return client.get(f"/track/{docket}/").content.decode()


def test_hold_photograph_tell_both_ends_and_settle(as_staff, broken):
    docket, address = broken
    agent, clerk, director = as_staff("chen"), as_staff("lin"), as_staff("hu")
    assert "先放着别动，拍照留底" in agent.get(address).content.decode()
    agent.post(f"{address}photograph/", {"photo": photo()})
    page = clerk.get(address).content.decode()
    assert "两头打电话，说一声" in page
    assert "13800000713" in page
    picture = page.split(f'src="{address}photos/')[1].split('"')[0]
    assert clerk.get(f"{address}photos/{picture}").headers["Content-Type"] == "image/png"
    clerk.post(f"{address}notify/", {"to": ["sender", "receiver"]})
    assert "定下怎么办" in director.get(address).content.decode()
    director.post(f"{address}settle/", {"how": "accepted", "reason": "checked_both_ends"})
    page = director.get(address).content.decode()
    assert "定了：说清楚了，照常往下办" in page
    assert load(docket).docket.open_incidents == ()
    assert not IncidentRow.objects.exists()


def test_while_it_is_open_the_case_waits_and_says_for_whom(as_staff, broken):
    docket, _address = broken
    clerk = as_staff("lin")
    assert "封条和记着的不一样" in clerk.get(f"/desk/cases/{docket}/").content.decode()
    assert "有 1 处对不上" in clerk.get("/desk/").content.decode()
    assert "有 1 处对不上" in as_staff("chen").get("/pocket/").content.decode()


def test_the_family_is_told_in_plain_words_and_nobody_is_blamed(broken):
    docket, _address = broken
    page = tracked(docket)
    assert "有一处对不上：封条和记着的不一样。东西都在，先放着没有动。接下来：先放着别动，拍照留底（代办员）。" in page
    assert "陈海燕" in page.split("有一处对不上")[1]  # who has the papers, not whose fault it is
    assert not {"责任", "过错", "失职"} & set(page)


def test_the_clock_of_a_phone_is_no_concern_of_the_family(played, stage):
    docket = played("checklist.given")
    hand = Hand(by=stage.staff["fang"].person, role="crew", now=EVENING)
    open_incident(docket.id, IncidentOpened(what="clock_off", codes=("ahead",)), hand)
    assert "有一处对不上：" not in tracked(docket.id)


def test_a_number_misread_is_put_right_at_once_by_the_agent(as_staff, broken):
    docket, address = broken
    as_staff("chen").post(f"{address}settle/", {"how": "misread", "reason": "number_misread"})
    assert load(docket).docket.open_incidents == ()


def test_an_agent_does_not_settle_the_rest_and_nothing_is_settled_before_its_time(as_staff, broken):
    docket, address = broken
    page = as_staff("hu").post(f"{address}settle/", {"how": "accepted", "reason": "checked_both_ends"}, follow=True)
    assert "还轮不到这一步" in page.content.decode()
    agent = as_staff("chen")
    agent.post(f"{address}photograph/", {"photo": photo()})
    agent.post(f"{address}notify/", {"to": ["sender"]})
    half = as_staff("hu").post(f"{address}settle/", {"how": "accepted", "reason": "checked_both_ends"}, follow=True)
    assert "还差一头没有说到" in half.content.decode()
    agent.post(f"{address}notify/", {"to": ["receiver"]})
    settled = agent.post(f"{address}settle/", {"how": "accepted", "reason": "checked_both_ends"})
    assert settled.status_code == 403
    assert len(load(docket).docket.open_incidents) == 1


@pytest.mark.parametrize(
    ("act", "sent"),
    [("photograph", {}), ("photograph", {"photo": "x"}), ("notify", {}), ("notify", {"to": "nobody"}),
     ("settle", {"how": "x", "reason": "\0"})],
)  # fmt: skip
def test_an_unfinished_step_says_so_and_records_nothing(as_staff, broken, act, sent):
    docket, address = broken
    before = load(docket).docket.count
    assert as_staff("hu").post(f"{address}{act}/", sent).status_code == 400
    assert load(docket).docket.count == before


def test_a_file_that_is_no_photograph_comes_back_with_a_sentence(as_staff, broken):
    _docket, address = broken
    file = SimpleUploadedFile("x.png", b"no picture", "image/png")
    answer = as_staff("chen").post(f"{address}photograph/", {"photo": file}, follow=True)
    assert answer.redirect_chain[0][0] == address
    assert 'class="note act"' in answer.content.decode()


def test_what_is_odd_about_a_box_is_settled_where_it_was_seen(as_staff, played, stage):
    played("materials.sent")
    as_staff("fang").post("/pocket/box/BX-01/seen/", {"place": stage.destination})
    row = IncidentRow.objects.get()
    address = f"/incidents/{row.docket}/{row.entry}/"
    clerk = as_staff("lin")
    assert "BX-01 号漂流箱" in clerk.get("/incidents/").content.decode()
    clerk.post(f"{address}notify/", {"to": ["crew", "receiver"]})
    clerk.post(f"{address}settle/", {"how": "as_seen", "reason": "boat_confirmed"})
    assert "在白沙" in as_staff("chen").get("/pocket/box/BX-01/").content.decode()


def test_anything_else_that_does_not_agree_can_be_noted(as_staff, played):
    docket = played("parcel.collected")
    agent, address = as_staff("chen"), f"/incidents/open/{docket.id}/"
    parcel = next(iter(docket.parcels))
    answer = agent.post(address, {"what": "damage", "parcel": parcel})
    (odd,) = load(docket.id).docket.open_incidents
    assert answer.headers["Location"] == f"/incidents/{docket.id}/{odd.entry}/"
    assert agent.post(address, {"what": "nonsense"}).status_code == 400


def test_everything_agrees_where_nothing_is_odd(as_staff, stage):
    assert "都对得上" in as_staff("lin").get("/incidents/").content.decode()
