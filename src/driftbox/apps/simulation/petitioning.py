"""Petitions beside the errands: one by one and joint, answered in time or late, now and then looked at again."""

from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import issue_opinion, serve
from driftbox.apps.petitions.carrying import Asking
from driftbox.apps.petitions.chain import request_review
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.apps.simulation.world import World
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.log.entry import Body
from driftbox.domain.simulation.chance import Chance

ROUTE: Final = "art31-6"
WORKING_WEEK: Final = 7
PARTS: Final = ("去看过了，情况和他说的一样。", "排进了下一批，先围起来。", "镇里管理的规定。")
OVERDUE: Final = timedelta(days=30)


class Case(Struct, frozen=True):
    """One petition: its docket, who handles it (user name), who signs for it, and chance of its own."""

    docket: str
    handler: str
    name: str
    chance: Chance


def petition_day(world: World, at: datetime, _who: Any) -> None:
    """Who petitions today."""
    chance = world.chance.apart(f"petitions {world.today(at)}")
    for number in range(chance.count(world.assume.petitions.a_week / WORKING_WEEK)):
        world.put(at + timedelta(hours=9 + chance.below(7), minutes=chance.below(60)), "petition",
                  chance.apart(str(number)))  # fmt: skip
    world.put(at + timedelta(days=1), "petition_day")


def petition(world: World, at: datetime, chance: Chance) -> None:
    """One petition comes to the centre, of one or of several."""
    people = [_somebody(world, chance) for _ in range(3)]
    joint = chance.yes(world.assume.petitions.joint)
    clerk = world.cast["lin"]
    told = Petitioning(
        sort="redress", route=ROUTE, words=chance.pick(world.assume.petition_words), office=clerk.office,
        channel="visit", petitioner=people[0], others=tuple(people[1:]) if joint else (),
        representatives=(people[0],) if joint else (), appeared=clerk.office,
    )  # fmt: skip
    docket = register(told, recorder=clerk.person, now=at).docket
    world.counts["petitions"] += 1
    case = Case(docket.id, "he", people[0].name, chance)
    world.put(world.in_office(at + timedelta(days=1 + chance.below(9))), "take_on", case)


def _somebody(world: World, chance: Chance) -> Particulars:
    name = chance.pick(world.assume.families) + chance.pick(world.assume.given) + chance.pick(world.assume.given)
    return Particulars(name=name, phone=f"13800{30_000 + chance.below(10_000):06}")


def take_on(world: World, at: datetime, case: Case) -> None:
    """Sorted by the centre, taken on by the petition office."""
    clerk, officer = world.cast["lin"].person, world.cast[case.handler].person
    named: list[Body] = [p.PetitionClassified(sort="redress", route=ROUTE)]
    record(case.docket, named, by=clerk, role="clerk", now=at)
    taken: list[Body] = [p.HandlerNamed(person=officer), e.PetitionAccepted()]
    record(case.docket, taken, by=officer, role="officer", now=at)
    days, late = world.assume.petitions.days, case.chance.yes(world.assume.petitions.late)
    after = timedelta(days=case.chance.between(days.low, days.usual, days.high)) + (OVERDUE if late else timedelta())
    world.put(world.in_office(at + after / 2), "hear", case)
    world.put(world.in_office(at + after), "answer", case)


def hear(world: World, at: datetime, case: Case) -> None:
    """The petitioner is heard."""
    heard = p.PetitionerHeard(paper=seal_text(case.docket, "当面听他说了。", now=at), how="in_person")
    docket = load(case.docket).docket
    record(case.docket, [heard], by=world.cast[case.handler].person, role="officer", now=at, for_=docket.beneficiary)


def answer(world: World, at: datetime, case: Case) -> None:
    """The opinion, handed over two days later."""
    review = load(case.docket).docket.petition.tier > 0
    outcome = "upheld" if review else case.chance.pick(("supported", "explained", "explained"))
    issue_opinion(case.docket, outcome, *PARTS, by=world.cast[case.handler].person, role="officer", now=at)
    world.put(world.in_office(at + timedelta(days=2)), "serve", case)


def serve_opinion(world: World, at: datetime, case: Case) -> None:
    """It reaches the petitioner, who may ask for a review."""
    serve(case.docket, "signature", "in_person", case.name, world.today(at), by=world.cast[case.handler].person,
          role="officer", now=at)  # fmt: skip
    first = load(case.docket).docket.petition.tier == 0
    if first and case.chance.yes(world.assume.petitions.review):
        world.put(world.in_office(at + timedelta(days=3 + case.chance.below(20))), "review", case)


def review(world: World, at: datetime, case: Case) -> None:
    """Looked at again one level up."""
    docket = load(case.docket).docket
    asking = Asking(by=docket.beneficiary, recorder=world.cast["lin"].person)
    asked = request_review(case.docket, "还是没有说清楚哪一天修。", asking, now=at).docket
    handler: list[Body] = [p.HandlerNamed(person=world.cast["wang"].person)]
    record(asked.id, handler, by=world.cast["zhao"].person, role="supervisor", now=at, for_=asked.beneficiary)
    world.counts["reviews"] += 1
    days = timedelta(days=8 + case.chance.below(16))
    world.put(world.in_office(at + days), "answer", Case(asked.id, "wang", case.name, case.chance))
