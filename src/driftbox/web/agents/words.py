"""Agents as pages show them: in words, and never by a figure that could rank them."""

from datetime import date, timedelta

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.agents.queries import Known
from driftbox.apps.pack import current_pack
from driftbox.domain.planning.agents import Agent
from driftbox.domain.planning.dispatch import AWAY, LeftOut, Suggestions
from driftbox.web.base.intake_words import reasons_said
from driftbox.web.base.telling import place_name, said

ENDING = timedelta(days=30)
SHOWN = 12


class AgentLine(Struct, frozen=True):
    """One agent as a line of the register."""

    person: str
    name: str
    office: str
    kind: str
    phone: str
    state: str
    serves: bool
    loud: bool


def kind_word(code: str) -> str:
    """What a kind of agent is called."""
    kind = current_pack().agents.kind(code)
    return said(kind.name) if kind else code


def line_of(known: Known, today: date) -> AgentLine:
    """An agent as a line: how they stand today."""
    return AgentLine(
        known.person, known.name, place_name(known.office), kind_word(known.kind), known.phone, _state(known, today),
        known.serves_on(today) and not known.away_on(today),
        not known.serves_on(today) or not known.phone,
    )  # fmt: skip


def _state(known: Known, today: date) -> str:
    if known.revoked or not known.agent:
        return gettext("已经不是代办员")
    if known.until is None:
        return gettext("还没有登记资格")
    if known.until < today:
        return gettext("资格 {day} 过期了").format(day=known.until)
    if known.away_on(today):
        return said(AWAY.get(known.away, AWAY["leave"]))
    if known.until <= today + ENDING:
        return gettext("资格到 {day}，快到了").format(day=known.until)
    return gettext("资格到 {day}").format(day=known.until)


class Choice(Struct, frozen=True):
    """Somebody who may take a case, with the reasons in words."""

    agent: Agent
    office: str
    kind: str
    reasons: str


class Grouped(Struct, frozen=True):
    """Why people are left out: the reason, how many, and the first names."""

    words: str
    count: int
    names: str


def choices_of(found: Suggestions, most: int = SHOWN) -> list[Choice]:
    """The first candidates as a page shows them."""
    return [
        Choice(one.agent, place_name(one.agent.office), kind_word(one.agent.kind),
               reasons_said(one.reasons))
        for one in found.candidates[:most]
    ]  # fmt: skip


def left_out_of(left_out: tuple[LeftOut, ...]) -> list[Grouped]:
    """Who is left out, by reason."""
    groups: dict[str, list[LeftOut]] = {}
    for one in left_out:
        groups.setdefault(said(one.words), []).append(one)
    return [
        Grouped(words, len(those), gettext("、").join(one.agent.name for one in those[:5])) for words, those in
        groups.items()
    ]  # fmt: skip
