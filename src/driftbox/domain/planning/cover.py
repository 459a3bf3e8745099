"""Where nobody is 没人管的地方: points without an agent, matters nobody may do, empty hours; each with a mend."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.planning.agents import Ability, Agent, AgentRules
from driftbox.domain.planning.dispatch import ABILITIES, AWAY
from driftbox.domain.text import Text

What = Literal["point", "ending", "matter", "hours"]
SOON: Final = timedelta(days=30)  # an authorisation that ends within a month should be renewed now


class Spot(Struct, frozen=True, kw_only=True):
    """A point or station 点、站 that somebody should look after; ``station`` is the office above a point."""

    code: str
    name: Text
    island: str = ""
    station: str = ""


class Shift(Struct, frozen=True, order=True):
    """One stretch of a week 当班: weekday (1 is Monday), from and until in minutes of the day."""

    weekday: int
    since: int
    until: int


class Matter(Struct, frozen=True, kw_only=True):
    """A matter and what an agent must be allowed to do for it, with the skill that helps."""

    code: str
    name: Text
    needs: tuple[Ability, ...]
    skill: str = ""


class Gap(Struct, frozen=True, kw_only=True):
    """One gap: what is missing where, and what would mend it, in words. ``person``: who the mend speaks of."""

    what: What
    office: str
    where: Text
    words: Text
    mend: Text
    person: str = ""


class Ground(Struct, frozen=True, kw_only=True):
    """All that coverage looks at. ``wanted``: the hours to be staffed at each station; ``shifts``: of each person."""

    points: Sequence[Spot]
    stations: Sequence[Spot]
    agents: Sequence[Agent]
    matters: Sequence[Matter] = ()
    wanted: Mapping[str, Sequence[Shift]] = {}
    shifts: Mapping[str, Sequence[Shift]] = {}


def gaps(ground: Ground, today: date, rules: AgentRules) -> tuple[Gap, ...]:
    """Every gap, in the order of the pack's points and stations."""
    serving = [agent for agent in ground.agents if agent.active and agent.until and agent.until >= today]
    return (
        *(gap for point in ground.points for gap in _point(point, ground, serving, today)),
        *(gap for station in ground.stations for gap in _matters(station, ground, serving, rules)),
        *(gap for station in ground.stations for gap in _hours(station, ground, serving)),
    )


def _by_name(agents: Iterable[Agent]) -> list[Agent]:
    return sorted(agents, key=lambda one: (one.name, one.person))


def _point(point: Spot, ground: Ground, serving: Sequence[Agent], today: date) -> Iterable[Gap]:
    here = _by_name(one for one in serving if one.office == point.code)
    there = [one for one in here if not one.away]
    if not there:
        yield _empty(point, ground, here, serving)
    elif all(one.until and one.until <= today + SOON for one in there):
        last = max(there, key=lambda one: one.until or today)
        day = (last.until or today).isoformat()
        yield Gap(
            what="ending", office=point.code, where=point.name, person=last.person,
            words=Text(zh=f"资格到 {day} 就没有人了", en=f"nobody is authorised after {day}"),
            mend=Text(zh=f"给{last.name}续期，或再请一位", en=f"renew {last.name}, or ask one more"),
        )  # fmt: skip


def _empty(point: Spot, ground: Ground, here: Sequence[Agent], serving: Sequence[Agent]) -> Gap:
    words = Text(zh="没有代办员", en="no agent")
    if here:
        away = AWAY.get(here[0].away, AWAY["leave"])
        words = Text(zh=f"{here[0].name}{away.zh}，没有别人", en=f"{here[0].name} is {away.en}; nobody else is there")
    stand_in = _stand_in(point, serving)
    if stand_in is None:
        mend = Text(zh="同岛同站没有人能顶，请站里招一位", en="nobody near can stand in: recruit one")
        return Gap(what="point", office=point.code, where=point.name, words=words, mend=mend)
    base = next((one.name for one in (*ground.points, *ground.stations) if one.code == stand_in.office), point.name)
    same = stand_in.island == point.island
    mend = Text(
        zh=f"请{base.zh}的{stand_in.name}先兼着" + ("" if same else "，坐船去"),
        en=f"ask {stand_in.name} of {base.en} to stand in" + ("" if same else ", by boat"),
    )
    return Gap(what="point", office=point.code, where=point.name, words=words, mend=mend, person=stand_in.person)


