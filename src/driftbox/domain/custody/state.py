"""The state of a box, folded from its entries; like a case, it keeps what cannot stand as contested."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct, field

from driftbox.domain.custody import entries as e
from driftbox.domain.log.entry import Entry

Where = Literal["pier", "ship"]


class Held(Struct, frozen=True):
    """One parcel in the box: whose, how many papers, under which seal, since when."""

    parcel: str
    case: str
    count: int
    seal: str
    since_ms: int


class Box(Struct):
    """A box as its entries say it is."""

    id: str = ""
    label: str = ""
    pier: str = ""
    where: Where = "pier"
    place: str = ""
    sailing: str = ""
    destination: str = ""
    moved_ms: int = 0
    last: str = ""
    count: int = 0
    parcels: dict[str, Held] = field(default_factory=dict)
    contested: dict[str, str] = field(default_factory=dict)


def fold(entries: Iterable[Entry]) -> Box:
    """The box that ``entries`` make, whatever order they come in and however often each is repeated."""
    unique = {entry.id: entry for entry in entries}
    box = Box()
    for key in sorted(unique):
        entry = unique[key]
        box.last, box.count = key, box.count + 1
        reason = _apply(box, entry)
        if reason:
            box.contested[key] = reason
    return box


def _apply(box: Box, entry: Entry) -> str:
    body = entry.body
    if isinstance(body, e.BoxRegistered):
        return _register(box, entry, body)
    if not box.id:
        return "not_registered"
    if isinstance(body, e.ParcelDeposited):
        return _deposit(box, entry, body)
    if isinstance(body, e.ParcelRemoved):
        return "" if box.parcels.pop(body.parcel, None) else "unknown_parcel"
    return _move(box, entry, body)


def _register(box: Box, entry: Entry, body: e.BoxRegistered) -> str:
    if box.id:
        return "registered_twice"
    box.id, box.label, box.pier, box.place = entry.docket, body.label, body.pier, body.pier
    box.moved_ms = entry.happened_ms
    return ""


def _deposit(box: Box, entry: Entry, body: e.ParcelDeposited) -> str:
    if box.where == "ship":
        return "aboard"
    if body.parcel in box.parcels:
        return "deposited_twice"
    if any(held.seal == body.seal for held in box.parcels.values()):
        return "seal_twice"
    box.parcels[body.parcel] = Held(body.parcel, body.case, body.count, body.seal, entry.happened_ms)
    return ""


def _move(box: Box, entry: Entry, body: object) -> str:
    if isinstance(body, e.BoxLoaded):
        if box.where == "ship":
            return "aboard"
        box.where, box.sailing, box.destination = "ship", body.sailing, body.destination
        box.place = body.origin
    elif isinstance(body, e.BoxLanded):
        if box.where != "ship":
            return "not_aboard"
        box.where, box.place, box.sailing = "pier", body.place, ""
    else:
        return "not_here"
    box.moved_ms = entry.happened_ms
    return ""
