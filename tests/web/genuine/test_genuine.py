"""Anybody may ask whether a notice is genuine; they learn the day and the office, and nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.gaps import gaps_of

from driftbox.apps.people.queries import particulars_of
from driftbox.apps.serving.queries import pdf_of
from driftbox.web.labels.views import our_way


@pytest.fixture
def sheet(stage, played):
    docket = played("notice.issued")
    gaps = gaps_of(docket, stage)
    return docket, gaps["code"], pdf_of(docket, gaps["serial"], "zh", large=True)


def upload(content):
    return {"file": SimpleUploadedFile("x.pdf", content, "application/pdf")}


def test_a_genuine_notice_tells_day_and_office_and_nothing_else(sheet):
    docket, code, _content = sheet
    answer = Client().get(f"/genuine/{code.lower()}/")
    page = answer.content.decode()
    assert "这份文书是真的" in page
    assert "2026年5月20日" in page
    assert "白沙岛便民服务中心" in page
    assert "no-store" in answer["Cache-Control"]
    for secret in (docket.id, docket.number, docket.notices[0].serial, docket.receipt, "低保",
                   particulars_of(docket.beneficiary).name, "受理"):  # fmt: skip
        assert secret not in page, secret


def test_an_unknown_code_reads_the_same_whatever_is_wrong_with_it(sheet):
    _docket, code, _content = sheet
    told = set()
    for wrong in (code[:-1], "2" * 16, code[::-1], "xyz"):
        page = Client().get(f"/genuine/{wrong}/")
        assert page.status_code == 404
        told.add(page.content.decode().replace(wrong, ""))
    assert len(told) == 1


def test_the_file_is_compared_byte_by_byte_and_not_kept(sheet):
    _docket, code, content = sheet
    same = Client().post(f"/genuine/{code}/", upload(content)).content.decode()
    other = Client().post(f"/genuine/{code}/", upload(content[:-1] + b"x")).content.decode()
    assert "一个字没改" in same
    assert "这个文件不是" in other
    assert Client().post(f"/genuine/{code}/", upload(b"")).status_code == 200
    assert Client().post(f"/genuine/{code}/").status_code == 400


def test_whoever_guesses_is_slowed_down(sheet):
    _docket, code, _content = sheet
    client = Client()
    for _try in range(10):
        assert client.get("/genuine/2222222222222222/").status_code == 404
    assert client.get(f"/genuine/{code}/").status_code == 429


def test_a_code_is_typed_in_any_spelling_and_a_slip_is_told(sheet):
    _docket, code, _content = sheet
    spaced = f" {code[:4].lower()} {code[4:8]}-{code[8:]} "
    assert Client().get("/genuine/", {"code": spaced})["Location"] == f"/genuine/{code}/"
    slip = Client().get("/genuine/", {"code": code[:-1]})
    assert slip.status_code == 400
    assert "有一位不对" in slip.content.decode()


def test_the_scanner_of_the_house_opens_the_page(sheet, rf, settings):
    settings.DRIFTBOX_SITE = "https://box.example.cn/"
    _docket, code, _content = sheet
    assert our_way(rf.get("/scan/"), f"https://box.example.cn/genuine/{code}/") == f"/genuine/{code}/"


def test_in_english(sheet, settings, locale):
    settings.LOCALE_PATHS = [locale]
    _docket, code, _content = sheet
    client = Client(headers={"accept-language": "en"})
    assert "This notice is genuine" in client.get(f"/genuine/{code}/").content.decode()
    assert "No such notice is known" in client.get("/genuine/x/").content.decode()
    assert "Code of the notice" in client.get("/genuine/").content.decode()
