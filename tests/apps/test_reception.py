"""The reception log: every contact an entry, what was said in its case, and calls that are owed."""

from datetime import date, timedelta

import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.queries import load as load_case
from driftbox.apps.eventlog.queries import since
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.reception import queries
from driftbox.apps.reception.actions import Talk, called_back, log_contact
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.domain.planning.reception import fold

WHO = Particulars(name="贺阿根", phone="13800000721")
TOMORROW = EVENING + timedelta(hours=11)


def viewer(stage, who="lin"):
    return staff_viewer(stage.staff[who])


def talk(**more):
    return Talk(**{"channel": "phone", "words": "明天有船吗", "caller": WHO, **more})


def test_a_question_is_answered_and_closed_on_the_spot(stage):
    logged = log_contact(talk(answer="有，七点二十。"), viewer(stage), now=EVENING)
    assert logged.outcome == "answered"
    assert logged.case.procedure == "enquiry"
    assert load_case(logged.case.id).docket.stage == "closed"
    line = queries.contacts_on("C-BS", date(2026, 5, 11))[0]
    assert (line.outcome, line.docket, line.shift) == ("answered", logged.case.id, "E")


def test_a_case_is_opened_from_a_contact(stage):
    logged = log_contact(talk(matter="LL-YOUDAI"), viewer(stage), now=EVENING)
    assert (logged.outcome, logged.case.matter) == ("opened", "LL-YOUDAI")


def test_a_contact_about_an_open_case_is_noted_in_it(stage, played):
    case = played("checklist.given")
    before = load_case(case.id).docket.count
    logged = log_contact(talk(about=case.id, words="他问要不要户口本。"), viewer(stage), now=EVENING)
    assert logged.outcome == "noted"
    assert load_case(case.id).docket.count == before + 1


def test_what_was_said_is_not_in_the_log(stage):
    log_contact(talk(answer="有，七点二十。"), viewer(stage), now=EVENING)
    bodies = str([read.entry for read in since(queries.docket_of("C-BS", EVENING))])
    for said in ("明天有船吗", "七点二十", "贺阿根", "13800000721"):
        assert said not in bodies


def test_a_promised_call_back_is_owed_until_somebody_is_reached(stage):
    clerk = viewer(stage)
    logged = log_contact(talk(answer="我去问", call_back=TOMORROW), clerk, now=EVENING)
    assert load_case(logged.case.id).docket.stage == "answered"
    line = queries.shown(clerk, queries.owed("C-BS", EVENING))[0]
    assert (line.name, line.phone, line.contact.due) == ("贺阿根", "13800000721", TOMORROW)
    later = TOMORROW + timedelta(hours=3)
    called_back("C-BS", logged.contact, reached=False, again=later, viewer=clerk, now=TOMORROW)
    assert queries.owed("C-BS", TOMORROW)[0].due == later
    called_back("C-BS", logged.contact, reached=True, again=None, viewer=clerk, now=later)
    assert queries.owed("C-BS", later) == []
    with pytest.raises(Refused):
        called_back("C-BS", logged.contact, reached=True, again=None, viewer=clerk, now=later)


def test_a_call_back_is_still_owed_in_the_next_month(stage):
    clerk = viewer(stage)
    log_contact(talk(call_back=EVENING + timedelta(days=30)), clerk, now=EVENING)
    assert len(queries.owed("C-BS", EVENING + timedelta(days=28))) == 1


def test_a_call_back_in_the_past_or_without_words_is_refused_and_nothing_is_kept(stage):
    for wrong in (talk(call_back=EVENING - timedelta(hours=1)), talk(words=" "), talk(caller=Particulars("贺", "12"))):
        with pytest.raises(Refused):
            log_contact(wrong, viewer(stage), now=EVENING)
    assert queries.contacts_on("C-BS", date(2026, 5, 11)) == []


def test_a_known_number_shows_the_person_and_their_cases_to_those_who_may_see_them(stage, played):
    case = played("checklist.given")
    phone = queries.particulars_of(case.applicant).phone
    found = queries.known_by(viewer(stage), phone)
    assert [row.docket for one in found for row in one.cases] == [case.id]
    assert queries.known_by(viewer(stage, "wang"), "13800009999") == []


def test_who_may_not_see_the_case_sees_neither_name_nor_number(stage, played):
    log_contact(talk(call_back=TOMORROW), viewer(stage), now=EVENING)
    line = queries.shown(viewer(stage, "su"), queries.owed("C-BS", EVENING))[0]
    assert (line.case, line.name, line.phone) == (None, "", "")


def test_only_who_takes_contacts_may_log_one(stage):
    with pytest.raises(NotAllowed):
        log_contact(talk(), viewer(stage, "fang"), now=EVENING)


def test_a_contact_of_nowhere_cannot_be_called_back(stage):
    with pytest.raises(NotFound):
        called_back("C-BS", "0" * 8, reached=True, again=None, viewer=viewer(stage), now=EVENING)


def test_the_log_folds_the_same_in_every_order_and_nothing_let_through_is_contested(stage):
    clerk = viewer(stage)
    logged = log_contact(talk(call_back=TOMORROW), clerk, now=EVENING)
    called_back("C-BS", logged.contact, reached=False, again=None, viewer=clerk, now=EVENING)
    entries = [read.entry for read in since(queries.docket_of("C-BS", EVENING))]
    assert fold(entries) == fold([*reversed(entries), *entries])
    assert fold(entries).contested == {}


def test_a_leaders_day_that_falls_on_a_day_of_rest_is_the_next_working_day():
    days = [day for day, row in queries.reception_days("C-BS", date(2026, 8, 1)) if row.office == "PT"]
    assert days == [date(2026, 8, 17)]


@pytest.mark.parametrize("channel", ["phone", "window", "visit", "home", "video", "sea", "letter"])
def test_a_petition_told_through_any_channel_is_registered_in_the_same_step(stage, channel):
    told = talk(channel=channel, words="码头的灯坏了半年", sort="suggestion", matter="")
    logged = log_contact(told, viewer(stage), now=EVENING)
    assert (logged.outcome, logged.case.procedure) == ("opened", "petition")
    assert logged.case.petition.sort == "suggestion"
    assert logged.case.stage not in ("", "opened")
    assert logged.code
    line = queries.contacts_on("C-BS", date(2026, 5, 11))[0]
    assert (line.docket, line.channel) == (logged.case.id, channel)


def test_an_accusation_is_registered_and_whoever_took_it_sees_no_more_of_it(stage):
    logged = log_contact(talk(words="站里有人收钱", sort="accusation"), viewer(stage), now=EVENING)
    assert logged.case.confidential
    assert logged.code
    line = queries.shown(viewer(stage), queries.contacts_on("C-BS", date(2026, 5, 11)))[0]
    assert (line.case, line.name) == (None, "")


def test_a_petition_without_words_or_by_an_agent_is_refused_and_nothing_is_kept(stage):
    with pytest.raises(Refused):
        log_contact(talk(words=" ", sort="suggestion"), viewer(stage), now=EVENING)
    with pytest.raises(NotAllowed):
        log_contact(talk(sort="suggestion"), viewer(stage, "chen"), now=EVENING)
    assert queries.contacts_on("C-BS", date(2026, 5, 11)) == []
