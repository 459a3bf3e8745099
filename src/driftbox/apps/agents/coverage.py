"""What coverage is counted from: the pack's points, stations and matters, the register, and the week."""

from collections.abc import Collection
from datetime import datetime

from driftbox.apps.agents.queries import STATIONS, island_of, register, station_of, week_at, week_of
from driftbox.apps.agents.standing import agents_now
from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.planning.agents import Ability
from driftbox.domain.planning.cover import Gap, Ground, Matter, Spot, gaps


def ground_at(offices: Collection[str], now: datetime) -> Ground:
    """Points, stations, agents, matters and hours of these offices as they stand at ``now``."""
    pack = current_pack()
    here = [office for office in pack.offices.values() if office.code in offices]
    spots = {
        one.code: Spot(code=one.code, name=one.short, island=island_of(one.code), station=station_of(one.code))
        for one in here
    }
    stations = [spots[one.code] for one in here if one.kind in STATIONS]
    return Ground(
        points=[spots[one.code] for one in here if one.kind == "point"],
        stations=stations,
        agents=agents_now(offices, now),
        matters=[
            Matter(code=one.code, name=one.name, needs=needs_of(one.procedure), skill=pack.agents.skill_for(one.code))
            for one in pack.matters.values()
            if not one.confidential
        ],
        wanted={one.code: week_at(one.code) for one in stations},
        shifts={one.person: week_of(one) for one in register(offices)},
    )


def needs_of(procedure: str) -> tuple[Ability, ...]:
    """Everything that an agent must be allowed to do for cases of ``procedure``, at whatever stage."""
    return tuple(dict.fromkeys(one.needs for one in current_pack().agents.needs if one.procedure == procedure))


def gaps_at(offices: Collection[str], now: datetime) -> tuple[Ground, tuple[Gap, ...]]:
    """The ground, and every gap in it."""
    ground = ground_at(offices, now)
    return ground, gaps(ground, calendar().local_date(now), current_pack().agents)
