"""Papers are collected, counted and read; the window takes the case on; the department decides."""

from datetime import datetime, timedelta
from typing import Final

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.broken_seal import PICTURE
from driftbox.apps.errands.carriage import collect as take_out_of_box
from driftbox.apps.errands.carriage import count as count_parcel
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.incidents import notify, photograph, settle
from driftbox.apps.errands.promises import promise_for
from driftbox.apps.pack import matter_of
from driftbox.apps.simulation.world import Life, World
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.domain.simulation.hours import working_days_on

RESULT: Final = e.Item(code="result", kind="original")
LOOKED_INTO: Final = timedelta(hours=3)


def collect(world: World, at: datetime, life: Life) -> None:
    """An agent takes the parcel out of the box across, and looks at its seal."""
    line = world.line_of(life)
    if _out_of_reach(world, at, life, "collect"):
        return
    docket = load(life.docket).docket
    parcel = list(docket.parcels)[-1]
    agent = world.person(line.route.office, "agent")
    if not docket.agent:
        record(life.docket, [e.TaskClaimed(agent=agent)], by=agent, role="agent", now=at)
    broken = life.chance.yes(world.assume.odds.broken_seal)
    hand = world.hand(life, "agent", at)
    after = take_out_of_box(line.route.box, parcel, hand, seal="broken" if broken else "intact")
    world.counts["incidents"] += len(after.open_incidents)
    world.put(at + timedelta(minutes=10), "count", life)


def _out_of_reach(world: World, at: datetime, life: Life, what: str) -> bool:
    """Without signal what is done now is recorded when the agent is back; whether that is so."""
    line = world.line_of(life)
    if line.offline_until is None or at >= line.offline_until:
        return False
    life.claimed = at
    world.counts["late"] += 1
    world.put(line.offline_until, what, life)
    return True


def count(world: World, at: datetime, life: Life) -> None:
    """Count against the manifest; one may be short."""
    docket = load(life.docket).docket
    parcel = list(docket.parcels)[-1]
    manifest = docket.parcels[parcel].manifest
    short = len(manifest) > 1 and life.chance.yes(world.assume.odds.shortage)
    before = len(docket.open_incidents)
    after = count_parcel(life.docket, parcel, manifest[1:] if short else manifest, world.hand(life, "agent", at))
    world.counts["incidents"] += len(after.open_incidents) - before
    if after.on_hold:
        world.put(world.in_office(at + LOOKED_INTO), "settle_all", life)
    else:
        _read(world, at + timedelta(minutes=15), life, after, short=short)


def settle_all(world: World, at: datetime, life: Life) -> None:
    """Photographed, both ends told, decided; then the papers are read."""
    office = life.asking.route.office
    agent, clerk = (world.person(office, role) for role in ("agent", "clerk"))
    director, short = world.cast["hu"].person, False
    for one in load(life.docket).docket.on_hold:
        photograph(life.docket, one.entry, (PICTURE,), Hand(by=agent, role="agent", now=at))
        notify(life.docket, one.entry, ("sender", "receiver"), Hand(by=clerk, role="clerk", now=at))
        lost = one.what == "shortage"
        short = short or lost
        decided = Hand(by=director, role="director", now=at + timedelta(minutes=20))
        settle(life.docket, one.entry, "found" if lost else "accepted", "left_at_home" if lost else "knocked_about",
               decided)  # fmt: skip
    _read(world, at + timedelta(minutes=40), life, load(life.docket).docket, short=short)


def _read(world: World, at: datetime, life: Life, docket: Docket, *, short: bool) -> None:
    """Read them against the one list: complete, or something is missing and all of it is named."""
    agent = world.person(docket.office, "agent")
    if life.left_out or short:
        missing = life.items[:1]
        lacking = e.MaterialsLacking(lacking=tuple(one.code for one in missing))
        record(life.docket, [lacking], by=agent, role="agent", now=at)
        _send_more(world, at, life, missing)
        return
    record(life.docket, [e.MaterialsChecked()], by=agent, role="agent", now=at)
    world.put(world.in_office(world.later(at, world.assume.accept, life.chance)), "accept", life)


def _send_more(world: World, at: datetime, life: Life, items: tuple[e.Item, ...]) -> None:
    life.items, life.left_out = items, False
    days = world.assume.missing_days
    world.put(at + timedelta(days=life.chance.between(days.low, days.usual, days.high)), "resend", life)


def accept(world: World, at: datetime, life: Life) -> None:
    """Taken on, with a day promised where one can be; now and then the window asks for one more paper."""
    clerk = world.person(life.asking.route.office, "clerk")
    wanted = _beside_the_list(load(life.docket).docket)
    if wanted and life.tries == 1 and life.chance.yes(world.assume.odds.second_ask):
        record(life.docket, [e.MaterialsAsked(items=wanted, cause="missed")], by=clerk, role="clerk", now=at)
        _send_more(world, at, life, wanted)
        return
    docket = load(life.docket).docket
    bodies: list[Body] = [e.CaseAccepted(receipt=docket.number)]
    accepted = record(life.docket, bodies, by=clerk, role="clerk", now=at)
    proposal = promise_for(accepted, at)
    if proposal and proposal.day:
        promise = e.PromiseMade(due=proposal.day.isoformat(), basis="forecast")
        record(life.docket, [promise], by=clerk, role="clerk", now=at)
    world.put(_decision_at(world, at, life, accepted), "decide", life)


def _beside_the_list(docket: Docket) -> tuple[e.Item, ...]:
    """One paper of the matter that the list did not name."""
    listed = {one.code for one in docket.checklist}
    return tuple(
        e.Item(code=one.code, kind=one.kind) for one in matter_of(docket).materials
        if one.code not in listed and one.kind != "shown" and one.supplied_by == "resident"
    )[:1]  # fmt: skip


def _decision_at(world: World, at: datetime, life: Life, docket: Docket) -> datetime:
    limit, chance = matter_of(docket).limit, life.chance
    days = world.assume.department_days
    count = chance.between(days.low, days.usual, days.high)
    if limit and limit.days:
        part = world.assume.department_share
        whole = (limit.promise_days or limit.days) * (1.0 if limit.unit == "working" else 5 / 7)
        count = whole * chance.between(part.low, part.usual, part.high)
    day = working_days_on(world.today(at), max(1, round(count)), world.is_rest)
    nine = datetime.combine(day, world.assume.office_hours[0].since, at.tzinfo)
    return world.in_office(nine + timedelta(minutes=chance.below(420)))


def decide(world: World, at: datetime, life: Life) -> None:
    """The department decides; card or letter come out the same day."""
    department = matter_of(load(life.docket).docket).department
    officer = world.person(department, "officer")
    refused = life.chance.yes(world.assume.odds.refused)
    decided = e.DecisionMade(
        outcome="refused" if refused else "granted", ground="conditions_lacking" if refused else "meets_conditions"
    )
    issued = e.ResultIssued(items=(RESULT,), place=department)
    record(life.docket, [decided, issued], by=officer, role="officer", now=at)
    if not world.policy.box and life.way == "window":
        world.put(world.in_office(at + timedelta(days=1, hours=2)), "fetch_oneself", life)
    else:
        world.put(world.on_foot(world.later(at, world.assume.fetch, life.chance)), "pack", life)
