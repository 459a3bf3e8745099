"""The agents as they stand now: on which shift, away or not, with how much in hand; what dispatch weighs."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, time
from typing import Final

from driftbox.apps.agents.queries import Known, island_of, register, station_of
from driftbox.apps.agents.shifts import rostered_from
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.errands.boats import office_spot
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.queries import marks_of
from driftbox.apps.roster.shifts import Rosters
from driftbox.domain.arrival.hours import Opening, next_open
from driftbox.domain.planning.agents import Agent

LAST_MINUTE: Final = 24 * 60 - 1


def agents_now(offices: Collection[str], now: datetime, parties: Iterable[str] = ()) -> list[Agent]:
    """The agents of these offices as they stand at ``now``; ``parties``: residents to whom relations and earlier
    service matter.
    """
    known = register(offices)
    loads = Counter(CaseRow.objects.filter(final=False).exclude(agent="").values_list("agent", flat=True))
    kin = marks_of(parties)
    served = _served(kin)
    hours = Hours(now)
    return [_agent(one, hours, loads, kin, served.get(one.person, frozenset())) for one in known]


def _served(parties: Mapping[str, str]) -> dict[str, frozenset[str]]:
    rows = CaseRow.objects.filter(beneficiary__in=list(parties)).exclude(hands="").values_list("hands", "beneficiary")
    found: dict[str, set[str]] = {}
    for hands, beneficiary in rows:
        for person in hands.split():
            found.setdefault(person, set()).add(beneficiary)
    return {person: frozenset(theirs) for person, theirs in found.items()}


def _agent(
    one: Known, hours: "Hours", loads: Mapping[str, int], kin: Mapping[str, str], served: frozenset[str]
) -> Agent:
    pack = current_pack()
    kind = pack.agents.kind(one.kind)
    office = pack.offices.get(one.office)
    declared = frozenset(person for person, mark in kin.items() if mark and mark in one.declared)
    return Agent(
        person=one.person, name=one.name, office=one.office, station=station_of(one.office),
        island=island_of(one.office) if office else "", kind=one.kind, may=kind.may if kind else (),
        at_once=kind.at_once if kind else 1, load=loads.get(one.person, 0), languages=one.languages,
        skills=one.skills, until=one.until, active=one.agent and one.revoked is None, away=hours.away(one),
        free_from=hours.free_from(one), declared=declared, served=served, phone=one.phone, wheels=one.wheels,
        boat=one.boat,
    )  # fmt: skip


class Hours:
    """When agents are on shift from ``now`` on; rosters are opened once, and offices asked once."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, calendar().local_date(now)
        self._rosters = Rosters()
        self._offices: dict[str, datetime | None] = {}

    def away(self, one: Known) -> str:
        """Why they cannot go today, as the register or a roster has it; empty when they can."""
        if self._rosters.on_leave(one.person, self.today):
            return "leave"
        return one.away_on(self.today) or ("ill" if self._rosters.is_ill(one.person, self.today) else "")

    def free_from(self, one: Known) -> datetime | None:
        """The first moment at which they are on shift: by a roster, their own week, or the hours of the office."""
        if self._rosters.knows(one.person):
            return rostered_from(one, self.now, self._rosters)
        if one.shifts:
            return next_open(_openings(one), self.now, calendar())
        if one.office not in current_pack().offices:
            return None
        if one.office not in self._offices:
            self._offices[one.office] = next_open(office_spot(one.office).shifts, self.now, calendar())
        return self._offices[one.office]


def _openings(one: Known) -> list[Opening]:
    return [
        Opening(office=one.office, what="agent", weekdays=(shift.weekday,), since=_clock(shift.since),
                until=_clock(shift.until), rest_days=True)
        for shift in one.shifts
    ]  # fmt: skip


def _clock(minutes: int) -> time:
    hour, minute = divmod(min(minutes, LAST_MINUTE), 60)
    return time(hour, minute)
