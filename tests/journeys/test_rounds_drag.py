"""A plan of visits is dragged about: with the mouse, with a finger, with the keyboard; and by two people at once."""

from datetime import UTC, datetime

import pytest
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import sign_in
from tests.journeys.test_reach import sideways, violations

from driftbox.apps.agents.squad import authorise
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.pack import calendar
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.rounds import actions
from driftbox.apps.rounds.queries import sheet_of
from driftbox.apps.rounds.settings import next_day

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAMES = ("贺阿根", "庄秀英", "沈阿婆")


@pytest.fixture
def friday(harbour):
    """Three who asked for a visit, and two agents to make them; the sheet's address and how it stands."""
    staff = harbour[1].staff
    now = datetime.now(UTC)  # noqa: TID251 - the pages read the real clock, so the stage must be set by it
    authorise({staff[name].person: "" for name in ("chen", "yu")}, now=now)
    hu = staff_viewer(staff["hu"])
    for number, name in enumerate(NAMES):
        caller = Particulars(name=name, phone=f"1380000072{number}")
        call = Call(matter="LL-YOUDAI", words="想请人来一趟", caller=caller, office=staff["lin"].office)
        docket = take_call(call, recorder=staff["lin"].person, now=now)
        actions.wish(hu, docket.id, "once", now=now)
    day = next_day(calendar().local_date(now))
    return f"/rounds/{day.isoformat()}/", lambda: sheet_of(hu, day), staff


def planned(page, friday):
    page.goto(friday[0])
    page.click("form[action$='/plan/'] button")
    page.wait_for_selector(".grip")
    return page


def grip_of(page, name):
    return page.locator(f"[data-visit][data-name='{name}'] > .grip")


def home_of(page, agent):
    return page.locator(f"[data-agent='{agent}']")


def idle(page, staff):
    """Somebody who has no visit yet."""
    return next(staff[name].person for name in ("yu", "chen")
                if not home_of(page, staff[name].person).locator("[data-visit]").count())  # fmt: skip


def carry(page, move, target):
    """Move to the middle of ``target``; held at the lower edge, the page rolls until it is there."""
    height = page.viewport_size["height"]
    for _turn in range(200):
        box = target.bounding_box()
        x, y = box["x"] + min(40, box["width"] / 2), box["y"] + box["height"] / 2
        if y < height - 80:
            move(x, y)
            return
        move(x, height - 10)
        page.evaluate("new Promise(requestAnimationFrame)")
    raise AssertionError


def drag(page, name, target):
    grip_of(page, name).hover()
    page.mouse.down()
    carry(page, lambda x, y: page.mouse.move(x, y, steps=3), target)
    page.wait_for_selector(".drop-here")
    page.mouse.up()
    page.wait_for_url("**#v-*")


def who_goes(sheet, agent):
    return [call.visit for one, call in sheet.calls() if one.agent == agent]


def test_a_visit_is_dragged_with_the_mouse_to_somebody_else_and_stays_there(visit, friday):
    page = planned(sign_in(visit(DESK), "hu"), friday)
    assert violations(page) == []
    other = idle(page, friday[2])
    drag(page, NAMES[1], home_of(page, other))
    assert home_of(page, other).locator("[data-name='庄秀英']").count() == 1
    assert len(who_goes(friday[1](), other)) == 1
    page.click("form[action$='/plan/'] button")
    page.wait_for_load_state()
    assert len(who_goes(friday[1](), other)) >= 1


def test_the_order_of_a_round_is_changed_with_the_keyboard_alone(visit, friday):
    page = planned(sign_in(visit(DESK), "hu"), friday)
    first = page.locator("[data-agent] [data-visit]").nth(0).get_attribute("data-name")
    grip_of(page, first).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".drop-here")
    page.keyboard.press("Escape")
    assert page.locator(".drop-here").count() == 0
    assert "没有挪" in page.locator("[role=status].hush").inner_text()
    for key in ("Enter", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**#v-*")
    names = [one.get_attribute("data-name") for one in page.locator("[data-agent] [data-visit]").all()]
    assert names.index(first) == 2


def test_a_finger_moves_a_visit_on_a_phone(visit, friday, chromium, harbour):
    context = chromium.new_context(viewport=PHONE, has_touch=True, base_url=harbour[0].url)
    page = planned(sign_in(context.new_page(), "hu"), friday)
    assert not sideways(page)
    other = idle(page, friday[2])
    grip_of(page, NAMES[2]).scroll_into_view_if_needed()
    start = grip_of(page, NAMES[2]).bounding_box()
    finger = context.new_cdp_session(page)

    def touch(kind, *points):
        touches = [{"x": x, "y": y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    touch("touchStart", (start["x"] + start["width"] / 2, start["y"] + start["height"] / 2))
    carry(page, lambda x, y: touch("touchMove", (x, y)), home_of(page, other))
    page.wait_for_selector(".drop-here")
    touch("touchEnd")
    page.wait_for_url("**#v-*")
    assert len(who_goes(friday[1](), other)) == 1
    context.close()


def test_of_two_who_drag_in_one_plan_the_second_reads_so_and_the_first_change_stays(visit, friday):
    one, two = (planned(sign_in(visit(DESK), name), friday) for name in ("hu", "lin"))
    one.reload()
    other = idle(one, friday[2])
    two.reload()
    drag(one, NAMES[0], home_of(one, other))
    grip_of(two, NAMES[1]).focus()
    for key in ("Enter", "ArrowRight", "Enter"):
        two.keyboard.press(key)
    two.wait_for_selector("text=刚才有人先改了这张单子")
    assert len(who_goes(friday[1](), other)) == 1
    assert home_of(two, other).locator("[data-name='贺阿根']").count() == 1


def test_without_script_the_form_beside_the_visit_does_the_same(visit, friday):
    page = sign_in(visit(DESK, script=False), "hu")
    page.goto(friday[0])
    page.click("form[action$='/plan/'] button")
    assert page.locator(".grip").count() == 0
    other = idle(page, friday[2])
    mine = page.locator("[data-visit][data-name='沈阿婆']")
    mine.locator("summary").click()
    mine.locator("select[name=agent]").select_option(other)
    mine.locator("button[value=move]").click()
    assert len(who_goes(friday[1](), other)) == 1
