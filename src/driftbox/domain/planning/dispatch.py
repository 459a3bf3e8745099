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
    """One reason in words: of which aspect, how far it falls short (0: nothing to wish for).

    ``asked``: whether the case asks for it at all; what it does not ask for sets nobody before another.
    """

    aspect: Aspect
    step: int
    words: Text
    asked: bool = True


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
    code = barred_from(case, agent) or unavailable(agent, now) or out_of_reach(case, agent, now)
    return LeftOut(agent, code, _left_out_words(code, case, agent)) if code else None


def barred_from(case: Waiting, agent: Agent) -> str:
    """Why this agent must keep away from this case, whoever else there is; empty when nothing says so.

    Confidential ones: Regulation on Petition Work Art. 30; recusal: Art. 28.
    """
    if case.confidential:
        return "confidential"
    if case.parties and (not case.parties.isdisjoint(agent.declared) or agent.person in case.parties):
        return "related"
    if case.barred and not case.barred.isdisjoint((agent.person, agent.office, agent.station)):
        return "complained_of"
    if agent.person == case.holder:
        return "holder"
    return "" if case.needs in agent.may else "kind"


def unavailable(agent: Agent, now: datetime) -> str:
    """Why this agent can take no case at all at ``now``; empty when they can."""
    if not agent.active:
        return "revoked"
    if agent.until is None or agent.until < now.date():
        return "authorisation"
    if agent.away:
        return "away"
    if agent.load >= agent.at_once:
        return "full"
    return "no_shift" if agent.free_from is None else ""


def out_of_reach(case: Waiting, agent: Agent, now: datetime) -> str:
    """Whether no boat leads from this agent to this case; empty when one can get there."""
    return "no_boat" if there_at(case, agent, now) is None else ""


_LEFT_OUT: Final = {
    "confidential": Text(zh="保密件，代办员不经手", en="confidential: no agent handles it"),
    "related": Text(zh="自己报过和当事人有关系，回避", en="declared a relation to a party; steps aside"),
    "complained_of": Text(zh="反映的就是本人或本单位，回避", en="is, or works where, it complains of"),
    "holder": Text(zh="事情本来就在他手里", en="has the case already"),
    "revoked": Text(zh="已经不是代办员", en="is no agent any more"),
    "authorisation": Text(zh="代办资格没有登记或过期了", en="authorisation not recorded, or over"),
    "full": Text(zh="手里满了", en="has as many cases as they may have"),
    "no_shift": Text(zh="没有登记哪天当班", en="no shift is recorded"),
    "no_boat": Text(zh="没有船到得了", en="no boat leads there"),
}


def _left_out_words(code: str, case: Waiting, agent: Agent) -> Text:
    if code == "kind":
        needs = ABILITIES[case.needs]
        return Text(zh=f"这一类代办员不能{needs.zh}", en=f"this kind of agent may not {needs.en}")
    return AWAY.get(agent.away, AWAY["leave"]) if code == "away" else _LEFT_OUT[code]


def there_at(case: Waiting, agent: Agent, now: datetime) -> datetime | None:
    """When ``agent`` could be where the case is: on shift, and by boat if that is another island; None: never."""
    if agent.free_from is None:
        return None
    start = max(now, agent.free_from)
    if agent.island == case.island:
        return start
    arrives = case.ways.get(agent.island)
    return max(start, arrives) if arrives else None


def reasons_for(case: Waiting, agent: Agent, now: datetime, rules: AgentRules) -> tuple[Reason, ...]:
    """Every reason that is weighed for ``agent``, in the pack's order."""
    return tuple(
        Reason(aspect, step, _WORDS[aspect](case, agent, now, step), asked=_is_asked(aspect, case))
        for aspect in rules.order
        for step in (STEPS[aspect](case, agent, now),)
    )


def _is_asked(aspect: Aspect, case: Waiting) -> bool:
    return bool(case.language) if aspect == "language" else bool(case.skill) if aspect == "skill" else True


def _known(case: Waiting, agent: Agent, _now: datetime) -> int:
    return int(case.parties.isdisjoint(agent.served))


def _near(case: Waiting, agent: Agent, _now: datetime) -> int:
    if agent.office == case.office:
        return 0
    if agent.island != case.island:
        return 3
    return 1 if agent.station == case.station else 2


def _language(case: Waiting, agent: Agent, _now: datetime) -> int:
    return int(bool(case.language) and case.language not in agent.languages)


def _skill(case: Waiting, agent: Agent, _now: datetime) -> int:
    return int(bool(case.skill) and case.skill not in agent.skills)


def _soon(case: Waiting, agent: Agent, now: datetime) -> int:
    there = there_at(case, agent, now)
    return 0 if there is None or there <= now else int((there - now).total_seconds()) // HALF_HOUR


def _load(_case: Waiting, agent: Agent, _now: datetime) -> int:
    return agent.load


Step = Callable[[Waiting, Agent, datetime], int]
STEPS: Final[dict[Aspect, Step]] = {
    "known": _known,
    "near": _near,
    "language": _language,
    "skill": _skill,
    "soon": _soon,
    "load": _load,
}


_NEAR: Final = (
    Text(zh="同一个点", en="at the same point"),
    Text(zh="同岛，归同一个站", en="on the same island, under the same station"),
    Text(zh="在同一个岛", en="on the same island"),
    Text(zh="要坐船去", en="has to take a boat"),
)
_KNOWN: Final = (
    Text(zh="以前帮这家办过", en="has served this person before"),
    Text(zh="头一回帮这家", en="has not served this person before"),
)


def _language_words(case: Waiting, _agent: Agent, _now: datetime, step: int) -> Text:
    if not case.language:
        return Text(zh="没有特别要讲的话", en="no language was asked for")
    return (
        Text(zh="不讲他的话", en="does not speak their language")
        if step
        else Text(zh="讲得来他的话", en="speaks their language")
    )


def _skill_words(case: Waiting, _agent: Agent, _now: datetime, step: int) -> Text:
    if not case.skill:
        return Text(zh="不要专长", en="no skill is asked for")
    return (
        Text(zh="没有这方面的专长", en="has not the skill for it")
        if step
        else Text(zh="有这方面的专长", en="has the skill for it")
    )


def _soon_words(case: Waiting, agent: Agent, now: datetime, _step: int) -> Text:
    there = there_at(case, agent, now) or now
    if there <= now:
        return Text(zh="现在就当班", en="is on shift now")
    local = there.astimezone(now.tzinfo)
    clock = f"{local:%H:%M}"
    zh, en = f"{local.month} 月 {local.day} 日 {clock} 到得了", f"can be there {local.day} {local:%b} {clock}"
    return Text(zh=zh, en=en)


def _load_words(_case: Waiting, _agent: Agent, _now: datetime, step: int) -> Text:
    if not step:
        return Text(zh="手里没有事", en="has nothing in hand")
    return Text(zh=f"手里 {step} 件", en=f"has {step} in hand")


_WORDS: Final[dict[Aspect, Callable[[Waiting, Agent, datetime, int], Text]]] = {
    "known": lambda _case, _agent, _now, step: _KNOWN[step],
    "near": lambda _case, _agent, _now, step: _NEAR[step],
    "language": _language_words,
    "skill": _skill_words,
    "soon": _soon_words,
    "load": _load_words,
}
