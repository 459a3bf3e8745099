"""Forms at their pages: who may open them, what they refuse, and what a link shows to whom."""

from datetime import date

import pytest
from django.test import Client

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.forms import token_for
from driftbox.apps.notices.queries import outbox
from driftbox.domain.docket.form_state import signed_materials

SIGNED = {"blank_name": "周大海", "others_count": "0", "proof": "signature", "signed": "周大海"}
STROKES = "[[10,10,200,100]]"


class Kept:
    """Text messages that were sent, in memory."""

    sent: list = []  # noqa: RUF012 - shared by all, as the carrier is

    def send(self, phone, text):
        self.sent.append((phone, text))


@pytest.fixture
def family(played):
    """A browser that opened the case with its receipt."""
    docket = played("checklist.given")
    client = Client()
    session = client.session
    session["cases"] = [docket.id]
    session.save()
    return client, docket


def test_what_is_known_is_filled_in_and_hostile_words_stay_words(family):
    client, docket = family
    page = client.get(f"/forms/{docket.id}/aid/").text
    assert 'value="周大海"' in page
    assert "演示用的表样" in page
    hostile = {**SIGNED, "blank_reason": "<script>alert(1)</script>", "strokes": STROKES}
    assert client.post(f"/forms/{docket.id}/aid/", hostile).status_code == 302
    assert signed_materials(load(docket.id).docket) == {"aid_form"}
    assert "您已经签过了" in client.get(f"/forms/{docket.id}/aid/").text
    assert client.post(f"/forms/{docket.id}/aid/", SIGNED).status_code == 400


@pytest.mark.parametrize(
    "change",
    [{"others_count": ""}, {"others_count": "-1"}, {"others_count": "x"}, {"signed": ""}, {"proof": "fingerprint"},
     {"proof": "witness", "witness_one": "林晓", "witness_two": "林晓"}, {"proof": "photo"}, {"strokes": "[[1.5]]"},
     {"blank_name": ""}, {"blank_reason": "长" * 1001}, {"proof": "blood"}, {"blank_reason": "\U0001f600"}],
)  # fmt: skip
def test_an_unfinished_form_is_shown_again_and_nothing_is_kept(family, change):
    client, docket = family
    answer = client.post(f"/forms/{docket.id}/aid/", {**SIGNED, "blank_household": "沈阿妹", **change})
    assert answer.status_code == 400
    assert "沈阿妹" in answer.text
    assert load(docket.id).docket.forms == ()


def test_a_mark_before_two_witnesses_counts(family):
    client, docket = family
    marked = {**SIGNED, "proof": "fingerprint", "witness_one": "林晓", "witness_two": "陈海燕"}
    assert client.post(f"/forms/{docket.id}/aid/", marked).status_code == 302
    assert signed_materials(load(docket.id).docket) == {"aid_form"}


def test_a_link_shows_nothing_before_the_phone_is_proved(family, settings):
    settings.DRIFTBOX_SMS = "tests.web.forms.test_forms.Kept"
    client, docket = family
    asked = {"name": "沈阿妹", "phone": "13800000798"}
    assert client.post(f"/forms/{docket.id}/aid/ask/", asked).status_code == 302
    assert client.post(f"/forms/{docket.id}/aid/ask/", asked).status_code == 302  # sent again, recorded once
    assert len(load(docket.id).docket.forms[0].asked) == 1
    link = next(one.text for one in outbox() if one.phone == "13800000798").split("/sign/")[1]
    wife, address = Client(), f"/sign/{link}"
    first = wife.get(address).text
    assert "周大海" not in first
    assert "0798" in first
    assert wife.post(address, {"proof": "signature", "signed": "沈阿妹"}).status_code == 200  # sends digits, no more
    assert load(docket.id).docket.forms[0].signed == ()
    assert wife.post(address, {"code": "000000"}).status_code == 400
    digits = next(text for to, text in reversed(Kept.sent) if to == "13800000798" and "位" not in text)
    code = "".join(c for c in digits.split("是")[1][:8] if c.isdigit())
    assert wife.post(address, {"code": code}).status_code == 302
    assert "周大海" in wife.get(address).text
    assert wife.get(f"/track/{docket.id}/").status_code == 404
    assert "谢谢您" in wife.post(address, {"proof": "signature", "signed": "沈阿妹"}).text
    assert len(load(docket.id).docket.forms[0].signed) == 1
    assert "谢谢您" in wife.get(address).text


def test_the_clerk_witnesses_and_the_stranger_sees_nothing(family, as_staff):
    _client, docket = family
    assert as_staff("lin").post(f"/forms/{docket.id}/aid/", SIGNED).status_code == 302
    assert "都签好了" in as_staff("lin").get(f"/desk/cases/{docket.id}/").text
    assert Client().get(f"/forms/{docket.id}/").status_code == 404
    assert Client().get(f"/forms/{docket.id}/aid/pdf/").status_code == 404
    assert Client().get(f"/sign/{token_for(docket.id, 'aid', docket.applicant, date.max)}/").status_code == 404


def test_what_was_signed_is_read_at_the_desk(family, as_staff):
    client, docket = family
    client.post(f"/forms/{docket.id}/aid/", SIGNED)
    paper = load(docket.id).docket.forms[0].papers[0]
    answer = as_staff("lin").get(f"/desk/cases/{docket.id}/papers/{paper}/")
    assert answer["Content-Type"] == "application/pdf"
