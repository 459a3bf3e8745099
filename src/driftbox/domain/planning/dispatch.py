"""Who should take a case 派给谁: candidates one after the other, each with its reasons in words, and who is left out.

There is no score. Candidates are compared reason by reason, in the order that the pack names; the first in which two
differ decides, and what is read beside a name is all that was weighed.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct

from driftbox.domain.planning.agents import Agent, AgentRules, Aspect, Waiting
from driftbox.domain.text import Text

AWAY: Final = {
    "ashore": Text(zh="上岸了，不在岛上", en="ashore, away from the island"),
    "ill": Text(zh="病了", en="ill"),
    "leave": Text(zh="请假", en="on leave"),
    "training": Text(zh="在培训", en="in training"),
}
ABILITIES: Final = {
    "carry": Text(zh="送取材料", en="carry papers"),
    "check": Text(zh="核对材料", en="check papers"),
    "petition": Text(zh="帮办信访", en="help with petitions"),
    "answer": Text(zh="回答咨询", en="answer enquiries"),
}
HALF_HOUR: Final = 1800  # seconds; who can be there within the same half hour is equally soon


class Reason(Struct, frozen=True):
    """One reason in words: of which aspect, how far it falls short (0: nothing to wish for)."""

    aspect: Aspect
    step: int
    words: Text


class Candidate(Struct, frozen=True):
    """Somebody who may take the case, and every reason that was weighed, in the order in which they were."""

    agent: Agent
    reasons: tuple[Reason, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """How far each reason falls short, in order: what candidates are compared by."""
        return tuple(reason.step for reason in self.reasons)


class LeftOut(Struct, frozen=True):
    """Somebody who may not take the case, and why."""

    agent: Agent
    code: str
    words: Text


class Suggestions(Struct, frozen=True):
    """Candidates, best first, and who is left out, by name."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]


def suggest(case: Waiting, agents: Iterable[Agent], now: datetime, rules: AgentRules) -> Suggestions:
    """Who may take ``case``, best first, with reasons; and who may not, with the one reason that keeps them out.

    ``now`` is aware, on the clock of the place. Equal in every reason: by name, so that nobody is favoured by how
    records lie.
    """
    candidates: list[Candidate] = []
    left_out: list[LeftOut] = []
    for agent in agents:
        out = why_not(case, agent, now)
        if out:
            left_out.append(out)
        else:
            candidates.append(Candidate(agent, reasons_for(case, agent, now, rules)))
    candidates.sort(key=lambda one: (one.steps, one.agent.name, one.agent.person))
    left_out.sort(key=lambda one: (one.agent.name, one.agent.person))
    return Suggestions(tuple(candidates), tuple(left_out))


def deciding(first: Candidate, second: Candidate) -> Reason | None:
    """The reason that sets ``first`` before ``second``; None when they are equal and only the name decides."""
    pairs = zip(first.reasons, second.reasons, strict=True)
    return next((one for one, other in pairs if one.step != other.step), None)


def why_not(case: Waiting, agent: Agent, now: datetime) -> LeftOut | None:
    """What keeps ``agent`` from taking ``case``; None when nothing does."""
    found = _barred(case, agent) or _unfit(case, agent, now) or _out_of_reach(case, agent, now)
    return LeftOut(agent, *found) if found else None


def _barred(case: Waiting, agent: Agent) -> tuple[str, Text] | None:
    if case.confidential:  # Regulation on Petition Work Art. 30
        return "confidential", Text(zh="保密件，代办员不经手", en="confidential: no agent handles it")
    if case.parties & agent.declared or agent.person in case.parties:
        return "related", Text(zh="自己报过和当事人有关系，回避", en="declared a relation to a party; steps aside")
    if case.barred & {agent.person, agent.office, agent.station}:
        return "complained_of", Text(zh="反映的就是本人或本单位，回避", en="is, or works where, it complains of")
    return None


def _unfit(case: Waiting, agent: Agent, now: datetime) -> tuple[str, Text] | None:
    if not agent.active:
        return "revoked", Text(zh="已经不是代办员", en="is no agent any more")
    if agent.until is None or agent.until < now.date():
        return "authorisation", Text(zh="代办资格没有登记或过期了", en="authorisation not recorded, or over")
    if case.needs not in agent.may:
        needs = ABILITIES[case.needs]
        return "kind", Text(zh=f"这一类代办员不能{needs.zh}", en=f"this kind of agent may not {needs.en}")
    if agent.person == case.holder:
        return "holder", Text(zh="事情本来就在他手里", en="has the case already")
    return None


