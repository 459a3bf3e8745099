"""From a night call to the card at the door, clicked through by everybody who takes part."""

import re

import pytest
from tests.journeys.conftest import DESK, PHONE

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog import queries as log
from driftbox.apps.notices.queries import receipt_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def sign_in(page, username):
    page.goto("/in/staff/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", "piaoliuxiang-test")
    page.click("main button, .enter button")
    page.wait_for_load_state()
    return page


def take_the_call(page):
    page.goto("/desk/")
    page.fill("form[action='/desk/call/'] input[name=q]", "我爸在对岸住院，钱花光了，想申请低保")
    page.click("form[action='/desk/call/'] button")
    assert page.locator("select[name=matter]").input_value() == "MZ-DIBAO"
    page.fill("input[name=caller_name]", "周敏")
    page.fill("input[name=caller_phone]", "13800000713")
    page.select_option("select[name=relation]", "child")
    page.fill("input[name=for_name]", "周大海")
    page.check("input[name=agreed]")
    page.click("form[method=post] button.act")
    page.wait_for_url(re.compile("/desk/cases/"))
    page.click("form[action$='/checklist/'] button")
    page.wait_for_load_state()
    return CaseRow.objects.get()


def hand_in(page, case):
    page.goto("/b/BX-01/")
    page.fill("input[name=code]", receipt_of(case.docket))
    page.click("main form button")
    for box in page.locator("input[name=items]").all():
        box.check()
    page.fill("input[name=seal]", "BS-0413")
    page.click("main form button.act")
    page.wait_for_url(re.compile("/done/"))


def carry(page, case):
    page.goto("/pocket/box/BX-01/")
    page.click("form[action$='/move/'] button")
    page.click("form[action$='/move/'] button")
    page.check("input[name=intact][value=yes]")
    page.click("form[action$='/collect/'] button")
    page.wait_for_url(re.compile(case.docket))
    page.click("form[action$='/act/task.claimed/'] button")
    for box in page.locator("input[name=found]").all():
        box.check()
    page.click("form[action$='/act/materials.counted/'] button")
    for box in page.locator("input[name=there]").all():
        box.check()
    page.click("form[action$='/act/materials.checked/'] button")
    page.wait_for_load_state()


def at_desk(page, case, kind, words=None):
    page.goto(f"/desk/cases/{case.docket}/")
    form = page.locator(f"form[action$='/act/{kind}/']")
    if words:
        form.locator("[name=words]").fill(words)
    form.locator("button").click()
    page.wait_for_load_state()


def bring_home(page, case):
    page.goto(f"/pocket/cases/{case.docket}/")
    page.click("form[action$='/act/result.collected/'] button")
    page.fill("input[name=signed]", "周大海")
    page.click("form[action$='/act/result.delivered/'] button:not([type])")
    page.wait_for_load_state()


def look_up(page, case):
    page.goto("/track/find/")
    page.fill("input[name=number]", case.number)
    page.fill("input[name=code]", receipt_of(case.docket))
    page.click("main form button")
    page.wait_for_url(re.compile("/track/"))


@pytest.mark.parametrize(
    ("script", "language", "elder"), [(True, "zh-CN", False), (False, "zh-CN", True), (True, "en-GB", False)]
)
def test_from_the_night_call_to_the_door(visit, script, language, elder):
    ways = {"script": script, "language": language}
    clerk = sign_in(visit(DESK, **ways), "lin")
    case = take_the_call(clerk)
    hand_in(visit(PHONE, **ways, elder=elder), case)
    agent = sign_in(visit(PHONE, **ways), "chen")
    carry(agent, case)
    at_desk(clerk, case, "case.accepted")
    officer = sign_in(visit(DESK, **ways), "wang")
    at_desk(officer, case, "decision.made", "符合条件，同意。")
    at_desk(officer, case, "result.issued")
    bring_home(agent, case)
    family = visit(PHONE, **ways, elder=elder)
    look_up(family, case)
    assert family.locator(".trips b").inner_text() == "0"
    family.check("input[name=satisfaction][value='1']")
    family.check("input[name=solved][value=yes]")
    family.click("form[action$='/rate/'] button")
    family.wait_for_load_state()
    at_desk(clerk, case, "case.closed")
    row = CaseRow.objects.get()
    assert (row.stage, row.trips, row.contested, row.second_asks) == ("closed", 0, 0, 0)
    assert log.verify_docket(case.docket) == []
