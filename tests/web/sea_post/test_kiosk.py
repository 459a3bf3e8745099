"""The kiosk of the post at sea: every step a page without script, nothing lost, nobody's words left on the screen."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.queries import load
from driftbox.apps.papers.queries import open_paper, read_text
from driftbox.apps.people.actions import write_account
from driftbox.apps.petitions.mailbox import open_mailbox
from driftbox.apps.sea_post.drafts import drafts
from driftbox.apps.sea_post.models import DraftRow
from driftbox.apps.sea_post.post import idle

STROKES = "[[10,10,200,120]]"
SOUND = b"\x1a\x45\xdf\xa3" + b"\x00" * 20 + b"A_OPUS" + b"\x00" * 64
WHO = {"name": "周大海", "phone": "13800000714", "boat": "浙普渔 00245"}


def photo():
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    return SimpleUploadedFile("a.jpg", made.getvalue(), "image/jpeg")


def sound(content=SOUND):
    return SimpleUploadedFile("said", content, "audio/webm")


@pytest.fixture
def kiosk(stage):
    return Client(headers={"accept-language": "zh-CN"})


def told(kiosk, kind="redress", **who):
    """Everything up to the last step."""
    kiosk.post("/post/begin/", {"how": "talk"})
    for step, data in (
        ("what", {"kind": kind}),
        ("words", {"words": "网被割了。", "recording": sound()}),
        ("photos", {"photos": [photo(), photo()]}),
        ("who", WHO | who),
        ("sign", {"strokes": STROKES, "signed": "周大海"}),
    ):
        assert kiosk.post(f"/post/say/{step}/", data).status_code == 302, step


def test_a_step_that_is_sent_again_keeps_what_was_recorded_and_photographed(kiosk):
    told(kiosk)
    assert kiosk.post("/post/say/words/", {"words": "改一句。"}).status_code == 302
    assert kiosk.post("/post/say/photos/").status_code == 302
    held = drafts()[0].told
    assert (held.words, bool(held.recording), len(held.photos)) == ("改一句。", True, 2)


def handed_in(kiosk):
    answer = kiosk.post("/post/say/check/")
    assert answer["Location"] == "/post/receipt/"
    return kiosk.session["sea_receipt"]


def longer_ago(minutes):
    row = DraftRow.objects.get()
    DraftRow.objects.update(touched=row.touched - timedelta(minutes=minutes))


def test_a_petition_told_at_sea_has_its_number_its_papers_and_its_moment(kiosk):
    told(kiosk)
    assert "网被割了。" in kiosk.get("/post/say/check/").content.decode()
    docket = load(handed_in(kiosk)).docket
    assert re.fullmatch(r"haishang-\d{4}-0001", docket.number)
    assert docket.sea.received_ms
    assert docket.sea.post == "PS01"
    assert read_text(docket.id, docket.said) == "网被割了。"
    assert open_paper(docket.id, docket.sea.recording).media_type == "audio/webm"
    assert [open_paper(docket.id, one).media_type for one in docket.sea.photos] == ["image/jpeg"] * 2
    assert open_paper(docket.id, docket.sea.signature).media_type == "image/svg+xml"
    assert read_text(docket.id, docket.sea.boat) == "浙普渔 00245"


def test_the_receipt_says_by_when_and_is_printed_until_it_is_put_away(kiosk):
    told(kiosk)
    docket = load(handed_in(kiosk)).docket
    page = kiosk.get("/post/receipt/").content.decode()
    assert docket.number in page
    assert "最晚" in page
    assert kiosk.get("/post/receipt.pdf").content.startswith(b"%PDF-")
    kiosk.get("/post/")
    assert kiosk.get("/post/receipt/").status_code == 302
    assert kiosk.get("/post/receipt.pdf").status_code == 404
    assert not DraftRow.objects.exists()


def test_whoever_leaves_no_name_gets_sixteen_digits_that_open_the_mailbox(kiosk):
    told(kiosk, name="", phone="")
    docket = handed_in(kiosk)
    code = re.search(r'信箱号.*?<dd class="num">([\d ]+)</dd>', kiosk.get("/post/receipt/").content.decode())[1]
    assert open_mailbox(code).id == docket


def test_a_wish_for_confidence_holds_for_a_petition_of_any_sort(kiosk):
    told(kiosk, confidential="on")
    assert load(handed_in(kiosk)).docket.confidential


def test_handing_in_twice_gives_one_petition(kiosk):
    told(kiosk)
    first = handed_in(kiosk)
    session = kiosk.session
    session["sea_draft"] = first
    session.save()
    kiosk.post("/post/say/check/")
    assert load(first).docket.number.endswith("0001")
    assert not drafts()


def test_another_browser_on_this_machine_goes_on_where_the_power_went(kiosk):
    told(kiosk)
    after = Client(headers={"accept-language": "zh-CN"})
    assert "接着说" in after.get("/post/").content.decode()
    assert after.post("/post/resume/")["Location"] == "/post/say/words/"
    assert "网被割了。" in after.get("/post/say/check/").content.decode()


def test_a_phone_in_the_network_does_not_see_what_was_begun_on_the_screen(kiosk):
    told(kiosk)
    phone = Client(REMOTE_ADDR="10.0.0.9", headers={"accept-language": "zh-CN"})
    assert "接着说" not in phone.get("/post/").content.decode()
    assert phone.post("/post/resume/")["Location"] == "/post/"


def test_after_a_while_the_screen_is_cleared_and_the_staff_hand_it_back(kiosk, as_staff):
    told(kiosk)
    longer_ago(idle().seconds // 60)
    assert "接着说" not in kiosk.get("/post/").content.decode()
    assert kiosk.get("/post/say/check/")["Location"] == "/post/"
    clerk, docket = as_staff("lin"), DraftRow.objects.get().docket
    assert "放回屏幕" in clerk.get("/post/staff/").content.decode()
    assert clerk.post("/post/staff/back/", {"docket": docket})["Location"] == "/post/say/what/"
    assert "网被割了。" in clerk.get("/post/say/words/").content.decode()


def test_what_is_typed_is_kept_before_the_button_is_pressed(kiosk):
    kiosk.post("/post/begin/", {"how": "write"})
    kiosk.post("/post/say/what/", {"kind": "suggestion"})
    assert kiosk.post("/post/say/words/", {"keep": "1", "words": "码头的灯"}).status_code == 204
    assert drafts()[0].told.words == "码头的灯"


def test_what_somebody_does_not_want_to_tell_after_all_is_erased(kiosk):
    told(kiosk)
    kiosk.post("/post/leave/", {"erase": "1"})
    assert not DraftRow.objects.exists()


def test_nothing_said_and_rubbish_are_told_on_the_step(kiosk):
    kiosk.post("/post/begin/", {"how": "talk"})
    assert kiosk.post("/post/say/what/", {"kind": "blame"}).status_code == 400
    kiosk.post("/post/say/what/", {"kind": "redress"})
    assert "还没说" in kiosk.post("/post/say/words/", {"words": " "}).content.decode()
    wrong = kiosk.post("/post/say/words/", {"recording": sound(b"<html>")})
    assert wrong.status_code == 400
    assert "没有认出来" in wrong.content.decode()
    assert kiosk.post("/post/say/photos/", {"photos": [sound(b"x")]}).status_code == 400
    assert kiosk.post("/post/say/photos/", {"photos": [photo() for _ in range(7)]}).status_code == 400
    assert kiosk.post("/post/say/who/", {"phone": "12"}).status_code == 400
    assert kiosk.post("/post/say/sign/", {"strokes": "[[1.5]]"}).status_code == 400
    assert kiosk.get("/post/say/nowhere/").status_code == 404


def test_a_machine_that_is_no_post_says_so(kiosk, settings):
    settings.DRIFTBOX_DEMO = False
    for path in ("/post/", "/post/screen/", "/post/say/what/", "/post/receipt/"):
        answer = kiosk.get(path)
        assert answer.status_code == 404
        assert "不是海上信访驿站" in answer.content.decode()


def test_the_public_screen_counts_and_names_nobody(kiosk, as_staff):
    told(kiosk)
    number = load(handed_in(kiosk)).docket.number
    page = kiosk.get("/post/screen/").content.decode()
    assert "件等着上岸" in page
    assert "周大海" not in page
    assert number not in page
    as_staff("lin").post("/post/staff/landing/", {"pier": "TANGTOU", "at": "2099-05-01T06:00"})
    assert "6:00" in kiosk.get("/post/screen/").content.decode()


@pytest.fixture
def mediator(stage):
    """A browser of a clerk of the station to which the post belongs."""
    roles = ("clerk",)
    account = write_account("mei", "piaoliuxiang-test", name="梅一帆", office="ST03", roles=roles, kind="", phone="",
                            now=EVENING)  # fmt: skip
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_two_boats_agree_before_the_staff(kiosk, mediator):
    told(kiosk, "dispute", other_boat="浙普渔 00311", about="gear")
    docket = handed_in(kiosk)
    clerk, path = mediator, f"/post/staff/mediation/{docket}/"
    assert "浙普渔 00311" in clerk.get(path).content.decode()
    ending = {"what": "end", "outcome": "agreed", "agreement": "赔网一张。", "read_back": "on", "first": STROKES,
              "second": STROKES}  # fmt: skip
    assert "两边都要说过" in clerk.post(path, ending).content.decode()
    assert clerk.post(path, {"what": "side", "words": "夜里没看见浮标。"}).status_code == 302
    assert clerk.post(path, ending | {"second": ""}).status_code == 400
    assert clerk.post(path, ending).status_code == 302
    mediation = load(docket).docket.sea.mediation
    assert mediation.outcome == "agreed"
    assert read_text(docket, mediation.agreement) == "赔网一张。"
    page = clerk.get(f"/desk/cases/{docket}/").content.decode()
    assert "海上调解有了结果" in page
    assert all(one in page for one in (mediation.agreement, mediation.first.recording, *mediation.signed))