def _out_of_reach(case: Waiting, agent: Agent, now: datetime) -> tuple[str, Text] | None:
    if agent.away:
        return "away", AWAY.get(agent.away, AWAY["leave"])
    if agent.load >= agent.at_once:
        return "full", Text(zh=f"手里已经有 {agent.load} 件，满了", en=f"has {agent.load} cases in hand, which is full")
    if agent.free_from is None:
        return "no_shift", Text(zh="没有登记哪天当班", en="no shift is recorded")
    if there_at(case, agent, now) is None:
        return "no_boat", Text(zh="没有船到得了", en="no boat leads there")
    return None


def there_at(case: Waiting, agent: Agent, now: datetime) -> datetime | None:
    """When ``agent`` could be where the case is: on shift, and by boat if that is another island; None: never."""
    start = max(now, agent.free_from) if agent.free_from else None
    if start is None or agent.island == case.island:
        return start
    arrives = case.ways.get(agent.island)
    return max(start, arrives) if arrives else None


def reasons_for(case: Waiting, agent: Agent, now: datetime, rules: AgentRules) -> tuple[Reason, ...]:
    """Every reason that is weighed for ``agent``, in the pack's order."""
    return tuple(_WEIGHED[aspect](case, agent, now) for aspect in rules.order)


def _known(case: Waiting, agent: Agent, _now: datetime) -> Reason:
    if case.parties & agent.served:
        return Reason("known", 0, Text(zh="以前帮这家办过", en="has served this person before"))
    return Reason("known", 1, Text(zh="头一回帮这家", en="has not served this person before"))


def _near(case: Waiting, agent: Agent, _now: datetime) -> Reason:
    if agent.office == case.office:
        return Reason("near", 0, Text(zh="同一个点", en="at the same point"))
    if agent.island == case.island and agent.station == case.station:
        return Reason("near", 1, Text(zh="同岛，归同一个站", en="on the same island, under the same station"))
    if agent.island == case.island:
        return Reason("near", 2, Text(zh="在同一个岛", en="on the same island"))
    return Reason("near", 3, Text(zh="要坐船去", en="has to take a boat"))


def _language(case: Waiting, agent: Agent, _now: datetime) -> Reason:
    if not case.language:
        return Reason("language", 0, Text(zh="没有特别要讲的话", en="no language was asked for"))
    if case.language in agent.languages:
        return Reason("language", 0, Text(zh="讲得来他的话", en="speaks their language"))
    return Reason("language", 1, Text(zh="不讲他的话", en="does not speak their language"))


def _skill(case: Waiting, agent: Agent, _now: datetime) -> Reason:
    if not case.skill:
        return Reason("skill", 0, Text(zh="不要专长", en="no skill is asked for"))
    if case.skill in agent.skills:
        return Reason("skill", 0, Text(zh="有这方面的专长", en="has the skill for it"))
    return Reason("skill", 1, Text(zh="没有这方面的专长", en="has not the skill for it"))


def _soon(case: Waiting, agent: Agent, now: datetime) -> Reason:
    there = there_at(case, agent, now) or now
    step = int((there - now).total_seconds()) // HALF_HOUR
    if there <= now:
        return Reason("soon", 0, Text(zh="现在就当班", en="is on shift now"))
    local = there.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    zh, en = f"{local.month} 月 {local.day} 日 {clock} 到得了", f"can be there {local.day} {local:%b} {clock}"
    return Reason("soon", step, Text(zh=zh, en=en))


def _load(_case: Waiting, agent: Agent, _now: datetime) -> Reason:
    if not agent.load:
        return Reason("load", 0, Text(zh="手里没有事", en="has nothing in hand"))
    return Reason("load", agent.load, Text(zh=f"手里 {agent.load} 件", en=f"has {agent.load} in hand"))


_WEIGHED: Final[dict[Aspect, Callable[[Waiting, Agent, datetime], Reason]]] = {
    "known": _known,
    "near": _near,
    "language": _language,
    "skill": _skill,
    "soon": _soon,
    "load": _load,
}
