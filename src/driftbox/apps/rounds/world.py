"""The day of rounds as the planner takes it: cases that give a reason, agents on shift, places, and boats."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from driftbox.apps.agents.queries import Known, register
from driftbox.apps.agents.shifts import OFF, day_on
from driftbox.apps.dockets.queries import cases_for, load_many
from driftbox.apps.errands.boats import office_spot
from driftbox.apps.pack import calendar, current_pack, line_up, subtree, tables
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import particulars_of_all
from driftbox.apps.roster.shifts import Rosters
from driftbox.apps.rounds.addresses import is_elsewhere
from driftbox.apps.rounds.settings import RoundsSettings, rounds_settings
from driftbox.apps.rounds.sheet import Held
from driftbox.apps.sailings.queries import service_now
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant
from driftbox.domain.planning.day import Agent, Day, Place, Visit
from driftbox.domain.planning.visits import REASONS, Standing, reasons
from driftbox.domain.text import Text

NOBODY = "-"  # no agent has this id
WHY_NOT: Final = {**OFF, "busy": Text(zh="别的站先排了他", en="goes out for another station")}
Due = tuple[Docket, tuple[str, ...]]  # a case and the reasons to go
Heres = Mapping[str, tuple[str, int]]  # agents under way: where they are, from which minute on


def day_of(viewer: Viewer, day: date, held: Mapping[str, Held], heres: Heres, *, now: datetime,
           busy: Iterable[str] = ()) -> Day:  # fmt: skip
    """Everything that a plan for the office of ``viewer`` needs; ``busy`` agents go out for somebody else.

    What is suspended, late or added is taken as it is known at ``now``.
    """
    settings, service = rounds_settings(), service_now(now)
    crew = crew_on(viewer, day, busy)
    team = [one for one in crew.on + crew.off if one.why != "busy"]
    agents = [_agent(one, heres.get(one.known.person)) for one in crew.on]
    groups = by_person(due(viewer, day, now))
    living = particulars_of_all(found[0][0].beneficiary for found in groups)
    visits = [
        _visit(docket, _all_of(found), team, fixed, settings, outside=not fixed.agents and is_elsewhere(address))
        for found in groups
        for docket in (found[0][0],)
        for fixed in (held.get(docket.id, Held()),)
        for address in (living[docket.beneficiary].address if docket.beneficiary in living else "",)
    ]
    kept = [visit for visit in visits if not held.get(visit.id, Held()).struck]
    codes = {place for agent in agents for place in (agent.start, agent.home)} | {visit.place for visit in kept}
    return Day(
        date=day, zone=calendar().zone, places={code: place_of(code) for code in sorted(codes)}, agents=tuple(agents),
        visits=tuple(kept), table=service.table, suspended=service.suspensions, land=settings.land,
    )  # fmt: skip


class OnDay(Struct, frozen=True):
    """An agent on a day of rounds: from ``since`` to ``until``, or ``why`` they cannot go (a code of ``WHY_NOT``)."""

    known: Known
    since: int = 0
    until: int = 0
    why: str = ""


class Crew(Struct, frozen=True):
    """The agents of an office on one day, by name: who is on shift, and who is not."""

    on: tuple[OnDay, ...]
    off: tuple[OnDay, ...]


def crew_on(viewer: Viewer, day: date, busy: Iterable[str] = ()) -> Crew:
    """Who of the office of ``viewer`` can go out on ``day``: by published roster, leave, illness and register."""
    rosters, elsewhere = Rosters(), frozenset(busy)
    found = [_on_day(one, day, rosters, busy=one.person in elsewhere) for one in register(subtree(viewer.office))]
    return Crew(tuple(one for one in found if not one.why), tuple(one for one in found if one.why))


def _on_day(one: Known, day: date, rosters: Rosters, *, busy: bool) -> OnDay:
    there = day_on(one, day, rosters)
    if there.why or busy:
        return OnDay(one, why=there.why or "busy")
    return OnDay(one, there.spans[0][0], max(until for _since, until in there.spans))


def due(viewer: Viewer, day: date, now: datetime) -> list[Due]:
    """The cases that ``viewer`` reaches and that give a reason to go on ``day``, each with its reasons, by number.

    Confidential ones are never among them: who visits whom would tell.
    """
    rows = [*cases_for(viewer), *cases_for(viewer, final=True)]
    final = {row.docket for row in rows if row.final}
    visited = {code for code, table in tables().items() if "visit.planned" in table.kinds}
    found = load_many([row.docket for row in rows if not row.confidential and row.procedure in visited])
    weeks = rounds_settings().weeks
    with_why = [
        (loaded.docket, _why(loaded.docket, day, weeks, is_open=id_ not in final, now=now))
        for id_, loaded in found.items()
    ]
    return sorted(((docket, why) for docket, why in with_why if why), key=lambda one: one[0].number)


def by_person(dockets: Sequence[Due]) -> list[list[Due]]:
    """The cases of one person at one point together, for they are one visit; the first gives it its id."""
    groups: dict[tuple[str, str], list[Due]] = {}
    for docket, why in dockets:
        groups.setdefault((docket.beneficiary or docket.id, docket.office), []).append((docket, why))
    return list(groups.values())


def _all_of(found: Sequence[Due]) -> tuple[str, ...]:
    """The reasons of all of them, each once."""
    said = {code for _docket, why in found for code in why}
    return tuple(code for code in REASONS if code in said)


def _why(docket: Docket, day: date, weeks: int, *, is_open: bool, now: datetime) -> tuple[str, ...]:
    visits, local = docket.visits, calendar().local_date
    if visits.made_ms and local(instant(visits.made_ms)) == day == local(now):
        return ()  # somebody was there today
    seen = visits.seen_ms or docket.opened_ms
    standing = Standing(
        is_open=is_open, to_sign=_to_sign(docket), to_deliver=docket.stage == "carried", wish=visits.wish,
        seen=local(instant(seen)), next_day=date.fromisoformat(visits.next_day) if visits.next_day else None,
    )  # fmt: skip
    return reasons(standing, day, weeks)


def _to_sign(docket: Docket) -> bool:
    """Whether a notice waits to be handed over, or a form to be signed by somebody who was asked."""
    served = any(not notice.served_ms for notice in docket.notices) and not docket.petition.electronic
    return served or any(form.asked and not form.complete(docket.beneficiary) for form in docket.forms)


def _agent(one: OnDay, here: tuple[str, int] | None) -> Agent:
    """The agent's shift; from where they are, if they are under way."""
    place, free = here or (one.known.office, one.since)
    return Agent(
        person=one.known.person, start=place, since=max(one.since, free), until=one.until, home=one.known.office
    )


