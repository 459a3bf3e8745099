"""The custody report at the desk: every hand, every proof, gaps in words; names only for those who may see the case."""

import json

import pypdfium2 as pdfium
import pytest
from django.test import Client
from tests.apps.conftest import EVENING
from tests.epcis import faults, judge
from tests.web.doors import BACKEND

from driftbox.apps.errands import broken_seal
from driftbox.apps.people.actions import write_account

NAMES = ("陈海燕", "周大海", "周敏")


@pytest.fixture
def broken(stage):
    """The broken seal, found and not settled."""
    return next(scene.docket for scene in broken_seal.play(stage) if scene.docket.open_incidents)


def seen(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def set_text(client, address):
    """What the PDF says, on one line and without spaces: it breaks lines where it likes."""
    content = client.get(address).content
    return "".join("".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(content)).split())


def test_a_case_that_went_from_hand_to_hand_says_so(as_staff, played):
    docket = played()
    text = seen(as_staff("lin"), f"/desk/cases/{docket.id}/custody/")
    assert "从头到尾接得上" in text
    assert "断档：" not in text
    for words in ("BX-01", "船上", "代办员 陈海燕", "周大海（本人）", "封条完好（陈海燕 记）", "签收了"):
        assert words in text


def test_a_gap_and_what_is_not_settled_are_said_in_words_on_page_and_paper(as_staff, broken):
    client = as_staff("lin")
    page = seen(client, f"/desk/cases/{broken.id}/custody/")
    paper = set_text(client, f"/desk/cases/{broken.id}/custody/pdf/")
    for words in ("有 1 处断档", "断档：封条和记着的不一样", "还没有定：封条和记着的不一样"):
        assert words in page
        assert words.replace(" ", "") in paper
    assert f"/incidents/{broken.id}/" in page


def test_the_paper_is_in_english_too(as_staff, broken, locale, settings):
    settings.LOCALE_PATHS = [locale]
    text = set_text(as_staff("lin"), f"/desk/cases/{broken.id}/custody/pdf/?lang=en")
    assert "Custodyreport" in text
    assert "Agent陈海燕" in text


def test_a_box_says_where_it_was_and_what_lay_in_it(as_staff, stage, broken):
    text = seen(as_staff("lin"), f"/desk/boxes/{stage.box}/custody/")
    for words in ("船上记下", broken.number, "陈海燕 记", "断档：封条和记着的不一样"):
        assert words in text


def test_the_box_names_no_case_and_nobody_to_an_office_that_may_not_see_the_case(stage, broken):
    far = write_account("far", "piaoliuxiang-test", name="何远", office="D-RS", roles=("clerk",), kind="", phone="",
                        now=EVENING)  # fmt: skip
    client = Client()
    client.force_login(far, backend=BACKEND)
    assert client.get(f"/desk/cases/{broken.id}/custody/").status_code == 404
    for text in (
        seen(client, f"/desk/boxes/{stage.box}/custody/"),
        set_text(client, f"/desk/boxes/{stage.box}/custody/pdf/"),
        seen(client, f"/desk/boxes/{stage.box}/custody/epcis/"),
    ):
        assert broken.number not in text
        assert not [name for name in NAMES if name in text]


def test_the_public_page_of_a_box_shows_no_names(stage, broken):
    assert broken.parcels
    text = seen(Client(), f"/b/{stage.box}/")
    assert not [name for name in NAMES if name in text]


def test_the_download_is_a_document_that_the_schema_accepts_and_names_things_by_this_site(as_staff, stage, broken):
    client = as_staff("lin")
    for address in (f"/desk/cases/{broken.id}/custody/epcis/", f"/desk/boxes/{stage.box}/custody/epcis/"):
        answer = client.get(address)
        assert answer["Content-Type"] == "application/ld+json"
        assert faults(judge(), json.loads(answer.content)) == []
        assert "http://testserver/epcis/loc/BAISHA" in answer.content.decode()


def test_before_anything_was_handed_in_the_report_says_so(as_staff, played):
    docket = played("checklist.given")
    assert "还没有交过东西" in seen(as_staff("lin"), f"/desk/cases/{docket.id}/custody/")
