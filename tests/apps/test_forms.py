"""Forms are filled in from what is known, signed by those who must, and tick what they stand for."""

import io
from datetime import timedelta

import msgspec
import pypdfium2 as pdfium
import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.forms import (
    LINK_LIFE,
    Signing,
    ask_adult,
    filled_in,
    form_named,
    forms_of,
    invited_by,
    progress_of,
    sign_form,
    sign_invited,
    to_print,
    token_for,
)
from driftbox.apps.notices.queries import outbox
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.papers.queries import open_paper
from driftbox.apps.people.queries import Particulars
from driftbox.apps.recognition.models import RecognitionRow
from driftbox.apps.recognition.queries import Confirmed
from driftbox.domain.docket.form_state import left_to_bring, signed_materials
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance

MOTHER = Particulars(name="沈阿妹", phone="13800000798")
SITE = "https://box.example.cn/"
TODAY = EVENING.date()
NUMBER = "33090319490622002X"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1L8 8" stroke="#000"/></svg>'


@pytest.fixture
def told(played):
    return played("checklist.given")


def signing(docket, **more):
    said = {"signer": docket.beneficiary, "by": docket.beneficiary, "role": "resident", "proof": "signature",
            "name": "周大海", "drawing": DRAWING, "values": {"name": "周大海"}}  # fmt: skip
    return Signing(**{**said, **more})


def words_of(content):
    pages = pdfium.PdfDocument(io.BytesIO(content))
    return "".join(page.get_textpage().get_text_bounded() for page in pages)


def test_the_list_says_which_forms_can_be_filled_in_here(told):
    assert [form.code for form in forms_of(told)] == ["aid", "authority"]
    assert [form.code for form in forms_of(told) if form.grants] == ["authority"]
    with pytest.raises(NotFound):
        form_named(told, "disability")


def test_what_is_known_stands_in_the_blanks(told):
    values = filled_in(told, form_named(told, "aid"), "zh", TODAY)
    assert (values["name"], values["phone"], values["address"]) == ("周大海", "13800000714", "白沙岛")
    assert (values["serious_illness"], values["disabled_member"], values["reason"]) == ("有", "没有", "")
    assert filled_in(told, form_named(told, "authority"), "en", TODAY)["matter"] == "Apply for the living allowance"


def photograph(docket, name, number):
    """A card that somebody photographed and confirmed."""
    made = Confirmed("id_card_front", "id_card", {"name": name, "number": number})
    digest = seal_text(docket.id, msgspec.json.encode(made).decode(), now=EVENING)
    RecognitionRow.objects.create(
        id=next_id("", EVENING, chance()), docket=docket.id, by=docket.applicant, photo="", made=EVENING,
        state="read", confirmed=digest, material="id_card",
    )  # fmt: skip


def test_what_was_confirmed_from_a_photograph_fills_the_gaps_of_whoever_is_named_on_it(told):
    form = form_named(told, "aid")
    photograph(told, "王阿毛", "330903194906220011")
    assert filled_in(told, form, "zh", TODAY)["id_number"] == ""
    photograph(told, "周大海", NUMBER)
    values = filled_in(told, form, "zh", TODAY)
    assert (values["id_number"], values["name"]) == (NUMBER, "周大海")


@pytest.mark.parametrize(("language", "mark"), [("zh", "申请人"), ("en", "Applicant")])
def test_it_is_printed_with_lines_to_sign_on_in_both_languages(told, language, mark):
    form = form_named(told, "aid")
    words = words_of(to_print(told, form, {"name": "周大海"}, language, large=True, now=EVENING))
    assert mark in words
    assert "周大海" in words


