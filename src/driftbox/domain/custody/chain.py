"""The chain of custody 保管链: who held each parcel, from when to when, with which proof, and where it has a gap.

A pure function of the entries of a case and of the boxes that its parcels rode in. Entries are folded one by one in id
order, so the chain ends where the folded state says that the parcel is.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field

from driftbox.domain.custody import state as boxes
from driftbox.domain.custody.state import Box
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import fold as cases
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.incident import Incident
from driftbox.domain.docket.state import Docket, Parcel
from driftbox.domain.docket.table import Table
from driftbox.domain.log.entry import Entry

Holder = Literal["resident", "box", "ship", "pier", "agent", "office", "department"]
Shown = Literal["sealed", "seal_intact", "seal_not_intact", "opened", "counted", "told", "signed"]
Tables = Mapping[str, Table]

FROM: dict[str, frozenset[str]] = {  # whom each holder can take a parcel from without a gap
    "resident": frozenset({"agent", "office", "department", "box", "pier"}),
    "box": frozenset({"agent", "office", "department", "resident", "pier"}),
    "ship": frozenset({"box", "pier"}),
    "pier": frozenset({"ship", "box"}),
    "agent": frozenset({"box", "pier", "resident", "office", "department"}),
    "office": frozenset({"agent", "resident", "department"}),
    "department": frozenset({"office", "agent"}),
}


class Proof(Struct, frozen=True):
    """One entry that shows something about a parcel, and what it shows."""

    entry: str
    shows: Shown


class Spell(Struct, frozen=True):
    """One time that somebody held a parcel: from when until when (0: still), with proofs and incidents.

    ``who`` is a person, a box, a sailing or a place, as ``holder`` says; of a department it is the matter that it
    decides. ``gap``: it came otherwise than from whoever
    had it before, its seal was not intact, its count was not right, or box and case do not agree.
    """

    holder: Holder
    who: str
    place: str
    since_ms: int
    until_ms: int = 0
    proofs: tuple[Proof, ...] = ()
    incidents: tuple[str, ...] = ()
    gap: bool = False


class Chain(Struct, frozen=True):
    """All spells of one parcel, oldest first; ``open_incident`` while one about it, or its box, is not settled."""

    parcel: str
    way: str
    seal: str
    spells: tuple[Spell, ...]
    open_incident: bool = False

    @property
    def holder(self) -> Spell:
        """Who holds it now."""
        return self.spells[-1]

    @property
    def gaps(self) -> tuple[Spell, ...]:
        """The spells that are shown in red."""
        return tuple(spell for spell in self.spells if spell.gap)


class _Open(Struct):
    holder: Holder
    who: str
    place: str
    since_ms: int
    until_ms: int = 0
    proofs: list[Proof] = field(default_factory=list)
    incidents: list[str] = field(default_factory=list)
    gap: bool = False


class _Walk(Struct):
    docket: Docket
    boxes: dict[str, Box]
    tables: Tables
    spells: dict[str, list[_Open]] = field(default_factory=dict)
    collectors: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def chains(case: Iterable[Entry], in_boxes: Mapping[str, Iterable[Entry]], tables: Tables) -> tuple[Chain, ...]:
    """The chain of every parcel of a case, oldest parcel first. ``in_boxes``: the entries of boxes by their docket.

    Order and repetition of the entries do not matter, and no entry makes it fail.
    """
    log = {(entry.id, ""): entry for entry in case}
    log |= {(entry.id, box): entry for box, entries in in_boxes.items() for entry in entries}
    walk = _Walk(Docket(), {box: Box() for box in in_boxes}, tables)
    for key in sorted(log):
        entry, box = log[key], key[1]
        if box:
            boxes.extend(walk.boxes[box], [entry], tables)
        else:
            cases.extend(walk.docket, [entry], tables)
            _follow(walk, entry)
        _note_incidents(walk)
    return tuple(_closed(walk, key) for key in walk.spells)


def box_spells(entries: Iterable[Entry], tables: Tables) -> tuple[Spell, ...]:
    """Where a box was, from when to when, and which entry told so: at piers and on sailings."""
    unique = {entry.id: entry for entry in entries}
    box, found = Box(), list[Spell]()
    for key in sorted(unique):
        before = box.moved_by
        boxes.extend(box, [unique[key]], tables)
        if box.moved_by != before:
            where: Holder = "ship" if box.where == "ship" else "pier"
            who = box.sailing if where == "ship" else box.place
            gap = box.moved_by in box.sightings
            if found:
                found[-1] = _until(found[-1], box.moved_ms)
            told = (Proof(box.moved_by, "told"),)
            found.append(Spell(where, who, box.place, box.moved_ms, proofs=told, gap=gap))
    return tuple(found)


def _until(spell: Spell, ms: int) -> Spell:
    return Spell(spell.holder, spell.who, spell.place, spell.since_ms, ms, spell.proofs, spell.incidents, spell.gap)


def _follow(walk: _Walk, entry: Entry) -> None:
    """After an entry of the case: whoever holds a parcel now, and what the entry proves about it."""
    named = getattr(entry.body, "parcel", None)
    stands = entry.id not in walk.docket.contested
    if isinstance(entry.body, e.ParcelCollected) and stands:
        walk.collectors[entry.body.parcel] = entry.by
    for key, parcel in walk.docket.parcels.items():
        holder, who = _holder(walk, parcel)
        held = walk.spells.setdefault(key, [])
        moved = not held or (held[-1].holder, held[-1].who) != (holder, who)
        if moved:
            _hand_over(held, _Open(holder, who, parcel.place, entry.happened_ms))
        if stands and (named == key or (named is None and holder == "resident")):
            _prove(held[-1], entry, parcel)
        elif stands and moved:
            held[-1].proofs.append(Proof(entry.id, "told"))


def _holder(walk: _Walk, parcel: Parcel) -> tuple[Holder, str]:
    docket = walk.docket
    found: dict[str, tuple[Holder, str]] = {
        "resident": ("resident", docket.beneficiary),
        "returned": ("resident", docket.beneficiary),
        "box": ("box", parcel.box or parcel.place),
        "ship": ("ship", parcel.sailing),
        "landing": ("pier", parcel.place),
        "agent": ("agent", walk.collectors.get(parcel.id) or docket.agent),
        "office": ("office", docket.office),
        "department": ("department", docket.matter),
    }
    return found[parcel.where]


def _hand_over(held: list[_Open], taken: _Open) -> None:
    if held:
        held[-1].until_ms = max(taken.since_ms, held[-1].since_ms)
        taken.since_ms = held[-1].until_ms  # a clock that ran behind makes no hole
        taken.gap = held[-1].holder != taken.holder and held[-1].holder not in FROM[taken.holder]
    held.append(taken)


def _prove(spell: _Open, entry: Entry, parcel: Parcel) -> None:
    body, shows = entry.body, _shows(entry)
    if shows:
        spell.proofs.append(Proof(entry.id, shows))
    if isinstance(body, e.ParcelCollected) and not body.seal_intact:
        spell.gap = True
    if isinstance(body, e.MaterialsCounted) and (parcel.shortage() or parcel.surplus()):
        spell.gap = True


def _shows(entry: Entry) -> Shown | None:
    body = entry.body
    if isinstance(body, e.MaterialsSent | e.ReturnPacked):
        return "sealed" if body.seal else "told"
    if isinstance(body, e.ParcelCollected):
        return "seal_intact" if body.seal_intact else "seal_not_intact"
    if isinstance(body, e.ParcelLoaded | e.ParcelLanded | p.ParcelBoxed):
        return "told"
    found: dict[type, Shown] = {
        p.ParcelOpened: "opened", e.MaterialsCounted: "counted", e.ResultDelivered: "signed",
        e.MaterialsReturned: "signed",
    }  # fmt: skip
    return found.get(type(body))


def _note_incidents(walk: _Walk) -> None:
    """An incident belongs to the spell in which it was opened."""
    for one in walk.docket.incidents.values():
        _note(walk, one, [one.parcel] if one.parcel else [])
    for box in walk.boxes.values():
        for one in box.incidents.values():
            _note(walk, one, [one.parcel] if one.parcel else list(box.parcels))


def _note(walk: _Walk, incident: Incident, parcels: Iterable[str]) -> None:
    if incident.entry in walk.seen:
        return
    walk.seen.add(incident.entry)
    for key in parcels:
        if walk.spells.get(key):
            walk.spells[key][-1].incidents.append(incident.entry)


def _closed(walk: _Walk, key: str) -> Chain:
    spells, parcel = walk.spells[key], walk.docket.parcels[key]
    holding = [docket for docket, box in walk.boxes.items() if key in box.parcels]
    agrees = _agrees(walk, parcel, holding)
    spells[-1].gap = spells[-1].gap or not agrees
    noted = {incident for spell in spells for incident in spell.incidents}
    unsettled = {one.entry for one in walk.docket.open_incidents}
    unsettled |= {one.entry for box in walk.boxes.values() for one in box.open_incidents}
    closed = tuple(
        Spell(
            one.holder, one.who, one.place, one.since_ms, one.until_ms, tuple(one.proofs), tuple(one.incidents), one.gap
        )
        for one in spells
    )
    return Chain(key, parcel.way, parcel.seal, closed, open_incident=bool(noted & unsettled))


def _agrees(walk: _Walk, parcel: Parcel, holding: list[str]) -> bool:
    """Whether the boxes say the same as the case: in that box and no other, or in none."""
    riding = parcel.where in {"box", "ship", "landing"}
    if not parcel.box or parcel.box not in walk.boxes:
        return not holding
    return holding == ([parcel.box] if riding else [])
