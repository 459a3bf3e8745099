"""The sheet of rounds at the desk, the round in the pocket, and the sheet on paper."""

import re
from datetime import timedelta

import pytest

from driftbox.apps.agents.squad import authorise
from driftbox.apps.dockets.queries import load
from driftbox.apps.pack import calendar
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.rounds import actions
from driftbox.apps.rounds.queries import sheet_of
from driftbox.apps.rounds.settings import next_day
from driftbox.web.base.middleware import now_of


@pytest.fixture
def friday(stage, played, rf):
    """A case whose caller asked for a visit, and the next day of rounds of the clock that the pages read."""
    docket = played("checklist.given")
    now = now_of(rf.get("/"))
    authorise({stage.staff[name].person: "" for name in ("chen", "yu")}, now=now)
    actions.wish(staff_viewer(stage.staff["hu"]), docket.id, "once", now=now)
    day = next_day(calendar().local_date(now) + timedelta(days=1))
    return docket, day, f"/rounds/{day.isoformat()}/"


def text_of(answer):
    return answer.content.decode()


def version_in(page):
    return re.search(r'name="version" value="(\d+)"', page)[1]


def test_the_director_proposes_sends_and_prints(as_staff, friday):
    docket, day, address = friday
    hu = as_staff("hu")
    assert "还没有排" in text_of(hu.get(address))
    page = text_of(hu.post(f"{address}plan/", {"version": "0"}, follow=True))
    assert "0 家没排上" in page
    assert "他请人上门" in page
    page = text_of(hu.post(f"{address}send/", {"version": version_in(page)}, follow=True))
    assert "已经发给代办员了" in page
    assert load(docket.id).docket.visits.day == day.isoformat()
    paper = text_of(hu.get(f"{address}print/"))
    assert docket.number in paper
    assert "不在家" in paper


def test_who_comes_second_reads_that_theirs_was_not_recorded_and_keeps_what_they_typed(as_staff, friday, stage):
    docket, day, address = friday
    hu, lin = as_staff("hu"), as_staff("lin")
    page = text_of(hu.post(f"{address}plan/", {"version": "0"}, follow=True))
    move = {"version": version_in(page), "do": "move", "begin": "14:00", "agent": stage.staff["yu"].person}
    assert hu.post(f"{address}visits/{docket.id}/", move).status_code == 302
    answer = lin.post(f"{address}visits/{docket.id}/", {**move, "begin": "15:30"})
    assert answer.status_code == 409
    assert "刚才有人先改了这张单子" in text_of(answer)
    assert 'value="15:30"' in text_of(answer)
    found = sheet_of(staff_viewer(stage.staff["hu"]), day)
    assert [(one.agent, call.begin) for one, call in found.calls()] == [(stage.staff["yu"].person, 14 * 60)]


def test_a_visit_is_locked_set_free_and_left_out_without_script(as_staff, friday):
    docket, _day, address = friday
    hu = as_staff("hu")
    page = text_of(hu.post(f"{address}plan/", {"version": "0"}, follow=True))
    for what, sentence in (("lock", "锁住了，改一改"), ("free", "改好了"), ("strike", "这回不去的")):
        data = {"version": version_in(page), "do": what}
        page = text_of(hu.post(f"{address}visits/{docket.id}/", data, follow=True))
        assert sentence in page


def test_bad_words_in_a_form_become_a_sentence(as_staff, friday):
    docket, _day, address = friday
    hu = as_staff("hu")
    page = text_of(hu.post(f"{address}plan/", {"version": "0"}, follow=True))
    version = version_in(page)
    answer = hu.post(f"{address}visits/{docket.id}/", {"version": version, "do": "move", "begin": "noon"})
    assert answer.status_code == 400
    assert "时间看不懂" in text_of(answer)
    answer = hu.post(f"{address}visits/{docket.id}/", {"version": version, "do": "move", "begin": "03:00"})
    assert answer.status_code == 409
    assert "这样排不下" in text_of(answer)
    for version in ("", "x", "9" * 40, "-1"):
        assert hu.post(f"{address}plan/", {"version": version}).status_code == 409


def test_the_clerk_records_by_number_that_somebody_wants_regular_visits(as_staff, friday):
    docket, _day, address = friday
    lin = as_staff("lin")
    assert lin.post(f"{address}ask/", {"number": docket.number, "wish": "regular"}).status_code == 302
    assert load(docket.id).docket.visits.wish == "regular"
    answer = lin.post(f"{address}ask/", {"number": "baisha-1999-0001", "wish": "once"})
    assert answer.status_code == 400
    assert "没有这件事" in text_of(answer)


def test_the_agent_sees_the_round_and_says_what_came_of_it(as_staff, friday, stage):
    docket, day, address = friday
    hu = as_staff("hu")
    page = text_of(hu.post(f"{address}plan/", {"version": "0"}, follow=True))
    move = {"version": version_in(page), "do": "move", "agent": stage.staff["chen"].person}
    page = text_of(hu.post(f"{address}visits/{docket.id}/", move, follow=True))
    hu.post(f"{address}send/", {"version": version_in(page)})
    chen = as_staff("chen")
    page = text_of(chen.get("/rounds/mine/"))
    assert docket.number in page
    answer = chen.post(f"/rounds/visits/{docket.id}/made/", {"outcome": "next_time"})
    assert answer.status_code == 400
    assert "还没说哪一天" in text_of(answer)
    later = (day + timedelta(weeks=1)).isoformat()
    chen.post(f"/rounds/visits/{docket.id}/made/", {"outcome": "not_home", "next_day": later})
    visits = load(docket.id).docket.visits
    assert (visits.outcome, visits.next_day) == ("not_home", later)


def test_pages_speak_english(as_staff, friday, locale, settings):
    settings.LOCALE_PATHS = [locale]
    _docket, _day, address = friday
    hu = as_staff("hu")
    hu.get("/language/en/")
    page = text_of(hu.post(f"{address}plan/", {"version": "0"}, follow=True))
    assert "They asked for somebody to come" in page
    assert "Plan anew, keep what is locked" in page


def test_days_of_long_ago_are_shown_and_not_changed(as_staff, friday):
    hu = as_staff("hu")
    assert "排一排</button>" not in text_of(hu.get("/rounds/2020-01-03/"))
    assert hu.post("/rounds/2020-01-03/plan/", {"version": "0"}).status_code == 409
