"""A resident sees what is kept of them and takes it back; the window tells what is used again, and does it for them."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.errands.night_call import DAUGHTER, FATHER
from driftbox.domain.errors import NotFound
from driftbox.web.base.act_forms import Check
from driftbox.web.base.listing import one_list

REGISTER = "household_register"
NEXT_MONTH = EVENING + timedelta(days=40)
THEN = {"driftbox.now": NEXT_MONTH}  # when the pages are asked


def resident(*people):
    client = Client(**THEN)
    session = client.session
    session.update({"people": list(people), "person": people[0]})
    session.save()
    return client


@pytest.fixture
def second(stage, played):
    """A second case of the same father, before its list is told; the papers of the first are complete."""
    first = played("case.closed")
    clerk = stage.staff["lin"]
    call = Call(
        matter="MZ-DIBIAN", words="", caller=DAUGHTER, beneficiary=FATHER, relation="child", office=clerk.office
    )
    return first, take_call(call, recorder=clerk.person, now=NEXT_MONTH)


@pytest.fixture
def clerk(as_staff):
    """The clerk's browser, on a day when the papers are still good."""
    client = as_staff("lin")
    client.defaults.update(THEN)
    return client


def test_a_resident_sees_what_is_kept_from_which_case_and_until_when(played):
    first = played("case.closed")
    page = resident(first.beneficiary).get("/papers/").content.decode()
    for words in (
        "周大海",
        "户口簿",
        "有效到 2027年5月13日",
        first.number,
        "身份证",
        "每回都要新的",
        "2026年5月13日交的",
    ):
        assert words in page
    assert "您交过的材料" in resident(first.beneficiary).get("/in/mine/").content.decode()
    assert "good until 13 May 2027" in _english(resident(first.beneficiary), "/papers/")


def _english(client, address):
    client.post("/language/en/")
    client.get("/language/en/")
    return client.get(address).content.decode()


def test_the_helper_does_not_see_the_papers_of_the_one_they_help(played):
    first = played("case.closed")
    page = resident(first.applicant).get("/papers/").content.decode()
    assert "现在没有留着您的材料" in page
    assert "户口簿" not in page


def test_papers_taken_back_are_asked_for_again(played):
    first = played("case.closed")
    client = resident(first.beneficiary)
    answer = client.post(f"/papers/{first.id}/stop/", {"code": REGISTER}, follow=True)
    assert "记下了" in answer.content.decode()
    assert "您说了不再接着用" in answer.content.decode()
    assert load(first.id).docket.reuse_withdrawn == (REGISTER,)


@pytest.mark.parametrize("code", ["", "moon", REGISTER * 40, "户口簿", "\x00"])
def test_a_paper_that_is_not_kept_comes_back_with_a_sentence(played, code):
    first = played("case.closed")
    answer = resident(first.beneficiary).post(f"/papers/{first.id}/stop/", {"code": code}, follow=True)
    assert "没有留着" in answer.content.decode()
    assert load(first.id).docket.count == first.count


def test_somebody_else_takes_nothing_back_and_learns_nothing(played):
    first = played("case.closed")
    answer = resident(first.applicant).post(f"/papers/{first.id}/stop/", {"code": REGISTER})
    assert answer.status_code == 404
    assert load(first.id).docket.count == first.count
    assert Client().post(f"/papers/{first.id}/stop/", {"code": REGISTER})["Location"] == "/in/resident/"
    assert NotFound.__name__ not in answer.content.decode()


def test_the_window_reads_out_what_is_used_again_and_ticks_what_they_object_to(clerk, second):
    first, docket = second
    address = f"/desk/cases/{docket.id}/"
    page = clerk.get(address).content.decode()
    assert "户口簿：不用原来那张，交新的" in page
    assert "用他交过的：</b>户口簿" in page
    assert first.number in page
    objecting = clerk.get(f"{address}?{urlencode({'answer': f'ask_afresh.{REGISTER}'})}").content.decode()
    assert "用他交过的：" not in objecting
    assert f'value="ask_afresh.{REGISTER}" checked' in objecting
    clerk.post(f"{address}checklist/", {"told": "voice", "answer": f"ask_afresh.{REGISTER}"})
    told = load(docket.id).docket
    assert {item.code: item.source for item in told.checklist}[REGISTER] == "resident"


def test_the_list_shows_its_three_groups_on_the_desk_on_paper_and_to_the_family(clerk, second):
    first, docket = second
    clerk.post(f"/desk/cases/{docket.id}/checklist/", {"told": ["voice", "sms"]})
    told = load(docket.id).docket
    assert [(one.name, one.number) for one in one_list(told).again] == [("户口簿", first.number)]
    assert "（户口簿用交过的）" in clerk.get(f"/desk/cases/{docket.id}/").content.decode()
    paper = clerk.get(f"/desk/cases/{docket.id}/list/").content.decode()
    assert "您交过的，这次接着用，不用再交" in paper
    assert f"还有效到 2027年5月13日，{first.number}" in paper
    family = resident(docket.applicant).get(f"/track/{docket.id}/").content.decode()
    assert "您交过的，这次接着用" in family
    assert "还有效到 2027年5月13日" in family


def test_who_checks_the_papers_looks_for_the_old_one_too(clerk, second):
    first, docket = second
    clerk.post(f"/desk/cases/{docket.id}/checklist/", {"told": "voice"})
    told = load(docket.id).docket
    choices = dict(Check(told, "").fields["there"].choices)
    assert choices[REGISTER] == f"户口簿（在 {first.number} 件里）"


def test_the_window_takes_it_back_for_somebody_who_calls(clerk, played):
    first = played("case.closed")
    address = f"/desk/cases/{first.id}/"
    assert "不再接着用" in clerk.get(address).content.decode()
    clerk.post(f"{address}act/reuse.withdrawn/", {"codes": REGISTER})
    assert load(first.id).docket.reuse_withdrawn == (REGISTER,)
    assert "交过的材料，以后不再接着用" in clerk.get(address).content.decode()
    assert clerk.post(f"{address}act/reuse.withdrawn/", {"codes": REGISTER}).status_code == 400


def test_the_web_form_asks_whether_old_papers_may_be_used(played):
    played("case.closed")
    assert "以前交过的都不用" in Client().get("/matters/MZ-DIBIAN/start/").content.decode()


def test_a_paper_past_its_last_day_says_so(played):
    first = played("case.closed")
    client = resident(first.beneficiary)
    client.defaults["driftbox.now"] = EVENING + timedelta(days=368)
    page = client.get("/papers/").content.decode()
    assert "2027年5月13日过期了" in page
    assert "不再接着用</button>" not in page
