"""Giving cases out: who could take one, with reasons; a whole day at once; what an agent's absence leaves behind."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from driftbox.apps.agents.queries import island_of, station_of
from driftbox.apps.agents.standing import agents_now
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load_many, reached_by
from driftbox.apps.errands.boats import world_at
from driftbox.apps.errands.together import sisters_of
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import particulars_of_all
from driftbox.apps.sailings.queries import stop_of
from driftbox.domain.arrival.crossing import Crossings
from driftbox.domain.docket.entries import TaskClaimed
from driftbox.domain.docket.handover_entries import HandoverProposed
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.planning.agents import Waiting
from driftbox.domain.planning.balance import Assignment, balance
from driftbox.domain.planning.dispatch import Candidate, Suggestions, suggest

GIVEN_OUT: Final = ("errand", "petition")
MOST: Final = 1000  # cases of one giving-out
NODE: Final = "node"


class Ways:
    """When one would be on an island, from each other island, leaving now; asked once for each."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(calendar().zone)
        self._crossings: Crossings | None = None
        self._known: dict[str, dict[str, datetime]] = {}

    def to(self, office: str) -> dict[str, datetime]:
        """By the island one sets out from, when one arrives where ``office`` is; without a boat it is left out."""
        island = island_of(office)
        if island not in self._known:
            self._known[island] = self._arrivals(island)
        return self._known[island]

    def _arrivals(self, island: str) -> dict[str, datetime]:
        piers = _piers()
        self._crossings = self._crossings or world_at(self.now).crossings
        found: dict[str, datetime] = {}
        for origin, pier in ((o, p) for o, stops in piers.items() if o != island for p in stops):
            for target in piers.get(island, ()):
                legs = self._crossings.legs(pier, target, self.now, box=False)
                if legs:
                    found[origin] = min(found.get(origin, legs[-1].arrive), legs[-1].arrive)
        return found


def _piers() -> dict[str, list[str]]:
    """The stops of each island that the boats know; an island by its Chinese name."""
    found: dict[str, list[str]] = {}
    for code, pier in current_pack().piers.items():
        if stop_of(code):
            found.setdefault(pier.island.zh, []).append(stop_of(code))
    return found


def waiting_of(docket: Docket, ways: Ways, *, language: str = "") -> Waiting:
    """What matters of a case for giving it out; ``language``: what the person speaks, a code of the pack."""
    rules = current_pack().agents
    people = frozenset(filter(None, (docket.beneficiary, docket.applicant, *docket.parties)))
    known = docket.petition
    return Waiting(
        docket=docket.id, number=docket.number, procedure=docket.procedure, office=docket.office,
        island=island_of(docket.office), station=station_of(docket.office),
        needs=rules.need_of(docket.procedure, docket.stage), skill=rules.skill_for(docket.matter),
        language=language or _tongue(docket), parties=people,
        barred=frozenset((*known.complained, *known.complained_offices, *known.barred)),
        confidential=docket.confidential, holder=docket.agent, ways=ways.to(docket.office),
    )  # fmt: skip


def _tongue(docket: Docket) -> str:
    """English when whoever it is for asked to be texted in English; dialects are nowhere recorded."""
    theirs = particulars_of_all([docket.beneficiary]).get(docket.beneficiary)
    return "english" if theirs and theirs.language == "en" else ""


def suggestions_for(docket: Docket, now: datetime, *, language: str = "") -> Suggestions:
    """Who could take this case, best first, with reasons, of all agents there are; and who may not, and why."""
    ways = Ways(now)
    case = waiting_of(docket, ways, language=language)
    agents = agents_now(tuple(current_pack().offices), now, case.parties)
    return suggest(case, agents, ways.now, current_pack().agents)


class AtIntake(Struct, frozen=True, kw_only=True):
    """What becomes of a new case by itself: whose it is, or (not ``assigned``) who could be asked, and why them."""

    first: Candidate
    assigned: bool


def assign_new(docket: Docket, now: datetime) -> AtIntake | None:
    """Give a new errand to whoever is first in line, where the pack says that errands are assigned, with what was asked
    together with it; a petition waits for a yes, and only the suggestion comes back. None: nobody can take it.

    The node does it (nobody pressed anything), and whoever may release a case takes it back as any other.
    """
    if docket.confidential or docket.agent or docket.procedure not in GIVEN_OUT:
        return None
    candidates = suggestions_for(docket, now).candidates
    if not candidates:
        return None
    first, at_once = candidates[0], docket.procedure == "errand" and current_pack().agents.errands == "assign"
    pairs = [(one, first.agent.person) for one in (docket.id, *sisters_of(docket))] if at_once else []
    given = give_out(pairs, by="", role=NODE, now=now)
    return AtIntake(first=first, assigned=docket.id in given.assigned)


def waiting_rows(viewer: Viewer) -> list[CaseRow]:
    """The open cases that nobody has and nobody is asked to take, as far as ``viewer`` reaches, oldest first."""
    rows = CaseRow.objects.filter(reached_by(viewer), agent="", asked="", final=False, confidential=False)
    return list(rows.filter(procedure__in=GIVEN_OUT).order_by("opened", "docket")[:MOST])


def unclaimed() -> list[CaseRow]:
    """The same for all of this node, as the node itself gives them out."""
    rows = CaseRow.objects.filter(agent="", asked="", final=False, confidential=False, procedure__in=GIVEN_OUT)
    return list(rows.order_by("opened", "docket")[:MOST])


def plan_day(dockets: Sequence[str], offices: Collection[str], now: datetime) -> tuple[list[Waiting], Assignment]:
    """Who should take which of these cases, all at once, of the agents at ``offices``."""
    ways = Ways(now)
    states = [loaded.docket for loaded in load_many(dockets).values()] if dockets else []
    cases = [waiting_of(state, ways) for state in states if state.id]
    agents = agents_now(offices, now, (person for case in cases for person in case.parties))
    return cases, balance(cases, agents, ways.now, current_pack().agents)


class Outcome(Struct, frozen=True, kw_only=True):
    """What giving out has come to: dockets assigned, proposed, taken by somebody meanwhile, and left with nobody."""

    assigned: tuple[str, ...]
    proposed: tuple[str, ...]
    overtaken: tuple[str, ...]
    nobody: tuple[str, ...]


def give_out(pairs: Iterable[tuple[str, str]], *, by: str, role: str, now: datetime) -> Outcome:
    """Give each docket to the agent beside it: errands at once where the pack says so, the rest by asking.

    One that somebody has taken meanwhile is left as it is and named; nothing is taken from anybody.
    """
    assigned: list[str] = []
    proposed: list[str] = []
    overtaken: list[str] = []
    for docket, agent in pairs:
        try:
            at_once = give_one(docket, agent, by=by, role=role, now=now)
        except Refused:
            overtaken.append(docket)
            continue
        (assigned if at_once else proposed).append(docket)
    return Outcome(assigned=tuple(assigned), proposed=tuple(proposed), overtaken=tuple(overtaken), nobody=())


def give_one(docket: str, agent: str, *, by: str, role: str, now: datetime) -> bool:
    """Give one case to ``agent``; whether it is theirs at once, or they are asked first.

    Raises:
        Refused: somebody has it, or somebody else is asked.
    """
    row = CaseRow.objects.filter(pk=docket).values_list("procedure", "agent").first()
    procedure, holder = row or ("", "")
    at_once = procedure == "errand" and not holder and current_pack().agents.errands == "assign"
    body = TaskClaimed(agent=agent) if at_once else HandoverProposed(to=agent, giver=holder)
    record(docket, [body], by=by, role=role, now=now)
    return at_once
