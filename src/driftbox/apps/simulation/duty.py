"""Shifts of the centre, who falls ill, who stands in, and islands that are out of reach for a day."""

from datetime import datetime, timedelta
from typing import Any, Final

from driftbox.apps.pack import current_pack
from driftbox.apps.people.actions import write_account
from driftbox.apps.people.models import Account
from driftbox.apps.roster.actions import make_month, publish, record
from driftbox.apps.roster.queries import on_duty
from driftbox.apps.simulation.world import World
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.simulation.hours import DAY
from driftbox.gateways.roster import PlainRosterMaker

SHARERS: Final = 8
NOON: Final = timedelta(hours=12)


def shift_office(world: World) -> str:
    """The office whose shifts are played: the first with a roster; empty where the pack has none."""
    return next((one for one in world.lines if one in current_pack().rosters), "")


def staff_shifts(world: World) -> None:
    """Who shares the shifts of the centre."""
    office = shift_office(world)
    known = set(Account.objects.values_list("username", flat=True))
    for number in range(SHARERS if office else 0):
        if f"sim-shift-{number}" not in known:
            write_account(f"sim-shift-{number}", None, name=f"轮班{number + 1}号", office=office, roles=["clerk"],
                          kind="", phone="", now=world.plan.start)  # fmt: skip


def duty_day(world: World, at: datetime, _who: Any) -> None:
    """A month is published on its first day; somebody may be ill; an island may be out of reach."""
    office, director = shift_office(world), world.cast["hu"].person
    day = world.today(at)
    if office and world.plan.fresh and (day.day == 1 or at == world.plan.start):
        month = f"{day:%Y-%m}"
        publish(office, month, make_month(office, month, by=PlainRosterMaker()), "plain", by=director, now=at)
    chance = world.chance.apart(f"duty {day}")
    if office and world.plan.fresh and chance.yes(world.assume.odds.sick_a_day):
        _ill(world, office, at)
    for line in world.lines.values():
        if chance.yes(world.assume.odds.agent_offline_a_day):
            hours = world.assume.offline
            morning = at + timedelta(hours=8)
            line.offline_until = morning + timedelta(hours=chance.between(hours.low, hours.usual, hours.high))
            world.counts["offline"] += 1
    world.put(at + DAY, "duty_day")


def _ill(world: World, office: str, at: datetime) -> None:
    """Whoever is on at noon is ill; whoever works at the centre anyway stands in."""
    shifts = [one for one in on_duty(office, at + NOON) if one.people]
    if not shifts:
        return
    slot, person = shifts[0].slot, shifts[0].people[0]
    sick = f.SickReported(day=slot.day.isoformat(), shift=slot.shift.code, person=person)
    record(office, [sick], by=person, role="clerk", now=at + timedelta(hours=5))
    world.counts["sick"] += 1
