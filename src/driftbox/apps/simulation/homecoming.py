"""The result goes home: by box, in an agent's hands, or fetched by oneself; then it is rated and closed."""

from datetime import datetime, timedelta
from typing import Literal

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.carriage import collect as take_out_of_box
from driftbox.apps.errands.deposits import Bag, pack_return
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.night_call import originals_of
from driftbox.apps.pack import matter_of
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.petitions.carrying import Asking
from driftbox.apps.petitions.joining import petition_from_errand
from driftbox.apps.sailings.queries import next_from
from driftbox.apps.simulation.sailing import plan_sailing
from driftbox.apps.simulation.world import Life, World
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body

Solved = Literal["yes", "partly", "no"]


def pack(world: World, at: datetime, life: Life) -> None:
    """An agent fetches the result, and puts it into the box when it stands across; else it waits, or is carried."""
    line, docket = world.line_of(life), load(life.docket).docket
    agent = world.person(line.route.office, "agent")
    if docket.stage == "issued":
        bodies: list[Body] = [e.ResultCollected(place=matter_of(docket).department)]
        docket = record(life.docket, bodies, by=agent, role="agent", now=at)
    if not world.policy.box:
        _carried(world, at, life)
    elif line.side == "across":
        world.counts["seals"] += 1
        items = (*docket.result, *originals_of(docket))
        bag = Bag(life.docket, items, f"SM-{world.counts['seals']:05}")
        pack_return(line.route.box, bag, Hand(by=agent, role="agent", now=at))
        line.inbound.append(life)
        plan_sailing(world, at, line)
    else:
        line.to_go.append(life)
        plan_sailing(world, at, line)


def _carried(world: World, at: datetime, life: Life) -> None:
    """Home in an agent's hands, by the next boat that goes."""
    line = world.line_of(life)
    boats = [one for one in next_from(line.pier("across"), line.pier("island"), at, 12) if one.halted is None]
    arrive = boats[0].boat.arrive if boats else at + timedelta(days=1)
    world.put(world.on_foot(world.later(arrive, world.assume.door, life.chance)), "deliver", life)


def take_out(world: World, at: datetime, life: Life) -> None:
    """The agent on the island takes it out of the box."""
    docket, line = load(life.docket).docket, world.line_of(life)
    agent = Hand(by=world.person(line.route.office, "agent"), role="agent", now=at)
    take_out_of_box(line.route.box, list(docket.parcels)[-1], agent)
    if line.outbound or line.to_go:
        plan_sailing(world, at, line)
    world.put(world.on_foot(world.later(at, world.assume.door, life.chance)), "deliver", life)


def deliver(world: World, at: datetime, life: Life) -> None:
    """At the door, against a signature; now and then nobody is there."""
    docket, agent = load(life.docket).docket, world.person(life.asking.route.office, "agent")
    if life.chance.yes(world.assume.odds.not_home):
        again = world.on_foot(at + timedelta(days=1))
        failed = e.DeliveryFailed(cause="not_home", next_day=world.today(again).isoformat())
        record(life.docket, [failed], by=agent, role="agent", now=at)
        world.put(again, "deliver", life)
        return
    _hand_over(world, at, life, docket, agent, "agent", "home", "")


def fetch_oneself(world: World, at: datetime, life: Life) -> None:
    """They took the boat for it: a trip, counted as one."""
    docket = load(life.docket).docket
    clerk, where = world.person(docket.office, "clerk"), matter_of(docket).department
    _hand_over(world, at, life, docket, clerk, "clerk", where, where)


def _hand_over(
    world: World, at: datetime, life: Life, docket: Docket, by: str, role: str, place: str, appeared: str
) -> None:  # fmt: skip
    signed = seal_text(docket.id, life.asking.name, now=at)
    bodies: list[Body] = [
        e.ResultDelivered(to=docket.beneficiary, proof="signature", place=place, paper=signed, appeared=appeared)
    ]
    if originals_of(docket):
        bodies.append(e.MaterialsReturned(items=originals_of(docket), proof="signature", paper=signed))
    record(life.docket, bodies, by=by, role=role, now=at)
    if life.chance.yes(world.assume.odds.rates):
        world.put(at + timedelta(hours=2 + life.chance.below(40)), "rate", life)
    world.put(world.in_office(at + timedelta(days=2, hours=20)), "close", life)


def rate(world: World, at: datetime, life: Life) -> None:
    """What the family thinks; some who are refused or discontented dispute it."""
    docket, chance = load(life.docket).docket, life.chance
    mark = int(chance.weighed(world.assume.satisfaction))
    solved: Solved = "no" if docket.outcome == "refused" else "partly" if mark > 3 else "yes"  # noqa: PLR2004 - of five levels, 4 and 5 are discontent
    rated = e.CaseRated(satisfaction=mark, solved=solved, via="phone")
    role = "helper" if docket.applicant != docket.beneficiary else "resident"
    for_ = docket.beneficiary if role == "helper" else ""
    record(life.docket, [rated], by=docket.applicant, role=role, for_=for_, now=at)
    if solved != "yes" and chance.yes(world.assume.odds.dispute * 10):
        asking = Asking(by=docket.beneficiary, recorder=world.person(docket.office, "clerk"))
        petition_from_errand(life.docket, "办下来的结果不对，请再看一看。", asking, now=at)
        world.counts["disputes"] += 1


def close(world: World, at: datetime, life: Life) -> None:
    """Nothing is left to do."""
    clerk = world.person(life.asking.route.office, "clerk")
    record(life.docket, [e.CaseClosed(how="done")], by=clerk, role="clerk", now=at)
