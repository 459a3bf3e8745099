"""Papers leave home: into the box, with an agent, at the Friday visit, or by going oneself."""

from datetime import datetime, timedelta
from typing import Final

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.deposits import Bag, deposit
from driftbox.apps.errands.hands import Hand, note_on_case
from driftbox.apps.pack import matter_of
from driftbox.apps.simulation.sailing import deposited
from driftbox.apps.simulation.world import Life, World
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.items import Item
from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.visit_entries import VisitMade, VisitPlanned
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import next_id
from driftbox.domain.simulation.hours import next_weekday
from driftbox.gateways.keys import chance

LOOK_AGAIN: Final = timedelta(hours=3)
GROUND: Final = timedelta(minutes=25)
DAYTIME: Final = (7, 19)  # when somebody walks to the pier, or takes a boat


def hand_in(world: World, at: datetime, life: Life) -> None:
    """The papers are together: how they go depends on who it is, and on what there is."""
    if not DAYTIME[0] <= at.hour < DAYTIME[1]:
        world.put(at.replace(hour=8, minute=life.chance.below(60)) + timedelta(days=at.hour >= DAYTIME[1]), "hand_in",
                  life)  # fmt: skip
        return
    bag = _bag_of(world, life)
    if life.way == "box":
        _into_box(world, at, life, bag)
    elif life.way == "window":
        world.put(world.in_office(at + timedelta(hours=1)), "at_window", life)
    elif life.way == "visit":
        friday = next_weekday(at, world.assume.visit_weekday, world.assume.visit_from)
        visit = VisitPlanned(day=friday.date().isoformat(), agents=(_agent(world, life),), begin=8 * 60 + 30)
        clerk = world.person(life.asking.route.office, "clerk")
        record(life.docket, [visit], by=clerk, role="clerk", now=at)
        world.put(friday + timedelta(minutes=30 + life.chance.below(400)), "fetch_papers", life)
    else:
        world.put(world.on_foot(world.later(at, world.assume.carry, life.chance)), "fetch_papers", life)


def _bag_of(world: World, life: Life) -> tuple[Item, ...]:
    """What is put in: at the first try one paper may have been left at home."""
    if life.tries == 0 and len(life.items) > 1:
        life.left_out = life.chance.yes(world.assume.odds.paper_left_out)
    return life.items[1:] if life.left_out else life.items


def _into_box(world: World, at: datetime, life: Life, bag: tuple[Item, ...]) -> None:
    line = world.line_of(life)
    if line.side != "island":
        world.put(at + LOOK_AGAIN, "hand_in", life)  # the box is away: they come back later, it is their own pier
        return
    hand = Hand(by="", role="depositor", now=at)
    life.tries += 1
    deposit(line.route.box, Bag(life.docket, bag, _seal(world)), hand)
    deposited(world, at, life)


def _seal(world: World) -> str:
    world.counts["seals"] += 1
    return f"SM-{world.counts['seals']:05}"


def _agent(world: World, life: Life) -> str:
    return world.person(life.asking.route.office, "agent")


def at_window(world: World, at: datetime, life: Life) -> None:
    """They took the boat themselves: a trip, counted as one."""
    docket = load(life.docket).docket
    where = matter_of(docket).department
    life.tries += 1
    parcel = next_id("", at, chance())
    items = life.items[1:] if life.left_out else life.items
    sent = e.MaterialsSent(parcel=parcel, items=items, via="window", place=where, appeared=where)
    clerk = world.person(life.asking.route.office, "clerk")
    record(life.docket, [sent], by=docket.beneficiary, role="resident", recorder=clerk, now=at)
    _in_hand(world, at + timedelta(minutes=5), life, parcel, where, "clerk")


def fetch_papers(world: World, at: datetime, life: Life) -> None:
    """An agent takes the bag at the door, on the Friday round or on the way."""
    agent = _agent(world, life)
    place = life.asking.route.island
    life.tries += 1
    parcel = next_id("", at, chance())
    items = life.items[1:] if life.left_out else life.items
    sent: list[Body] = [e.MaterialsSent(parcel=parcel, items=items, via="agent", place=place, seal=_seal(world))]
    docket = load(life.docket).docket
    if docket.visits.day:
        sent.append(VisitMade(outcome="done"))
    if not docket.agent:
        sent.insert(0, e.TaskClaimed(agent=agent))
    record(life.docket, sent, by=agent, role="agent", now=at)
    _in_hand(world, at + timedelta(minutes=5), life, parcel, place, "agent")


def _in_hand(world: World, at: datetime, life: Life, parcel: str, place: str, role: str) -> Docket:
    hand = Hand(by=world.person(life.asking.route.office, role), role=role, now=at)
    after = note_on_case(life.docket, [e.ParcelCollected(parcel=parcel, place=place, seal_intact=True)], hand)
    world.put(world.on_foot(at + GROUND), "count", life)
    return after


def resend(world: World, at: datetime, life: Life) -> None:
    """What was missing is together now."""
    life.left_out = False
    hand_in(world, at, life)
