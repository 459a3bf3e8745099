"""The demo's past: months of an invented Putuo before today, a box at sea, and a storm that is coming."""

import sys
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from driftbox.apps.errands.carriage import Sailing, load_box
from driftbox.apps.errands.deposits import Bag, deposit
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.recompute import recompute
from driftbox.apps.node import silent_phones
from driftbox.apps.sailings.actions import suspend
from driftbox.apps.sailings.queries import next_from, service_now
from driftbox.apps.simulation.driver import begin, play
from driftbox.apps.simulation.ground import hurried
from driftbox.apps.simulation.world import Plan, World
from driftbox.domain.simulation.hours import DAY
from driftbox.domain.simulation.policy import POLICIES
from driftbox.gateways.assumptions import read_assumptions

SEED: Final = "putuo"
PER_DAY: Final = 5.0  # cases on a working day: four hundred in ninety days, made in twenty seconds
STORM_IN, STORM_FOR = timedelta(hours=18), timedelta(hours=14)
SAILED: Final = timedelta(minutes=10)


def fill_months(moment: datetime, days: int, password: str) -> None:
    """Let ``days`` days go by before ``moment``; says how far it is.

    Raises:
        Refused: something is in the log already.
    """
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0) - days * DAY
    plan = Plan(
        start=start, end=moment, seed=SEED, policy=POLICIES["box"], assume=read_assumptions(settings.DRIFTBOX_PACK),
        per_day=PER_DAY, fresh=False, password=password,
    )  # fmt: skip
    with silent_phones(), hurried():
        world = begin(plan)
        for day in range(1, days + 2):
            play(world, min(start + day * DAY, moment - SAILED))
            sys.stdout.write(f"\r过日子 Living through the days: {min(day, days)}/{days}  ")
            sys.stdout.flush()
        sys.stdout.write("\n")
        _at_sea(world, moment)


def _at_sea(world: World, moment: datetime) -> None:
    """One box is under way with papers in it: somebody put them in, and it sailed ten minutes ago."""
    line = next((one for one in world.lines.values() if one.side == "island"), None)
    if line is None or any(one.side == "sea" for one in world.lines.values()):
        return
    at, route = moment - SAILED, line.route
    waiting = next((life for life in reversed(world.lives) if life.docket and life.items and not life.tries), None)
    if waiting:
        bag = Bag(waiting.docket, waiting.items, "SM-90001")
        deposit(route.box, bag, Hand(by="", role="depositor", now=at - timedelta(minutes=20)))
    boats = next_from(route.island, route.across, at - timedelta(hours=1), 1)
    trip = boats[0].boat.trip if boats else "boat"
    load_box(route.box, Sailing(trip, route.island, route.across), Hand(by=world.cast["fang"].person, role="crew",
             now=at))  # fmt: skip


def storm_coming(by: str, moment: datetime) -> None:
    """Boats stop tomorrow for a storm; every promise that hangs on them is counted anew."""
    since = moment + STORM_IN
    with silent_phones():
        for route in sorted(service_now(moment).routes):
            suspend("route", route, since=since, until=since + STORM_FOR, cause="wind", who="harbour", source="phone",
                    by=by, role="clerk", now=moment)  # fmt: skip
        recompute(moment)
