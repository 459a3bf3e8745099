"""The vocabulary of incidents 对不上的: the same four facts on the docket of a case and on that of a box."""

from typing import Annotated, Literal

from msgspec import Meta

from driftbox.domain.log.codes import Code, Digest, Key
from driftbox.domain.log.entry import Body

What = Literal[
    "shortage", "surplus", "damage", "broken_seal", "seal_twice", "unknown_parcel", "no_case", "out_of_place",
    "clock_off", "originals_overdue",
]  # fmt: skip
How = Literal["found", "as_seen", "as_believed", "misread", "replaced", "accepted", "returned", "lost"]
End = Literal["sender", "receiver", "station", "department", "crew"]
PATIENT = frozenset({"clock_off", "originals_overdue", "out_of_place"})  # these do not put a parcel on hold


class IncidentOpened(Body, frozen=True):
    """What was found and what we believe do not agree 对不上. Its entry id is what the others refer to.

    ``codes`` say more: materials that lack or are too many, how a seal was found, how a clock was off; ``about`` are
    the entries that do not agree; ``claimed`` is the moment that a device told (RFC 3339), when its clock is off.
    """

    what: What
    parcel: Key | None = None
    codes: tuple[Code, ...] = ()
    place: Code | None = None
    about: tuple[Key, ...] = ()
    claimed: str = ""


class IncidentPhotographed(Body, frozen=True):
    """It was photographed as found 拍照留底."""

    incident: Key
    papers: Annotated[tuple[Digest, ...], Meta(min_length=1)]


class IncidentNotified(Body, frozen=True):
    """The two ends were told 两头告知: who handed it over, and who waits for it."""

    incident: Key
    to: Annotated[tuple[End, ...], Meta(min_length=1)]
    way: Literal["voice", "sms", "visit", "print"] = "voice"


class IncidentSettled(Body, frozen=True):
    """A person decided 了结: how it came out, and why. ``as_seen``: what was reported is so, and we believe it now."""

    incident: Key
    how: How
    reason: Code


KINDS: dict[str, type[Body]] = {
    "incident.opened": IncidentOpened,
    "incident.photographed": IncidentPhotographed,
    "incident.notified": IncidentNotified,
    "incident.settled": IncidentSettled,
}
IncidentBody = IncidentOpened | IncidentPhotographed | IncidentNotified | IncidentSettled
