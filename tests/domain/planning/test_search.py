from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.domain.planning.isles import ISLES, a_day, agent, clock, exact, halted, visit

from driftbox.domain.planning.check import violations
from driftbox.domain.planning.day import Plan
from driftbox.domain.planning.lots import lots
from driftbox.domain.planning.search import plan_day, settle


def planned(day, turns=60):
    left = count()
    return plan_day(day, lots(7), lambda: next(left) < turns)


def cost(plan):
    return len(plan.left), plan.away


@pytest.mark.parametrize("seed", range(8))
def test_a_small_day_is_planned_as_well_as_by_trying_everything(seed):
    draw = lots(seed)
    agents = [agent("chen"), agent("hu", "甲岛0"), agent("wang", "大岛1", until="16:00")][: 2 + seed % 2]
    visits = [visit(f"v{number}", f"{ISLES[draw(4)]}{draw(4)}", 20 + 20 * draw(3)) for number in range(5 + seed % 2)]
    day = a_day(agents, visits)
    plan = planned(day)
    assert not violations(plan, day)
    assert cost(plan) == exact(day)


places = st.builds("{}{}".format, st.sampled_from(ISLES), st.integers(0, 3))
spans = st.tuples(st.integers(8, 15), st.integers(1, 5)).map(lambda span: (span[0] * 60, (span[0] + span[1]) * 60))
people = st.lists(st.tuples(places, st.sampled_from(("8:00", "10:15")), st.sampled_from(("15:00", "17:30"))),
                  min_size=1, max_size=4)  # fmt: skip
calls = st.lists(st.tuples(places, st.integers(10, 90), st.lists(spans, min_size=1, max_size=2, unique=True),
                           st.integers(1, 2)), min_size=1, max_size=9)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(people, calls, st.lists(st.sampled_from(ISLES), max_size=2, unique=True))
def test_every_plan_can_be_kept(who, wanted, shut):
    agents = [agent(f"a{n}", place, since, until) for n, (place, since, until) in enumerate(who)]
    visits = [
        visit(f"v{n}", place, minutes, windows=tuple(sorted(windows)), people=by)
        for n, (place, minutes, windows, by) in enumerate(wanted)
    ]
    day = a_day(agents, visits, map(halted, shut))
    plan = planned(day, 8)
    assert violations(plan, day) == ()
    assert cost(plan) <= cost(planned(day, 0))
    again = settle(day, [(one.agent, [call.visit for call in one.calls]) for one in plan.rounds])
    assert violations(again, day) == ()


def test_two_go_together_and_begin_at_the_same_minute():
    day = a_day([agent("chen"), agent("hu", "大岛2")], [visit("v", "大岛1", people=2), visit("w", "大岛0")])
    plan = planned(day)
    assert not plan.left
    assert len({call.begin for one in plan.rounds for call in one.calls if call.visit == "v"}) == 1


def test_what_is_fixed_to_an_agent_and_a_minute_stays_there():
    visits = [visit("v", "大岛1", agents=("hu",), begin=clock("14:00")), visit("w", "大岛2"), visit("u", "甲岛1")]
    day = a_day([agent("chen"), agent("hu")], visits)
    plan = planned(day)
    held = [(one.agent, call.begin) for one in plan.rounds for call in one.calls if call.visit == "v"]
    assert (held, plan.left) == ([("hu", clock("14:00"))], ())


def test_a_suspended_boat_is_named_as_the_reason():
    day = a_day([agent("chen")], [visit("v", "甲岛1"), visit("w", "大岛1")], [halted("甲岛")])
    plan = planned(day)
    assert [one.visit for one in plan.left] == ["v"]
    assert plan.left[0].why.zh == "周五去甲岛1的船停航"


@pytest.mark.parametrize(
    ("agents", "wanted", "why"),
    [
        ([], visit("v", "大岛1"), "没有人当班"),
        ([agent("chen")], visit("v", "大岛1", agents=("hu",)), "这天都不当班"),
        ([agent("chen")], visit("v", "大岛1", people=2), "凑不出两个人"),
        ([agent("chen", since="15:00")], visit("v", "甲岛1"), "没有船到甲岛1"),
        ([agent("chen", until="9:30")], visit("v", "甲岛1"), "赶不回来"),
        ([agent("chen")], visit("v", "甲岛1", windows=((500, 540),)), "赶不上说好的时间"),
    ],
)
def test_what_cannot_be_is_explained(agents, wanted, why):
    plan = planned(a_day(agents, [wanted]))
    assert why in plan.left[0].why.zh


def test_more_than_a_day_holds_says_that_one_more_person_could_go():
    day = a_day([agent("chen")], [visit(f"v{n}", "大岛1", 120) for n in range(5)])
    plan = planned(day)
    assert {one.why.zh for one in plan.left} == {"这天的人手都排满了，再多一个人就能去"}


def test_who_was_chosen_alone_and_is_full_is_told_so():
    day = a_day([agent("chen"), agent("hu")], [visit(f"v{n}", "大岛1", 120, agents=("chen",)) for n in range(5)])
    assert {one.why.zh for one in planned(day).left} == {"他这天排满了，换个人就能去"}


def test_nobody_is_planned_for_an_address_outside_and_the_rest_of_the_day_stands():
    day = a_day([agent("chen")], [visit("v", "大岛1", outside=True), visit("w", "大岛1")])
    plan = planned(day)
    assert [(one.visit, "不在这些岛上" in one.why.zh) for one in plan.left] == [("v", True)]
    assert violations(plan, day) == ()


def test_a_day_without_anything_has_no_rounds():
    assert planned(a_day([agent("chen")], [])) == Plan()


def test_settling_moves_nobody_who_still_fits():
    day = a_day([agent("chen"), agent("hu")], [visit("v", "大岛1"), visit("w", "大岛2"), visit("u", "大岛0")])
    plan = settle(day, [("hu", ["w", "v", "u"])])
    assert [(one.agent, [call.visit for call in one.calls]) for one in plan.rounds] == [("hu", ["w", "v", "u"])]


def test_who_is_under_way_goes_on_from_there_and_comes_home():
    away = agent("chen", "甲岛1", since="12:00", home="大岛0")
    day = a_day([away], [visit("v", "甲岛2")])
    plan = planned(day)
    assert not violations(plan, day)
    assert plan.rounds[0].moves[0].ends[0] == "甲岛1"
    assert plan.rounds[0].moves[-1].ends[1] == "大岛0"
    nothing_left = a_day([away], [])
    home = planned(nothing_left)
    assert not violations(home, nothing_left)
    assert [len(one.calls) for one in home.rounds] == [0]


def test_who_cannot_come_home_is_named_and_given_no_round():
    away = agent("chen", "甲岛1", since="12:00", home="大岛0")
    day = a_day([away, agent("hu")], [visit("v", "大岛1")], [halted("甲岛")])
    plan = planned(day)
    assert plan.stuck == ("chen",)
    assert [one.agent for one in plan.rounds] == ["hu"]
    assert not violations(plan, day)
    assert [one.code for one in violations(structs.replace(plan, stuck=()), day)] == ["not_home"]
