"""The whole night call with the keyboard alone: Tab, Space, Enter, arrows and typing; no hand leaves the keys."""

import re

import pytest
from tests.journeys.conftest import DESK, PHONE

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog import queries as log
from driftbox.apps.notices.queries import receipt_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
FAR = 200  # more stops than any page has
RING = """() => {
  const style = getComputedStyle(document.activeElement), page = getComputedStyle(document.body).backgroundColor;
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== page;
}"""


class Hands:
    """Somebody at a keyboard who sees where they are by the ring around it."""

    def __init__(self, page):
        self.page, self.keys = page, page.keyboard

    def at(self, selector):
        return self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector)

    def reach(self, selector):
        """Tab on until the focus is there; a stop that does not show itself is a fault."""
        for _ in range(FAR):
            self.keys.press("Tab")
            if self.at(selector):
                assert self.page.evaluate(RING), f"no ring around {selector}"
                return
        raise AssertionError(f"never reached {selector} on {self.page.url}")

    def type(self, selector, words):
        self.reach(selector)
        self.keys.type(words)

    def choose(self, selector, value):
        self.reach(selector)
        for _ in range(FAR):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.keys.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen in {selector}")

    def tick(self, selector):
        self.reach(selector)
        self.keys.press("Space")

    def tick_all(self, selector):
        for _ in range(self.page.locator(selector).count()):
            self.tick(f"{selector}:not(:checked)")

    def press(self, selector):
        """Press what leads to another page."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.keys.press("Enter")

    def act(self, kind):
        self.press(f"form[action$='/act/{kind}/'] button:not([type])")


def sign_in(page, username):
    hands = Hands(page)
    page.goto("/in/staff/")
    hands.type("input[name=username]", username)
    hands.type("input[name=password]", "piaoliuxiang-test")
    with page.expect_navigation():
        hands.keys.press("Enter")
    return hands


def take_the_call(clerk):
    clerk.type("form[action='/desk/call/'] input[name=q]", "我爸在对岸住院，钱花光了，想申请低保")
    with clerk.page.expect_navigation():
        clerk.keys.press("Enter")
    clerk.type("input[name=caller_name]", "周敏")
    clerk.type("input[name=caller_phone]", "13800000713")
    clerk.choose("select[name=relation]", "child")
    clerk.type("input[name=for_name]", "周大海")
    clerk.tick("input[name=agreed]")
    clerk.press("form[method=post] button.act")
    clerk.press("form[action$='/checklist/'] button")
    return CaseRow.objects.get()


def hand_in(relative, case):
    relative.page.goto("/b/BX-01/")
    relative.type("input[name=code]", receipt_of(case.docket))
    relative.press("main form button")
    relative.tick_all("input[name=items]")
    relative.type("input[name=seal]", "BS-0413")
    relative.press("main form button.act")
    assert relative.page.url.endswith("/done/")


def carry(agent):
    agent.press("a[href='/pocket/box/BX-01/']")
    agent.press("form[action$='/move/'] button")
    agent.press("form[action$='/move/'] button")
    agent.tick("input[name=intact]")
    agent.press("form[action$='/collect/'] button")
    agent.act("task.claimed")
    agent.tick_all("input[name=found]")
    agent.act("materials.counted")
    agent.tick_all("input[name=there]")
    agent.act("materials.checked")


def open_case(hands, case):
    hands.press(f"a[href$='/cases/{case.docket}/']")


def decide(officer, case):
    open_case(officer, case)
    officer.type("form[action$='/act/decision.made/'] textarea", "符合条件，同意。")
    officer.act("decision.made")
    officer.act("result.issued")


def bring_home(agent, case):
    agent.press("a.back")
    open_case(agent, case)
    agent.act("result.collected")
    agent.type("input[name=signed]", "周大海")
    agent.reach(".signing button")
    agent.act("result.delivered")


def look_and_rate(family, case):
    family.page.goto("/")
    family.type("input[name=number]", case.number)
    family.type("input[name=code]", receipt_of(case.docket))
    with family.page.expect_navigation():
        family.keys.press("Enter")
    family.page.wait_for_url(re.compile(case.docket))
    assert family.page.locator(".trips b").inner_text() == "0"
    family.tick("input[name=satisfaction]")
    family.tick("input[name=solved]")
    family.press("form[action$='/rate/'] button")


def test_from_the_night_call_to_the_door_without_a_mouse(visit):
    clerk = sign_in(visit(DESK), "lin")
    case = take_the_call(clerk)
    hand_in(Hands(visit(PHONE)), case)
    agent = sign_in(visit(PHONE), "chen")
    carry(agent)
    clerk.press("nav a[href='/desk/']")
    open_case(clerk, case)
    clerk.act("case.accepted")
    decide(sign_in(visit(DESK), "wang"), case)
    bring_home(agent, case)
    look_and_rate(Hands(visit(PHONE, elder=True)), case)
    clerk.press("nav a[href='/desk/']")
    open_case(clerk, case)
    clerk.act("case.closed")
    row = CaseRow.objects.get()
    assert (row.stage, row.trips, row.contested, row.second_asks) == ("closed", 0, 0, 0)
    assert log.verify_docket(case.docket) == []