def _stand_in(point: Spot, serving: Sequence[Agent]) -> Agent | None:
    """Who could look after the point too: of its station, on the same island if possible, with most room left."""
    near = [one for one in serving if not one.away and (one.station == point.station or one.island == point.island)]
    near = [one for one in near if one.load < one.at_once]
    near.sort(key=lambda one: (one.island != point.island, one.station != point.station, one.load - one.at_once,
                               one.name, one.person))  # fmt: skip
    return near[0] if near else None


def _matters(station: Spot, ground: Ground, serving: Sequence[Agent], rules: AgentRules) -> Iterable[Gap]:
    here = [one for one in serving if station.code in (one.office, one.station) and not one.away]
    may = {ability for one in here for ability in one.may}
    lacking: dict[Ability, list[Matter]] = {}
    for matter in ground.matters:
        for ability in matter.needs:
            if ability not in may:
                lacking.setdefault(ability, []).append(matter)
    for ability, matters in lacking.items():
        kinds = [kind for kind in rules.kinds if ability in kind.may]
        names = ("、".join(kind.name.zh for kind in kinds), ", ".join(kind.name.en for kind in kinds))
        said = ABILITIES[ability]
        yield Gap(
            what="matter", office=station.code, where=station.name,
            words=Text(zh=f"没有人能{said.zh}：{_zh(matters)}", en=f"nobody may {said.en}: {_en(matters)}"),
            mend=Text(zh=f"派一位{names[0]}，或请邻站兼着", en=f"send one who is {names[1]}, or ask the next station"),
        )  # fmt: skip


def _zh(matters: Sequence[Matter]) -> str:
    more = f"等 {len(matters)} 件" if len(matters) > len(matters[:3]) else ""
    return "、".join(one.name.zh for one in matters[:3]) + more


def _en(matters: Sequence[Matter]) -> str:
    more = f" and others, {len(matters)} in all" if len(matters) > len(matters[:3]) else ""
    return ", ".join(one.name.en for one in matters[:3]) + more


WEEKDAYS: Final = (
    Text(zh="周一", en="Mon"), Text(zh="周二", en="Tue"), Text(zh="周三", en="Wed"), Text(zh="周四", en="Thu"),
    Text(zh="周五", en="Fri"), Text(zh="周六", en="Sat"), Text(zh="周日", en="Sun"),
)  # fmt: skip


def unstaffed(wanted: Iterable[Shift], there: Iterable[Shift]) -> tuple[Shift, ...]:
    """The parts of ``wanted`` in which nobody of ``there`` is on shift, in order."""
    left: list[Shift] = []
    present = sorted(there)
    for want in sorted(wanted):
        at = want.since
        for shift in present:
            if shift.weekday != want.weekday or shift.until <= at or shift.since >= want.until:
                continue
            if shift.since > at:
                left.append(Shift(want.weekday, at, shift.since))
            at = max(at, shift.until)
        if at < want.until:
            left.append(Shift(want.weekday, at, want.until))
    return tuple(left)


def _hours(station: Spot, ground: Ground, serving: Sequence[Agent]) -> Iterable[Gap]:
    here = _by_name(one for one in serving if station.code in (one.office, one.station) and not one.away)
    there = [shift for one in here for shift in ground.shifts.get(one.person, ())]
    left = unstaffed(ground.wanted.get(station.code, ()), there)
    if not left:
        return
    zh = "、".join(f"{WEEKDAYS[one.weekday - 1].zh} {_clock(one.since)}–{_clock(one.until)}" for one in left)
    en = ", ".join(f"{WEEKDAYS[one.weekday - 1].en} {_clock(one.since)}–{_clock(one.until)}" for one in left)
    who = next((one for one in here if one.load < one.at_once), None)
    mend = (
        Text(zh=f"问{who.name}能不能加这几段，或请邻站接电话", en=f"ask {who.name} for these, or the next station")
        if who
        else Text(zh="站里没有人可排，先请邻站接电话", en="nobody is there to ask: let the next station answer")
    )
    yield Gap(
        what="hours", office=station.code, where=station.name, person=who.person if who else "",
        words=Text(zh=f"没人当班：{zh}", en=f"nobody on shift: {en}"), mend=mend,
    )  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
