"""What was said of boats adds up the same in every order, and what may be said is never contested."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import HU, NODE

from driftbox.domain.errors import Refused
from driftbox.domain.ferry import facts as f
from driftbox.domain.ferry.board import board_lines, next_sailings
from driftbox.domain.ferry.book import Book, extend, fold
from driftbox.domain.ferry.decide import check
from driftbox.domain.ferry.plan import Trip, plan_arrival
from driftbox.domain.ferry.schedule import Schedule, difference, joined
from driftbox.domain.ferry.service import Call, Sailing, Service, Stop
from driftbox.domain.log.entry import Entry, moment_text, read_entry, signed_bytes
from driftbox.domain.log.ids import build_id, is_id, millis

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = date(2026, 6, 1)
STOPS = tuple(Stop(id=id_, names=(id_,), station=id_) for id_ in ("TOWN", "ROCK", "REEF"))
DAILY = Service(weekdays=frozenset(range(7)), since=date(2026, 1, 1), until=date(2026, 12, 31))


def boat(trip, hour, *stops, route="LINE", service="DAILY", late=0):
    calls = tuple(
        Call(stop, hour * 3600 + late + 600 * place, hour * 3600 + late + 600 * place + 60)
        for place, stop in enumerate(stops)
    )
    return Sailing(trip=trip, route=route, service=service, calls=calls)


BOATS = (
    boat("A", 8, "TOWN", "ROCK", "REEF"),
    boat("B", 12, "REEF", "TOWN"),
    boat("C", 23, "TOWN", "REEF", route="NIGHT"),
)
SCHEDULE = Schedule(
    stops=STOPS, sailings=BOATS, services={"DAILY": DAILY}, transfers=(), zone="UTC", routes={"LINE": "镇—礁"}
)
TABLE = SCHEDULE.table()
moments = st.integers(-40 * 24, 500 * 24).map(lambda hours: moment_text(NOW + timedelta(hours=hours)))
near = st.integers(-48, 96).map(lambda hours: moment_text(NOW + timedelta(hours=hours)))
days = st.integers(-2, 3).map(lambda n: (DAY + timedelta(days=n)).isoformat())
said = {"who": st.just("harbour"), "source": st.sampled_from(["operator", "phone", "gtfs_rt"])}
scopes = st.sampled_from([("route", "LINE"), ("route", "NONE"), ("trip", "A"), ("stop", "REEF")])


@st.composite
def bodies(draw, keys):
    kind, id_ = draw(scopes)
    who = {name: draw(one) for name, one in said.items()}
    which = draw(st.sampled_from(["", *keys]))
    match draw(st.sampled_from("hhrracta")):
        case "h":
            until = draw(st.sampled_from(["", "2026-02-31T00:00:00Z"]) | near)
            since = draw(near | moments)
            return f.SailingSuspended(kind=kind, id=id_, since=since, until=until, cause="fog", replaces=which, **who)
        case "r":
            return f.SailingResumed(suspension=which, kind=kind, id=id_, since=draw(near), **who)
        case "a":
            times = draw(st.lists(st.integers(0, 100_000), min_size=4, max_size=4).map(tuple))
            calls = (
                f.ExtraCall(stop="TOWN", arrive=times[0], depart=times[1]),
                f.ExtraCall(stop="REEF", arrive=times[2], depart=times[3]),
            )
            return f.SailingAdded(trip=draw(st.sampled_from("AX")), day=draw(days), calls=calls, **who)
        case "c":
            return f.SailingChanged(trip=draw(st.sampled_from("ABX")), day=draw(days), minutes=7, **who)
    return f.TimetableAdopted(feed="A" * 43, since=draw(st.just("2026-02-31") | days))


def key_of(number):
    return build_id(millis(NOW) + number, 0, number)


def entry(number, body):
    return Entry(
        id=key_of(number), docket=f.book_of("x"), kind=f.KIND_OF[type(body)], by=HU, role="crew", node=NODE, body=body
    )


@st.composite
def books(draw):
    keys = [key_of(number) for number in range(8)]
    return [entry(number, draw(bodies(keys))) for number in range(draw(st.integers(0, 8)))]


@settings(deadline=None)
@given(books(), st.randoms(use_true_random=False))
def test_the_book_is_the_same_in_every_order_and_however_often_each_is_said(entries, chance):
    shuffled = entries * 2
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(entries)
    half = len(entries) // 2
    assert extend(fold(entries[:half]), entries[half:]) == fold(entries)


@settings(deadline=None)
@given(books())
def test_what_decide_lets_through_is_never_contested_and_can_be_planned_with(entries):
    book = Book()
    for one in entries:
        try:
            check(book, one.body, TABLE, NOW)
        except Refused:
            continue
        book = extend(book, [one])
        assert book.contested == {}
    trip = Trip(origin="TOWN", target="REEF", suspensions=book.suspensions(NOW), days=3)
    board_lines(TABLE.changed(book.day_changes(NOW)), trip, NOW, 5)


@settings(deadline=None)
@given(books())
def test_an_entry_is_read_as_it_was_written(entries):
    for one in entries:
        assert read_entry(signed_bytes(one, "A" * 86), f.DECODERS).body == one.body


def test_every_node_writes_to_the_same_docket_and_two_packs_to_two():
    assert f.book_of("cn_putuo") == f.book_of("cn_putuo") != f.book_of("xx")
    assert is_id(f.book_of("cn_putuo"))


delays = st.dictionaries(st.sampled_from("ABC"), st.integers(-100, 1500), max_size=3)
extras = st.lists(st.tuples(st.integers(0, 40), st.permutations(["TOWN", "ROCK", "REEF"])), max_size=2)


@settings(deadline=None)
@given(delays, extras, st.integers(-2, 50), st.sampled_from(["ROCK", "REEF", "TOWN"]))
def test_single_days_changed_plan_like_a_timetable_written_that_way(late, more, hour, target):
    added = [boat(f"X{number}", when, *stops, service="THEN") for number, (when, stops) in enumerate(more)]
    facts = [
        f.SailingChanged(trip=trip, day="2026-06-01", minutes=n, who="x", source="phone") for trip, n in late.items()
    ]
    book = fold(entry(number, body) for number, body in enumerate([*facts, *map(added_fact, added)]))
    services = {
        "DAILY": Service(weekdays=DAILY.weekdays, since=DAILY.since, until=DAILY.until, removed=frozenset({DAY})),
        "THEN": Service(added=frozenset({DAY})),
    }
    moved = [
        Sailing(trip=b.trip, route=b.route, service="THEN", calls=tuple(
            Call(c.stop, c.arrive + 60 * late.get(b.trip, 0), c.depart + 60 * late.get(b.trip, 0)) for c in b.calls
        )) for b in BOATS
    ]  # fmt: skip
    written = Schedule(
        stops=STOPS, sailings=(*BOATS, *moved, *added), services=services, transfers=(), zone="UTC", routes={}
    ).table()
    changed = TABLE.changed(book.day_changes(NOW))
    at = NOW + timedelta(hours=hour)
    for origin in ("TOWN", "REEF", "ROCK"):
        if origin != target:
            trip = Trip(origin=origin, target=target, days=4)
            assert next_sailings(changed, trip, at, 6) == next_sailings(written, trip, at, 6)
            assert arrival(changed, trip, at) == arrival(written, trip, at)


def added_fact(one):
    calls = tuple(f.ExtraCall(stop=c.stop, arrive=c.arrive, depart=c.depart) for c in one.calls)
    return f.SailingAdded(trip=one.trip, route="LINE", day="2026-06-01", who="x", source="phone", calls=calls)


def arrival(table, trip, at):
    try:
        return plan_arrival(table, trip, at).arrive
    except Refused as refusal:
        return refusal.code


def test_suspended_boats_stay_on_the_board_with_their_reason():
    halt = f.SailingSuspended(kind="route", id="LINE", since=moment_text(NOW), cause="wind", who="x", source="phone")
    trip = Trip(origin="TOWN", target="", suspensions=fold([entry(1, halt)]).suspensions(NOW), days=2)
    lines = board_lines(TABLE, trip, NOW, 3)
    assert [(line.boat.trip, line.halted and line.halted.reason) for line in lines] == [
        ("A", "wind"), ("C", None), ("A", "wind"),
    ]  # fmt: skip


def test_one_timetable_follows_another_on_its_day():
    later = Schedule(
        stops=STOPS, sailings=(boat("N", 9, "TOWN", "REEF"),), services={"DAILY": DAILY}, transfers=(), zone="UTC",
        routes={},
    )  # fmt: skip
    table = joined(SCHEDULE, [(DAY + timedelta(days=1), later)]).table()
    found = next_sailings(table, Trip(origin="TOWN", target="REEF"), NOW, 4)
    assert [boat.trip for boat in found] == ["A", "C", "N", "N"]
    assert difference(SCHEDULE, later).new_boats == (("LINE", "TOWN", "REEF", 9 * 3600 + 60),)
    assert len(difference(SCHEDULE, later).gone_boats) == 3


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_of_two_delays_the_one_said_last_counts(order):
    said_late = [
        entry(n, f.SailingChanged(trip="A", day="2026-06-01", minutes=n, who="x", source="phone")) for n in range(3)
    ]
    assert fold(said_late[n] for n in order).late["A", DAY].minutes == 2
