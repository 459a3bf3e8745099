"""Days that do not go as planned: boats that stop in the morning, people who moved away; nothing is lost."""

from datetime import datetime, timedelta

import pytest
from tests.apps.test_rounds import FRIDAY, MORNING, THURSDAY, ZONE, house, proposed

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.rounds import actions
from driftbox.apps.rounds.addresses import is_elsewhere
from driftbox.apps.rounds.queries import sent_to, sheet_of
from driftbox.apps.rounds.sheet import Held
from driftbox.apps.rounds.world import day_of
from driftbox.apps.sailings.actions import suspend
from driftbox.domain.docket.visit_entries import VisitMade
from driftbox.domain.planning.check import violations

__all__ = ["house"]


def asked_for(stage, hu, address="", office="C-BS"):
    caller = Particulars(name="庄秀英", phone="13800000722", address=address)
    call = Call(matter="LL-YOUDAI", words="请来一趟", caller=caller, office=office)
    docket = take_call(call, recorder=stage.staff["lin"].person, now=THURSDAY)
    actions.wish(hu, docket.id, "once", now=THURSDAY)
    return docket.id


def test_boats_that_stop_on_friday_morning_leave_what_can_be_reached_and_say_why_not_the_rest(house, stage):
    director = staff_viewer(stage.staff["xu"])
    asked_for(stage, director, office="ST06")
    sheet = actions.propose(director, FRIDAY, version=0, now=THURSDAY, seconds=0.3)
    sent = actions.send(director, FRIDAY, version=sheet.version, now=THURSDAY)
    before = set(sent.why)
    crew = stage.staff["fang"].person
    for stop in ("BAISHA", "ZHANGZHOU"):
        suspend("stop", stop, since=datetime(2026, 5, 22, 6, 0, tzinfo=ZONE), cause="wind", by=crew, role="crew",
                now=MORNING - timedelta(hours=2))  # fmt: skip
    after = actions.propose(director, FRIDAY, version=sent.version, now=MORNING, seconds=0.3)
    told = {call.visit for _round, call in after.calls()} | {one.visit for one in after.plan.left}
    assert told == before
    assert all(one.why.zh and one.why.en for one in after.plan.left)
    day = day_of(director, FRIDAY, after.held, after.heres, now=MORNING)
    assert violations(after.plan, day) == ()
    assert all(one.leave >= 9 * 60 + 40 for one in after.plan.rounds)


def test_the_new_plan_begins_where_somebody_is_and_what_agents_have_stays_until_it_is_sent(house, stage):
    hu, docket = house
    other = asked_for(stage, hu)
    sheet = actions.send(hu, FRIDAY, version=proposed(hu).version, now=THURSDAY)
    agent = sheet.plan.rounds[0].agent
    first = sheet.plan.rounds[0].calls[0].visit
    name = next(one for one in stage.staff.values() if one.person == agent)
    actions.made(staff_viewer(name), first, VisitMade(outcome="done"), now=MORNING)
    suspend("stop", "BAISHA", since=MORNING, cause="fog", by=stage.staff["fang"].person, role="crew", now=MORNING)
    after = actions.propose(hu, FRIDAY, version=sheet.version, now=MORNING, seconds=0.2)
    assert after.heres[agent][0] == load(first).docket.office
    assert {call.visit for _round, call in after.calls()} <= {docket, other} - {first}
    assert sent_to(agent, FRIDAY)[0].calls[0].visit == first
    assert not after.sent


@pytest.mark.parametrize(
    ("address", "elsewhere"),
    [
        ("上海市浦东新区浦东南路 1 号", True), ("江苏省南通市", True), ("浙江省宁波市北仑区", True),
        ("浙江省舟山市普陀区白沙岛", False), ("舟山市普陀区", False), ("白沙岛 3 号", False), ("东港菜市场边上", False),
        ("", False), ("12 Pier Road", False),
    ],
)  # fmt: skip
def test_an_address_of_another_province_or_town_is_seen(stage, address, elsewhere):
    assert is_elsewhere(address) is elsewhere


def test_nobody_is_sent_to_an_address_outside_until_a_person_says_who_goes(house, stage):
    hu, docket = house
    gone = asked_for(stage, hu, address="上海市浦东新区")
    sheet = proposed(hu)
    assert [(one.visit, one.why.zh[:11]) for one in sheet.plan.left] == [(gone, "登记的住址不在这些岛上")]
    assert {call.visit for _round, call in sheet.calls()} == {docket}
    after = actions.change(hu, FRIDAY, gone, Held(agents=(stage.staff["yu"].person,)), version=sheet.version,
                           now=THURSDAY)  # fmt: skip
    assert gone in {call.visit for _round, call in after.calls()}
    assert sheet_of(hu, FRIDAY).plan.left == ()
    assert "上海" not in str(sheet)
