"""Residents ask, and are told the one list."""

from datetime import datetime, timedelta
from typing import Any, get_args

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import Call, give_checklist, take_call
from driftbox.apps.pack import matter_of
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.reception.actions import Talk, log_contact
from driftbox.apps.simulation.world import Life, World
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.domain.planning import reception as r
from driftbox.domain.simulation.arrivals import asks_of
from driftbox.domain.simulation.policy import ways_of

CHANNELS: frozenset[str] = frozenset(get_args(r.Channel))
LAPSES = timedelta(days=30)


def begin_day(world: World, at: datetime, _who: Any) -> None:
    """Draw who asks today, and come back tomorrow."""
    chance = world.chance.apart(f"day {world.today(at)}")
    factor = world.assume.rest_day_factor if world.is_rest(world.today(at)) else 1.0
    for asking in asks_of(at, len(world.lives) + 1, world.plan.per_day * factor, world.assume, chance):
        life = Life(asking, world.chance.apart(f"life {asking.number}"))
        world.lives.append(life)
        world.put(asking.at, "ask", life)
    world.put(at + timedelta(days=1), "day")


def ask(world: World, at: datetime, life: Life) -> None:
    """Somebody asks: by phone, on the web, at the window, at home; for themselves or for their parents."""
    asking = life.asking
    chance, clerk = life.chance, world.people[asking.route.office, "clerk"]
    words = chance.pick(world.sayings[asking.matter] or [asking.matter])
    caller = Particulars(name=asking.helper or asking.name, phone=asking.helper_phone or asking.phone)
    beneficiary = Particulars(name=asking.name) if asking.helper else None
    if asking.enquiry and asking.channel in CHANNELS:
        talk = Talk(channel=asking.channel, words=words, caller=caller, answer="问清楚了，告诉他怎么办了。")  # type: ignore[arg-type] # asked above
        life.docket = log_contact(talk, staff_viewer(clerk), now=at).case.id
        return
    call = Call(
        matter=asking.matter, words=words, caller=caller, beneficiary=beneficiary,
        relation=asking.kind.relation if asking.helper else "", channel=asking.channel,  # type: ignore[arg-type] # the log refuses what is none
        office=asking.route.office,
    )  # fmt: skip
    docket = take_call(call, recorder="" if asking.channel == "web" else clerk.person, now=at)
    life.docket = docket.id
    world.put(at + timedelta(minutes=2 + chance.below(15)), "tell", life)


def tell(world: World, at: datetime, life: Life) -> None:
    """The one list: on the web at once and by oneself, else by the clerk."""
    docket, chance = load(life.docket).docket, life.chance
    answers = {one.id for one in matter_of(docket).questions if chance.yes(world.assume.odds.answer_yes)}
    answers.discard("someone_acts")
    if life.asking.channel == "web":
        after = _told(docket, answers, ("web",), docket.applicant, "resident", at)
    else:
        told: tuple[e.Way, ...] = ("print",) if life.asking.channel == "window" else ("voice", "sms")
        after = _told(docket, answers, told, world.person(docket.office, "clerk"), "clerk", at)
    life.items = tuple(one for one in after.checklist if one.source == "resident" and one.kind != "shown")
    life.way = chance.weighed(ways_of(life.asking.kind, world.policy, world.assume))
    _next(world, at, life)


def _told(docket: Docket, answers: set[str], told: tuple[e.Way, ...], by: str, role: str, at: datetime) -> Docket:
    return give_checklist(docket, frozenset(answers), told, by=by, role=role, now=at)


def _next(world: World, at: datetime, life: Life) -> None:
    odds, gathering = world.assume.odds, world.assume.gathering_days
    days = timedelta(days=life.chance.between(gathering.low, gathering.usual, gathering.high))
    never, withdraws = life.chance.yes(odds.never_comes), life.chance.yes(odds.withdraws)
    if withdraws:
        world.put(world.in_office(at + days), "withdraw", life)
    elif never:
        world.put(world.in_office(at + LAPSES), "withdraw", life)
    elif life.items:
        world.put(at + days, "hand_in", life)
    else:
        world.put(world.in_office(world.later(at, world.assume.accept, life.chance)), "nothing_to_bring", life)


def nothing_to_bring(world: World, at: datetime, life: Life) -> None:
    """All of it is held or looked up: complete without anything being brought."""
    clerk = world.person(life.asking.route.office, "clerk")
    record(life.docket, [e.MaterialsChecked()], by=clerk, role="clerk", now=at)
    world.put(world.in_office(world.later(at, world.assume.accept, life.chance)), "accept", life)


def withdraw(world: World, at: datetime, life: Life) -> None:
    """Not wanted any more, or never heard of again."""
    clerk = world.person(life.asking.route.office, "clerk")
    bodies: list[Body] = [e.CaseWithdrawn()]
    record(life.docket, bodies, by=clerk, role="clerk", now=at)
