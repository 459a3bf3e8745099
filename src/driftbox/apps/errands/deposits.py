"""Parcels go into the box: on the way out, for many at once, and on the way home. Case and box commit as one.

What cannot stand is kept as a sighting, and raises ``Kept`` after it is written.
"""

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import load_box as fold_box
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.hands import Hand, note_on_case, open_on_case
from driftbox.apps.errands.sights import keep, kept, row_of
from driftbox.apps.eventlog.actions import lock, together
from driftbox.apps.papers.actions import seal_file
from driftbox.apps.parcels.queries import under_way_with_seal
from driftbox.domain.custody import entries as b
from driftbox.domain.custody.scan import AGAIN, NOT_EXPECTED, SAME_SEAL, Reading, read, sighting_of
from driftbox.domain.custody.state import Box
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.incident_entries import IncidentOpened
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import BadPaper, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance

NOT_NOW = frozenset({"not_here", "closed"})  # the case does not wait for papers, but somebody stands at the box


class Bag(Struct, frozen=True):
    """What goes into the box: for which case, which papers, under which seal, with photographs of it; ``label``: the
    number printed on the bag, when it has one.
    """

    docket: str
    items: tuple[e.Item, ...]
    seal: str
    photos: tuple[bytes, ...] = ()
    label: str = ""


def deposit(label: str, bag: Bag, hand: Hand) -> Docket:
    """Put a sealed parcel for a case into the box ``label``.

    Raises:
        Kept: the box is aboard, the case does not wait for papers, or it was put in a moment ago.
        Refused: nothing ticked, no seal, an original that is never kept; nothing was written.
        BadPaper: a photo that is none.
    """
    row, parcel = row_of(label, hand), _new_parcel(hand)

    def sent(photos: tuple[str, ...]) -> Body:
        return e.MaterialsSent(
            parcel=parcel, items=bag.items, via="box", place=row.place, box=row.docket, seal=bag.seal, photos=photos
        )

    return _put(row, bag, parcel, "out", sent, hand)


def deposit_many(label: str, bags: Iterable[Bag], hand: Hand) -> list[Docket | Refused | BadPaper]:
    """The crew scans once for many: each parcel is put in, or kept as a sighting, whatever becomes of the others."""
    done: list[Docket | Refused | BadPaper] = []
    with together():
        for bag in bags:
            try:
                done.append(deposit(label, bag, hand))
            except (Refused, BadPaper) as refusal:  # kept or undone, each by itself
                done.append(refusal)
    return done


def pack_return(label: str, bag: Bag, hand: Hand) -> Docket:
    """Seal result and originals for the way home and put them into the box ``label``.

    Raises:
        Kept: the box is aboard, or there is nothing to bring home yet.
        Refused: nothing ticked, or no seal; nothing was written.
    """
    row, parcel = row_of(label, hand), _new_parcel(hand)

    def packed(photos: tuple[str, ...]) -> Body:
        return e.ReturnPacked(
            parcel=parcel, items=bag.items, via="box", place=row.place, box=row.docket, seal=bag.seal, photos=photos
        )

    return _put(row, bag, parcel, "back", packed, hand)


def carry_return(place: str, bag: Bag, hand: Hand) -> Docket:
    """Pack result and originals at ``place`` for an agent who carries them home by hand, or to a box.

    Raises:
        Refused: nothing ticked, or there is nothing to bring home yet.
    """
    with together():
        photos = tuple(seal_file(bag.docket, photo, now=hand.now) for photo in bag.photos)
        packed = e.ReturnPacked(
            parcel=_new_parcel(hand), items=bag.items, via="agent", place=place, seal=bag.seal, photos=photos
        )
        return note_on_case(bag.docket, [packed, *_labelled(packed.parcel, bag)], hand)


def box_parcel(label: str, docket: str, parcel: str, hand: Hand) -> Docket:
    """Put a parcel that somebody holds into the box ``label``.

    Raises:
        Kept: the box is aboard.
        Refused: no such parcel in this case, nobody holds it, or it has no seal.
    """
    row = row_of(label, hand)
    held = load(docket).docket.parcels.get(parcel)
    if held is None:
        raise Refused("unknown_parcel", "这件事里没有这一袋。请看看是不是扫错了。")
    bag = Bag(docket, held.manifest, held.seal)
    return _put(row, bag, parcel, held.way, lambda _photos: p.ParcelBoxed(
        parcel=parcel, box=row.docket, place=row.place
    ), hand)  # fmt: skip


def _put(row: BoxRow, bag: Bag, parcel: str, way: Any, made: Callable[[tuple[str, ...]], Body], hand: Hand) -> Docket:
    count = sum(item.count for item in bag.items)
    dropped = b.ParcelDeposited(parcel=parcel, case=bag.docket, count=count, seal=bag.seal, way=way)
    with together():
        lock(row.docket)
        reading = _reading_of(fold_box(row.docket), dropped, bag, hand)
        twins = [twin.parcel for twin in under_way_with_seal(bag.seal) if twin.parcel != parcel]
        after = None
        if reading.stands:
            after = _case_first(parcel, bag, made, hand)
            reading = reading if after else _unexpected(dropped)
        keep(row.docket, reading, hand)
        if after and twins:
            hand.notes.append(SAME_SEAL)
            twice = IncidentOpened(what="seal_twice", parcel=parcel, about=tuple(twins[:8]))
            after = open_on_case(bag.docket, twice, hand)
    if after is None:
        raise kept(reading)
    return after


def _reading_of(box: Box, dropped: b.ParcelDeposited, bag: Bag, hand: Hand) -> Reading:
    again = any(held.case == bag.docket and held.seal == bag.seal for held in box.parcels.values())
    seen = sighting_of(dropped)
    return Reading(seen, stands=False, note=AGAIN) if again and seen and bag.seal else read(box, dropped, hand.by)


def _case_first(parcel: str, bag: Bag, made: Callable[[tuple[str, ...]], Body], hand: Hand) -> Docket | None:
    """The case with the parcel, or None when it does not wait for papers now."""
    try:
        with together():
            photos = tuple(seal_file(bag.docket, photo, now=hand.now) for photo in bag.photos)
            return note_on_case(bag.docket, [made(photos), *_labelled(parcel, bag)], hand)
    except Refused as refusal:
        if refusal.code not in NOT_NOW:
            raise
    return None


def _labelled(parcel: str, bag: Bag) -> list[Body]:
    return [p.ParcelLabelled(parcel=parcel, label=bag.label)] if bag.label else []


def _unexpected(dropped: b.ParcelDeposited) -> Reading:
    return Reading(sighting_of(dropped) or dropped, stands=False, what="unknown_parcel", note=NOT_EXPECTED)


def _new_parcel(hand: Hand) -> str:
    return next_id("", hand.now, chance())
