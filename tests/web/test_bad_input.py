"""Whatever is typed, pasted or sent: a sentence or a page, never a fault of ours, and nothing half recorded.

The test client raises whatever a page would have answered with 500, so each request here also proves that none does.
"""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from tests.apps.conftest import EVENING
from tests.web.gaps import gaps_of

from driftbox.apps.custody.queries import box_labelled, load_box
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.notices.actions import start_otp
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.papers.models import PaperRow
from driftbox.gateways.codes import LETTERS, check_letter
from driftbox.web.base.act_forms import FORMS

SCRIPT = '<script>alert("1")</script>'
SQL = "'; DROP TABLE entry; --"
HOSTILE = (
    "",
    "\0",
    "周\0敏",
    SCRIPT,
    SQL,
    "{next} %s {{ 7|add:7 }}",
    "\u202e\ufeff\u2028",
    "１３８",
    "👵🏻" * 30,
    "长" * 20_000,
)
CALL = {"matter": "MZ-DIBAO", "channel": "phone", "caller_name": "周敏", "caller_phone": "13800000713"}
PHONE = "13800000713"
JPEG = b"\xff\xd8\xff\xe0"


def told(answer):
    """The page's text; it must be a page that tells something, and must not run what somebody typed."""
    text = answer.content.decode()
    assert SCRIPT not in text
    assert answer.status_code < 500
    return text


def depositor(docket):
    client = Client()
    session = client.session
    session["deposit"] = docket.id
    session.save()
    return client


def fields_of(address):
    """Every field of the form at ``address``."""
    return {
        "/desk/call/": (*CALL, "words", "relation", "for_name", "for_phone", "for_id_number", "address", "agreed"),
        "/matters/{matter}/start/": ("name", "phone", "office", "for_name", "words", "code"),
        "/b/{label}/deposit/": ("items", "seal", "bag", "photo", "claimed", "sent"),
        "/desk/cases/{docket}/deposit/": ("box", "by", "items", "seal", "bag"),
        "/incidents/open/{docket}/": ("what", "parcel"),
        "/pocket/box/{label}/seen/": ("what", "place", "seal", "bag"),
        "/pocket/box/{label}/many/": ("step", "slip_0", "seal_0"),
        "/in/staff/": ("username", "password"),
        "/in/resident/": ("phone",),
        "/in/resident/code/": ("code",),
        "/track/{docket}/rate/": ("satisfaction", "solved"),
        "/desk/cases/{docket}/checklist/": ("told", "answer"),
        "/pocket/box/{label}/move/": ("act", "sailing", "destination", "place"),
        "/pocket/box/{label}/collect/": ("parcel", "intact", "number"),
    }[address]


FORM_DOORS = (
    ("/desk/call/", "lin", CALL),
    ("/matters/{matter}/start/", "", {"name": "周敏", "phone": PHONE, "office": "C-BS"}),
    ("/b/{label}/deposit/", "", {"items": "{item}", "seal": "BS-0777"}),
    ("/in/staff/", "", {"username": "nobody", "password": "wrong"}),
    ("/in/resident/", "", {"phone": PHONE}),
    ("/in/resident/code/", "", {"code": "000000"}),
    ("/track/{docket}/rate/", "", {"satisfaction": "1", "solved": "yes"}),
    ("/desk/cases/{docket}/checklist/", "lin", {"told": "voice"}),
    ("/desk/cases/{docket}/deposit/", "lin", {"box": "{label}", "items": "{item}", "seal": "BS-0777"}),
    ("/incidents/open/{docket}/", "chen", {"what": "damage"}),
    ("/pocket/box/{label}/seen/", "fang", {"place": "BAISHA"}),
    ("/pocket/box/{label}/many/", "fang", {"step": "put", "seal_0": "BS-0777"}),
    ("/pocket/box/{label}/move/", "fang", {"destination": "BAISHA"}),
    ("/pocket/box/{label}/collect/", "chen", {"parcel": "x", "intact": "yes"}),
)


@pytest.fixture
def client_at(as_staff):
    """A browser that every form of the house lets in: as this member of staff, or with every step done."""

    def at(who, docket):
        client = as_staff(who) if who else Client()
        session = client.session
        session.update({"deposit": docket.id, "cases": [docket.id], "phone": PHONE})
        session.save()
        return client

    return at


