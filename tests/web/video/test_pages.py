"""The pages around a call: a link that is pressed once, the waiting room, the desk's queue, and what is uploaded."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from driftbox.apps.dockets.queries import load
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.sittings import invitations, presence, rooms
from driftbox.apps.sittings.models import RoomRow, SeatRow
from driftbox.cli.clock_now import now

NOW = now()  # pages read the clock; nothing here waits for it
WEBM = b"\x1a\x45\xdf\xa3" + b"x" * 400


def drawn():
    """A small picture, as a camera would send it."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "PNG")
    return out.getvalue()


PNG = drawn()


@pytest.fixture
def clerk(stage):
    return staff_viewer(stage.staff["lin"])


@pytest.fixture
def room(clerk, played):
    return rooms.start(played("checklist.given").id, clerk, now=NOW)


@pytest.fixture
def link(room, clerk):
    return f"/v/{invitations.invite(room.pk, 'resident', clerk, now=NOW).token}/"


@pytest.fixture
def phone():
    return Client(headers={"accept-language": "zh-CN"})


def words(answer):
    return answer.content.decode()


@pytest.fixture
def waiting(room, link, phone):
    """A phone in the waiting room."""
    phone.post(link)
    phone.get(f"/video/{room.pk}/")
    return phone


def in_the_call(room, at=NOW):
    for seat in SeatRow.objects.select_related("room").filter(room=room.pk):
        presence.come_in(seat, now=at)


def test_looking_at_a_link_takes_no_seat_and_pressing_does(room, link, phone):
    assert phone.get(link).status_code == 200
    assert phone.get(link).status_code == 200
    assert phone.post(link)["Location"] == f"/video/{room.pk}/"
    assert phone.get(link)["Location"] == f"/video/{room.pk}/"


def test_a_second_phone_is_told_so_in_a_sentence(link, phone):
    phone.post(link)
    second = Client(headers={"accept-language": "zh-CN"}).post(link)
    assert second.status_code == 409
    assert "另一台手机" in words(second)


def test_whoever_guesses_links_is_slowed_down(db, phone):
    codes = [phone.get(f"/v/guess{number}/").status_code for number in range(12)]
    assert (codes[0], codes[-1]) == (404, 429)


def test_the_waiting_room_says_whose_turn_it_is_and_whom_to_call(room, waiting):
    page = words(waiting.get(f"/video/{room.pk}/"))
    assert "下一个就是您" in page
    assert "tel:" in page
    assert RoomRow.objects.get(pk=room.pk).waiting_since


def test_the_queue_shows_who_waits_and_one_of_two_clerks_answers(as_staff, room, waiting):
    assert "等了 0 分钟" in words(as_staff("lin").get("/desk/video/", headers={"accept-language": "zh-CN"}))
    assert as_staff("hu").post(f"/desk/video/{room.pk}/answer/")["Location"] == f"/video/{room.pk}/"
    second = as_staff("lin").post(f"/desk/video/{room.pk}/answer/", follow=True, headers={"accept-language": "zh-CN"})
    assert "接了，您不用再接" in words(second)


def test_the_call_may_connect_to_its_signalling_and_nowhere_else(settings, as_staff, room, waiting):
    settings.DRIFTBOX_WS_PORT = 8001
    as_staff("lin").post(f"/desk/video/{room.pk}/answer/")
    page = waiting.get(f"/video/{room.pk}/")
    address = f"ws://testserver:8001/ws/video/{room.pk}/"
    assert f'data-signalling="{address}"' in words(page)
    assert "connect-src 'self' ws://testserver:8001;" in page["Content-Security-Policy"] + ";"


def test_a_code_to_be_scanned_is_shown_once(as_staff, room):
    lin = as_staff("lin")
    lin.post(f"/desk/video/{room.pk}/invite/", {"part": "resident", "way": "show"})
    assert "/v/" in words(lin.get(f"/desk/video/{room.pk}/"))
    assert "/v/" not in words(lin.get(f"/desk/video/{room.pk}/"))


def test_an_appointment_is_a_file_for_any_calendar(as_staff, room, waiting):
    starts = (NOW + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    as_staff("lin").post(f"/desk/video/start/{room.docket}/", {"starts": starts})
    answer = waiting.get(f"/video/{room.pk}/calendar/")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in answer.content


@pytest.mark.parametrize("starts", ["2020-01-01T08:00", "morgen", "\x00"])
def test_a_time_that_cannot_be_is_a_sentence(as_staff, room, starts):
    answer = as_staff("lin").post(f"/desk/video/start/{room.docket}/", {"starts": starts})
    assert answer.status_code == 302
    assert RoomRow.objects.get(pk=room.pk).starts is None


def test_it_is_closed_into_the_docket(as_staff, room, waiting):
    lin = as_staff("lin")
    lin.post(f"/desk/video/{room.pk}/answer/")
    in_the_call(room)
    said = {"words": "星期五以前办好。", "confirmed": "on", "next": "they_act", "how": "done"}
    assert lin.post(f"/desk/video/{room.pk}/close/", said | {"next": "we_act"}).status_code == 400
    assert lin.post(f"/desk/video/{room.pk}/close/", said)["Location"] == f"/desk/cases/{room.docket}/"
    sitting = load(room.docket).docket.sittings[-1]
    assert (sitting.next, len(sitting.agreed)) == ("they_act", 1)
    assert "谈完了" in words(waiting.get(f"/video/{room.pk}/"))


def test_a_paper_held_up_is_kept_with_the_yes_of_whoever_held_it(as_staff, room, waiting):
    as_staff("lin").post(f"/desk/video/{room.pk}/answer/")
    in_the_call(room)
    answer = waiting.post(
        f"/video/{room.pk}/still/", {"still": SimpleUploadedFile("a.png", PNG), "material": "id_card"}
    )
    assert answer.status_code == 200
    assert load(room.docket).docket.sittings[-1].shown == (("id_card", answer.json()["paper"]),)
    for file, material in ((b"not a picture", ""), (PNG, "no_such")):
        bad = waiting.post(
            f"/video/{room.pk}/still/", {"still": SimpleUploadedFile("a.png", file), "material": material}
        )
        assert bad.status_code == 409
        assert bad.json()["sentence"]


def test_a_recording_without_everybodys_yes_is_refused_without_loss(as_staff, room, waiting):
    lin = as_staff("lin")
    lin.post(f"/desk/video/{room.pk}/answer/")
    in_the_call(room)
    sent = {"recording": SimpleUploadedFile("a.webm", WEBM), "began": "0", "seconds": "60"}
    answer = lin.post(f"/video/{room.pk}/recording/", sent)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_all_agreed")


def test_an_outsider_sees_nothing_of_a_room(room, waiting):
    stranger = Client()
    for path in ("", "calendar/"):
        assert stranger.get(f"/video/{room.pk}/{path}").status_code == 404
    assert stranger.post(f"/video/{room.pk}/still/").status_code == 404
