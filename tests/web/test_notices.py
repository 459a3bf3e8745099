"""Notices on the pages: issued and served at the desk, read on one's own page, and shown to nobody else."""

import pytest
from django.test import Client
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.queries import load
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.apps.serving.actions import Issuing, issue

BY_HAND = {"way": "in_person", "proof": "signature", "signed": "周大海"}


def case_page(docket):
    return f"/desk/cases/{docket}/"


def serve_page(docket, serial):
    return f"/desk/cases/{docket}/notices/{serial}/serve/"


@pytest.fixture
def theirs():
    """A browser that opened this case with its receipt code."""

    def opened(docket):
        client = Client()
        session = client.session
        session["cases"] = [docket]
        session.save()
        return client

    return opened


@pytest.fixture
def written(played):
    docket = played("notice.issued")
    return docket.id, docket.notices[-1].serial


def test_the_desk_previews_issues_prints_and_records_service(as_staff, played):
    docket, desk = played("case.accepted").id, as_staff("lin")
    page = desk.get(case_page(docket)).content.decode()
    assert "受理通知书" in page
    assert "可以出了" in page
    preview = desk.get(f"/desk/cases/{docket}/notices/preview/errand_acceptance/")
    assert preview["Content-Type"] == "application/pdf"
    answer = desk.post(f"/desk/cases/{docket}/notices/issue/errand_acceptance/", follow=True).content.decode()
    serial = load(docket).docket.notices[0].serial
    assert f"编号 {serial}" in answer
    assert "还没送达" in answer
    assert "送到了，记下" in desk.get(serve_page(docket, serial)).content.decode()
    served = desk.post(serve_page(docket, serial), BY_HAND, follow=True).content.decode()
    assert "送达记好了" in served
    assert "当面送到" in served


def test_a_download_is_named_by_its_number_and_kept_by_no_browser(as_staff, written):
    docket, serial = written
    for path in ("", "?lang=en", "?large=1", "?lang=en&large=1"):
        answer = as_staff("lin").get(f"/desk/cases/{docket}/notices/{serial}/{path}")
        assert answer["Content-Disposition"] == f'inline; filename="{serial}.pdf"'
        assert "no-store" in answer["Cache-Control"]
        assert answer.content.startswith(b"%PDF")


def test_issuing_twice_is_a_sentence_and_issues_nothing(as_staff, written):
    docket, _serial = written
    answer = as_staff("lin").post(f"/desk/cases/{docket}/notices/issue/errand_acceptance/", follow=True)
    assert "已经出过了" in answer.content.decode()
    assert len(load(docket).docket.notices) == 1


def test_serving_twice_is_a_sentence_and_the_first_day_stays(as_staff, written):
    docket, serial = written
    desk = as_staff("lin")
    desk.post(serve_page(docket, serial), BY_HAND)
    first = load(docket).docket.notices[0].served_ms
    answer = desk.post(serve_page(docket, serial), BY_HAND)
    assert answer.status_code == 400
    assert "已经送达过了" in answer.content.decode()
    assert load(docket).docket.notices[0].served_ms == first


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "还没选怎么送到的"),
        ({"way": "in_person", "proof": "signature"}, "还没写谁收的"),
        ({"way": "in_person", "signed": "周大海"}, "还没选怎么签收的"),
        ({**BY_HAND, "proof": "fingerprint"}, "两位见证人"),
        ({**BY_HAND, "day": "昨天"}, "日子看不懂"),
        ({**BY_HAND, "day": "2999-01-01"}, "还没到"),
        ({**BY_HAND, "day": "2001-01-01"}, "不会比它更早"),
        ({**BY_HAND, "way": "pigeon"}, "还没选怎么送到的"),
        ({"way": "electronic"}, "还没同意用手机收"),
    ],
)
def test_a_service_that_cannot_be_is_told_and_not_recorded(as_staff, written, data, words):
    docket, serial = written
    answer = as_staff("lin").post(serve_page(docket, serial), data)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not load(docket).docket.notices[0].served_ms


