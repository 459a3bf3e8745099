"""Delays call by call, as GTFS-Realtime has them: each holds on, past skipped calls, until another is told."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.board import board_lines, next_sailings
from driftbox.domain.ferry.delays import CallNews, Written, delays_of, same_everywhere
from driftbox.domain.ferry.plan import Trip, plan_arrival
from driftbox.domain.ferry.service import Call, CallShift, DayChange, Sailing, Service, Stop
from driftbox.domain.ferry.timetable import Timetable

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 6, 1)
CALLS = tuple(Written(stop, 1000 * n, 1000 * n + 100, 10 * n) for n, stop in enumerate("ABCAD"))


def told(*news, late=0):
    changes = delays_of(CALLS, news, late)
    return changes and [(one.arrive, one.depart, one.skipped) for one in changes]


@pytest.mark.parametrize(
    ("news", "changes"),
    [
        ([CallNews(sequence=10, depart_late=60)], [(0, 0), (0, 60), (60, 60), (60, 60), (60, 60)]),
        ([CallNews(stop="B", arrive_late=60)], [(0, 0), (60, 60), (60, 60), (60, 60), (60, 60)]),
        ([CallNews(stop="B", arrive_late=60, depart_late=0)], [(0, 0), (60, 0), (0, 0), (0, 0), (0, 0)]),
        ([CallNews(stop="C", arrive_at=2300)], [(0, 0), (0, 0), (300, 300), (300, 300), (300, 300)]),
        ([CallNews(stop="C", arrive_late=5, arrive_at=2300)], [(0, 0), (0, 0), (300, 300), (300, 300), (300, 300)]),
        (
            [
                CallNews(stop="A", depart_late=60),
                CallNews(stop="C", state="unknown"),
                CallNews(stop="A", depart_late=9),
            ],
            [(0, 60), (60, 60), (0, 0), (0, 9), (9, 9)],
        ),
        ([], [(0, 0)] * 5),
    ],
)
def test_a_delay_holds_until_another_is_told(news, changes):
    assert told(*news) == [(*change, False) for change in changes]


def test_a_delay_goes_on_past_a_call_that_is_skipped():
    found = told(CallNews(stop="A", depart_late=60), CallNews(sequence=20, state="skipped"))
    assert found == [(0, 60, False), (60, 60, False), (60, 60, True), (60, 60, False), (60, 60, False)]


def test_a_delay_of_the_whole_trip_counts_where_no_call_is_told_of():
    assert same_everywhere(delays_of(CALLS, (), 700)) == 700
    assert told(CallNews(stop="D", arrive_late=5), late=700)[0] == (0, 0, False)


@pytest.mark.parametrize("news", [[CallNews(stop="Z", depart_late=1)], [CallNews(sequence=7, depart_late=1)],
                                  [CallNews(stop="C", depart_late=1), CallNews(stop="B", depart_late=1)]])  # fmt: skip
def test_news_of_a_call_that_the_boat_has_not_say_nothing(news):
    assert told(*news) is None


STOPS = [Stop(id=one, names=(f"{one}码头",), station=one) for one in ("TOWN", "ROCK", "REEF")]
DAILY = Service(weekdays=frozenset(range(7)), since=date(2026, 1, 1), until=date(2026, 12, 31))
LINE = (Call("TOWN", 28800, 28800), Call("ROCK", 30000, 30300), Call("REEF", 32400, 32400))
TABLE = Timetable(
    STOPS,
    [Sailing(trip="EIGHT", route="LINE", service="D", calls=LINE),
     Sailing(trip="NOON", route="LINE", service="D",
             calls=tuple(call._replace(arrive=call.arrive + 14400, depart=call.depart + 14400) for call in LINE))],
    {"D": DAILY}, [], ZONE.key,
)  # fmt: skip


def at(clock):
    return datetime(2026, 6, 1, *map(int, clock.split(":")), tzinfo=ZONE)


def arrival(table, origin, target, clock="6:00"):
    try:
        return f"{plan_arrival(table, Trip(origin=origin, target=target), at(clock)).arrive:%H:%M}"
    except NotFound:
        return ""


def changed(*calls):
    return TABLE.changed({DAY: DayChange(calls={"EIGHT": tuple(CallShift(*call) for call in calls)})})


def test_plan_and_board_take_each_call_at_its_own_delay():
    table = changed((0, 0), (600, 900), (1200, 1200))
    assert arrival(table, "TOWN", "ROCK") == "08:30"
    assert arrival(table, "ROCK", "REEF", "8:35") == "09:20"
    (boat,) = next_sailings(table, Trip(origin="ROCK", target="REEF"), at("8:35"), 1)
    assert (f"{boat.depart:%H:%M}", table.shift_at("EIGHT", DAY, "ROCK").depart) == ("08:40", 900)
    assert arrival(table, "TOWN", "ROCK", "9:00") == "12:20"


def test_at_a_skipped_pier_nobody_boards_or_alights_and_the_boat_goes_on():
    table = changed((0, 0), (0, 0, True), (0, 0))
    assert (arrival(table, "TOWN", "ROCK"), arrival(table, "TOWN", "REEF")) == ("12:20", "09:00")
    assert arrival(table, "ROCK", "REEF", "8:00") == "13:00"


def test_the_board_of_a_pier_that_is_passed_by_says_so():
    table = changed((0, 0), (0, 600, True), (600, 600))
    skipped, noon = board_lines(table, Trip(origin="ROCK", target=""), at("8:00"), 2)
    assert (f"{skipped.boat.depart:%H:%M}", skipped.halted.reason) == ("08:35", "skipped")
    assert (noon.boat.trip, noon.halted) == ("NOON", None)
    town = board_lines(table, Trip(origin="TOWN", target=""), at("7:00"), 1)[0]
    assert (f"{town.boat.arrive:%H:%M}", town.halted) == ("09:10", None)
    assert table.without_skips().without_skips() is not table
    assert TABLE.without_skips() is TABLE


SHIFTS = st.tuples(st.integers(-3600, 7200), st.integers(-3600, 7200), st.booleans())


@given(SHIFTS, SHIFTS, SHIFTS)
def test_whatever_a_feed_says_no_boat_leaves_before_it_has_come_and_no_plan_is_quicker_than_it(first, second, third):
    table = changed(first, second, third)
    clock = None
    for _origin, depart, _target, arrive in table.hops_on("EIGHT", DAY):
        assert (clock or depart) <= depart <= arrive
        clock = arrive
    plain = Timetable(
        STOPS,
        [Sailing(trip="EIGHT", route="LINE", service="D", calls=_as_it_went(table, (first, second, third)))],
        {"D": Service(added=frozenset({DAY}))}, [], ZONE.key,
    )  # fmt: skip
    for origin, target in (("TOWN", "ROCK"), ("TOWN", "REEF"), ("ROCK", "REEF")):
        trip = Trip(origin=origin, target=target, days=1)
        mine = [one for one in next_sailings(table, trip, at("0:00") - timedelta(hours=2), 9) if one.trip == "EIGHT"]
        that = next_sailings(plain, trip, at("0:00") - timedelta(hours=2), 9)
        assert [(one.depart, one.arrive) for one in mine if one.day == DAY] == [(o.depart, o.arrive) for o in that]


def _as_it_went(table, shifts):
    midnight = table.midnight(DAY)
    hops = table.hops_on("EIGHT", DAY)
    leaves = [*(depart - midnight for _o, depart, _t, _a in hops), hops[-1][3] - midnight]
    comes = [hops[0][1] - midnight, *(arrive - midnight for _o, _d, _t, arrive in hops)]
    return tuple(
        Call(stop, comes[n], leaves[n], board=not shifts[n][2], alight=not shifts[n][2])
        for n, stop in enumerate(("TOWN", "ROCK", "REEF"))
    )
