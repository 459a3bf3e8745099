"""A night call over a poor line, the note for the next shift, a hand-over, the Friday visit, a finger's signature."""

import re
from datetime import UTC, datetime

import pytest
from tests.apps.rosters import OFFICE
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import at_desk, hand_in, sign_in
from tests.journeys.test_signing import draw

from driftbox.apps.agents.squad import authorise
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.eventlog import queries as log

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NOTE = "贺阿根的优待证，线路不好，码念过两遍。周五要上门。"


def take_the_call(clerk):
    """A number nobody knows: new; the code is read out, misheard once and caught, then right."""
    clerk.goto("/reception/new/?number=13800000721")
    assert "没有认出这个号码" in clerk.content()
    clerk.fill("[name=words]", "我老了，优待证怎么办")
    clerk.fill("[name=name]", "贺阿根")
    clerk.select_option("[name=matter]", "LL-YOUDAI")
    clerk.click("form[method=post] button.act")
    letters = clerk.locator(".readout").inner_text().split()
    swapped = [letters[1], letters[0], *letters[2:]] if letters[0] != letters[1] else [*letters[:-1], "?"]
    clerk.goto(f"/reception/new/?code={''.join(swapped)}")
    assert "对上了" not in clerk.content()
    assert clerk.locator("[role=alert]").count() == 1
    clerk.goto(f"/reception/new/?code={''.join(letters)}")
    assert clerk.locator(".readout").inner_text().split() == letters
    assert "对上了" in clerk.content()
    return CaseRow.objects.get()


def leave_word(clerk, following):
    """The night leaves a note; the day finds it on the first page and reads it."""
    clerk.goto(f"/roster/{OFFICE}/notes/")
    clerk.fill("[name=words]", NOTE)
    clerk.click("form[action$='/act/note/'] button")
    following.goto("/desk/")
    assert NOTE in following.locator(".duty").inner_text()
    following.click(".duty form[action$='/act/read/'] button")
    assert NOTE not in following.content()


def hand_over(director, agent, staff, case):
    """The volunteer whom the node chose is relieved by another agent, who is asked, agrees, and takes it."""
    assert case.agent == staff["yu"].person
    director.goto(f"/agents/case/{case.docket}/")
    director.check(f"input[name=to][value='{staff['chen'].person}']")
    director.click("main form[method=post] button.act")
    agent.goto(f"/pocket/cases/{case.docket}/")
    agent.click("form[action$='/act/handover.accepted/'] button")
    agent.wait_for_load_state()
    assert load(case.docket).docket.agent == staff["chen"].person


def to_the_door(clerk, agent, officer, case):
    """The papers cross the sea and are found complete; the decision comes back."""
    agent.goto("/pocket/box/BX-01/")
    agent.click("form[action$='/move/'] button")
    agent.click("form[action$='/move/'] button")
    agent.check("input[name=intact][value=yes]")
    agent.click("form[action$='/collect/'] button")
    agent.wait_for_url(re.compile(case.docket))
    for kind, box in (("materials.counted", "found"), ("materials.checked", "there")):
        for one in agent.locator(f"input[name={box}]").all():
            one.check()
        agent.click(f"form[action$='/act/{kind}/'] button")
        agent.wait_for_load_state()
    at_desk(clerk, case, "case.accepted")
    at_desk(officer, case, "decision.made", "符合条件，同意。")
    at_desk(officer, case, "result.issued")
    agent.goto(f"/pocket/cases/{case.docket}/")
    agent.click("form[action$='/act/result.collected/'] button")
    agent.wait_for_load_state()


def plan_friday(director, case, agent):
    """Asked for, planned, given to the agent, sent out."""
    director.goto("/rounds/")
    director.fill("[name=number]", case.number)
    director.click("form[action$='/ask/'] button")
    director.click("form[action$='/plan/'] button")
    mine = director.locator("[data-visit]").first
    mine.locator("summary").click()
    mine.locator("select[name=agent]").select_option(agent)
    mine.locator("button[value=move]").click()
    mine = director.locator("[data-visit]").first
    mine.locator("summary").click()
    mine.locator("button[value=lock]").click()
    assert director.locator("[data-visit] .tag").first.inner_text() == "锁住"
    director.click("form[action$='/send/'] button")
    director.wait_for_selector("text=已经发给代办员了")


def visit_them(agent, case):
    """The round on the phone leads to the case; they sign with a finger, and the visit is done."""
    agent.goto("/rounds/mine/")
    assert case.number in agent.content()
    agent.click(f"a[href='/pocket/cases/{case.docket}/']")
    agent.locator(".pad").scroll_into_view_if_needed()
    draw(agent, (0.2, 0.8), (0.4, 0.2), (0.6, 0.8))
    agent.fill("input[name=signed]", "贺阿根")
    agent.click("form[action$='/act/result.delivered/'] button.act")
    agent.wait_for_load_state()
    agent.goto("/rounds/mine/")
    agent.click("text=上过门了，记一笔")
    agent.check("input[name=outcome][value=done]")
    agent.click("form[action$='/made/'] button")
    agent.wait_for_load_state()
    assert "见着了，办好了" in agent.content()


def test_from_a_night_call_to_a_signature_on_friday(harbour, visit):
    staff = harbour[1].staff
    now = datetime.now(UTC)  # noqa: TID251 - the pages read the real clock, so the stage must be set by it
    authorise({staff["yu"].person: ""}, now=now)
    clerk, director = sign_in(visit(DESK), "lin"), sign_in(visit(DESK), "hu")
    case = take_the_call(clerk)
    leave_word(clerk, director)
    clerk.goto(f"/desk/cases/{case.docket}/")
    clerk.click("form[action$='/checklist/'] button")
    clerk.wait_for_load_state()
    agent = sign_in(visit(PHONE), "chen")
    authorise({staff["chen"].person: ""}, now=now)
    hand_over(director, agent, staff, case)
    hand_in(visit(PHONE), case)
    to_the_door(clerk, agent, sign_in(visit(DESK), "wang"), case)
    plan_friday(director, case, staff["chen"].person)
    visit_them(agent, case)
    state = load(case.docket).docket
    assert (state.visits.outcome, state.contested) == ("done", {})
    assert any(getattr(entry.body, "picture", "") for entry in entries_of(case.docket))
    assert log.verify_docket(case.docket) == []
