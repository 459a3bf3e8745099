"""Rosters: nobody without rest, nobody in two places, and every shift staffed or named as missing."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.planning.roster import ALL_WEEK, Duty, Member, RosterRules, Shift, Task, plain_roster
from driftbox.domain.planning.roster_check import impossible, shortfalls, spread, unstaffed_hours, violations
from driftbox.domain.text import Text
from driftbox.gateways.roster import PlainRosterMaker, is_installed

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), {2026: frozenset({date(2026, 6, 19)})}, {})
MONDAY = date(2026, 6, 1)


def name(words):
    return Text(zh=words, en=words)


NIGHT = Shift(code="N", name=name("夜班"), since=time(0), until=time(8), night=True)
DAY = Shift(code="D", name=name("白班"), since=time(8), until=time(16), people=2, skills={"clerk": 1})
EVENING = Shift(code="E", name=name("晚班"), since=time(16), until=time(0))
RULES = RosterRules(office="C-BS", shifts=(NIGHT, DAY, EVENING), per_week=5, all_day=True)


def people(count, **more):
    return tuple(Member(person=f"p{n:02}", skills=frozenset({"clerk"}), **more) for n in range(count))


def task(members, *, rules=RULES, days=30, **more):
    return Task(rules=rules, members=members, days=tuple(MONDAY + timedelta(n) for n in range(days)),
                calendar=CALENDAR, **more)  # fmt: skip


def makers():
    found = [PlainRosterMaker()]
    if is_installed():
        module = pytest.importorskip("driftbox.gateways.roster_cpsat")
        found.append(module.CpSatRosterMaker())
    return found


@pytest.fixture(params=makers(), ids=lambda one: one.name)
def maker(request):
    return request.param


def test_ten_people_staff_every_working_day_round_the_clock(maker):
    asked = task(people(10))
    made = maker.make(asked, 1)
    assert violations(asked, made) == ()
    assert {duty.day.isoweekday() for duty in made} == {1, 2, 3, 4, 5}
    assert date(2026, 6, 19) not in {duty.day for duty in made}


def test_shifts_and_nights_are_shared_out_evenly(maker):
    asked = task(people(10))
    shifts, nights = spread(asked, maker.make(asked, 1))
    assert shifts <= 2
    assert nights <= 1


def test_who_had_more_nights_before_has_fewer_now(maker):
    tired = Member(person="tired", skills=frozenset({"clerk"}), nights=6, duties=10)
    asked = task((*people(9), tired))
    nights = Counter(duty.person for duty in maker.make(asked, 1) if duty.shift == "N")
    assert nights["tired"] < min(nights[one.person] for one in asked.members if one.person != "tired")


def test_a_fixed_person_has_only_that_shift_and_only_when_a_boat_goes(maker):
    fixed = Member(person="fixed", skills=frozenset({"clerk"}), fixed="D", weekdays=frozenset({2, 4}))
    asked = task((*people(9), fixed))
    own = [duty for duty in maker.make(asked, 1) if duty.person == "fixed"]
    assert own
    assert {duty.shift for duty in own} == {"D"}
    assert {duty.day.isoweekday() for duty in own} <= {2, 4}


def test_too_few_people_leave_shifts_open_and_each_is_named_with_the_rules(maker):
    asked = task(people(3, off=frozenset({date(2026, 6, 10)})))
    made = maker.make(asked, 1)
    open_shifts = shortfalls(asked, made)
    assert {one.rule for one in violations(asked, made)} <= {"people", "skill"}
    on_leave = [one for one in open_shifts if one.day == date(2026, 6, 10)]
    assert [one.shift for one in on_leave if not one.skill] == ["N", "D", "E"]
    assert all(one.why == (("leave", 3),) for one in on_leave)
    assert {one.what for one in impossible(asked)} == {"shifts"}


def test_what_stood_before_the_month_counts(maker):
    late = Duty(MONDAY - timedelta(1), "E", "p00")
    asked = task(people(10), before=(late,))
    made = maker.make(asked, 1)
    assert Duty(MONDAY, "N", "p00") not in made
    assert violations(asked, made) == ()


def test_what_a_person_has_set_stays(maker):
    kept = (Duty(MONDAY, "N", "p03"), Duty(date(2026, 6, 12), "E", "p04"))
    asked = task(people(10), kept=kept)
    assert set(kept) <= set(maker.make(asked, 1))


@pytest.mark.parametrize(
    ("duties", "rule"),
    [
        ([Duty(MONDAY, "D", "p00"), Duty(MONDAY, "E", "p00")], "twice"),
        ([Duty(MONDAY, "E", "p00"), Duty(MONDAY + timedelta(1), "N", "p00")], "rest"),
        ([Duty(MONDAY, "N", "p00"), Duty(MONDAY + timedelta(1), "N", "p00")], "rest"),
        ([Duty(MONDAY, "D", "nobody")], "unknown_person"),
        ([Duty(MONDAY, "X", "p00")], "unknown_shift"),
        ([Duty(date(2026, 6, 6), "D", "p00")], "no_such_slot"),
        ([Duty(MONDAY + timedelta(n), "D", "p00") for n in range(5)] + [Duty(date(2026, 6, 6), "S", "p00")], "week"),
    ],
)
def test_a_broken_rule_is_found(duties, rule):
    saturday = Shift(code="S", name=name("周末"), since=time(8), until=time(16), days="rest")
    rules = RosterRules(office="C-BS", shifts=(NIGHT, DAY, EVENING, saturday), per_week=5)
    assert rule in {one.rule for one in violations(task(people(2), rules=rules, days=7), duties)}


def test_nights_one_after_the_other_are_counted():
    rules = RosterRules(office="C-BS", shifts=(NIGHT,), rest_after_night=0, rest_hours=0, nights_running=2)
    asked = task(people(1), rules=rules, days=5)
    made = plain_roster(asked)
    assert [duty.day.isoweekday() for duty in made] == [1, 2, 4, 5]


@pytest.mark.parametrize(
    ("shifts", "gaps"),
    [
        ((NIGHT, DAY, EVENING), ()),
        ((DAY,), ((0, 480), (960, 1440))),
        ((DAY, Shift(code="L", name=name("夜"), since=time(16), until=time(8))), ()),
    ],
)
def test_hours_without_a_shift_are_found(shifts, gaps):
    assert unstaffed_hours(RosterRules(office="C-BS", shifts=shifts)) == gaps


def test_rules_that_nobody_could_keep_are_named_before_anything_is_made():
    assert [one.what for one in impossible(task(()))] == ["nobody"]
    alone = (Member(person="p", fixed="D"),)
    assert {(one.what, one.shift) for one in impossible(task(alone))} >= {("people", "N"), ("skill", "D")}


MEMBERS = st.lists(
    st.builds(
        Member, person=st.integers(0, 99).map("p{}".format),
        skills=st.sampled_from([frozenset(), frozenset({"clerk"})]),
        fixed=st.sampled_from(["", "", "", "D", "N"]),
        weekdays=st.sampled_from([ALL_WEEK, frozenset({1, 3, 5}), frozenset({2})]),
        off=st.frozensets(st.integers(0, 13).map(lambda n: MONDAY + timedelta(n)), max_size=5),
        nights=st.integers(0, 1), duties=st.integers(0, 20),
    ),
    max_size=9, unique_by=lambda one: one.person,
)  # fmt: skip
SHIFTS = st.sampled_from([
    (NIGHT, DAY, EVENING),
    (Shift(code="L", name=name("长夜"), since=time(17), until=time(8), days="every", night=True), DAY),
])  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(members=MEMBERS, shifts=SHIFTS, rest=st.integers(0, 24), after=st.integers(0, 48), week=st.integers(1, 6))
def test_nobody_is_on_duty_without_rest_or_in_two_places_and_what_is_open_is_named(members, shifts, rest, after, week):
    rules = RosterRules(office="C-BS", shifts=shifts, rest_hours=rest, rest_after_night=after, per_week=week)
    asked = task(tuple(members), rules=rules, days=14)
    made = plain_roster(asked)
    broken = violations(asked, made)
    assert {one.rule for one in broken} <= {"people", "skill"}
    spans = {shift.code: shift for shift in shifts}
    by_person: dict[str, list[tuple[datetime, datetime, bool]]] = {}
    for duty in made:
        shift = spans[duty.shift]
        since = datetime.combine(duty.day, shift.since)
        until = datetime.combine(duty.day + timedelta(shift.until <= shift.since), shift.until)
        by_person.setdefault(duty.person, []).append((since, until, shift.night))
    for own in by_person.values():
        for (_since, until, night), (since, _until, _night) in zip(sorted(own), sorted(own)[1:], strict=False):
            assert since - until >= timedelta(hours=after if night else rest)
    on = Counter((duty.day, duty.shift) for duty in made)
    named = {(one.day, one.shift): one.missing for one in shortfalls(asked, made) if not one.skill}
    for slot in asked.slots():
        key = slot.day, slot.shift.code
        assert on[key] + named.get(key, 0) >= slot.shift.people
    assert not any(one.free for one in shortfalls(asked, made) if not one.skill)
