"""Agents 代办员 and what the pack says of them: kinds, what each kind may do, skills, and how cases are given out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from driftbox.domain.text import Text

Ability = Literal["carry", "check", "petition", "answer"]  # bring papers, say that they are complete, help to petition
Aspect = Literal["known", "near", "language", "skill", "soon", "load"]
ASPECTS: Final[tuple[Aspect, ...]] = ("known", "near", "language", "skill", "soon", "load")
FOREVER: Final = date.max


class AgentKind(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of agent 代办员的类别: what it may do, and how many open cases one person has at most."""

    code: str
    name: Text
    may: tuple[Ability, ...]
    at_once: Annotated[int, Meta(ge=1, le=200)]
    illustrative: bool = False  # a choice of the demo, not a published fact


class Skill(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Something that helps with some matters 专长, such as knowing boats; nobody is kept out for lacking it."""

    code: str
    name: Text
    matters: tuple[str, ...] = ()


class Tongue(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A language or dialect 语言、方言 that agents and residents may share."""

    code: str
    name: Text


class Need(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an agent must be allowed to do for cases of a ``procedure``, at these ``stages`` or (none named) at any."""

    procedure: str
    needs: Ability
    stages: tuple[str, ...] = ()


class AgentRules(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``law/agents.toml``: all that the pack says of agents.

    ``order``: by which reasons candidates are set one before the other, first reason first. ``weighs``: what falling
    short in one of them counts when a whole day is given out at once, in minutes of way. ``errands``: whether errands
    are assigned without asking; petitions always need the agent's yes.
    """

    kinds: tuple[AgentKind, ...] = ()
    skills: tuple[Skill, ...] = ()
    tongues: tuple[Tongue, ...] = ()
    needs: tuple[Need, ...] = ()
    order: tuple[Aspect, ...] = ASPECTS
    weighs: Mapping[Aspect, int] = {}
    errands: Literal["assign", "propose"] = "propose"

    def kind(self, code: str) -> AgentKind | None:
        """The kind of this code."""
        return next((one for one in self.kinds if one.code == code), None)

    def need_of(self, procedure: str, stage: str) -> Ability:
        """What an agent must be allowed to do for a case of ``procedure`` at ``stage``; carrying if nothing is said."""
        found = [one for one in self.needs if one.procedure == procedure and (stage in one.stages or not one.stages)]
        found.sort(key=lambda one: not one.stages)  # a row that names the stage goes before one that does not
        return found[0].needs if found else "carry"

    def skill_for(self, matter: str) -> str:
        """The skill that helps with ``matter``; empty when none is named."""
        return next((one.code for one in self.skills if matter in one.matters), "")


class Agent(Struct, frozen=True, kw_only=True):
    """One agent as they stand now.

    ``office``: the home point; ``station``: the office above it. ``free_from``: the first moment from now on at which
    they are on shift (None: no shift is known). ``until``: the last day of the authorisation. ``away``: why they
    cannot go, a code of ``AWAY``. ``load``: open cases in hand. ``declared``: residents they declared a relation to;
    ``served``: residents whom they have served.
    """

    person: str
    name: str
    office: str
    station: str = ""
    island: str = ""
    kind: str = ""
    may: tuple[Ability, ...] = ()
    at_once: int = 1
    load: int = 0
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    until: date | None = FOREVER
    active: bool = True
    away: str = ""
    free_from: datetime | None = None
    declared: frozenset[str] = frozenset()
    served: frozenset[str] = frozenset()
    phone: str = ""
    wheels: bool = False
    boat: bool = False


class Waiting(Struct, frozen=True, kw_only=True):
    """A case that wants an agent.

    ``parties``: residents who take part; ``barred``: persons and offices complained of, and who stepped aside.
    ``ways``: when one would be there, by the island one sets out from; an island that is left out has no boat.
    """

    docket: str
    number: str = ""
    procedure: str = "errand"
    office: str = ""
    island: str = ""
    station: str = ""
    needs: Ability = "carry"
    skill: str = ""
    language: str = ""
    parties: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    confidential: bool = False
    holder: str = ""
    ways: Mapping[str, datetime] = {}
