"""A call in the night, a note for the next shift, read by whoever comes; and a month made with the keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.apps.rosters import OFFICE, crew_of
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
WORDS = "贺阿根等回话，明早九点半打。"


def fits(page, address):
    page.goto(address)
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    return page


def test_a_night_call_is_handed_over_and_read_by_the_next_shift(harbour, visit):
    clerk = sign_in(visit(DESK, script=False), "lin")
    clerk.goto("/reception/new/?number=13800000721")
    clerk.fill("[name=words]", "身份证掉海里了，怎么办")
    clerk.fill("[name=name]", "贺阿根")
    clerk.select_option("[name=matter]", "GA-SHENFEN")
    clerk.click("form[method=post] button.act")
    assert len(clerk.locator(".readout").inner_text().split()) == 7
    clerk.goto(f"/roster/{OFFICE}/notes/")
    clerk.fill("[name=words]", WORDS)
    clerk.click("form[action$='/act/note/'] button")
    assert "还没有人看" in clerk.locator(".handover").inner_text()
    clerk.goto("/desk/")
    assert WORDS not in clerk.content()

    following = sign_in(visit(DESK, script=False), "hu")
    following.goto("/desk/")
    assert WORDS in following.locator(".duty").inner_text()
    following.click(".duty form[action$='/act/read/'] button")
    assert WORDS not in following.content()
    clerk.goto(f"/roster/{OFFICE}/notes/")
    assert "胡建平看过了" in clerk.locator(".handover").inner_text()


def test_a_month_is_made_and_published_with_the_keyboard(harbour, visit, settings):
    settings.DRIFTBOX_ROSTER = "driftbox.gateways.roster.PlainRosterMaker"
    crew_of(harbour[1])
    page = sign_in(visit(DESK, script=False), "hu")
    page.goto("/roster/")
    page.focus("button[value=make]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=这一份还没有发布")
    page.focus("button[value=publish]")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=这个月的班发布了")


@pytest.mark.parametrize("address", ["/roster/", f"/roster/{OFFICE}/notes/", "/reception/", "/reception/new/"])
def test_the_pages_keep_the_rules_of_accessibility(harbour, visit, address):
    fits(sign_in(visit(DESK), "hu"), address)


def test_my_shifts_fit_a_phone(harbour, visit):
    page = fits(sign_in(visit(PHONE), "hu"), "/roster/mine/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
