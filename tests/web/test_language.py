"""The language that somebody is texted in is chosen where they are written down."""

import re

import pytest

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.people.queries import particulars_of


def applicant():
    return particulars_of(load(CaseRow.objects.get().docket).docket.applicant)


@pytest.mark.parametrize(("sent", "kept"), [({}, "zh"), ({"language": "zh"}, "zh"), ({"language": "en"}, "en")])
def test_the_clerk_asks_for_the_language(as_staff, sent, kept):
    call = {"matter": "MZ-DIBAO", "channel": "phone", "caller_name": "Helen", "caller_phone": "13800000720", **sent}
    assert as_staff("lin").post("/desk/call/", call).status_code == 302
    assert applicant().language == kept


def test_a_language_that_the_house_does_not_write_is_told_on_the_form(as_staff):
    call = {"matter": "MZ-DIBAO", "channel": "phone", "caller_name": "Helen", "language": "xx"}
    assert as_staff("lin").post("/desk/call/", call).status_code == 400
    assert not CaseRow.objects.exists()


def test_the_clerk_s_page_offers_its_own_language_first(as_staff):
    clerk = as_staff("lin")
    assert re.search(r'value="zh"\s+selected', clerk.get("/desk/call/").text)
    clerk.cookies["django_language"] = "en"
    assert re.search(r'value="en"\s+selected', clerk.get("/desk/call/").text)


def test_who_begins_on_an_english_page_is_texted_in_english(client, stage, capsys):
    client.cookies["django_language"] = "en"
    form = {"name": "Helen", "phone": "13800000720", "office": stage.staff["lin"].office}
    page = "/matters/MZ-DIBAO/start/"
    assert client.post(page, form).status_code == 200
    code = re.search(r"\b\d{6}\b", capsys.readouterr().out.split("13800000720")[1]).group()
    assert client.post(page, {**form, "code": code}).status_code == 302
    assert applicant().language == "en"
