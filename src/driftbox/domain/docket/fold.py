"""Folding entries into a docket: deterministic, incremental, the same for every order of arrival; cannot fail."""

from collections.abc import Iterable, Mapping

from driftbox.domain.docket import incident
from driftbox.domain.docket.effects import EFFECTS
from driftbox.domain.docket.entries import CaseOpened, ClockExtended, ContestSettled
from driftbox.domain.docket.handover_acts import clear_way
from driftbox.domain.docket.incident_entries import IncidentBody
from driftbox.domain.docket.parcel_effects import is_so_of_every_parcel
from driftbox.domain.docket.petition_entries import PetitionExtended
from driftbox.domain.docket.procedure import Arrow
from driftbox.domain.docket.state import Contest, Docket, Moment, Reason, Trip
from driftbox.domain.docket.table import Table
from driftbox.domain.log.entry import Entry

Tables = Mapping[str, Table]


def fold(entries: Iterable[Entry], tables: Tables) -> Docket:
    """The docket that ``entries`` make, whatever order they come in and however often each is repeated.

    An entry that its procedure does not allow at its place is kept in ``contested`` and changes nothing until a
    ``contest.settled`` entry says that it stands.
    """
    unique = {entry.id: entry for entry in entries}
    return extend(Docket(), [unique[key] for key in sorted(unique)], tables)


def extend(docket: Docket, later: Iterable[Entry], tables: Tables) -> Docket:
    """Fold ``later`` entries, in id order and later than all that ``docket`` holds, into ``docket``; returns it."""
    for entry in later:
        docket.count += 1
        docket.last = entry.id
        docket.touched_ms = entry.recorded_ms
        reason = _apply(docket, entry, tables)
        if reason is not None:
            docket.contested[entry.id] = Contest(entry, reason)
    return docket


def _apply(docket: Docket, entry: Entry, tables: Tables) -> Reason | None:
    body = entry.body
    if isinstance(body, CaseOpened):
        return _open(docket, entry, body, tables)
    table = tables.get(docket.procedure)
    if table is None:
        return "not_open"
    if isinstance(body, ContestSettled | IncidentBody):
        return _settle_or_open(docket, entry, table, tables)
    arrow = table.arrows.get((entry.kind, docket.stage))
    if arrow is None:
        return "not_here"
    if entry.role not in arrow.roles:
        return "not_role"
    return _take_effect(docket, entry, arrow)


def _take_effect(docket: Docket, entry: Entry, arrow: Arrow | None) -> Reason | None:
    reason = EFFECTS[type(entry.body)](docket, entry, entry.body)
    if reason is not None:
        return reason
    docket.moments.append(Moment(entry.kind, entry.happened_ms, _days(entry)))
    if arrow and arrow.to and (not arrow.every_parcel or is_so_of_every_parcel(docket, entry.body)):
        docket.stage = arrow.to
    return None


def _days(entry: Entry) -> int:
    return entry.body.days if isinstance(entry.body, ClockExtended | PetitionExtended) else 0


def _open(docket: Docket, entry: Entry, body: CaseOpened, tables: Tables) -> Reason | None:
    if docket.id:
        return "opened_twice"
    table = tables.get(body.procedure)
    if table is None:
        return "not_here"
    docket.id, docket.procedure, docket.matter = entry.docket, body.procedure, body.matter
    docket.office, docket.channel = body.office, body.channel
    docket.number = docket.given = body.number
    docket.confidential, docket.said = body.confidential, body.said or ""
    docket.opened_ms = entry.happened_ms
    docket.stage = table.procedure.first
    docket.beneficiary = entry.for_
    docket.applicant = entry.by
    if body.appeared:
        docket.trips.append(Trip(body.appeared, entry.happened_ms, by_helper=entry.by != entry.for_))
    docket.moments.append(Moment(entry.kind, entry.happened_ms))
    return None


def _settle_or_open(docket: Docket, entry: Entry, table: Table, tables: Tables) -> Reason | None:
    body = entry.body
    if isinstance(body, ContestSettled):
        return _settle(docket, entry, body, table)
    return _incident(docket, entry, body, tables) if isinstance(body, IncidentBody) else None


def _incident(docket: Docket, entry: Entry, body: IncidentBody, tables: Tables) -> Reason | None:
    reason = incident.apply(docket.incidents, entry, body, tables.get(incident.PROCEDURE))
    if reason is None:
        docket.moments.append(Moment(entry.kind, entry.happened_ms))
    return reason


def _settle(docket: Docket, entry: Entry, body: ContestSettled, table: Table) -> Reason | None:
    contest = docket.contested.get(body.entry)
    if contest is None or contest.verdict:
        return "unknown_entry"
    if "contest.settled" not in table.kinds or entry.role not in table.kinds["contest.settled"].roles:
        return "not_role"
    docket.contested[body.entry] = Contest(contest.entry, contest.reason, body.verdict)
    if body.verdict == "stands":
        _overrule(docket, contest.entry, table.kinds.get(contest.entry.kind))
    return None


def _overrule(docket: Docket, entry: Entry, arrow: Arrow | None) -> None:
    if entry.kind == "task.claimed":  # a second claim stands: the first one ends
        docket.agent = ""
    clear_way(docket, entry.body)
    if type(entry.body) in EFFECTS:
        _take_effect(docket, entry, arrow)
