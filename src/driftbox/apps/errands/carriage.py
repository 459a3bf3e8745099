"""Hand in once: parcels go into the box, over the sea, into the agent's hands, and home again by the same steps.

Case and box commit as one. What cannot stand is kept as a sighting, and raises ``Kept`` after it is written.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.custody.queries import load_box as fold_box
from driftbox.apps.errands.hands import Hand, note_on_box, note_on_case, open_on_box
from driftbox.apps.errands.sights import keep, kept, row_of
from driftbox.apps.eventlog.actions import lock, together
from driftbox.domain.custody import entries as b
from driftbox.domain.custody.scan import clean, read
from driftbox.domain.custody.state import Box
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.incident_entries import IncidentOpened
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import is_id


class Sailing(Struct, frozen=True):
    """One sailing: the timetable's trip on a day, from and to which pier, due when (ISO with offset, or empty)."""

    trip: str
    origin: str
    destination: str
    due: str = ""


def retire_box(label: str, reason: str, hand: Hand) -> Box:
    """Take a box out of service.

    Raises:
        Refused: there are parcels in it.
    """
    return note_on_box(box_labelled(label).docket, [b.BoxRetired(reason=reason)], hand)


def load_box(label: str, sailing: Sailing, hand: Hand) -> Box:
    """The box goes aboard, and every parcel in it with it.

    Raises:
        Kept: it is aboard already, or out of service.
    """
    row = row_of(label, hand)
    loaded = b.BoxLoaded(sailing=sailing.trip, origin=sailing.origin, destination=sailing.destination)
    return _move(row, loaded, lambda parcel: e.ParcelLoaded(
        parcel=parcel, sailing=sailing.trip, origin=sailing.origin, destination=sailing.destination, due=sailing.due
    ), hand)  # fmt: skip


def land_box(label: str, place: str, hand: Hand) -> Box:
    """The box comes ashore at ``place``, and every parcel in it with it.

    Raises:
        Kept: it was not aboard, or out of service.
    """
    row = row_of(label, hand)
    return _move(row, b.BoxLanded(place=place), lambda parcel: e.ParcelLanded(parcel=parcel, place=place), hand)


def _move(row: BoxRow, moved: Body, made: Callable[[str], Body], hand: Hand) -> Box:
    with together():
        lock(row.docket)
        reading = read(fold_box(row.docket), moved, hand.by)
        box = keep(row.docket, reading, hand)
        if reading.stands:
            tell_cases(row.docket, box, made, hand)
    if not reading.stands:
        raise kept(reading)
    return box


def tell_cases(docket: str, box: Box, made: Callable[[str], Body], hand: Hand) -> None:
    """Tell the case of every parcel in a box what became of it; one that no case here knows opens an incident."""
    for held in sorted(box.parcels.values(), key=lambda one: (one.case, one.parcel)):  # the order of locks
        _tell(docket, held.case, made(held.parcel), held.parcel, hand)


def _tell(box: str, case: str, body: Body, parcel: str, hand: Hand) -> Docket | None:
    try:
        with together():
            return note_on_case(case, [body], hand)
    except NotAllowed:
        raise
    except Refused:
        open_on_box(box, IncidentOpened(what="no_case", parcel=parcel), hand)
        return None


def collect(label: str, parcel: str, hand: Hand, *, seal: e.Seal = "intact", number: str = "") -> Docket:
    """Take one parcel out of the box, look at its seal, and read its ``number`` if somebody does.

    A seal that is not intact, or carries another number than we know, opens an incident on the case.

    Raises:
        Kept: the parcel is not in the box, or was taken by somebody else a moment ago.
    """
    row = row_of(label, hand)
    if not is_id(parcel):
        raise Refused("not_in_box", "箱里没有这一袋。可能已经有人取走，请看箱里还有哪几袋。")
    after = None
    with together():
        lock(row.docket)
        box = fold_box(row.docket)
        held = box.parcels.get(parcel)
        if held and number and clean(number) != clean(held.seal):
            seal = "other" if seal == "intact" else seal
        intact, found = seal == "intact", None if seal == "intact" else seal
        removed = b.ParcelRemoved(parcel=parcel, place=row.place, seal_intact=intact, seal=found)
        reading = read(box, removed, hand.by)
        keep(row.docket, reading, hand)
        if held and reading.stands:
            body = e.ParcelCollected(parcel=parcel, place=row.place, seal_intact=intact, seal=found)
            after = _tell(row.docket, held.case, body, parcel, hand)
    if after is None:
        raise kept(reading)
    return after


def open_parcel(docket: str, parcel: str, hand: Hand, *, place: str, witness: str = "") -> Docket:
    """Cut the seal of a parcel, with a ``witness`` where the pack asks for two (setting ``open_with_two``).

    Raises:
        Refused: no such parcel, or a second person is needed.
    """
    return note_on_case(docket, [p.ParcelOpened(parcel=parcel, place=place, witness=witness or None)], hand)


def count(docket: str, parcel: str, found: Sequence[e.Item], hand: Hand) -> Docket:
    """Count what is in a parcel against its manifest; what lacks and what is too many opens incidents.

    Raises:
        Refused: no such parcel, not taken out yet, or not opened by two where the pack asks for two.
    """
    return note_on_case(docket, [e.MaterialsCounted(parcel=parcel, found=tuple(found))], hand)
