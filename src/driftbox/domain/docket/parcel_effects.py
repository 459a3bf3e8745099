"""What happens to parcels 袋 on a docket: out to the office and home again by the same steps. No effect may raise."""

from typing import Any

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.state import Docket, Parcel, Reason, Where
from driftbox.domain.log.entry import Body, Entry

RIDING = frozenset({"box", "ship", "landing"})  # nobody has it in hand
GIVEN_UP = frozenset({"lost", "returned"})  # how an incident ended whose parcel nobody waits for any more
FIRST_PLACE: dict[str, Where] = {"box": "box", "agent": "agent", "window": "office", "post": "agent"}


def sent(docket: Docket, entry: Entry, body: e.MaterialsSent) -> Reason | None:
    """Papers left home; originals among them are on the books from now on."""
    if body.parcel in docket.parcels:
        return "already_said"
    docket.parcels[body.parcel] = Parcel(
        body.parcel, body.items, body.seal, body.box, body.place, FIRST_PLACE[body.via], entry.happened_ms,
        sent_ms=entry.happened_ms,
    )  # fmt: skip
    for item in body.items:
        if item.kind == "original":
            docket.originals_ms = docket.originals_ms or entry.happened_ms
            docket.originals[item.code] = docket.originals.get(item.code, 0) + item.count
            docket.originals_since.setdefault(item.code, entry.happened_ms)
    return None


def awaited(docket: Docket) -> list[Parcel]:
    """The parcels on the way out that are not checked yet, without those that are lost or went back."""
    gone = {one.parcel for one in docket.incidents.values() if one.how in GIVEN_UP}
    return [one for one in docket.parcels.values() if one.way == "out" and not one.checked and one.id not in gone]


def is_so_of_every_parcel(docket: Docket, body: Body) -> bool:
    """Whether what was just done with one parcel was done with all that the case waits for."""
    waiting = awaited(docket)
    if any(one.where in RIDING for one in waiting):
        return False
    return not isinstance(body, e.MaterialsCounted) or all(one.found is not None for one in waiting)


def originals_back(docket: Docket, items: tuple[e.Item, ...]) -> None:
    """Originals are with their owner again; what is back in full is off the books."""
    for item in items:
        docket.originals[item.code] = max(0, docket.originals.get(item.code, 0) - item.count)
        if not docket.originals[item.code]:
            docket.originals_since.pop(item.code, None)
    docket.originals_ms = min(docket.originals_since.values(), default=0)


def _packed(docket: Docket, entry: Entry, body: e.ReturnPacked) -> Reason | None:
    if body.parcel in docket.parcels:
        return "already_said"
    docket.parcels[body.parcel] = Parcel(
        body.parcel, body.items, body.seal, body.box, body.place, FIRST_PLACE[body.via], entry.happened_ms, way="back",
        sent_ms=entry.happened_ms,
    )  # fmt: skip
    docket.result_with = FIRST_PLACE[body.via]
    return None


def move(docket: Docket, parcel: Parcel, where: Where, place: str, entry: Entry) -> None:
    """The parcel is somewhere else now; the result goes with what is on the way home."""
    parcel.where, parcel.moved_ms, parcel.place = where, entry.happened_ms, place or parcel.place
    if parcel.way == "back" and not docket.delivered_ms:
        docket.result_with = where


def _boxed(docket: Docket, entry: Entry, body: p.ParcelBoxed) -> Reason | None:
    parcel = docket.parcels.get(body.parcel)
    if parcel is None:
        return "unknown_parcel"
    parcel.box = body.box
    move(docket, parcel, "box", body.place, entry)
    return None


def _loaded(docket: Docket, entry: Entry, body: e.ParcelLoaded) -> Reason | None:
    parcel = docket.parcels.get(body.parcel)
    if parcel is None:
        return "unknown_parcel"
    move(docket, parcel, "ship", body.origin, entry)
    parcel.sailing, parcel.destination, parcel.due = body.sailing, body.destination, body.due
    return None


def _landed(docket: Docket, entry: Entry, body: e.ParcelLanded) -> Reason | None:
    parcel = docket.parcels.get(body.parcel)
    if parcel is None:
        return "unknown_parcel"
    move(docket, parcel, "landing", body.place, entry)
    return None


def _collected(docket: Docket, entry: Entry, body: e.ParcelCollected) -> Reason | None:
    parcel = docket.parcels.get(body.parcel)
    if parcel is None:
        return "unknown_parcel"
    move(docket, parcel, "agent", body.place, entry)
    parcel.seal_intact = body.seal_intact
    parcel.seal_found = body.seal or ("intact" if body.seal_intact else "broken")
    return None


def _opened(docket: Docket, entry: Entry, body: p.ParcelOpened) -> Reason | None:
    parcel = docket.parcels.get(body.parcel)
    if parcel is None:
        return "unknown_parcel"
    if parcel.where in RIDING:
        return "not_here"
    parcel.opened_ms = parcel.opened_ms or entry.happened_ms
    parcel.openers = tuple(dict.fromkeys((*parcel.openers, entry.by, body.witness or "")))
    parcel.openers = tuple(person for person in parcel.openers if person)
    return None


def _counted(docket: Docket, entry: Entry, body: e.MaterialsCounted) -> Reason | None:
    parcel = docket.parcels.get(body.parcel)
    if parcel is None:
        return "unknown_parcel"
    if parcel.where in RIDING:
        return "not_here"
    parcel.found, parcel.moved_ms = body.found, entry.happened_ms
    return None


def _labelled(docket: Docket, _entry: Entry, body: p.ParcelLabelled) -> Reason | None:
    parcel = docket.parcels.get(body.parcel)
    if parcel is None:
        return "unknown_parcel"
    parcel.label = body.label
    return None


PARCEL_EFFECTS: dict[type[Any], Any] = {
    e.ReturnPacked: _packed,
    p.ParcelBoxed: _boxed,
    e.ParcelLoaded: _loaded,
    e.ParcelLanded: _landed,
    e.ParcelCollected: _collected,
    p.ParcelOpened: _opened,
    p.ParcelLabelled: _labelled,
    e.MaterialsCounted: _counted,
}
