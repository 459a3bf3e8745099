"""Storm and recovery: taken on with a day foretold, boats stopped by the crew, boats again; what the family sees."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.test_night_call import sign_in

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.night_call import play, set_stage
from driftbox.apps.notices.queries import outbox, receipt_of
from driftbox.apps.pack import calendar

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def checked(harbour):
    """A case whose papers lie complete at the window; its call came four days ago."""
    start = datetime.now(UTC).astimezone(calendar().zone) - timedelta(days=4)  # noqa: TID251 - as the pages read it
    stage = set_stage(start.replace(hour=21, minute=40), password="piaoliuxiang-test")
    for scene in play(stage):
        if scene.docket.stage == "checked":
            return scene.docket
    raise AssertionError


def take_on(page, case):
    page.goto(f"/desk/cases/{case.id}/")
    day = page.locator("input[name=promise]").input_value()
    page.click("form[action$='/act/case.accepted/'] button")
    page.wait_for_load_state()
    return day


def stop_boats(page):
    page.goto("/desk/boats/")
    page.locator("details", has=page.locator("select[name=suspend-which]")).locator("summary").click()
    page.select_option("select[name=suspend-which]", "stop:BAISHA")
    page.select_option("select[name=suspend-cause]", "wind")
    page.locator("form", has=page.locator("select[name=suspend-which]")).locator("button").click()
    page.wait_for_load_state()


def boats_again(page):
    page.goto("/desk/boats/")
    page.locator("details", has=page.locator("select[name=resume-suspension]")).locator("summary").click()
    page.locator("form", has=page.locator("select[name=resume-suspension]")).locator("button").click()
    page.wait_for_load_state()


def news():
    return [one.text for one in outbox(200) if "船停" in one.text or "船开" in one.text]


def test_a_storm_moves_the_promise_and_calm_gives_it_back(visit, checked):
    day = take_on(sign_in(visit(DESK), "lin"), checked)
    assert load(checked.id).docket.promised == day
    crew, family = sign_in(visit(DESK), "fang"), visit(PHONE)
    stop_boats(crew)
    family.goto(f"/track/find/?number={checked.number}&code={receipt_of(checked.id)}")
    assert family.locator(".note.act s").count() == 1
    assert "要等船" in family.locator(".pair").inner_text()
    assert len(news()) == 2
    boats_again(crew)
    family.reload()
    assert family.locator(".note.act s").count() == 0
    assert family.locator("details", has_text="答应过的日子").locator("s").count() == 2
    assert load(checked.id).docket.promised == day
    assert len(news()) == 4
    width = family.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0
