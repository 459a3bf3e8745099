"""The vocabulary of sailings 船班: the boats of a pack have a docket too, and what is said of them are its entries.

Words of a public notice never come in: a suspension says which boats, from when to when, why in one code, who said so
and how it was heard. A correction is a new entry.
"""

import hashlib
from datetime import datetime
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from driftbox.domain.errors import BadEntry
from driftbox.domain.log.codes import Code, Day, Digest, Key
from driftbox.domain.log.entry import Body, moment_millis
from driftbox.domain.log.ids import CHANCE_BITS, build_id, instant

TableId = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")]  # ids of GTFS are free
Moment = Annotated[str, Meta(pattern=r"^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z$")]
Seconds = Annotated[int, Meta(ge=0, le=240 * 3600)]  # from noon minus twelve hours of the service day
Minutes = Annotated[int, Meta(ge=-180, le=2880)]
MOST_LATE: Final = 2880 * 60  # seconds
Late = Annotated[int, Meta(ge=-180 * 60, le=2880 * 60)]  # seconds
Kind = Literal["route", "trip", "stop"]
Cause = Literal["wind", "fog", "typhoon", "repair", "other"]
Source = Literal["operator", "gtfs_rt", "phone"]
CAUSES: Final[tuple[Cause, ...]] = ("wind", "fog", "typhoon", "repair", "other")
MOST_CALLS: Final = 40  # so that an entry stays below its size


class SailingSuspended(Body, frozen=True):
    """Boats do not go 停航: a route, a trip, or all calls at a stop, from ``since`` to ``until`` (empty: until further
    notice). ``who`` said so: a person's id, or a code such as ``harbour``. ``replaces``: the suspension that this one
    corrects. ``entity``: digest of its id in a GTFS-Realtime feed.
    """

    kind: Kind
    id: TableId
    since: Moment
    cause: Cause
    who: Code
    source: Source
    until: Moment | Literal[""] = ""
    replaces: Key | Literal[""] = ""
    entity: Digest | Literal[""] = ""


class SailingResumed(Body, frozen=True):
    """Boats go again 复航 from ``since``: one suspension by its entry, or else all of a route, trip or stop."""

    since: Moment
    who: Code
    source: Source
    suspension: Key | Literal[""] = ""
    kind: Kind = "route"
    id: TableId | Literal[""] = ""


class ExtraCall(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One call of an extra sailing."""

    stop: TableId
    arrive: Seconds
    depart: Seconds


class SailingAdded(Body, frozen=True):
    """An extra sailing 加班 on one day, under a trip id of its own. Said again under that id, it is corrected."""

    trip: TableId
    day: Day
    calls: Annotated[tuple[ExtraCall, ...], Meta(min_length=2, max_length=MOST_CALLS)]
    who: Code
    source: Source
    route: TableId | Literal[""] = ""


class CallChange(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How one call differs: seconds late to arrive and to depart (below 0: early), or not called at 甩站."""

    arrive: Late
    depart: Late
    skipped: bool = False


class SailingChanged(Body, frozen=True):
    """One trip on one day goes so many minutes later 晚点 (below 0: earlier; 0: as the timetable has it after all).

    ``calls``: where it is not late by the same everywhere, every call of the trip in order; ``minutes`` is then the
    most that it is late anywhere.
    """

    trip: TableId
    day: Day
    minutes: Minutes
    who: Code
    source: Source
    calls: Annotated[tuple[CallChange, ...], Meta(max_length=MOST_CALLS)] = ()


class TimetableAdopted(Body, frozen=True):
    """From ``since`` boats go by the timetable with this digest 启用时刻表; the feed itself lies with the node."""

    feed: Digest
    since: Day


KINDS: dict[str, type[Body]] = {
    "sailing.suspended": SailingSuspended,
    "sailing.resumed": SailingResumed,
    "sailing.added": SailingAdded,
    "sailing.changed": SailingChanged,
    "timetable.adopted": TimetableAdopted,
}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}
DECODERS: dict[str, msgspec.json.Decoder[Body]] = {k: msgspec.json.Decoder(b) for k, b in KINDS.items()}


def book_of(pack: str) -> str:
    """The docket of all sailings of a pack, by the pack's id: every node writes to the same one without asking."""
    digest = hashlib.sha256(f"sailings of {pack}".encode()).digest()
    return build_id(0, 0, int.from_bytes(digest[:8]) >> (64 - CHANCE_BITS))


def moment_of(text: str) -> datetime | None:
    """The aware instant that a ``Moment`` tells; None where there is no such day."""
    try:
        return instant(moment_millis(text))
    except BadEntry:
        return None
