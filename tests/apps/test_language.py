"""Text messages are written in the language of whoever receives them."""

import pytest
from django.utils.translation import gettext_lazy, override
from tests.apps.conftest import EVENING

from driftbox.apps.errands.intake import Call, give_checklist, take_call, tell_parties
from driftbox.apps.notices.actions import start_otp
from driftbox.apps.notices.queries import outbox
from driftbox.apps.people.actions import write_person
from driftbox.apps.people.queries import Particulars, particulars_of

HELEN = Particulars(name="Helen", phone="13800000720", language="en")
FATHER = Particulars(name="周大海", phone="13800000714")


@pytest.fixture(autouse=True)
def _english(locale, settings):
    settings.LOCALE_PATHS = [locale]


def texts():
    return {message.phone: message.text for message in outbox()}


def a_case(stage, beneficiary=FATHER):
    clerk = stage.staff["lin"]
    call = Call(
        matter="MZ-DIBAO", words="", caller=HELEN, beneficiary=beneficiary, relation="child", office=clerk.office
    )
    docket = take_call(call, recorder=clerk.person, now=EVENING)
    return give_checklist(docket, frozenset(), ("sms",), by=clerk.person, role="clerk", now=EVENING)


def test_the_one_list_is_texted_to_each_in_their_own_language(stage):
    docket = a_case(stage)
    sent = texts()
    assert sent[HELEN.phone].startswith(f"Driftbox {docket.number}, receipt code ")
    assert "1." in sent[HELEN.phone]
    assert sent[FATHER.phone].startswith(f"漂流箱 {docket.number}，回执码 ")


def test_whatever_page_it_is_sent_from(stage):
    with override("en"):
        a_case(stage)
    assert texts()[FATHER.phone].startswith("漂流箱")


def test_one_phone_is_texted_once(stage):
    a_case(stage, beneficiary=Particulars(name="周大海", phone=HELEN.phone))
    assert len(outbox()) == 1


def test_news_of_a_case_reaches_each_in_their_own_language(stage):
    docket = a_case(stage)
    tell_parties(docket, gettext_lazy("没有"), now=stage.at(1, "9:00"))
    newest = {message.phone: message.text for message in outbox()[:2]}
    assert newest[HELEN.phone].startswith(f"Driftbox {docket.number}: ")
    assert newest[FATHER.phone] == f"漂流箱 {docket.number}：没有"


def test_the_six_digits_come_in_the_language_of_the_page(stage, capsys):
    for language, words in (("en", "good for 10 minutes"), ("zh-hans", "分钟内有效")):
        with override(language):
            start_otp("13800000721", now=EVENING)
        assert words in capsys.readouterr().out


def test_somebody_written_down_before_there_was_a_choice_reads_chinese(stage):
    assert particulars_of(write_person(FATHER, now=EVENING)).language == "zh"
