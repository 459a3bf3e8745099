"""The state of a box, folded from its entries; like a case, it keeps what cannot stand as contested."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any, Literal

from msgspec import Struct, field

from driftbox.domain.custody import entries as e
from driftbox.domain.docket import incident
from driftbox.domain.docket.incident import Incident, open_ones
from driftbox.domain.docket.incident_entries import IncidentBody, IncidentSettled
from driftbox.domain.docket.table import Table
from driftbox.domain.log.entry import Entry

Where = Literal["pier", "ship"]
Tables = Mapping[str, Table]
NO_TABLES: Tables = {}


class Held(Struct, frozen=True):
    """One parcel in the box: whose, how many papers, under which seal, since when, on the way out or back."""

    parcel: str
    case: str
    count: int
    seal: str
    since_ms: int
    way: str = "out"


class Sighting(Struct, frozen=True):
    """What somebody told that we did not believe: the claim as it was made, by whom and when."""

    entry: str
    by: str
    ms: int
    body: e.BoxSighted


class Box(Struct):
    """A box as its entries say it is.

    ``taken``: who took out each parcel that was in it once; ``moved_by``: the entry that said where it is.
    """

    id: str = ""
    label: str = ""
    pier: str = ""
    where: Where = "pier"
    place: str = ""
    sailing: str = ""
    destination: str = ""
    moved_ms: int = 0
    moved_by: str = ""
    last: str = ""
    count: int = 0
    retired: bool = False
    parcels: dict[str, Held] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    sightings: dict[str, Sighting] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    contested: dict[str, str] = field(default_factory=dict)

    @property
    def open_incidents(self) -> tuple[Incident, ...]:
        """Incidents of this box that nobody has settled yet."""
        return open_ones(self.incidents)


def fold(entries: Iterable[Entry], tables: Tables = NO_TABLES) -> Box:
    """The box that ``entries`` make, whatever order they come in and however often each is repeated.

    ``tables`` are the procedures of the pack; without the one for incidents every incident is contested.
    """
    unique = {entry.id: entry for entry in entries}
    return extend(Box(), [unique[key] for key in sorted(unique)], tables)


def extend(box: Box, later: Iterable[Entry], tables: Tables = NO_TABLES) -> Box:
    """Fold ``later`` entries, in id order and later than all that ``box`` holds, into ``box``; returns it."""
    for entry in later:
        box.last, box.count = entry.id, box.count + 1
        reason = _apply(box, entry, tables)
        if reason:
            box.contested[entry.id] = reason
    return box


def fork(box: Box) -> Box:
    """A copy with containers of its own that can be folded further; what is immutable is shared."""
    twin = copy(box)
    twin.parcels, twin.taken, twin.sightings = dict(box.parcels), dict(box.taken), dict(box.sightings)
    twin.incidents, twin.contested = dict(box.incidents), dict(box.contested)
    return twin


def _apply(box: Box, entry: Entry, tables: Tables) -> str:
    body = entry.body
    if isinstance(body, e.BoxSighted):
        box.sightings[entry.id] = Sighting(entry.id, entry.by, entry.happened_ms, body)
        return ""
    if isinstance(body, IncidentBody):
        reason = incident.apply(box.incidents, entry, body, tables.get(incident.PROCEDURE))
        if reason is None and isinstance(body, IncidentSettled) and body.how == "as_seen":
            _believe(box, box.incidents[body.incident])
        return reason or ""
    if isinstance(body, e.BoxRegistered):
        return _register(box, entry, body)
    if not box.id:
        return "not_registered"
    if box.retired:
        return "retired"
    effect = EFFECTS.get(type(body))
    return effect(box, entry, body) if effect else "not_here"


def _register(box: Box, entry: Entry, body: e.BoxRegistered) -> str:
    if box.id:
        return "registered_twice"
    box.id, box.label, box.pier, box.place = entry.docket, body.label, body.pier, body.pier
    _moved(box, entry)
    return ""


def _moved(box: Box, entry: Entry) -> None:
    box.moved_ms, box.moved_by = entry.happened_ms, entry.id


def _deposit(box: Box, entry: Entry, body: e.ParcelDeposited) -> str:
    if box.where == "ship":
        return "aboard"
    if body.parcel in box.parcels:
        return "deposited_twice"
    box.taken.pop(body.parcel, None)
    box.parcels[body.parcel] = Held(body.parcel, body.case, body.count, body.seal, entry.happened_ms, body.way)
    return ""


def _remove(box: Box, entry: Entry, body: e.ParcelRemoved) -> str:
    if box.parcels.pop(body.parcel, None) is None:
        return "unknown_parcel"
    box.taken[body.parcel] = entry.by
    return ""


def _load(box: Box, entry: Entry, body: e.BoxLoaded) -> str:
    if box.where == "ship":
        return "aboard"
    box.where, box.sailing, box.destination = "ship", body.sailing, body.destination
    box.place = body.origin
    _moved(box, entry)
    return ""


def _land(box: Box, entry: Entry, body: e.BoxLanded) -> str:
    if box.where != "ship":
        return "not_aboard"
    box.where, box.place, box.sailing = "pier", body.place, ""
    _moved(box, entry)
    return ""


def _retire(box: Box, _entry: Entry, _body: e.BoxRetired) -> str:
    if box.parcels:
        return "not_empty"
    box.retired = True
    return ""


def _believe(box: Box, settled: Incident) -> None:
    """What was seen is so: the box is where it was seen last, unless something moved it since."""
    seen = [
        one for key, one in box.sightings.items()
        if one.body.place and one.body.claim in MOVES and (key in settled.about or key > settled.entry)
    ]  # fmt: skip
    if not seen or seen[-1].entry < box.moved_by:
        return
    last = seen[-1]
    box.place, box.moved_ms, box.moved_by = last.body.place or box.place, last.ms, last.entry
    box.where, box.sailing = "pier", ""
    if last.body.claim == "loaded":
        box.where, box.sailing = "ship", last.body.sailing or ""
        box.destination = last.body.destination or box.destination


MOVES = frozenset({"here", "loaded", "landed"})
EFFECTS: dict[type[Any], Any] = {
    e.ParcelDeposited: _deposit,
    e.ParcelRemoved: _remove,
    e.BoxLoaded: _load,
    e.BoxLanded: _land,
    e.BoxRetired: _retire,
}
