"""The planner against a slow exact search, on timetables that nobody would draw by hand."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, permutations
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.ferry.exact import Exact, all_ways, boats_of

from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.plan import Journey, Trip, plan_arrival, plan_departure
from driftbox.domain.ferry.service import Call, Sailing, Service, Stop, Transfer
from driftbox.domain.ferry.timetable import Timetable

SPRING = date(2026, 3, 28)  # clocks in Berlin go forward on the 29th
PIERS = ["A", "B", "C", "D", "E1", "E2"]
STOPS = [Stop(id=p, names=(f"码头{p}",), station=p[0]) for p in PIERS]
MINUTES = st.integers(0, 60).map(lambda n: n * 60)
COARSE = st.sampled_from([0, 0, 0, 300, 600, 1800])


@st.composite
def sailings(draw, number):
    clock = draw(st.sampled_from([8, 8, 9, 23, 26])) * 3600 + draw(st.sampled_from([0, 0, 600, 1800]))
    calls = []
    for stop in draw(st.lists(st.sampled_from(PIERS), min_size=2, max_size=4)):
        arrive = clock + (draw(COARSE) if calls else 0)
        clock = arrive + draw(COARSE)
        calls.append(Call(stop, arrive, clock, draw(st.integers(0, 4)) > 0, draw(st.integers(0, 4)) > 0))
    runs = draw(st.sampled_from([(0,), (0,), (0, 1200, 2400)]))
    return Sailing(trip=f"T{number}", route="R", service=draw(st.sampled_from("XY")), calls=tuple(calls), runs=runs)


TRANSFERS = st.lists(
    st.builds(
        Transfer,
        st.sampled_from(PIERS),
        st.sampled_from(PIERS),
        st.sampled_from([0, 1, 2, 2, 3]),
        st.one_of(st.none(), MINUTES),
    ),
    max_size=5,
    unique_by=lambda rule: (rule.origin, rule.target),
)
SERVICES = {
    "X": Service(weekdays=frozenset(range(7)), since=SPRING, until=SPRING + timedelta(2)),
    "Y": Service(added=frozenset({SPRING + timedelta(1), SPRING + timedelta(3)})),
}


@st.composite
def worlds(draw):
    count = draw(st.integers(2, 12))
    boats = [draw(sailings(number)) for number in range(count)]
    rules = draw(TRANSFERS)
    usual = draw(st.sampled_from([0, 0, 5, 12]))
    table = Timetable(STOPS, boats, SERVICES, rules, "Europe/Berlin")
    spelled = boats_of(boats, SERVICES, table.midnight, SPRING - timedelta(1), SPRING + timedelta(5))
    return table, boats, Exact(spelled, *changes(rules, usual * 60)), usual


def changes(rules, usual):
    """What the rules say, read out plainly: berths of E are joined, and the first match counts."""
    cost = {(r.origin, r.target): {0: r.seconds, 1: 0, 2: r.seconds, 3: None}[r.kind] for r in rules}
    for rule in rules:
        if rule.kind in {0, 2} and rule.seconds is None:
            cost[rule.origin, rule.target] = usual
    at = {p: cost.get((p, p), usual) for p in PIERS}
    joined = {("E1", "E2"): usual, ("E2", "E1"): usual} | cost
    direct = {pair: seconds for pair, seconds in joined.items() if seconds is not None}
    return at, all_ways(PIERS, direct, {pair for pair, seconds in cost.items() if seconds is None})


def planned(plan, *asked):
    try:
        return plan(*asked)
    except NotFound:
        return None


def check_legs(journey: Journey, boats, change_at):
    """Every leg is a real boat or way, and each begins where and after the last one ended."""
    written = {boat.trip: [call.stop for call in boat.calls] for boat in boats}
    assert journey.depart == journey.legs[0].depart
    assert journey.arrive == journey.legs[-1].arrive
    for leg in journey.legs:
        assert leg.depart <= leg.arrive
        if leg.trip:
            assert leg.target.id in written[leg.trip][written[leg.trip].index(leg.origin.id) + 1 :]
    for one, then in pairwise(journey.legs):
        assert one.target == then.origin
        wait = change_at[one.target.id] if one.trip and then.trip else 0
        assert one.arrive + timedelta(seconds=wait) <= then.depart


INSTANTS = st.integers(0, 100).map(lambda n: datetime(2026, 3, 27, 22, tzinfo=UTC) + timedelta(minutes=30 * n))
ENDS = st.sampled_from(["A", "B", "C", "D", "E", "E1"])
BERTHS = {"E": ["E1", "E2"]}


@settings(max_examples=200, deadline=None)
@given(worlds(), ENDS, ENDS, INSTANTS)
def test_nobody_arrives_earlier_and_nobody_who_arrives_then_leaves_later(world, origin, target, at):
    table, boats, exact, usual = world
    origins, targets = BERTHS.get(origin, [origin]), BERTHS.get(target, [target])
    journey = planned(plan_arrival, table, Trip(origin=origin, target=target, change=usual), at)
    arrive = exact.arrival(origins, targets, int(at.timestamp()))
    assert (journey and journey.arrive.timestamp()) == arrive
    if journey and journey.legs:
        leave = exact.departure(origins, targets, arrive, int(at.timestamp()))
        assert journey.depart.timestamp() == leave
        check_legs(journey, boats, exact.at)


@settings(max_examples=120, deadline=None)
@given(worlds(), ENDS, ENDS, INSTANTS)
def test_nobody_leaves_later_and_is_still_there_in_time(world, origin, target, by):
    table, boats, exact, usual = world
    origins, targets = BERTHS.get(origin, [origin]), BERTHS.get(target, [target])
    journey = planned(plan_departure, table, Trip(origin=origin, target=target, change=usual), by)
    leave = exact.departure(origins, targets, int(by.timestamp()), 0)
    assert (journey and journey.depart.timestamp()) == leave
    if journey and journey.legs:
        assert journey.arrive.timestamp() == exact.arrival(origins, targets, leave)
        check_legs(journey, boats, exact.at)


def test_boats_that_wait_for_one_another_in_one_minute_do_so_in_any_order_of_the_list():
    ten = 10 * 3600
    hops = [("A", "B"), ("B", "C"), ("C", "D")]
    at = datetime(2026, 3, 30, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    for order in permutations(range(3)):
        boats = [
            Sailing(trip=f"T{n}", route="R", service="X", calls=tuple(Call(stop, ten, ten) for stop in hops[n]))
            for n in order
        ]
        table = Timetable(STOPS, boats, SERVICES, [], "Europe/Berlin")
        asked = Trip(origin="A", target="D", change=0)
        assert plan_arrival(table, asked, at).arrive == at.replace(hour=10)
        assert plan_departure(table, asked, at.replace(hour=10)).depart == at.replace(hour=10)