def test_a_form_is_ticked_once_every_adult_has_signed(told):
    form = form_named(told, "aid")
    after = sign_form(told, form, signing(told, others=1), now=EVENING)
    assert signed_materials(after) == frozenset()
    assert progress_of(after, form).unnamed == 1
    ask_adult(after, form, MOTHER, by=told.beneficiary, role="resident", site=SITE, now=EVENING)
    link = next(text.text for text in outbox() if text.phone == MOTHER.phone)
    assert f"{SITE}sign/" in link
    token = link.split("/sign/")[1].rstrip("/")
    invited = invited_by(token, TODAY)
    done = sign_invited(invited, signing(told, name="沈阿妹"), now=EVENING + timedelta(hours=1))
    assert signed_materials(done) == {"aid_form"}
    assert "aid_form" not in {item.code for item in left_to_bring(done)}
    assert [one.signed for one in progress_of(done, form).signers] == [True, True]
    assert done.contested == {}


def test_what_was_signed_is_a_paper_of_the_case(told):
    after = sign_form(told, form_named(told, "aid"), signing(told), now=EVENING)
    paper = open_paper(after.id, after.forms[0].papers[0])
    assert paper.media_type == "application/pdf"
    words = words_of(paper.content)
    assert "周大海" in words
    assert "2026年5月11日" in words.replace(" ", "")


def test_a_letter_of_authority_takes_effect_when_it_is_signed(told):
    before = len(told.mandates)
    after = sign_form(told, form_named(told, "authority"), signing(told), now=EVENING)
    granted = list(after.mandates.values())[-1]
    assert len(after.mandates) == before + 1
    assert (granted.form, granted.principal, granted.agent) == ("written", told.beneficiary, told.applicant)


def test_nobody_signs_for_another_or_twice(told):
    form = form_named(told, "aid")
    with pytest.raises(NotAllowed, match="自己签"):
        sign_form(told, form, signing(told, by=told.applicant), now=EVENING)
    with pytest.raises(Refused, match="还没有请他签"):
        sign_form(told, form, signing(told, signer=told.applicant, by=told.applicant), now=EVENING)
    after = sign_form(told, form, signing(told), now=EVENING)
    with pytest.raises(Refused, match="签过了"):
        sign_form(after, form, signing(told), now=EVENING)
    assert len(load(told.id).docket.forms[0].papers) == 1


def test_a_helper_with_a_mandate_holds_the_phone_for_the_one_who_signs(told):
    after = sign_form(told, form_named(told, "aid"), signing(told, by=told.applicant, role="helper"), now=EVENING)
    assert after.forms[0].signed == (told.beneficiary,)


def test_a_link_grows_old_and_asking_again_sends_a_fresh_one(told):
    form = form_named(told, "aid")
    after = ask_adult(told, form, MOTHER, by=told.beneficiary, role="resident", site=SITE, now=EVENING)
    signer = after.forms[0].asked[0]
    token = token_for(told.id, "aid", signer, TODAY)
    assert invited_by(token, TODAY + LINK_LIFE).signer == signer
    with pytest.raises(NotFound, match="放得太久"):
        invited_by(token, TODAY + LINK_LIFE + timedelta(days=1))
    again = {"by": told.beneficiary, "role": "resident", "site": SITE, "now": EVENING + LINK_LIFE}
    assert ask_adult(after, form, MOTHER, **again).forms == after.forms
    assert len([one for one in outbox() if one.phone == MOTHER.phone]) == 2
    for _ in range(2):
        ask_adult(after, form, MOTHER, **again)
    with pytest.raises(Refused, match="试得太多"):
        ask_adult(after, form, MOTHER, **again)


def test_a_link_that_was_made_up_or_for_nobody_opens_nothing(told):
    form = form_named(told, "aid")
    for token in ("", "x", "a:b", token_for(told.id, "aid", told.applicant, TODAY), "y"):
        with pytest.raises(NotFound):
            invited_by(token, TODAY)
    with pytest.raises(Refused, match="手机号"):
        ask_adult(told, form, Particulars(name="沈阿妹"), by=told.beneficiary, role="resident", site=SITE, now=EVENING)
    with pytest.raises(Refused, match="只要他本人"):
        ask_adult(told, form_named(told, "authority"), MOTHER, by=told.beneficiary, role="resident", site=SITE,
                  now=EVENING)  # fmt: skip
