"""Measures the planner of rounds: a Friday with 60 visits, 8 agents and 4 islands on the pack's timetable.

``python tools/bench_rounds.py [--long SECONDS] [--seed N]`` prints how long a plan took, whether everybody can keep it,
and how much shorter a long run would have been. People are drawn by lot; places and boats are the pack's.
"""

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from zoneinfo import ZoneInfo

from driftbox.domain.planning.check import violations
from driftbox.domain.planning.day import Agent, Day, Place, Plan, Visit
from driftbox.domain.planning.lots import lots
from driftbox.domain.planning.search import plan_day
from driftbox.gateways.gtfs import load_feed
from driftbox.gateways.pack import Pack
from driftbox.gateways.pack_files import load_pack
from driftbox.gateways.rounds import lasting

PACK = Path(__file__).resolve().parent.parent / "src" / "driftbox" / "packs" / "cn_putuo"
STATIONS = ("ST01", "ST06", "ST08", "ST09")  # on Zhoushan, Taohua, Dengbu and Baisha
AGENTS, VISITS, SECONDS = 8, 60, 6.0
HOURS = ((8 * 60 + 30, 11 * 60 + 30), (13 * 60 + 30, 17 * 60))


def place(pack: Pack, code: str) -> Place:
    """A station or point with its pier."""
    office = pack.offices[code]
    pier = office.pier or pack.offices[office.parent].pier
    island = office.island or pack.offices[office.parent].island
    known = bool(office.lon) and not office.schematic
    return Place(code=code, name=office.short, island=island.zh if island else code, stop=pack.piers[pier].stop,
                 at=(float(office.lon), float(office.lat)) if known else None)  # fmt: skip


def friday(seed: int) -> Day:
    """The day: agents sit at the four stations, visits are drawn among the points below them; a tenth take two."""
    pack, draw = load_pack(PACK), lots(seed)
    codes = [code for code, office in pack.offices.items() if code in STATIONS or office.parent in STATIONS]
    places = {code: place(pack, code) for code in codes}
    agents = tuple(
        Agent(person=f"a{n}", start=STATIONS[n % 4], since=480, until=1050, home=STATIONS[n % 4]) for n in range(AGENTS)
    )
    visits = tuple(
        Visit(id=f"v{n}", place=codes[draw(len(codes))], minutes=20 + 10 * draw(3), windows=HOURS,
              people=2 if n % 10 == 0 else 1)
        for n in range(VISITS)
    )  # fmt: skip
    return Day(date=date(2026, 5, 22), zone=ZoneInfo(pack.zone), places=places, agents=agents, visits=visits,
               table=load_feed(PACK / "timetable"))  # fmt: skip


def planned(day: Day, seconds: float) -> Plan:
    """A plan as the pages make it."""
    return plan_day(day, lots(VISITS), lasting(seconds, 10**9))


def main() -> int:
    """Print the figures; 1 when a plan cannot be kept or took more than ten seconds."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--long", type=float, default=60.0, help="seconds of the long run")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    day = friday(arguments.seed)
    start = monotonic()
    short = planned(day, SECONDS)
    took = timedelta(seconds=monotonic() - start)
    long = planned(day, arguments.long)
    faults = violations(short, day)
    missed, gap = len(short.left) - len(long.left), 100 * (short.away - long.away) / long.away if long.away else 0.0
    print(f"{VISITS} visits, {AGENTS} agents, 4 islands: {took.total_seconds():.1f} s, {len(short.left)} left out, "
          f"{short.away} minutes out; {len(faults)} faults")  # fmt: skip
    print(
        f"long run of {arguments.long:.0f} s: {len(long.left)} left out, {long.away} minutes out; "
        f"gap {missed} visits, {gap:.2f} % minutes"
    )
    return int(bool(faults) or took > timedelta(seconds=10))


if __name__ == "__main__":
    sys.exit(main())