@pytest.mark.parametrize(("address", "who", "good"), FORM_DOORS, ids=[row[0] for row in FORM_DOORS])
def test_a_hostile_value_in_any_field_is_no_fault_of_ours(stage, played, client_at, address, who, good):
    docket = played("checklist.given")
    gaps = gaps_of(docket, stage)
    path = address.format(**gaps)
    for name in fields_of(address):
        for value in HOSTILE:
            data = {key: text.format(**gaps) for key, text in good.items()} | {name: value}
            client = client_at(who, docket)
            told(client.post(path, data, follow=True, REMOTE_ADDR="192.0.2.1"))
    assert EntryRow.objects.count() > 0


@pytest.mark.parametrize(("address", "who", "good"), FORM_DOORS, ids=[row[0] for row in FORM_DOORS])
def test_bytes_that_are_no_text_are_no_fault_of_ours(stage, played, client_at, address, who, good):
    docket = played("checklist.given")
    path = address.format(**gaps_of(docket, stage))
    body = "&".join(f"{name}=%FF%FE%C3%28%ED%A0%80" for name in fields_of(address)).encode()
    for sent, kind in (
        (body, "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00\x80", "application/x-www-form-urlencoded"),
        (b"\xff\xfe\x00\x80", "multipart/form-data; boundary=x"),
        (b"{", "application/json"),
        (b"a=" + b"x" * 3 * 1024 * 1024, "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(600)), "application/x-www-form-urlencoded"),
    ):
        told(client_at(who, docket).post(path, sent, content_type=kind, follow=True))
    assert load(docket.id).docket.count == docket.count


@pytest.mark.parametrize(
    ("address", "who"),
    [("/track/find/?number={v}&code={v}", ""), ("/b/BX-01/?number={v}&code={v}", ""), ("/ask/?q={v}", ""),
     ("/desk/find/?q={v}", "lin"), ("/desk/call/?q={v}", "lin"), ("/mode/elder/?next={v}", ""),
     ("/matters/MZ-DIBAO/?answer={v}", ""), ("/in/staff/?next={v}", "")],
)  # fmt: skip
def test_a_hostile_question_is_no_fault_of_ours(stage, played, client_at, address, who):
    docket = played("checklist.given")
    for value in ("%00", "%FF%FE", "%3Cscript%3Ealert(%221%22)%3C/script%3E", "%27;DROP TABLE entry;--", "%C2%B2",
                  "https://example.org", "//example.org", "/%0d%0aSet-Cookie:a=b", "%E9%95%BF" * 5000):  # fmt: skip
        answer = client_at(who, docket).get(address.format(v=value))
        told(answer)
        assert "example.org" not in answer.get("Location", "")
        assert "a" not in answer.cookies


STAGES = ("case.opened", "checklist.given", "parcel.collected", "case.accepted", "result.issued", "case.closed")
WHO = [("desk", "hu", stage) for stage in STAGES]
WHO += [("desk", "wang", "case.accepted"), ("pocket", "chen", "materials.sent"), ("pocket", "chen", "parcel.collected")]


@pytest.mark.parametrize(("pages", "who", "until"), WHO)
def test_every_act_can_be_sent_at_any_time_with_anything(as_staff, played, pages, who, until):
    docket = played(until)
    client, case = as_staff(who), f"/{pages}/cases/{docket.id}/"
    for kind, form in FORMS.items():
        for value in ("", "\0", SCRIPT, "长" * 5000, "1", "0001-01-01"):
            with transaction.atomic():
                told(client.post(f"{case}act/{kind}/", dict.fromkeys(form.base_fields, value)))
                load(docket.id)  # whatever was recorded can be read again
                transaction.set_rollback(True)
    assert client.get(case).status_code == 200


@pytest.mark.parametrize("kind", ["task.released", "contest.settled", "materials.returned", "petition.accepted"])
def test_an_act_with_nothing_to_act_on_is_told_and_records_nothing(as_staff, played, kind):
    docket = played("checklist.given")
    data = {"verdict": "void", "back": "x", "signed": "周"}
    page = told(as_staff("hu").post(f"/desk/cases/{docket.id}/act/{kind}/", data, follow=True))
    assert any(sentence in page for sentence in ("现在没有可记的", "现在还不能记这一步", "没有记"))
    assert load(docket.id).docket.count == docket.count


def test_what_somebody_typed_comes_back_as_text(as_staff, stage):
    client = as_staff("lin")
    words = {"words": f"{SCRIPT}{SQL}", "caller_name": SCRIPT, "address": SCRIPT}
    page = told(client.post("/desk/call/", {**CALL, **words}, follow=True))
    assert "&lt;script&gt;" in page
    assert EntryRow.objects.filter(docket=CaseRow.objects.get().docket).exists()
    assert "&lt;script&gt;" in told(client.get(f"/ask/?q={SCRIPT}"))


def test_an_identity_number_with_a_wrong_check_digit_is_told_and_opens_nothing(as_staff, stage):
    data = {**CALL, "for_id_number": "330900194903070013"}
    answer = as_staff("lin").post("/desk/call/", data)
    assert answer.status_code == 400
    assert "身份证号对不上" in told(answer)
    assert not CaseRow.objects.exists()


def test_a_wrong_identity_number_is_told_even_of_somebody_known(as_staff, stage):
    client = as_staff("lin")
    assert client.post("/desk/call/", CALL).status_code == 302
    answer = client.post("/desk/call/", {**CALL, "for_id_number": "330900194903070013"})
    assert answer.status_code == 400
    assert "身份证号对不上" in told(answer)


@pytest.mark.parametrize(
    "photo",
    [SimpleUploadedFile("a.jpg", JPEG + bytes(40 * 1024 * 1024), content_type="image/jpeg"),
     SimpleUploadedFile("a.jpg", b"MZ\x90\x00 this is a program", content_type="image/jpeg"),
     SimpleUploadedFile("a.pdf", b"<html><script>alert(1)</script></html>", content_type="application/pdf"),
     SimpleUploadedFile("../../a.jpg", JPEG + b"cut off", content_type="image/jpeg"),
     SimpleUploadedFile("a.jpg", b"", content_type="image/jpeg")],
    ids=["40 MB", "a program", "a page", "a picture cut off", "empty"],
)  # fmt: skip
def test_a_photo_that_is_none_is_told_and_nothing_is_recorded(stage, played, photo):
    photo.seek(0)
    docket = played("checklist.given")
    papers, box = PaperRow.objects.count(), load_box(box_labelled("BX-01").docket)
    data = {"items": gaps_of(docket, stage)["item"], "seal": "BS-0777", "photo": photo}
    answer = depositor(docket).post("/b/BX-01/deposit/", data)
    assert answer.status_code == 400
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told(answer))
    assert (load(docket.id).docket.count, PaperRow.objects.count()) == (docket.count, papers)
    assert load_box(box_labelled("BX-01").docket).parcels == box.parcels


