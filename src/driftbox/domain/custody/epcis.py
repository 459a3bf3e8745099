"""The custody of a case or of a box as a GS1 EPCIS 2.0 document (ISO/IEC 19987), for systems of others.

One entry makes at most one event, and the event bears its id, so that whoever gets a document twice sees that it is the
same. The case tells of its parcels (``ObjectEvent``), the boxes tell what was put in and taken out
(``AggregationEvent``). What is contested makes none: it has not happened yet, or not so. No person is named, nor what
is in a parcel.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from driftbox.domain.custody import entries as b
from driftbox.domain.custody import state as boxes
from driftbox.domain.custody.epcis_terms import Event, Site, Step, document, event, opened, settled, urn
from driftbox.domain.custody.state import Box
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import fold as cases
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.incident import Incident
from driftbox.domain.docket.incident_entries import IncidentOpened, IncidentSettled
from driftbox.domain.docket.state import Docket, Parcel
from driftbox.domain.docket.table import Table
from driftbox.domain.log.entry import Entry

Tables = Mapping[str, Table]


def case_document(
    case: Iterable[Entry], in_boxes: Mapping[str, Iterable[Entry]], tables: Tables, site: Site, made: datetime
) -> Event:
    """What happened to the parcels of one case; of boxes only what is about these parcels.

    Order and repetition of the entries do not matter, and no entry makes it fail.
    """
    docket, events = Docket(), list[Event]()
    for entry in _in_order(case):
        before = {key: parcel.where for key, parcel in docket.parcels.items()}
        cases.extend(docket, [entry], tables)
        events += _of_case(docket, entry, before, site, set(in_boxes))
    mine = set(docket.parcels)
    for entries in in_boxes.values():
        told = list(_of_box(entries, tables, site))
        mine |= {body.parcel for body, _made in told if isinstance(body, b.ParcelDeposited) and body.case == docket.id}
        events += [made for body, made in told if getattr(body, "parcel", None) in mine]
    return document(site, events, made)


def box_document(entries: Iterable[Entry], tables: Tables, site: Site, made: datetime) -> Event:
    """What happened to one box and what was put in and taken out; parcels and cases are opaque ids."""
    return document(site, [told for _body, told in _of_box(entries, tables, site)], made)


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    unique = {entry.id: entry for entry in entries}
    return [unique[key] for key in sorted(unique)]


def _of_case(
    docket: Docket, entry: Entry, before: Mapping[str, str], site: Site, known_boxes: set[str]
) -> Iterable[Event]:
    """The event of one entry of a case: of the parcel it names, else of all that it moved to one place."""
    if entry.id in docket.contested:
        return
    named, step = _named(docket, entry, known_boxes)
    if named and step:
        yield _parcels(site, entry, step, [named], docket.id)
        return
    moved = [one for key, one in docket.parcels.items() if key != named and before.get(key, one.where) != one.where]
    if moved:  # one entry, one event: no procedure takes two parcels to two places at once
        first = moved[0]
        together = [one.id for one in moved if one.where == first.where]
        yield _parcels(site, entry, _moved(docket, first), together, docket.id)


def _parcels(site: Site, entry: Entry, step: Step, parcels: Iterable[str], case: str) -> Event:
    return event(
        site, entry, step, entry.happened_ms, epcList=[urn(key) for key in sorted(parcels)],
        bizTransactionList=[{"bizTransaction": urn(case)}],
    )  # fmt: skip


def _named(docket: Docket, entry: Entry, known_boxes: set[str]) -> tuple[str, Step | None]:
    """The parcel that an entry is about, and what the entry is of it; no step where the box tells it anyway."""
    body = entry.body
    if isinstance(body, IncidentOpened | IncidentSettled):
        return _incident(docket.incidents, body)
    parcel = docket.parcels.get(getattr(body, "parcel", None) or "")
    teller = _CASE.get(type(body))
    if parcel is None or teller is None or (isinstance(body, p.ParcelBoxed) and body.box in known_boxes):
        return (parcel.id if parcel else "", None)
    return parcel.id, teller(body, parcel)


def _incident(
    incidents: Mapping[str, Incident], body: IncidentOpened | IncidentSettled
) -> tuple[str, Step | None]:  # fmt: skip
    if isinstance(body, IncidentOpened):
        return body.parcel or "", opened(body.what, body.place or "")
    one = incidents.get(body.incident)
    return (one.parcel, settled(one.what, body)) if one else ("", None)


def _sent(body: e.MaterialsSent | e.ReturnPacked, _parcel: Parcel) -> Step:
    return Step("commissioning", "active", "ADD", body.place, told={"seal": body.seal})


def _loaded(body: e.ParcelLoaded | b.BoxLoaded, _what: object) -> Step:
    told = {"sailing": body.sailing}
    return Step("departing", "in_transit", place=body.origin, stays=False, to=body.destination, told=told)


def _landed(body: e.ParcelLanded | b.BoxLanded, _what: object) -> Step:
    return Step("arriving", "in_progress", place=body.place)


def _collected(body: e.ParcelCollected, parcel: Parcel) -> Step:
    told = {"seal": parcel.seal, "sealFound": "intact" if body.seal_intact else body.seal or "broken"}
    return Step("receiving", "in_progress", place=body.place, told=told)


def _counted(body: e.MaterialsCounted, parcel: Parcel) -> Step:
    wrong = bool(parcel.shortage() or parcel.surplus())
    told = {"manifest": str(_sum(parcel.manifest)), "counted": str(_sum(body.found))}
    return Step("inspecting", sets="mismatch_quantity" if wrong else "completeness_verified", told=told)


def _sum(items: Iterable[e.Item]) -> int:
    return sum(item.count for item in items)


_CASE: dict[type[Any], Callable[[Any, Parcel], Step]] = {
    e.MaterialsSent: _sent,
    e.ReturnPacked: _sent,
    p.ParcelBoxed: lambda body, _parcel: Step("packing", "in_progress", place=body.place),
    e.ParcelLoaded: _loaded,
    e.ParcelLanded: _landed,
    e.ParcelCollected: _collected,
    p.ParcelOpened: lambda body, _parcel: Step("unpacking", "container_open", place=body.place),
    e.MaterialsCounted: _counted,
}


def _moved(docket: Docket, parcel: Parcel) -> Step:
    """What it is that a parcel is now where it is, when the entry does not name it: taken on, handed over."""
    if parcel.where in {"resident", "returned"}:
        return Step("receiving", "returned" if parcel.way == "out" else "", place="home")
    if parcel.where in {"office", "department"}:
        return Step("accepting", "in_progress", place=docket.office if parcel.where == "office" else "")
    if parcel.where == "ship":
        return Step("departing", "in_transit", place=parcel.place, stays=False)
    return Step("storing" if parcel.where == "box" else "receiving", "in_progress", place=parcel.place)


def _of_box(entries: Iterable[Entry], tables: Tables, site: Site) -> Iterable[tuple[Any, Event]]:
    """Each body of a box with the event that it makes."""
    box = Box()
    for entry in _in_order(entries):
        moved = box.moved_by
        boxes.extend(box, [entry], tables)
        if entry.id in box.contested:
            continue
        made = _box_event(box, entry, site, moved=box.moved_by != moved)
        if made:
            yield entry.body, made


def _box_event(box: Box, entry: Entry, site: Site, *, moved: bool) -> Event | None:
    body, itself = entry.body, site.thing("box", box.label or entry.docket)
    if isinstance(body, b.ParcelDeposited):
        step = Step("packing", "in_progress", "ADD", box.place, told={"seal": body.seal, "count": str(body.count)})
        case = [{"bizTransaction": urn(body.case)}]
        return _packed(site, entry, step, itself, body.parcel) | {"bizTransactionList": case}
    if isinstance(body, b.ParcelRemoved):
        told = {"sealFound": "intact" if body.seal_intact else body.seal or "broken"}
        return _packed(
            site, entry, Step("unpacking", "in_progress", "DELETE", body.place, told=told), itself, body.parcel
        )
    if moved or isinstance(body, b.BoxRetired):
        when = box.moved_ms if moved else entry.happened_ms
        return event(site, entry, _box_step(box, body), when, epcList=[itself])
    if isinstance(body, IncidentOpened | IncidentSettled):
        named, mark = _incident(box.incidents, body)
        about = [urn(named) if named else itself]
        return event(site, entry, mark, entry.happened_ms, epcList=about) if mark else None
    return None


def _packed(site: Site, entry: Entry, step: Step, box: str, parcel: str) -> Event:
    about = {"type": "AggregationEvent", "parentID": box, "childEPCs": [urn(parcel)]}
    return event(site, entry, step, entry.happened_ms, **about)


def _box_step(box: Box, body: object) -> Step:
    """What it is that a box is now where it is."""
    if isinstance(body, b.BoxRegistered):
        return Step("commissioning", "active", "ADD", box.place)
    if isinstance(body, b.BoxRetired):
        return Step("decommissioning", "inactive", "DELETE", box.place)
    if isinstance(body, b.BoxLoaded):
        return _loaded(body, box)
    if isinstance(body, b.BoxLanded):
        return _landed(body, box)
    if box.where == "ship":  # it was seen aboard, and a person decided that so it is
        return Step("departing", "in_transit", place=box.place, stays=False, told={"sailing": box.sailing})
    return Step("arriving", "in_progress", place=box.place)
