"""Photograph a paper on a page: refused with a sentence, shown how far it is, confirmed or corrected by a person."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.apps.conftest import EVENING
from tests.readers import installed  # noqa: F401 - a fixture

from driftbox.apps.dockets.queries import load
from driftbox.apps.recognition.actions import read_next
from driftbox.apps.recognition.models import RecognitionRow
from driftbox.apps.recognition.queries import confirmed_in
from driftbox.domain.consult.reading import Line
from driftbox.gateways.ocr import MemoryOcr, Seen

pytestmark = pytest.mark.usefixtures("installed")

NUMBER = "33090319490622002X"


def card(number=NUMBER, verdicts=()):
    texts = ("姓名周敏", "性别女民族汉", "住址浙江省舟山市", f"公民身份号码{number}")
    return Seen(tuple(Line(text, (40, 60 * n, 400, 60 * n + 36), 97) for n, text in enumerate(texts)), verdicts)


def photo(content=None, name="card.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (400, 300)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue() if content is None else content)


@pytest.fixture
def docket(played):
    return played("checklist.given")


@pytest.fixture
def at_the_box(docket, stage):
    """A browser of somebody who found the case by its slip, and the address where photographs are sent."""
    client = Client()
    session = client.session
    session["deposit"] = docket.id
    session.save()
    return client, f"/b/{stage.box}/read/"


def shown(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_from_photograph_to_tick_without_script(at_the_box, docket):
    client, send = at_the_box
    page = client.post(send, {"photo": photo()})["Location"]
    waiting = client.get(page)
    assert waiting["Refresh"] == "3"
    assert "看看好了没有" in shown(waiting)
    read_next(MemoryOcr(card()), now=EVENING)
    told = client.get(page)
    assert "Refresh" not in told
    assert "像是：身份证" in shown(told)
    assert f'value="{NUMBER}"' in told.content.decode()
    back = client.post(page, {"field_name": "周敏", "field_number": NUMBER, "material": "id_card"})
    deposit = client.get(back["Location"]).content.decode()
    assert re.search(r'value="id_card"[^>]*checked', deposit)
    assert load(docket.id).docket.count == docket.count  # nothing went in: that is another button
    assert confirmed_in(docket.id)[0].fields == {"name": "周敏", "number": NUMBER}


def test_nothing_is_ticked_before_somebody_confirms(at_the_box):
    client, send = at_the_box
    client.post(send, {"photo": photo()})
    read_next(MemoryOcr(card()), now=EVENING)
    assert "checked" not in client.get(send.replace("read", "deposit")).content.decode()


def test_a_wrong_digit_is_shown_and_not_filled_in_nor_accepted(at_the_box):
    client, send = at_the_box
    page = client.post(send, {"photo": photo()})["Location"]
    wrong = NUMBER[:-1] + "1"
    read_next(MemoryOcr(card(wrong)), now=EVENING)
    told = client.get(page)
    assert f"看见的是 {wrong}，对不上，没有填" in shown(told)
    assert f'value="{wrong}"' not in told.content.decode()
    again = client.post(page, {"field_number": wrong, "material": "id_card"})
    assert again.status_code == 400
    assert "有一位写错了" in shown(again)
    assert (
        client.post(page, {"field_number": f"{NUMBER[:6]} {NUMBER[6:].lower()}", "material": "id_card"}).status_code
        == 302
    )


@pytest.mark.parametrize(("verdict", "sentence"), [
    ("dark", "太暗了"), ("glare", "反光了"), ("blurred", "有点糊"), ("small", "字太小")])  # fmt: skip
def test_what_was_wrong_with_the_photograph_is_said(at_the_box, verdict, sentence):
    client, send = at_the_box
    page = client.post(send, {"photo": photo()})["Location"]
    read_next(MemoryOcr(card(verdicts=(verdict,))), now=EVENING)
    assert sentence in shown(client.get(page))


@pytest.mark.parametrize(("file", "sentence"), [
    (b"", "空的"), (b"no picture", "不是照片"), (b"%PDF-1.7", "PDF"), (b"<script>", "不是照片")])  # fmt: skip
def test_what_is_no_photograph_is_refused_on_the_form(at_the_box, file, sentence):
    client, send = at_the_box
    answer = client.post(send, {"photo": photo(file)})
    assert answer.status_code == 400
    assert sentence in shown(answer)
    assert not RecognitionRow.objects.exists()


@pytest.mark.parametrize("data", [
    {}, {"material": "no_such"}, {"material": "id_card", "field_number": "1" * 4000},
    {"material": "id_card", "field_number": "\0"}])  # fmt: skip
def test_an_unfinished_or_strange_answer_is_asked_again(at_the_box, data):
    client, send = at_the_box
    page = client.post(send, {"photo": photo()})["Location"]
    read_next(MemoryOcr(card()), now=EVENING)
    assert client.post(page, data).status_code == 400


def test_a_photograph_can_be_thrown_away(at_the_box):
    client, send = at_the_box
    page = client.post(send, {"photo": photo()})["Location"]
    assert client.post(page, {"discard": "1"}).status_code == 302
    assert not RecognitionRow.objects.exists()
    assert client.get(page).status_code == 404


def test_somebody_else_at_the_box_does_not_see_it(at_the_box, docket):
    client, send = at_the_box
    page = client.post(send, {"photo": photo()})["Location"]
    other = Client()
    session = other.session
    session["deposit"] = docket.id
    session.save()
    assert other.get(page).status_code == 404


def test_a_colleague_does_not_see_it(as_staff, docket):
    page = as_staff("lin").post(f"/desk/cases/{docket.id}/read/", {"photo": photo()})["Location"]
    assert as_staff("lin").get(page).status_code == 200
    assert as_staff("hu").get(page).status_code == 404


def test_without_a_reader_the_pages_work_and_say_so(at_the_box, settings, as_staff, docket):
    settings.DRIFTBOX_OCR = ""
    client, send = at_the_box
    assert "没装认字的" in shown(client.get(send))
    deposit = client.get(send.replace("read", "deposit"))
    assert deposit.status_code == 200
    assert "拍照认一认" not in shown(deposit)
    refused = client.post(send, {"photo": photo()})
    assert (refused.status_code, RecognitionRow.objects.count()) == (400, 0)


def test_the_agent_s_count_is_ticked_by_what_they_confirmed(as_staff, played):
    docket, agent = played("parcel.collected"), as_staff("chen")
    case = f"/pocket/cases/{docket.id}/"
    assert f"{case}read/" in agent.get(case).content.decode()
    page = agent.post(f"{case}read/", {"photo": photo()})["Location"]
    read_next(MemoryOcr(card()), now=EVENING)
    agent.post(page, {"material": "id_card", "keep": "on"})
    there = agent.get(case).content.decode()
    assert re.search(r'name="found" value="id_card"[^>]*checked', there)
    assert len(re.findall(r'name="found"[^>]*checked', there)) == 1


def test_a_copy_that_was_kept_bears_what_it_is_for_when_it_is_opened(as_staff, docket):
    clerk, case = as_staff("lin"), f"/desk/cases/{docket.id}/"
    page = clerk.post(f"{case}read/", {"photo": photo()})["Location"]
    read_next(MemoryOcr(card()), now=EVENING)
    clerk.post(page, {"material": "id_card", "keep": "on"})
    (copy,) = re.findall(rf'href="({case}papers/[^"]+)">身份证', clerk.get(case).content.decode())
    opened = clerk.get(copy)
    assert opened["Content-Type"] == "image/jpeg"
    marked = Image.open(io.BytesIO(opened.content)).convert("L")
    assert marked.getextrema()[1] > 60  # the photograph was all black: the mark is what shows