def _guess(place):
    body = "23456" + LETTERS[place]
    return body + check_letter(body)


def _find(client, number, code, address="192.0.2.7"):
    return client.get(
        "/track/find/", {"number": number, "code": code}, REMOTE_ADDR=address, **{"driftbox.now": EVENING}
    )


def test_a_guess_learns_nothing_about_whether_there_is_such_a_case(played):
    docket = played("checklist.given")
    receipt = receipt_of(docket.id)
    there = _find(Client(), docket.number, _guess(1))
    not_there = _find(Client(), "baisha-2026-9999", _guess(1))
    wrong_number = _find(Client(), "baisha-2026-9999", receipt)
    assert there.status_code == not_there.status_code == wrong_number.status_code == 404
    said = {
        told(answer).replace(number, "").replace(code, "")  # what the visitor typed stands in the links of the page
        for answer, number, code in (
            (there, docket.number, _guess(1)),
            (not_there, "baisha-2026-9999", _guess(1)),
            (wrong_number, "baisha-2026-9999", receipt),
        )
    }
    assert len(said) == 1
    assert _find(Client(), docket.number, receipt).status_code == 302


@pytest.mark.parametrize("path", ["/track/find/", "/b/BX-01/"])
def test_after_ten_guesses_even_the_right_code_has_to_wait(played, path):
    docket = played("checklist.given")
    extra = {"REMOTE_ADDR": "192.0.2.8", "driftbox.now": EVENING}
    for place in range(10):
        data = {"number": docket.number, "code": _guess(place)}
        assert Client().get(path, data, **extra).status_code in {400, 404}
    right = {"number": docket.number, "code": receipt_of(docket.id)}
    answer = Client().get(path, right, **extra)
    assert answer.status_code == 429
    assert "先歇一刻钟再试" in told(answer)
    later = {**extra, "driftbox.now": EVENING + timedelta(minutes=15)}
    assert Client().get(path, right, **later).status_code == 302
    assert Client().get(path, right, **{**extra, "REMOTE_ADDR": "192.0.2.9"}).status_code == 302


