"""Plays a simulation: takes what is next off the agenda, and lets it happen through the acts of this house."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from driftbox.apps.eventlog.actions import together
from driftbox.apps.simulation import asking, duty, handing_in, homecoming, petitioning, sailing, window
from driftbox.apps.simulation.world import Plan, World
from driftbox.domain.errors import Refused
from driftbox.domain.simulation.weather import storms

Act = Callable[[World, datetime, Any], object]
ACTS: Final[Mapping[str, Act]] = {
    "day": asking.begin_day,
    "ask": asking.ask,
    "tell": asking.tell,
    "nothing_to_bring": asking.nothing_to_bring,
    "withdraw": asking.withdraw,
    "hand_in": handing_in.hand_in,
    "at_window": handing_in.at_window,
    "fetch_papers": handing_in.fetch_papers,
    "resend": handing_in.resend,
    "look_for_boat": sailing.look_for_boat,
    "sail": sailing.sail,
    "land": sailing.land,
    "send_back": sailing.send_back,
    "storm_told": sailing.storm_told,
    "storm_over": sailing.storm_over,
    "collect": window.collect,
    "count": window.count,
    "settle_all": window.settle_all,
    "accept": window.accept,
    "decide": window.decide,
    "pack": homecoming.pack,
    "take_out": homecoming.take_out,
    "deliver": homecoming.deliver,
    "fetch_oneself": homecoming.fetch_oneself,
    "rate": homecoming.rate,
    "close": homecoming.close,
    "petition_day": petitioning.petition_day,
    "petition": petitioning.petition,
    "take_on": petitioning.take_on,
    "hear": petitioning.hear,
    "answer": petitioning.answer,
    "serve": petitioning.serve_opinion,
    "review": petitioning.review,
    "duty_day": duty.duty_day,
}


def begin(plan: Plan) -> World:
    """A world with its staff, in which nothing has happened yet.

    Raises:
        NotFound: the assumptions name what the pack does not have.
    """
    world = World(plan)
    with together():
        world.staff_up()
        if plan.fresh:
            duty.staff_shifts(world)
    for what in ("day", "petition_day", "duty_day"):
        world.put(plan.start, what)
    days = (plan.end - plan.start).days + 1
    for storm in storms(plan.assume.seasons, plan.start, days, world.chance.apart("weather")):
        if plan.fresh or storm.until < plan.end:  # a demo says of itself what boats do today
            world.put(max(storm.told, plan.start), "storm_told", storm)
    return world


def play(world: World, until: datetime) -> None:
    """Let everything happen that happens before ``until``. What is refused is counted, and that way ends there."""
    while (event := world.agenda.next_before(until)) is not None:
        try:
            ACTS[event.what](world, event.at, event.who)
        except Refused as refusal:
            world.refusals[f"{event.what}: {refusal.code}"] += 1
        world.counts["acts"] += 1
