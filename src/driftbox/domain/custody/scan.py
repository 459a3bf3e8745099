"""A scan is a fact: what stands is recorded as it is, what cannot stand is kept as a sighting, and what contradicts
what we believe opens an incident. Nothing is dropped.
"""

import re

from msgspec import Struct

from driftbox.domain.custody import entries as e
from driftbox.domain.custody.decide import check
from driftbox.domain.custody.state import Box
from driftbox.domain.docket.incident_entries import What
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body


class Kept(Refused):
    """What was told cannot stand where it is; it was kept all the same, and the sentence says who will look."""


class Note(Struct, frozen=True):
    """What a person is told about a scan that was not as we believed: a stable code and a sentence."""

    code: str
    sentence: str


class Reading(Struct, frozen=True):
    """How a scan is recorded: as ``body``, with an incident of kind ``what`` if it contradicts what we believe.

    ``stands``: the act itself was recorded, not only a sighting; ``note`` tells the person what became of it.
    """

    body: Body
    stands: bool
    what: What | None = None
    note: Note | None = None


AGAIN = Note("again", "刚才已经记过了，不用再记。这一次也留着。")
ELSEWHERE = Note("elsewhere", "记着它不在这里。您说的记下了，站里会弄清楚，东西请先照看好。")
NOT_HERE_YET = Note("not_here_yet", "记着它没有上船。您说的记下了，站里会弄清楚，箱请先照看好。")
AT_SEA = Note("at_sea", "箱已经上船了，现在放不进去。请等下一班，或交给代办员。您看到的也记下了，站里会去查。")
OUT_OF_USE = Note("out_of_use", "这只箱已经停用了，材料请先留着。请换一只箱，或打电话问站里。您看到的也记下了。")
GONE = Note("gone", "箱里没有这一袋。可能已经有人取走，请看箱里还有哪几袋。您说的记下了，站里会弄清楚。")
SEEN = Note("seen", "记下了。和我们知道的一样，不用再做什么。")
SEEN_ODD = Note("seen_odd", "记下了，和我们知道的不一样。站里会弄清楚，东西请先照看好。")
SAME_SEAL = Note("same_seal", "记下了。另有一袋也是这个封条号，站里会打电话来对一对，袋不用动。")
OTHER_PIER = Note("other_pier", "记下了。它本来该去别的码头，站里会接着安排。")
TAKEN_AT_SEA = Note("taken_at_sea", "取到了，记下了。箱还记着在船上，站里会补上。")
CLOCK_OFF = Note("clock_off", "记下了。手机上的钟和我们差得多，这一步按我们的钟记，手机上的时间也留着。请对一对钟。")

NOT_EXPECTED = Note("not_expected", "这件事现在不等材料，这一袋没有记进箱。您说的记下了，站里会打电话来，袋请先留着。")
NO_CASE = Note("no_case", "记下了。这一袋还不知道是哪件事的，请先收好，站里会查。")
UNKNOWN_LABEL = Note("unknown_label", "没有登记过这只箱，您看到的记下了。请对一对箱上的号；真是这个号，站里会来看。")


def clean(typed: str) -> str:
    """A label or seal as typed, with only what a label can hold: capitals, digits, hyphens; at most 24."""
    return re.sub(r"[^A-Z0-9-]", "", typed.upper())[:24]


def read(box: Box, body: Body, by: str) -> Reading:
    """How the act ``body`` of ``by`` is recorded about ``box`` as it now stands.

    Raises:
        Refused: this is not a scan but a decision that the facts speak against (such as retiring a full box).
    """
    try:
        check(box, body)
    except Refused as refusal:
        return _kept(box, body, by, refusal)
    return _odd(box, body)


def _odd(box: Box, body: Body) -> Reading:
    """What stands, but not as we believed."""
    if isinstance(body, e.BoxLoaded) and body.origin != box.place:
        return Reading(body, stands=True, what="out_of_place", note=SEEN_ODD)
    if isinstance(body, e.BoxLanded) and body.place != box.destination:
        return Reading(body, stands=True, what="out_of_place", note=OTHER_PIER)
    if isinstance(body, e.ParcelRemoved) and box.where == "ship":
        return Reading(body, stands=True, what="out_of_place", note=TAKEN_AT_SEA)
    return Reading(body, stands=True)


def _kept(box: Box, body: Body, by: str, refusal: Refused) -> Reading:
    seen = sighting_of(body)
    if seen is None:
        raise refusal
    if refusal.code == "retired":
        return _as(seen, "out_of_place", OUT_OF_USE)
    if isinstance(body, e.ParcelDeposited):
        return _as(seen, None, AGAIN) if body.parcel in box.parcels else _deposited_at_sea(seen)
    if isinstance(body, e.ParcelRemoved):
        again = bool(by) and box.taken.get(body.parcel) == by
        return _as(seen, None if again else "unknown_parcel", GONE)
    if isinstance(body, e.BoxLoaded):
        again = body.sailing == box.sailing and body.origin == box.place
        return _as(seen, None, AGAIN) if again else _as(seen, "out_of_place", ELSEWHERE)
    again = seen.place == box.place
    return _as(seen, None, AGAIN) if again else _as(seen, "out_of_place", NOT_HERE_YET)


def _deposited_at_sea(seen: e.BoxSighted) -> Reading:
    return _as(seen, "out_of_place", AT_SEA)


def _as(seen: e.BoxSighted, what: What | None, note: Note) -> Reading:
    return Reading(seen, stands=False, what=what, note=note)


def sighting_of(body: Body) -> e.BoxSighted | None:
    """An act that cannot stand, as what somebody told; None when it is no scan."""
    if isinstance(body, e.BoxLoaded):
        return e.BoxSighted(claim="loaded", place=body.origin, sailing=body.sailing, destination=body.destination)
    if isinstance(body, e.BoxLanded):
        return e.BoxSighted(claim="landed", place=body.place)
    if isinstance(body, e.ParcelDeposited):
        return e.BoxSighted(
            claim="deposited", parcel=body.parcel, case=body.case, count=body.count, seal=clean(body.seal)
        )
    if isinstance(body, e.ParcelRemoved):
        return e.BoxSighted(claim="collected", parcel=body.parcel, place=body.place)
    return None


def read_sighting(box: Box, seen: e.BoxSighted) -> Reading:
    """What somebody saw, set against what we believe: a box elsewhere, a parcel that no list has, no case to it."""
    what: What | None = None
    if seen.claim == "parcel" and not _lists(box, seen):
        what = "unknown_parcel" if seen.parcel or seen.case else "no_case"
    elif box.retired or (seen.place and (box.where == "ship" or seen.place != box.place)):
        what = "out_of_place"
    return Reading(seen, stands=True, what=what, note=SEEN_ODD if what else SEEN)


def _lists(box: Box, seen: e.BoxSighted) -> bool:
    seals = {clean(held.seal) for held in box.parcels.values()}
    return (seen.parcel or "") in box.parcels or bool(seen.seal and seen.seal in seals)
