"""Days at the door, counted by hand on the Putuo feed: Zhangzhou to Baisha goes at 7, 9, 11, 14, 16 and 17:20."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.cast import PACK, PACK_PATH

from driftbox.domain.arrival.crossing import Crossings
from driftbox.domain.arrival.forecast import World, forecast, latest_decision
from driftbox.domain.arrival.hours import next_common, next_open
from driftbox.domain.arrival.renew import Renewal, renew
from driftbox.domain.arrival.way import Boats, Errand, Spot
from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.plan import Trip, plan_arrival
from driftbox.domain.ferry.service import Suspension
from driftbox.domain.text import Text
from driftbox.gateways.gtfs import load_feed

ZONE = ZoneInfo("Asia/Shanghai")
TABLE = load_feed(PACK_PATH / "timetable")
CALENDAR = Calendar(ZONE, {y: d.off for y, d in PACK.years.items()}, {y: d.work for y, d in PACK.years.items()})
WINDOWS = tuple(row for row in PACK.openings if row.what == "window")
SHIFTS = tuple(row for row in PACK.openings if row.what == "agent")


def spot(name, stop):
    return Spot(name=Text(zh=name, en=name), stop=stop, windows=WINDOWS, shifts=SHIFTS)


AWAY, HOME, TOWN = spot("樟州湾", "ZHANGZHOU"), spot("白沙", "BAISHA"), spot("区里", "BANSHENGDONG")


def at(month, day, hour, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def ask(begin, moment, **more):
    errand = Errand(begin=begin, at=moment, here=AWAY, office=HOME, department=TOWN, home=HOME, days=5)
    return structs.replace(errand, **more)


def world(**suspended):
    return World(crossings=Crossings(Boats(TABLE, suspended)), calendar=CALENDAR, rounds=PACK.rounds)


def stopped(since, until=None):
    """Nothing calls at Baisha."""
    return Suspension(kind="stop", id="BAISHA", since=since, until=until)


def moments(found):
    return [(step.what, step.start.strftime("%d %H:%M"), step.at.strftime("%d %H:%M")) for step in found.steps]


def test_a_wednesday_morning_box_goes_all_the_way_to_the_door():
    found = forecast(ask("box", at(5, 13, 8, 40)), world())
    assert moments(found)[:3] == [
        ("sail", "13 09:00", "13 09:20"),  # 8:40 and a quarter of an hour for closing is in time for 9:00
        ("collect", "13 09:50", "13 09:50"),
        ("window", "13 10:20", "13 10:20"),
    ]
    assert moments(found)[3] == ("decide", "13 10:20", "21 00:00")  # five working days: 14, 15, 18, 19 and 20 May
    assert moments(found)[4] == ("fetch", "21 00:00", "21 08:30")
    # 8:30 fetched, 9:00 at the pier, 9:15 the box is closed; by land to Wugongzhi, on the 10:30 boat
    assert moments(found)[5:7] == [("walk", "21 09:50", "21 10:30"), ("sail", "21 10:30", "21 10:45")]
    assert moments(found)[7] == ("deliver", "21 11:15", "21 12:15")
    assert (found.day, found.unknown, found.subject_to_boats) == (date(2026, 5, 21), None, False)
    assert found.steps[0].said.zh == "坐朱家尖樟州湾码头 5月13日 周三 9:00 的船，9:20 到白沙岛码头"
    assert found.steps[0].why == Text(zh="8:45 前放进箱，赶得上", en="In the box by 8:45, it is in time")
    assert found.steps[-1].said == Text(zh="5月21日 周四 送到家门口", en="At the door on Thursday 21 May")


def test_a_box_that_misses_its_boat_by_a_minute_takes_the_next():
    assert moments(forecast(ask("box", at(5, 13, 8, 46)), world()))[0] == ("sail", "13 11:00", "13 11:20")


def test_with_the_last_boat_gone_it_waits_for_the_morning():
    found = forecast(ask("box", at(5, 13, 17, 6)), world())
    assert moments(found)[:3] == [
        ("sail", "14 07:00", "14 07:20"),
        ("collect", "14 07:50", "14 08:00"),  # nobody is on shift before eight
        ("window", "14 08:30", "14 08:30"),
    ]
    assert found.steps[1].why == Text(zh="代办员 8:00 才当班", en="No agent is on shift before 8:00")


def test_over_a_weekend_the_volunteer_collects_and_the_window_waits_for_monday():
    found = forecast(ask("box", at(5, 15, 17)), world())  # Friday, in time for 17:20
    assert moments(found)[:3] == [
        ("sail", "15 17:20", "15 17:40"),
        ("collect", "15 18:10", "16 08:00"),
        ("window", "16 08:30", "18 08:30"),
    ]
    assert found.steps[2].why == Text(
        zh="5月16日到5月17日休息，窗口不开",
        en="the window is shut on 16 May to 17 May, days of rest",
    )


def test_the_autumn_holiday_shuts_the_window_and_a_made_up_saturday_opens_it():
    found = forecast(ask("box", at(9, 30, 16)), world())  # 17:40 on Baisha, after the window; then seven days off
    window = next(step for step in found.steps if step.what == "window")
    assert window.at == at(10, 8, 8, 30)
    decided = next(step for step in found.steps if step.what == "decide")
    assert decided.at == at(10, 15, 0)  # 9, 10 (a Saturday that is worked), 12, 13, 14 October
    assert found.day == date(2026, 10, 15)


def test_what_is_aboard_arrives_when_its_boat_does():
    found = forecast(ask("aboard", at(5, 13, 9, 10), sailed=at(5, 13, 9)), world())
    assert moments(found)[0] == ("sail", "13 09:00", "13 09:20")
    late = forecast(ask("aboard", at(5, 13, 9, 55), sailed=at(5, 13, 9)), world())
    assert moments(late)[1] == ("collect", "13 10:25", "13 10:25")  # not landed yet, so not before now


def test_a_storm_holds_the_box_until_boats_sail_again_and_says_so():
    storm = stopped(at(5, 13, 0), at(5, 14, 12))
    found = forecast(ask("box", at(5, 13, 8, 40)), world(storm=storm))
    assert moments(found)[0] == ("sail", "14 14:00", "14 14:20")
    assert (found.subject_to_boats, found.held_by) == (True, ("storm",))
    assert found.day == date(2026, 5, 22)


def test_a_storm_with_no_end_leaves_the_day_unknown_and_says_why():
    found = forecast(ask("box", at(5, 13, 8, 40)), world(storm=stopped(at(5, 13, 0))))
    assert (found.day, found.held_by) == (None, ("storm",))
    assert found.unknown is not None
    assert found.unknown.zh == "从樟州湾到白沙，没有查到能坐的船，说不准哪天到"


def test_a_storm_elsewhere_or_over_by_then_changes_nothing():
    calm = forecast(ask("box", at(5, 13, 8, 40)), world())
    elsewhere = Suspension(kind="route", id="DJ1", since=at(5, 13, 0))
    over = stopped(at(5, 12, 0), at(5, 13, 6))
    assert forecast(ask("box", at(5, 13, 8, 40)), world(a=elsewhere, b=over)) == calm


def test_a_pier_a_window_or_a_number_of_days_that_nobody_states_is_never_guessed():
    nowhere = structs.replace(HOME, stop="")
    shut = structs.replace(HOME, windows=())
    off = structs.replace(HOME, shifts=())
    for change in ({"office": nowhere}, {"office": shut}, {"home": off}, {"days": None}):
        found = forecast(ask("box", at(5, 13, 8, 40), **change), world())
        assert found.day is None
        assert found.unknown is not None


def test_without_water_in_between_no_boat_is_needed():
    found = forecast(ask("box", at(5, 13, 8, 40), here=TOWN, office=TOWN, home=TOWN), world())
    assert (found.by_boat, found.day) == (False, date(2026, 5, 21))


def test_a_year_without_its_days_off_makes_the_day_provisional():
    found = forecast(ask("box", at(12, 28, 8, 40)), world())
    assert found.day is not None
    assert (found.day.year, found.provisional) == (2027, True)


def test_the_last_decision_that_is_in_time_is_the_working_day_before():
    errand = ask("decide", at(5, 13, 12))
    assert latest_decision(errand, world(), date(2026, 5, 21)) == date(2026, 5, 20)
    assert latest_decision(errand, world(), date(2026, 5, 18)) == date(2026, 5, 15)
    assert latest_decision(errand, world(), date(2026, 5, 13)) is None


def test_windows_shut_at_noon_and_shifts_meet_windows():
    assert next_open(WINDOWS, at(5, 13, 11, 30), CALENDAR) == at(5, 13, 14)
    assert next_common(WINDOWS, SHIFTS, at(5, 16, 9), CALENDAR) == at(5, 18, 8, 30)
    assert next_open((), at(5, 13, 9), CALENDAR) is None


MINUTES = st.integers(0, 60 * 24 * 21).map(lambda n: at(5, 8, 0).timestamp() + 60 * n)
INSTANTS = MINUTES.map(lambda seconds: datetime.fromtimestamp(seconds, ZONE))


@st.composite
def suspensions(draw):
    since = draw(INSTANTS)
    until = draw(st.one_of(st.none(), INSTANTS.filter(lambda moment: moment > since)))
    kind, name = draw(
        st.sampled_from([("stop", "BAISHA"), ("stop", "WUGONGZHI"), ("route", "BS1"), ("route", "BS2"),
                         ("trip", "BS1-0-0900"), ("trip", "BS2-0-1030")])
    )  # fmt: skip
    return Suspension(kind=kind, id=name, since=since, until=until)


BEGINS = st.sampled_from(["box", "landed", "collected", "window", "decide", "fetch", "carried"])


@settings(max_examples=60, deadline=None)
@given(BEGINS, INSTANTS, st.lists(suspensions(), max_size=3), st.integers(0, 4))
def test_a_suspension_never_makes_the_day_earlier_and_no_step_takes_a_boat_that_does_not_sail(
    begin, moment, halts, days
):
    errand = ask(begin, moment, days=days)
    calm, held = forecast(errand, world()), forecast(errand, world(**{f"s{n}": one for n, one in enumerate(halts)}))
    assert calm.day is not None
    assert held.day is None or held.day >= calm.day
    assert held.subject_to_boats == (held.steps != calm.steps)
    for step in held.steps:
        assert step.start <= step.at
        assert not any(sails_not(one, step) for one in halts)


def sails_not(one, step):
    inside = {
        "route": (one.id == step.route, step.start),
        "trip": (one.id == step.trip, step.start),
        "stop": (step.what == "sail" and one.id in step.stops, step.start if one.id == step.stops[0] else step.at),
    }
    named, instant = inside[one.kind]
    return named and one.since <= instant and (one.until is None or instant < one.until)


@settings(max_examples=40, deadline=None)
@given(st.lists(INSTANTS, min_size=1, max_size=5), st.lists(suspensions(), max_size=3))
def test_what_is_kept_of_a_crossing_is_what_a_fresh_plan_finds(asked, halts):
    crossings = Crossings(Boats(TABLE, {f"s{n}": one for n, one in enumerate(halts)}))
    for ready in asked:
        try:
            fresh = plan_arrival(TABLE, Trip(origin="DUNTOU", target="BAISHA", suspensions=tuple(halts)), ready).legs
        except NotFound:
            fresh = None
        assert crossings.legs("DUNTOU", "BAISHA", ready, box=False) == fresh


DUE = date(2026, 5, 21)


def renewed(moment, *, moved=False, begin="decide", **suspended):
    return renew(ask(begin, moment), world(**suspended), DUE, moved=moved)


def test_a_promise_stands_while_its_own_boat_sails_whatever_else_does_not():
    assert renewed(at(5, 13, 12)) == Renewal(due=DUE)
    assert renewed(at(5, 13, 12), storm=stopped(at(5, 13, 0), at(5, 19, 0))) == Renewal(due=DUE)


def test_a_storm_on_the_day_of_its_boat_moves_the_promise_to_the_first_boat_after():
    # decided by Wednesday 20 May, fetched on the 21st; boats again on Friday evening, on shift again on Saturday
    storm = stopped(at(5, 20, 0), at(5, 22, 17))
    assert renewed(at(5, 13, 12), storm=storm) == Renewal(
        due=date(2026, 5, 23), subject_to_boats=True, halts=("storm",)
    )


def test_a_storm_without_end_leaves_the_promise_open_and_keeps_the_day_given():
    storm = stopped(at(5, 13, 0))
    held = Renewal(due=DUE, subject_to_boats=True, open_ended=True, halts=("storm",))
    assert renewed(at(5, 13, 12), storm=storm) == held


def test_when_boats_go_again_the_day_given_holds_if_it_still_can():
    over = stopped(at(5, 13, 0), at(5, 16, 0))
    assert renewed(at(5, 16, 8), moved=True, over=over) == Renewal(due=DUE)
    late = stopped(at(5, 13, 0), at(5, 22, 12))
    # fetched on Friday at 14:00; the box closed at 14:45; over land to Wugongzhi, the 15:30 boat, at the door by 17:15
    assert renewed(at(5, 22, 12), moved=True, begin="fetch", late=late) == Renewal(due=date(2026, 5, 22))


def test_what_other_things_delay_moves_no_promise():
    assert renewed(at(6, 1, 9), begin="fetch") == Renewal(due=DUE)


@settings(max_examples=60, deadline=None)
@given(INSTANTS, st.lists(suspensions(), max_size=3), st.sampled_from(["decide", "fetch", "carried"]), st.booleans())
def test_no_promise_ever_becomes_earlier_than_the_day_given(moment, halts, begin, moved):
    new = renewed(moment, moved=moved, begin=begin, **{f"s{n}": one for n, one in enumerate(halts)})
    assert new.due >= DUE
    assert new.subject_to_boats == bool(new.halts)


@pytest.mark.parametrize("row", PACK.openings, ids=lambda row: f"{row.office}-{row.what}")
def test_every_opening_of_the_pack_is_marked_as_the_choice_it_is(row):
    assert row.illustrative
