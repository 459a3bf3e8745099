"""Scans are facts: what cannot stand is kept, what is odd is looked into, and nobody is sent away."""

from msgspec import structs

from driftbox.apps.custody.actions import see_unknown
from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.custody.queries import load_box as fold_box
from driftbox.apps.errands.hands import Hand, note_on_box, open_on_box
from driftbox.apps.eventlog.actions import lock, together
from driftbox.apps.parcels.queries import under_way_with_seal
from driftbox.domain.custody import entries as b
from driftbox.domain.custody.scan import (
    NO_CASE,
    UNKNOWN_LABEL,
    Kept,
    Note,
    Reading,
    clean,
    read_sighting,
)
from driftbox.domain.custody.state import Box
from driftbox.domain.docket.incident_entries import IncidentOpened
from driftbox.domain.errors import NotFound

STAFF = frozenset({"crew", "agent", "clerk", "director", "officer"})


def sight(label: str, seen: b.BoxSighted, hand: Hand) -> Note:
    """Keep whatever somebody saw: a box elsewhere, a label nobody knows, a bag that no list has.

    Raises:
        Refused: there is nothing readable on the label.
    """
    seen = structs.replace(seen, label=clean(label), seal=clean(seen.seal))
    try:
        row = box_labelled(label)
    except NotFound:
        return sight_unknown(label, seen, hand)
    with together():
        lock(row.docket)
        seen = _traced(seen)
        reading = read_sighting(fold_box(row.docket), seen)
        keep(row.docket, reading, hand)
    return reading.note or NO_CASE


def _traced(seen: b.BoxSighted) -> b.BoxSighted:
    """What is seen, with the parcel and the case that its seal leads to."""
    rows = under_way_with_seal(seen.seal) if not seen.parcel else []
    return structs.replace(seen, parcel=rows[0].parcel, case=rows[0].docket) if len(rows) == 1 else seen


def sight_unknown(label: str, seen: b.BoxSighted, hand: Hand) -> Note:
    """Keep what somebody saw under a label that is on no box of ours, in a docket of that label's own."""
    with together():
        docket = see_unknown(label, seen, by=hand.by, role=hand.role, now=hand.now)
        odd = IncidentOpened(what="out_of_place", codes=("unknown_label",), place=seen.place)
        open_on_box(docket, odd, hand)
    hand.notes.append(UNKNOWN_LABEL)
    return UNKNOWN_LABEL


def keep(docket: str, reading: Reading, hand: Hand) -> Box:
    """Write what a scan says of a box, and open the incident if it is not what we believed."""
    box = note_on_box(docket, [reading.body], hand)
    if reading.stands and reading.note:
        hand.notes.append(reading.note)
    if reading.what:
        parcel = getattr(reading.body, "parcel", None)
        place = getattr(reading.body, "place", None) or getattr(reading.body, "origin", None)
        open_on_box(docket, IncidentOpened(what=reading.what, parcel=parcel, place=place, about=(box.last,)), hand)
    return box


def kept(reading: Reading) -> Kept:
    """The sentence for somebody whose scan could not stand and was kept."""
    note = reading.note or NO_CASE
    return Kept(note.code, note.sentence)


def row_of(label: str, hand: Hand) -> BoxRow:
    """The box of a label; what staff scan under a label that nobody knows is kept before it is refused."""
    try:
        return box_labelled(label)
    except NotFound:
        if hand.role not in STAFF or not clean(label):
            raise
    note = sight_unknown(label, b.BoxSighted(claim="here", label=clean(label)), hand)
    raise NotFound(note.code, note.sentence)
