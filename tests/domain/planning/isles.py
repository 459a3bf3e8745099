"""Four invented islands with boats between them, and the best plan found by trying everything."""

from datetime import date, datetime
from itertools import combinations, permutations
from zoneinfo import ZoneInfo

from driftbox.domain.ferry.service import Call, Sailing, Service, Stop, Suspension
from driftbox.domain.ferry.timetable import Timetable
from driftbox.domain.planning.day import Agent, Day, Place, Visit
from driftbox.domain.planning.lines import Lines
from driftbox.domain.planning.travel import Travel
from driftbox.domain.text import Text

FRIDAY = date(2026, 5, 15)
ZONE = ZoneInfo("Asia/Shanghai")
ISLES = ("大岛", "甲岛", "乙岛", "丙岛")
HOURS = ((8 * 60 + 30, 11 * 60 + 30), (13 * 60, 17 * 60))


def clock(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def sailing(trip, origin, target, depart, minutes=40):
    start = clock(depart) * 60
    calls = (Call(origin, start, start), Call(target, start + minutes * 60, start + minutes * 60))
    return Sailing(trip=trip, route=f"{origin}-{target}", service="daily", calls=calls)


def table(extra=()):
    """Boats from the big island to each small one and back, three times a day, and one between two small ones."""
    stops = [Stop(id=isle, names=(isle,), station=isle) for isle in ISLES]
    boats = []
    for later, isle in enumerate(ISLES[1:]):
        for number, hour in enumerate((8, 11, 14)):
            boats.append(sailing(f"to-{isle}-{number}", "大岛", isle, f"{hour}:{10 + 10 * later}"))
            boats.append(sailing(f"from-{isle}-{number}", isle, "大岛", f"{hour + 2}:{5 * later:02}"))
    boats.append(sailing("between", "甲岛", "乙岛", "12:30", 25))
    daily = Service(weekdays=frozenset(range(7)), since=date(2026, 1, 1), until=date(2026, 12, 31))
    return Timetable(stops, [*boats, *extra], {"daily": daily}, (), "Asia/Shanghai")


TABLE = table()
PLACES = {
    f"{isle}{number}": Place(
        code=f"{isle}{number}", name=Text(zh=f"{isle}{number}", en=f"{isle}{number}"), island=isle, stop=isle,
        at=(122.0 + number / 50, 30.0 + index) if number < 3 else None,
    )
    for index, isle in enumerate(ISLES) for number in range(4)
}  # fmt: skip


def agent(person, place="大岛0", since="8:00", until="17:30", home=""):
    return Agent(person=person, start=place, since=clock(since), until=clock(until), home=home or place)


def visit(id_, place, minutes=30, **more):
    return Visit(id=id_, place=place, minutes=minutes, **{"windows": HOURS, **more})


def a_day(agents, visits, suspended=(), boats=TABLE):
    return Day(date=FRIDAY, zone=ZONE, places=PLACES, agents=tuple(agents), visits=tuple(visits), table=boats,
               suspended=tuple(suspended))  # fmt: skip


def halted(stop):
    return Suspension(kind="stop", id=stop, since=datetime(2026, 5, 15, 0, 0, tzinfo=ZONE))


def exact(day):
    """How many are left out and how long everybody is out in the best plan there is; for visits by one only."""
    visits = {one.id: one for one in day.visits}
    lines = Lines(Travel(day), visits)
    cheapest = [_cheapest(lines, one, visits) for one in day.agents]
    best = {frozenset(): 0}
    for prices in cheapest:
        after = {}
        for done, price in best.items():
            for mine, more in prices.items():
                if not done & mine:
                    both = done | mine
                    after[both] = min(after.get(both, 10**9), price + more)
        best = after
    return min((len(visits) - len(done), price) for done, price in best.items())


def _cheapest(lines, one, visits):
    """For each set of visits the shortest time out in which this agent can make them, whatever the order."""
    found = {}
    for count in range(len(visits) + 1):
        for chosen in combinations(sorted(visits), count):
            allowed = all(not visits[id_].agents or one.person in visits[id_].agents for id_ in chosen)
            kept = [lines.line(one, order) for order in permutations(chosen)] if allowed else []
            away = [line.away for line in kept if line is not None]
            if away:
                found[frozenset(chosen)] = min(away)
    return found
