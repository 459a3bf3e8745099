"""Somebody without a name: sixteen digits shown once, word left and answered, and nothing told to whoever guesses."""

import re

import pytest
from django.contrib.sessions.models import Session

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load
from driftbox.apps.notices.models import ReceiptRow
from driftbox.gateways.mailbox_codes import new_mailbox_code

TOLD = {"sort": "accusation", "words": "有人收红包，把码头工程给了表弟。", "office": "C-BS", "about": ""}


def tell(client, **more):
    answer = client.post("/mailbox/new/", TOLD | more)
    return answer, re.search(r'name="code" value="(\d{16})"', answer.text)[1]


def test_the_digits_are_shown_once_and_kept_nowhere(client, stage):
    answer, code = tell(client)
    assert answer.status_code == 200
    assert re.sub(r"\s", "", re.search(r'id="digits">([\d ]+)<', answer.text)[1]) == code
    assert "no-store" in answer["Cache-Control"]
    assert bytes(ReceiptRow.objects.get().sealed) == b""
    assert all(code not in str(session.get_decoded()) for session in Session.objects.all())
    assert client.get("/mailbox/box/").status_code == 302


def test_it_must_be_said_that_they_were_kept(client, stage):
    _answer, code = tell(client)
    wrong = client.post("/mailbox/kept/", {"code": code, "tail": "0000" if code[-4:] != "0000" else "1111"})
    assert (wrong.status_code, code in wrong.text) == (400, True)
    assert not load(CaseRow.objects.get().docket).docket.petition.receipt_kept
    assert client.post("/mailbox/kept/", {"code": code, "tail": code[-4:]})["Location"] == "/mailbox/box/"
    assert load(CaseRow.objects.get().docket).docket.petition.receipt_kept


def test_word_goes_both_ways(client, stage, as_staff):
    _answer, code = tell(client)
    assert client.post("/mailbox/", {"code": f"{code[:4]} {code[4:]}"})["Location"] == "/mailbox/box/"
    assert client.post("/mailbox/box/say/", {"words": "还有一件。"}).status_code == 302
    docket = CaseRow.objects.get().docket
    su = stage.staff["su"]
    as_staff("su").post(f"/watch/{docket}/act/message.answered/", {"words": "收到了，在查。"})
    page = client.get("/mailbox/box/").text
    assert "还有一件。" in page
    assert "收到了，在查。" in page
    assert su.name not in page
    client.post("/mailbox/close/")
    assert client.get("/mailbox/box/").status_code == 302


def test_a_wrong_number_says_nothing_of_what_there_is_and_guessing_is_slowed_down(client, stage):
    tell(client)
    nothing = client.post("/mailbox/", {"code": new_mailbox_code()})
    assert (nothing.status_code, "没有这个号码" in nothing.text) == (404, True)
    assert client.post("/mailbox/", {"code": "12"}).status_code == 400
    codes = {client.post("/mailbox/", {"code": new_mailbox_code()}).status_code for _ in range(12)}
    assert codes == {404, 429}
    assert client.post("/mailbox/kept/", {"code": new_mailbox_code(), "tail": "1"}).status_code == 429


def test_who_is_complained_of_can_be_named_and_does_not_see_it(client, stage):
    tell(client, about="ST09")
    assert load(CaseRow.objects.get().docket).docket.petition.complained_offices == ("ST09",)


@pytest.mark.parametrize("missing", ["sort", "words", "office"])
def test_what_is_missing_is_said_and_nothing_is_registered(client, stage, missing):
    assert client.post("/mailbox/new/", TOLD | {missing: ""}).status_code == 400
    assert not CaseRow.objects.exists()


def test_an_empty_word_is_not_left(client, stage):
    _answer, code = tell(client)
    client.post("/mailbox/", {"code": code})
    assert client.post("/mailbox/box/say/", {"words": " "}).status_code == 400
