"""The custody report: who held what, from when to when, with which proof; for one case or one box."""

from driftbox.apps.custody.queries import entries_of as box_entries
from driftbox.apps.custody.queries import is_box
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.pack import tables
from driftbox.domain.custody.chain import Chain, Spell, box_spells, chains


def chains_of_case(docket: str) -> tuple[Chain, ...]:
    """The chain of every parcel of a case; the caller has gone through the case's guarded door."""
    rode_in = {parcel.box for parcel in load(docket).docket.parcels.values()}
    rode_in |= {getattr(entry.body, "box", "") for entry in entries_of(docket)}
    return chains(entries_of(docket), {box: box_entries(box) for box in sorted(rode_in) if is_box(box)}, tables())


def spells_of_box(docket: str) -> tuple[Spell, ...]:
    """Where a box was, from when to when."""
    return box_spells(box_entries(docket), tables())
