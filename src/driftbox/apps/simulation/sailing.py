"""Boxes sail by the timetable, and boats stop for storms; results that wait across go home with the box."""

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from driftbox.apps.errands.carriage import Sailing, land_box, load_box
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.recompute import recompute
from driftbox.apps.sailings.actions import resume, suspend
from driftbox.apps.sailings.queries import load as sailings_now
from driftbox.apps.sailings.queries import next_from, service_now
from driftbox.apps.simulation.world import Life, Line, World
from driftbox.domain.ferry.board import BoardLine
from driftbox.domain.simulation.weather import Storm

LOOKED: Final = (2, 24)  # boats looked at, first a few, to find one that goes and that the policy allows
AGAIN: Final = timedelta(hours=6)
LAND: Final = timedelta(minutes=20)


class Leg(Struct, frozen=True):
    """A sailing that a box is to take: from which side, by which boat."""

    line: Line
    side: str
    boat: BoardLine


def other(side: str) -> str:
    """Across."""
    return "across" if side == "island" else "island"


def plan_sailing(world: World, at: datetime, line: Line) -> None:
    """The box of ``line`` takes the next boat that goes and that the policy allows; nothing where it is to sail."""
    if line.planned or line.side == "sea":
        return
    line.planned = True
    boat = _next_boat(world, at, line)
    if boat is not None:
        world.put(boat.boat.depart, "sail", Leg(line, line.side, boat))
    else:
        world.put(at + AGAIN, "look_for_boat", line)


def _next_boat(world: World, at: datetime, line: Line) -> BoardLine | None:
    first, last = world.policy.out if line.side == "island" else world.policy.back
    for limit in LOOKED:
        for one in next_from(line.pier(line.side), line.pier(other(line.side)), at, limit):
            if one.halted is None and first <= one.boat.depart.timetz().replace(tzinfo=None) <= last:
                return one
    return None


def look_for_boat(world: World, at: datetime, line: Line) -> None:
    """No boat went; look again."""
    line.planned = False
    plan_sailing(world, at, line)


def sail(world: World, at: datetime, leg: Leg) -> None:
    """The box goes aboard, unless boats stopped meanwhile."""
    line, boat = leg.line, leg.boat.boat
    boats = next_from(line.pier(leg.side), line.pier(other(leg.side)), at, 1)
    if not boats or boats[0].halted is not None or boats[0].boat.depart != at:
        look_for_boat(world, at + timedelta(minutes=1), line)
        return
    sailing = Sailing(boat.trip, line.pier(leg.side), line.pier(other(leg.side)), boat.arrive.isoformat())
    load_box(line.route.box, sailing, _crew(world, at))
    line.side = "sea"
    world.counts["boxes"] += 1
    world.put(boat.arrive, "land", leg)


def land(world: World, at: datetime, leg: Leg) -> None:
    """The box comes ashore; who waits for what is in it is told."""
    line = leg.line
    land_box(line.route.box, line.pier(other(leg.side)), _crew(world, at))
    line.side, line.planned = other(leg.side), False
    if line.side == "across":
        arrived, line.outbound = line.outbound, []
        for life in arrived:
            world.put(world.on_foot(at + LAND), "collect", life)
        waiting, line.to_go = line.to_go, []
        for life in waiting:
            world.put(world.on_foot(at + LAND), "pack", life)
        world.put(world.on_foot(at + LAND + timedelta(minutes=15)), "send_back", line)
    else:
        arrived, line.inbound = line.inbound, []
        for life in arrived:
            world.put(world.on_foot(at + LAND), "take_out", life)


def send_back(world: World, at: datetime, line: Line) -> None:
    """Everything is out of the box and the results are in it: home again."""
    if line.side == "across":
        plan_sailing(world, at, line)


def _crew(world: World, at: datetime) -> Hand:
    return Hand(by=world.cast["fang"].person, role="crew", now=at)


def deposited(world: World, at: datetime, life: Life) -> None:
    """A parcel is in the box on the island: it takes the next boat."""
    line = world.line_of(life)
    line.outbound.append(life)
    plan_sailing(world, at, line)


def storm_told(world: World, at: datetime, storm: Storm) -> None:
    """It is said that boats will stop; promises that hang on them are counted anew."""
    routes = sorted(service_now(at).routes)
    clerk = world.cast["lin"].person
    held: list[str] = []
    for route in routes:
        known = set(sailings_now().book.halts)
        suspend("route", route, since=storm.since, cause=storm.cause, source="phone", who="harbour",  # type: ignore[arg-type] # the log refuses what is none
                by=clerk, role="clerk", now=at)  # fmt: skip
        held += sorted(set(sailings_now().book.halts) - known)
    recompute(at)
    world.counts["storms"] += 1
    world.put(storm.until, "storm_over", tuple(held))


def storm_over(world: World, at: datetime, held: tuple[str, ...]) -> None:
    """Boats go again."""
    for one in held:
        resume(one, since=at, source="phone", who="harbour", by=world.cast["lin"].person, role="clerk", now=at)
    recompute(at)