def test_the_second_to_claim_a_task_is_told(as_staff, played):
    docket = played("materials.sent")
    path = f"/pocket/cases/{docket.id}/act/task.claimed/"
    assert as_staff("chen").post(path).status_code == 302
    count = load(docket.id).docket.count
    assert "已经有人接了" in told(as_staff("yu").post(path, follow=True))
    assert load(docket.id).docket.count == count


def test_a_closed_case_is_told_and_stays_closed(as_staff, played):
    docket = played()
    page = told(as_staff("lin").post(f"/desk/cases/{docket.id}/act/case.accepted/", {}, follow=True))
    assert "这件事已经了结" in page
    assert load(docket.id).docket.count == docket.count


@pytest.mark.parametrize(
    ("path", "who", "data", "sentence"),
    [("/desk/cases/{docket}/checklist/", "lin", {}, "还没说怎么告诉的"),
     ("/pocket/box/{label}/move/", "fang", {"destination": "NOWHERE"}, "还没选开往哪个码头"),
     ("/pocket/box/{label}/collect/", "chen", {"parcel": "x"}, "先看封条"),
     ("/pocket/box/{label}/collect/", "chen", {"parcel": "x", "intact": "yes"}, "箱里没有这一袋")],
)  # fmt: skip
def test_a_refusal_at_a_door_without_a_page_is_told_on_the_page_before_it(
    as_staff, stage, played, path, who, data, sentence
):
    docket = played("case.opened")
    answer = as_staff(who).post(path.format(**gaps_of(docket, stage)), data, follow=True)
    assert answer.status_code == 200
    assert sentence in told(answer)
    assert load(docket.id).docket.count == docket.count


@pytest.mark.parametrize("pages", ["desk", "pocket"])
def test_an_act_that_nobody_knows_is_404(as_staff, played, pages):
    docket = played("checklist.given")
    answer = as_staff("hu").post(f"/{pages}/cases/{docket.id}/act/case.stolen/", {})
    assert answer.status_code == 404
    assert load(docket.id).docket.count == docket.count


@pytest.fixture
def texted(stage, capsys):
    """The one-time code that was just sent to the phone, and a browser that waits for it."""
    start_otp(PHONE, now=EVENING)
    code = capsys.readouterr().out.split("您的数字是 ")[1][:6]
    client = Client()
    session = client.session
    session["phone"] = PHONE
    session.save()
    return client, code


def _use(client, code, now=EVENING):
    return client.post("/in/resident/code/", {"code": code}, **{"driftbox.now": now})


def _other(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_wrong_one_time_code_is_told_and_the_right_one_still_works(texted):
    client, code = texted
    answer = _use(client, _other(code))
    assert answer.status_code == 400
    assert "数字不对" in told(answer)
    assert _use(client, code).status_code == 302
    assert _use(client, code).status_code == 400  # it works once


def test_a_one_time_code_ends_after_ten_minutes(texted):
    client, code = texted
    answer = _use(client, code, EVENING + timedelta(minutes=10, seconds=1))
    assert answer.status_code == 400
    assert "过时了" in told(answer)


def test_after_five_wrong_tries_the_right_one_time_code_is_over(texted):
    client, code = texted
    for _try in range(5):
        assert _use(client, _other(code)).status_code == 400
    answer = _use(client, code)
    assert answer.status_code == 400
    assert "过时了" in told(answer)
    assert "person" not in client.session


def test_asking_for_codes_without_end_is_slowed_down(stage):
    extra = {"REMOTE_ADDR": "192.0.2.9", "driftbox.now": EVENING}
    for _try in range(10):
        assert Client().post("/in/resident/", {"phone": PHONE}, **extra).status_code == 302
    answer = Client().post("/in/resident/", {"phone": PHONE}, **extra)
    assert answer.status_code in {400, 429}
    assert "试得太多了" in told(answer)
