"""Hand in once: the parcel goes into the box, over the sea, and into the agent's hands. Case and box commit as one."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from driftbox.apps.custody.actions import record as record_box
from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.custody.queries import load_box as fold_box
from driftbox.apps.dockets.actions import record
from driftbox.apps.eventlog.actions import together
from driftbox.apps.papers.actions import seal_file
from driftbox.domain.custody import entries as b
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance


class Sailing(Struct, frozen=True):
    """One sailing: the timetable's trip on a day, from and to which pier, due when (ISO with offset, or empty)."""

    trip: str
    origin: str
    destination: str
    due: str = ""


def deposit(
    label: str, docket: str, items: tuple[e.Item, ...], seal: str, photos: Sequence[bytes], *, by: str, role: str,
    now: datetime,
) -> Docket:  # fmt: skip
    """Put a sealed parcel of ``items`` for the case ``docket`` into the box ``label``.

    Raises:
        Refused: the box is aboard, the seal number is used, nothing ticked, or the case does not wait for papers.
        BadPaper: a photo that is none.
    """
    row = box_labelled(label)
    parcel = next_id("", now, chance())
    count = sum(item.count for item in items)
    with together():
        digests = tuple(seal_file(docket, photo, now=now) for photo in photos)
        sent = e.MaterialsSent(
            parcel=parcel, items=items, via="box", place=row.place, box=row.docket, seal=seal, photos=digests
        )
        after = record(docket, [sent], by=by, role=role, now=now)
        dropped = b.ParcelDeposited(parcel=parcel, case=docket, count=count, seal=seal)
        record_box(row.docket, [dropped], by=by, role=role, now=now)
    return after


def load_box(label: str, sailing: Sailing, *, by: str, role: str, now: datetime) -> None:
    """The box goes aboard, and every parcel in it with it.

    Raises:
        Refused: it is aboard already.
    """
    row = box_labelled(label)
    with together():
        loaded = b.BoxLoaded(sailing=sailing.trip, origin=sailing.origin, destination=sailing.destination)
        box = record_box(row.docket, [loaded], by=by, role=role, now=now)
        for held in box.parcels.values():
            body = e.ParcelLoaded(
                parcel=held.parcel, sailing=sailing.trip, origin=sailing.origin,
                destination=sailing.destination, due=sailing.due,
            )  # fmt: skip
            record(held.case, [body], by=by, role=role, now=now)


def land_box(label: str, place: str, *, by: str, role: str, now: datetime) -> None:
    """The box comes ashore at ``place``, and every parcel in it with it.

    Raises:
        Refused: it is not aboard.
    """
    row = box_labelled(label)
    with together():
        box = record_box(row.docket, [b.BoxLanded(place=place)], by=by, role=role, now=now)
        for held in box.parcels.values():
            record(held.case, [e.ParcelLanded(parcel=held.parcel, place=place)], by=by, role=role, now=now)


def collect(label: str, parcel: str, *, seal_intact: bool, by: str, role: str, now: datetime) -> Docket:
    """Take one parcel out of the box and say whether its seal is whole.

    Raises:
        Refused: the parcel is not in the box, or was taken by somebody else a moment ago.
    """
    row = box_labelled(label)
    held = case_of_parcel(row.docket, parcel)
    with together():
        removed = b.ParcelRemoved(parcel=parcel, place=row.place, seal_intact=seal_intact)
        record_box(row.docket, [removed], by=by, role=role, now=now)
        collected = e.ParcelCollected(parcel=parcel, place=row.place, seal_intact=seal_intact)
        return record(held, [collected], by=by, role=role, now=now)


def case_of_parcel(box: str, parcel: str) -> str:
    """The case of a parcel that is in the box with docket ``box``.

    Raises:
        Refused: it is not there.
    """
    held = fold_box(box).parcels.get(parcel)
    if held is None:
        raise Refused("not_in_box", "箱里没有这一袋。可能已经有人取走，请看箱里还有哪几袋。")
    return held.case
