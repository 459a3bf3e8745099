"""What pages say of the days to come: at the desk when taking on, and for the family through storm and recovery."""

from datetime import timedelta

import pytest
from tests.apps.conftest import EVENING

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.recompute import recompute
from driftbox.apps.sailings.actions import resume, suspend
from driftbox.apps.sailings.queries import forget
from driftbox.domain.docket import entries as e

ACCEPTING = EVENING.replace(hour=11, minute=20) + timedelta(days=2)
STORM = ACCEPTING + timedelta(days=1)
BOATS = {"by": "", "role": "crew", "who": "harbour"}


@pytest.fixture(autouse=True)
def _fresh_book():
    forget()
    yield
    forget()


@pytest.fixture
def promised(stage, played):
    docket = played("case.accepted")
    body = e.PromiseMade(due="2026-06-15", basis="forecast")
    return record(docket.id, [body], by=stage.staff["lin"].person, role="clerk", now=ACCEPTING)


def tracked(client, docket, moment, **headers):
    session = client.session
    session["cases"] = [docket.id]
    session.save()
    answer = client.get(f"/track/{docket.id}/", **{"driftbox.now": moment}, **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def storm(until=None):
    """Nothing calls at Baisha; returns the suspension."""
    return max(suspend("stop", "BAISHA", since=STORM, until=until, cause="wind", now=STORM, **BOATS).halts)


def test_taking_a_case_on_proposes_a_day_and_says_how_it_comes_about(as_staff, played):
    docket = played("materials.checked")
    page = as_staff("lin").get(f"/desk/cases/{docket.id}/", **{"driftbox.now": ACCEPTING}).content.decode()
    assert 'value="2026-06-15"' in page
    assert "部门 6月12日 周五 就得定好" in page
    assert "6月15日 周一 送到家门口" in page


@pytest.mark.parametrize(("day", "basis"), [("2026-06-15", "forecast"), ("2026-06-05", "chosen")])
def test_a_promise_remembers_whether_the_day_was_foretold_or_chosen(as_staff, played, day, basis):
    docket = played("materials.checked")
    as_staff("lin").post(f"/desk/cases/{docket.id}/act/case.accepted/", {"promise": day}, **{"driftbox.now": ACCEPTING})
    promise = load(docket.id).docket.promises[-1]
    assert (promise.due, promise.basis) == (day, basis)


def test_a_day_after_the_laws_last_is_refused_whatever_boats_do(as_staff, played):
    docket = played("materials.checked")
    as_staff("lin").post(
        f"/desk/cases/{docket.id}/act/case.accepted/", {"promise": "2026-06-16"}, **{"driftbox.now": ACCEPTING}
    )
    after = load(docket.id).docket
    assert (after.stage, after.promises) == ("checked", [])


def test_the_family_sees_which_boat_before_anything_was_promised(client, played):
    docket = played("checklist.given")
    page = tracked(client, docket, EVENING.replace(hour=8, minute=30))
    assert "坐朱家尖樟州湾码头 5月11日 周一 9:00 的船，9:20 到白沙岛码头" in page
    assert "8:45 前放进箱，赶得上" in page
    assert "演示时刻表，不是真的船班" in page


def test_in_a_storm_without_end_the_day_is_struck_through_with_its_reason(client, promised):
    storm()
    recompute(STORM)
    page = tracked(client, promised, STORM)
    assert "船停了（大风），什么时候开还不知道。" in page
    assert "<s>6月15日</s>" in page
    assert "要等船" in page
    assert "法律规定最晚 6月15日" in page


def test_a_moved_day_stands_beside_the_one_given_before(client, promised):
    storm(until=STORM.replace(month=6, day=17, hour=6))
    recompute(STORM)
    page = tracked(client, promised, STORM)
    assert "原来答应 <s>6月15日</s> 送到，要晚些，看船。" in page
    assert "<strong>6月17日" in page
    assert "船停了：大风" in page


def test_after_the_storm_the_first_day_holds_again_and_all_days_stay_to_be_seen(client, promised):
    resume_at = STORM + timedelta(days=1)
    halt = storm()
    recompute(STORM)
    resume(halt, since=resume_at, now=resume_at, **BOATS)
    recompute(resume_at)
    page = tracked(client, promised, resume_at)
    assert "什么时候开还不知道" not in page
    assert page.count("<s>") == 2  # the day first given, and the time it waited for boats
    assert "6月15日 周一 送到家门口" in page  # the way ahead keeps to what was promised
    assert "船开了" in page


def test_the_desk_shows_that_a_promise_waits_for_boats(as_staff, promised):
    storm()
    recompute(STORM)
    page = as_staff("lin").get(f"/desk/cases/{promised.id}/", **{"driftbox.now": STORM}).content.decode()
    assert "要等船" in page


def test_all_of_it_is_there_in_english(client, promised, locale, settings):
    settings.LOCALE_PATHS = [locale]
    storm()
    recompute(STORM)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = tracked(client, promised, STORM)
    assert "Boats have stopped (strong wind); nobody knows yet until when." in page


def test_what_came_home_neither_counts_days_nor_asks_for_forms(client, played):
    before = tracked(client, played("checklist.given"), ACCEPTING)
    assert "填表，在手机上签" in before
    home = tracked(client, played("result.delivered"), STORM)
    assert "送到了" in home
    assert "填表，在手机上签" not in home
    assert 'class="clocks"' not in home