def test_with_consent_it_is_served_by_phone_and_by_post_with_the_letters_number(as_staff, written):
    docket, serial = written
    desk = as_staff("lin")
    said = desk.post(f"/desk/cases/{docket}/notices/consent/", follow=True).content.decode()
    assert "他同意用手机收文书" in said
    desk.post(serve_page(docket, serial), {"way": "electronic"})
    assert load(docket).docket.notices[0].proof == "electronic_receipt"


def test_an_agent_who_carries_the_case_records_that_it_was_handed_over(as_staff, written):
    docket, serial = written
    assert serve_page(docket, serial) in as_staff("chen").get(f"/pocket/cases/{docket}/").content.decode()
    answer = as_staff("chen").post(serve_page(docket, serial), {**BY_HAND, "way": "agent"})
    assert answer["Location"] == f"/pocket/cases/{docket}/"
    assert load(docket).docket.notices[0].way == "agent"


def test_the_person_reads_a_notice_once_it_reached_them_and_not_before(as_staff, written, theirs):
    docket, serial = written
    client = theirs(docket)
    assert f"/notices/{serial}/" not in client.get(f"/track/{docket}/").content.decode()
    assert client.get(f"/track/{docket}/notices/{serial}/").status_code == 404
    as_staff("lin").post(serve_page(docket, serial), BY_HAND)
    assert "送到您手里的文书" in client.get(f"/track/{docket}/").content.decode()
    answer = client.get(f"/track/{docket}/notices/{serial}/?large=1")
    assert answer["Content-Disposition"] == f'inline; filename="{serial}.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_a_receipt_of_another_case_opens_no_notice(written, theirs, played):
    docket, serial = written
    assert Client().get(f"/track/{docket}/notices/{serial}/").status_code == 404
    assert theirs("01890000-0000-7000-8000-000000000000").get(f"/track/{docket}/notices/{serial}/").status_code == 404


def test_a_notice_of_an_accusation_is_shown_to_nobody_without_access(stage, as_staff):
    told = Petitioning(sort="accusation", words="有人收钱。", office="C-BS", petitioner=Particulars(name="梅婶"))
    docket = register(told, now=EVENING).docket.id
    zhao = stage.staff["zhao"]
    who = Issuing(by=zhao.person, role="supervisor", office=zhao.office, site="https://box.example.cn/")
    serial = issue(docket, "receipt", who, now=EVENING).serial
    paths = (f"notices/{serial}/", f"notices/{serial}/proof/", f"notices/{serial}/serve/", "notices/preview/receipt/")
    for name in ("lin", "hu", "wang", "zhao", "chen"):
        for path in paths:
            answer = as_staff(name).get(f"/desk/cases/{docket}/{path}")
            assert answer.status_code in {403, 404}, (name, path)
            assert "梅婶" not in answer.content.decode()


def test_a_sign_that_cannot_be_printed_is_named_on_the_page(as_staff, stage):
    told = Petitioning(sort="redress", route="art31-6", words="路灯坏了。", office="C-BS",
                       petitioner=Particulars(name="周😀海"))  # fmt: skip
    docket = register(told, recorder=stage.staff["lin"].person, now=EVENING).docket.id
    desk = as_staff("lin")
    answer = desk.post(f"/desk/cases/{docket}/notices/issue/receipt/", follow=True).content.decode()
    assert "字体里没有“😀”这个字" in answer
    preview = desk.get(f"/desk/cases/{docket}/notices/preview/receipt/")
    assert preview.status_code == 409
    assert "😀" in preview.content.decode()


def test_in_english_the_desk_the_persons_page_and_the_sheet_are_english(as_staff, written, theirs, settings, locale):
    settings.LOCALE_PATHS = [locale]
    docket, serial = written
    desk, client = as_staff("lin"), theirs(docket)
    for browser in (desk, client):
        browser.cookies["django_language"] = "en"
    assert "not served yet" in desk.get(case_page(docket)).content.decode()
    assert "How did it reach them?" in desk.get(serve_page(docket, serial)).content.decode()
    desk.post(serve_page(docket, serial), BY_HAND)
    page = client.get(f"/track/{docket}/").content.decode()
    assert "Notices that reached you" in page
    assert f"/track/{docket}/notices/{serial}/?lang=en" in page
