"""The planner against a slow exact search on the timetable of Putuo, read without the reader used elsewhere."""

from collections import defaultdict
from csv import DictReader
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from zoneinfo import ZoneInfo

import pytest
from tests.domain.ferry.exact import Exact, all_ways, boats_of

from driftbox.domain.ferry.plan import Trip, plan_arrival, plan_departure
from driftbox.domain.ferry.service import Call, Sailing, Service
from driftbox.gateways.gtfs import load_feed

FEED = files("driftbox.packs") / "cn_putuo" / "timetable"
ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 6, 1)
USUAL = 5 * 60
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def rows(name):
    return list(DictReader((FEED / name).read_text("utf-8-sig").splitlines()))


def seconds(clock):
    hours, minutes, rest = map(int, clock.split(":"))
    return hours * 3600 + minutes * 60 + rest


def midnight(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp())


@cache
def stops():
    return [row["stop_id"] for row in rows("stops.txt")]


@cache
def exact():
    """Every boat from the Sunday before to the Tuesday of the week after, and the ways over land of the feed."""
    calls = defaultdict(list)
    for row in sorted(rows("stop_times.txt"), key=lambda row: int(row["stop_sequence"])):
        calls[row["trip_id"]].append(
            Call(row["stop_id"], seconds(row["arrival_time"]), seconds(row["departure_time"]))
        )  # fmt: skip
    boats = [
        Sailing(
            trip=row["trip_id"], route=row["route_id"], service=row["service_id"], calls=tuple(calls[row["trip_id"]])
        )
        for row in rows("trips.txt")
    ]
    services = {
        row["service_id"]: Service(
            weekdays=frozenset(n for n, day in enumerate(DAYS) if row[day] == "1"),
            since=datetime.strptime(row["start_date"], "%Y%m%d").replace(tzinfo=UTC).date(),
            until=datetime.strptime(row["end_date"], "%Y%m%d").replace(tzinfo=UTC).date(),
        )
        for row in rows("calendar.txt")
    }
    land = {(row["from_stop_id"], row["to_stop_id"]): int(row["min_transfer_time"]) for row in rows("transfers.txt")}
    spelled = boats_of(boats, services, midnight, MONDAY - timedelta(1), MONDAY + timedelta(8))
    return Exact(spelled, dict.fromkeys(stops(), USUAL), all_ways(stops(), land, set()))


@cache
def table():
    return load_feed(FEED)


def pairs(seed, count):
    """Pairs of different piers, each with a minute of the first two days of the week."""
    chance = Random(seed)  # noqa: S311 - the same questions every time
    for _ in range(count):
        yield *chance.sample(stops(), 2), midnight(MONDAY) + 60 * chance.randrange(2 * 24 * 60)


@pytest.mark.parametrize("seed", range(3))
def test_between_the_islands_of_putuo_nobody_arrives_earlier(seed):
    for origin, target, at in pairs(seed, 60):
        found = plan_arrival(table(), Trip(origin=origin, target=target), datetime.fromtimestamp(at, ZONE))
        assert found.arrive.timestamp() == exact().arrival([origin], {target}, at), (origin, target, at)


def test_between_the_islands_of_putuo_nobody_leaves_later_and_is_in_time():
    for origin, target, asked in pairs(7, 30):
        by = asked + 2 * 24 * 3600
        found = plan_departure(table(), Trip(origin=origin, target=target), datetime.fromtimestamp(by, ZONE))
        leave = int(found.depart.timestamp())
        assert found.arrive.timestamp() == exact().arrival([origin], {target}, leave) <= by, (origin, target, by)
        assert exact().arrival([origin], {target}, leave + 1) > by, (origin, target, by)
