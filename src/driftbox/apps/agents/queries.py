"""The only readers of the register of agents."""

from collections.abc import Collection
from datetime import date
from typing import Final

from msgspec import Struct

from driftbox.apps.agents.models import AgentRow
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.errands.boats import office_spot
from driftbox.apps.pack import current_pack
from driftbox.apps.people.models import Account
from driftbox.domain.planning.cover import Shift

STATIONS: Final = frozenset({"station", "centre", "post"})


class Known(Struct, frozen=True, kw_only=True):
    """One agent as the register has them; see ``models.AgentRow``."""

    person: str
    username: str
    name: str
    office: str
    kind: str
    phone: str
    agent: bool
    until: date | None = None
    revoked: date | None = None
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    training: tuple[tuple[str, str], ...] = ()
    wheels: bool = False
    boat: bool = False
    away: str = ""
    away_until: date | None = None
    shifts: tuple[Shift, ...] = ()
    declared: tuple[str, ...] = ()

    def away_on(self, day: date) -> str:
        """Why they cannot go on ``day``; empty when they can."""
        return self.away if self.away and (self.away_until is None or day <= self.away_until) else ""

    def serves_on(self, day: date) -> bool:
        """Whether they are an agent with an authorisation in force on ``day``."""
        return self.agent and self.revoked is None and self.until is not None and self.until >= day


def register(offices: Collection[str]) -> list[Known]:
    """Every agent of these offices, present and past, by name."""
    accounts = [one for one in Account.objects.filter(office__in=offices).order_by("name", "username")
                if one.agent_kind or "agent" in one.roles]  # fmt: skip
    rows = AgentRow.objects.in_bulk([one.person for one in accounts])
    return [_known(one, rows.get(one.person)) for one in accounts]


def known_agent(account: Account) -> Known:
    """What the register has of one agent."""
    return _known(account, AgentRow.objects.filter(pk=account.person).first())


def _known(account: Account, row: AgentRow | None) -> Known:
    bare = Known(
        person=account.person, username=account.username, name=account.name, office=account.office,
        kind=account.agent_kind, phone=account.phone, agent="agent" in account.roles and account.is_active,
    )  # fmt: skip
    if row is None:
        return bare
    return Known(
        person=bare.person, username=bare.username, name=bare.name, office=bare.office, kind=bare.kind,
        phone=bare.phone, agent=bare.agent, until=row.authorised_until, revoked=row.revoked,
        languages=tuple(row.languages), skills=tuple(row.skills),
        training=tuple((what, day) for what, day in row.training), wheels=row.wheels, boat=row.boat,
        away=row.away, away_until=row.away_until, shifts=tuple(Shift(*one) for one in row.shifts),
        declared=tuple(row.declared),
    )  # fmt: skip


def week_of(one: Known) -> tuple[Shift, ...]:
    """The week of this agent: own shifts, or those that the pack names for the office."""
    if one.shifts or one.office not in current_pack().offices:
        return one.shifts
    return week_at(one.office)


def week_at(office: str) -> tuple[Shift, ...]:
    """The week that agents of an office are on shift as the pack has it."""
    return tuple(
        sorted(
            Shift(day, row.since.hour * 60 + row.since.minute, row.until.hour * 60 + row.until.minute)
            for row in office_spot(office).shifts
            for day in row.weekdays
        )
    )


def station_of(office: str) -> str:
    """The office above a point; a station stands for itself."""
    found = current_pack().offices.get(office)
    if found is None:
        return ""
    return found.parent if found.kind == "point" else found.code


def island_of(office: str) -> str:
    """The island of an office, or of the nearest office above that names one, by its Chinese name."""
    offices = current_pack().offices
    while office in offices:
        island = offices[office].island
        if island:
            return island.zh
        office = offices[office].parent
    return ""


def open_cases_of(person: str) -> list[CaseRow]:
    """The open cases in an agent's hands, oldest first."""
    return list(CaseRow.objects.filter(agent=person, final=False).order_by("opened", "docket"))


def asked_of(person: str) -> list[CaseRow]:
    """The open cases that an agent is asked to take, oldest first."""
    return list(CaseRow.objects.filter(asked=person, final=False).order_by("touched", "docket")) if person else []
