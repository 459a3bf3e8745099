"""Fog, a closed pier, a boat in dock: what does not go cannot be taken; and what the board of a pier shows."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.board import next_sailings
from driftbox.domain.ferry.plan import Trip, plan_arrival, plan_departure
from driftbox.domain.ferry.service import Call, Sailing, Service, Stop, Suspension
from driftbox.domain.ferry.timetable import Timetable

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 6, 1, tzinfo=ZONE)
STOPS = [Stop(id=id_, names=(f"{id_}码头",), station=id_) for id_ in ("TOWN", "ROCK", "REEF")]
DAILY = Service(weekdays=frozenset(range(7)), since=date(2026, 1, 1), until=date(2026, 12, 31))


def at(hour, minute=0):
    return MONDAY + timedelta(hours=hour, minutes=minute)


def boat(trip, hour, route="LINE"):
    calls = (Call("TOWN", hour * 3600, hour * 3600), Call("ROCK", hour * 3600 + 1200, hour * 3600 + 1500))
    return Sailing(trip=trip, route=route, service="DAILY", calls=(*calls, Call("REEF", hour * 3600 + 3600, 99 * 3600)))


TABLE = Timetable(
    STOPS, [boat("EIGHT", 8), boat("NOON", 12), boat("LATE", 23, "NIGHT")], {"DAILY": DAILY}, [], ZONE.key
)


def asked(kind=None, id_="", since=0, until=None, target="REEF"):
    until = None if until is None else at(until)
    fog = (
        () if kind is None else (Suspension(kind=kind, id=id_, since=at(since), until=until, reason="雾", who="调度"),)
    )
    return Trip(origin="TOWN", target=target, suspensions=fog)


@pytest.mark.parametrize(
    ("fog", "arrive"),
    [
        (asked(), at(9)),
        (asked("trip", "EIGHT", 0, 10), at(13)),
        (asked("trip", "EIGHT", 9, 10), at(9)),
        (asked("route", "LINE", 0, 20), at(24)),
        (asked("route", "LINE"), at(24)),
        (asked("stop", "TOWN", 7, 9), at(13)),
        (asked("stop", "REEF码头", 7, 10), at(13)),
        (asked("stop", "ROCK", 7, 10), at(9)),
        (asked("stop", "ROCK", 7, 10, "ROCK"), at(12, 20)),
    ],
)
def test_a_suspended_boat_is_not_taken(fog, arrive):
    assert plan_arrival(TABLE, fog, at(6)).arrive == arrive


def test_who_is_aboard_when_the_fog_comes_cannot_ride_on():
    fog = Suspension(kind="trip", id="EIGHT", since=at(8, 10), until=at(9))
    trip = Trip(origin="TOWN", target="REEF", suspensions=(fog,))
    assert plan_arrival(TABLE, trip, at(6)).arrive == at(13)
    assert plan_departure(TABLE, trip, at(12)).depart == at(23) - timedelta(days=1)


def test_the_board_shows_the_next_boats_in_order_and_follows_them_over_midnight():
    boats = next_sailings(TABLE, Trip(origin="TOWN", target=""), at(11), 3)
    assert [(b.trip, b.depart, b.target.id) for b in boats] == [
        ("NOON", at(12), "REEF"),
        ("LATE", at(23), "REEF"),
        ("EIGHT", at(32), "REEF"),
    ]


def test_the_board_shows_only_boats_that_go_there_and_are_not_suspended():
    fog = Suspension(kind="route", id="NIGHT", since=at(0))
    boats = next_sailings(TABLE, Trip(origin="ROCK", target="REEF", suspensions=(fog,)), at(9), 2)
    assert [(b.trip, b.depart, b.arrive) for b in boats] == [
        ("NOON", at(12, 25), at(13)),
        ("EIGHT", at(32, 25), at(33)),
    ]
    assert next_sailings(TABLE, Trip(origin="REEF", target="TOWN"), at(9), 2) == ()


@pytest.mark.parametrize(("origin", "target"), [("TOWN", "NOWHERE"), ("REEF", "TOWN")])
def test_no_pier_and_no_line_are_said_so(origin, target):
    with pytest.raises(NotFound):
        plan_arrival(TABLE, Trip(origin=origin, target=target), at(9))


def test_after_the_last_day_of_the_timetable_there_is_no_boat():
    with pytest.raises(NotFound, match="没有赶得上的船"):
        plan_arrival(TABLE, asked(), datetime(2027, 3, 1, tzinfo=ZONE))
    assert plan_departure(TABLE, asked(), datetime(2027, 1, 5, tzinfo=ZONE)).depart.date() == date(2026, 12, 31)