def _visit(docket: Docket, why: tuple[str, ...], team: Iterable[OnDay], held: Held,
           settings: RoundsSettings, *, outside: bool = False) -> Visit:  # fmt: skip
    two = bool({docket.procedure, docket.matter} & settings.by_two)
    may = tuple(one.known.person for one in team if may_go(docket, one.known))
    agents = tuple(one for one in held.agents if one in may) if held.agents else may
    return Visit(
        id=docket.id, place=docket.office, minutes=settings.minutes, windows=settings.windows,
        people=held.people or 1 + two, agents=agents or (NOBODY,), begin=held.begin, why=why,
        outside=outside,
    )  # fmt: skip


def may_go(docket: Docket, one: Known) -> bool:
    """Whether this agent reaches the case and is not complained of in it."""
    against = {*docket.petition.complained, *docket.petition.complained_offices}
    if one.person in against or against & set(line_up(one.office)):
        return False
    return one.person == docket.agent or docket.office in subtree(one.office)


def place_of(code: str) -> Place:
    """An office or a point with its pier; a position that means nothing is left out."""
    office, spot = current_pack().offices[code], office_spot(code)
    island = next((one.island for one in map(current_pack().offices.__getitem__, line_up(code)) if one.island), None)
    known = bool(office.lon and office.lat) and not office.schematic
    return Place(
        code=code, name=office.short, island=(island or Text(zh=code, en=code)).zh, stop=spot.stop,
        at=(float(office.lon), float(office.lat)) if known else None,
    )  # fmt: skip
