from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.domain.planning.isles import a_day, agent, clock, halted, visit

from driftbox.domain.planning.check import violations
from driftbox.domain.planning.day import Left, Plan
from driftbox.domain.planning.lots import lots
from driftbox.domain.planning.search import plan_day
from driftbox.domain.text import Text

DAY = a_day(
    [agent("chen"), agent("hu")],
    [visit("v", "甲岛1"), visit("w", "大岛1"), visit("u", "乙岛2", people=1), visit("t", "大岛2", people=2)],
)


@pytest.fixture(scope="module")
def plan():
    left = count()
    made = plan_day(DAY, lots(1), lambda: next(left) < 30)
    assert not made.left
    assert not violations(made, DAY)
    return made


def codes(plan, day=DAY):
    return {one.code for one in violations(plan, day)}


def changed(plan, of, **more):
    """The plan with one part of its first round that ``of`` chooses told differently."""
    rounds = []
    for one in plan.rounds:
        moves = tuple(structs.replace(move, **more) if of(move) else move for move in one.moves)
        calls = tuple(structs.replace(call, **more) if of(call) else call for call in one.calls)
        rounds.append(structs.replace(one, moves=moves, calls=calls))
    return Plan(tuple(rounds), plan.left)


def boat(step):
    return getattr(step, "how", "") == "boat"


def seeing(visit_id):
    return lambda step: getattr(step, "visit", "") == visit_id


def test_a_boat_that_does_not_go_is_seen(plan):
    assert "boat" in codes(changed(plan, boat, trip="ghost"))


def test_a_boat_that_is_suspended_since_is_seen(plan):
    assert "boat" in codes(plan, structs.replace(DAY, suspended=(halted("甲岛"),)))


def test_a_visit_outside_its_hours_is_seen(plan):
    assert "window" in codes(changed(plan, seeing("w"), begin=clock("7:00"), end=clock("7:30")))


def test_a_visit_cut_short_is_seen(plan):
    short = {call.visit: call.begin for one in plan.rounds for call in one.calls}["w"]
    assert "too_short" in codes(changed(plan, seeing("w"), end=short + 5))


def test_a_shift_that_ends_before_the_way_home_is_seen(plan):
    agents = tuple(structs.replace(one, until=clock("9:00")) for one in DAY.agents)
    assert "shift" in codes(plan, structs.replace(DAY, agents=agents))


def test_one_alone_where_two_are_needed_is_seen(plan):
    first, *rest = plan.rounds
    assert "alone" in codes(Plan((structs.replace(first, calls=first.calls[:0], moves=()), *rest), plan.left))


def test_two_who_do_not_come_at_the_same_time_are_seen():
    day = a_day([agent("chen"), agent("hu")], [visit("t", "大岛2", people=2)])
    made = plan_day(day, lots(1), lambda: False)
    calls = tuple(structs.replace(one, begin=one.begin + 5, end=one.end + 5) for one in made.rounds[0].calls)
    assert "alone" in codes(Plan((structs.replace(made.rounds[0], calls=calls), made.rounds[1])), day)


def test_who_does_not_come_home_is_seen(plan):
    cut = [structs.replace(one, moves=one.moves[:-1]) for one in plan.rounds]
    assert "not_home" in codes(Plan(tuple(cut), plan.left))


def test_who_flies_is_seen(plan):
    assert codes(changed(plan, lambda step: getattr(step, "how", "") == "wheels", how="foot", arrive=0)) >= {"too_fast"}


def test_a_visit_that_is_lost_or_told_twice_is_seen(plan):
    assert "lost" in codes(plan, structs.replace(DAY, visits=(*DAY.visits, visit("x", "大岛1"))))
    assert "twice" in codes(Plan(plan.rounds, (Left("w", Text(zh="", en="")),)))
    assert "twice" in codes(Plan(plan.rounds, (Left("x", Text(zh="", en="")),) * 2),
                            structs.replace(DAY, visits=(*DAY.visits, visit("x", "大岛1"))))  # fmt: skip


def test_strangers_are_seen(plan):
    assert "unknown" in codes(Plan((structs.replace(plan.rounds[0], agent="nobody"), *plan.rounds[1:])))
    assert "unknown" in codes(Plan((*plan.rounds, plan.rounds[0])))
    assert "unknown" in codes(changed(plan, seeing("w"), visit="x"))


def test_somebody_elses_visit_is_seen(plan):
    visits = tuple(structs.replace(one, agents=("nobody",)) for one in DAY.visits)
    assert "not_theirs" in codes(plan, structs.replace(DAY, visits=visits))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_visit_moved_in_time_is_seen_unless_it_can_still_be_kept(plan, data):
    round_, one = data.draw(st.sampled_from([(round_, call) for round_ in plan.rounds for call in round_.calls]))
    by = data.draw(st.integers(-600, 600).filter(bool))
    begin, end = one.begin + by, one.end + by
    wanted = next(visit for visit in DAY.visits if visit.id == one.visit)
    leaves = min(move.depart for move in round_.moves if move.depart >= one.end)
    inside = any(opens <= begin and end <= shuts for opens, shuts in wanted.windows)
    can_be = inside and one.arrive <= begin and end <= leaves and wanted.people == 1
    assert bool(codes(changed(plan, seeing(one.visit), begin=begin, end=end))) is not can_be


def test_a_visit_moved_to_another_place_is_seen(plan):
    for one in (call for round_ in plan.rounds for call in round_.calls):
        assert "two_places" in codes(changed(plan, seeing(one.visit), place="丙岛3"))
