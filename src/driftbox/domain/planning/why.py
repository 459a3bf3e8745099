"""Why a visit is not in the plan, in words that say what to do about it."""

from typing import Final

from driftbox.domain.planning.day import MIDNIGHT, Agent, Day, Visit
from driftbox.domain.planning.lines import Lines
from driftbox.domain.planning.travel import Travel
from driftbox.domain.text import Text

_DAYS: Final = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
NOBODY: Final = Text(zh="这天没有人当班，排不出来", en="Nobody is on shift that day")
NOT_FREE: Final = Text(zh="能去的人这天都不当班", en="Nobody who may go is on shift that day")
FULL: Final = Text(
    zh="这天的人手都排满了，再多一个人就能去", en="Everybody's day is full; one more person could go"
)  # fmt: skip
OUTSIDE: Final = Text(
    zh="登记的住址不在这些岛上。先打电话问人在哪，在岛上的就选好谁去", en="The address is on none of these islands. "
    "Telephone to hear where they are; if they are here, choose who goes",
)  # fmt: skip
FULL_ONE: Final = Text(zh="他这天排满了，换个人就能去", en="Their day is full; somebody else could go")
TOO_FEW: Final = Text(zh="要两个人一起去，凑不出两个人", en="It takes two, and no two can be there together")


def why_left(day: Day, travel: Travel, written: Travel, visit: Visit) -> Text:
    """The reason why ``visit`` could not be planned on ``day``; ``written``: the ways if all boats sailed."""
    if visit.outside:
        return OUTSIDE
    agents = [agent for agent in day.agents if not visit.agents or agent.person in visit.agents]
    if not agents:
        return NOT_FREE if day.agents else NOBODY
    able = [agent for agent in agents if _alone(travel, agent, visit)]
    if len(able) >= visit.people:
        return FULL_ONE if len(visit.agents) == 1 and len(day.agents) > 1 else FULL
    if able:
        return TOO_FEW
    return _by_boat(day, (travel, written), agents, visit)


def _alone(travel: Travel, agent: Agent, visit: Visit) -> bool:
    """Whether that agent could make this visit and nothing else."""
    return Lines(travel, {visit.id: visit}).line(agent, (visit.id,)) is not None


def _by_boat(day: Day, ways: tuple[Travel, Travel], agents: list[Agent], visit: Visit) -> Text:
    travel, written = ways
    place = day.places[visit.place]
    island, name, weekday = place.island, place.name, _DAYS[day.date.weekday()]
    if not place.stop and all(day.places[agent.start].island != island for agent in agents):
        return Text(zh=f"{name.zh}靠哪个码头没有写，船去不了", en=f"The pier of {name.en} is not known")
    if day.suspended and any(_alone(written, agent, visit) for agent in agents):
        return Text(zh=f"{weekday}去{name.zh}的船停航", en=f"The boats to {name.en} do not sail that day")
    there = [(agent, travel.arrive(agent.start, visit.place, agent.since)) for agent in agents]
    reached = [(agent, at) for agent, at in there if at is not None and at < MIDNIGHT]
    if not reached:
        return Text(zh=f"{weekday}没有船到{name.zh}", en=f"No boat reaches {name.en} that day")
    if all(visit.begins(at) is None for _agent, at in reached):
        return Text(zh=f"到{name.zh}太晚，赶不上说好的时间", en=f"One comes to {name.en} too late for the agreed hours")
    return Text(zh=f"去得了{name.zh}，当天赶不回来", en=f"One can go to {name.en}, but not be back the same day")
