"""The custody report: who held what, from when to when, with which proof; for one case or one box."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from driftbox.apps.custody.queries import entries_of as box_entries
from driftbox.apps.custody.queries import is_box, load_box
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import entries_of, load, reached_by
from driftbox.apps.pack import calendar, tables
from driftbox.apps.people.access import Viewer
from driftbox.domain.custody.chain import Chain, Spell, box_spells, chains
from driftbox.domain.custody.epcis import box_document, case_document
from driftbox.domain.custody.epcis_terms import Site
from driftbox.domain.custody.state import Box
from driftbox.domain.custody.stays import Stay, stays
from driftbox.domain.docket.incident import Incident
from driftbox.domain.log.entry import Entry


class CaseCustody(Struct, frozen=True):
    """All that a report about a case says: its chains, the entries that prove them, what did not agree."""

    chains: tuple[Chain, ...]
    entries: Mapping[str, Entry]
    incidents: Mapping[str, Incident]


class BoxCustody(Struct, frozen=True):
    """All that a report about a box says: where it was, what lay in it, what did not agree."""

    box: Box
    entries: Mapping[str, Entry]
    spells: tuple[Spell, ...]
    stays: tuple[Stay, ...]


def chains_of_case(docket: str) -> tuple[Chain, ...]:
    """The chain of every parcel of a case; the caller has gone through the case's guarded door."""
    return chains(entries_of(docket), _ridden(docket), tables())


def custody_of_case(docket: str) -> CaseCustody:
    """What the report about a case says; the caller has gone through the case's guarded door."""
    case, ridden = entries_of(docket), _ridden(docket)
    incidents = dict(load(docket).docket.incidents)
    for box in ridden:
        incidents |= load_box(box).incidents
    return CaseCustody(chains(case, ridden, tables()), {entry.id: entry for entry in case}, incidents)


def custody_of_box(docket: str) -> BoxCustody:
    """What the report about a box says; it bears persons' ids, and who may be named is the caller's to ask."""
    entries = box_entries(docket)
    return BoxCustody(
        load_box(docket), {one.id: one for one in entries}, box_spells(entries, tables()), stays(entries, tables())
    )


def numbers_for(viewer: Viewer, dockets: Iterable[str]) -> dict[str, str]:
    """The numbers of those cases among ``dockets`` that ``viewer`` reaches."""
    rows = CaseRow.objects.filter(reached_by(viewer), pk__in=set(dockets))
    return dict(rows.values_list("docket", "number"))


def epcis_of_case(docket: str, site: str, *, now: datetime) -> bytes:
    """The EPCIS 2.0 document (JSON-LD) of a case; the caller has gone through the case's guarded door."""
    told = case_document(entries_of(docket), _ridden(docket), tables(), _site(site), now)
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def epcis_of_box(docket: str, site: str, *, now: datetime) -> bytes:
    """The EPCIS 2.0 document (JSON-LD) of a box; it names nobody."""
    told = box_document(box_entries(docket), tables(), _site(site), now)
    return msgspec.json.format(msgspec.json.encode(told), indent=2)


def _ridden(docket: str) -> dict[str, list[Entry]]:
    """The entries of every box that a parcel of the case rode in."""
    boxes = {parcel.box for parcel in load(docket).docket.parcels.values()}
    boxes |= {getattr(entry.body, "box", "") for entry in entries_of(docket)}
    return {box: box_entries(box) for box in sorted(boxes) if is_box(box)}


def _site(address: str) -> Site:
    return Site(address, calendar().zone)
