"""The vocabulary of a box 漂流箱: a box has a docket too."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from driftbox.domain.docket import incident_entries
from driftbox.domain.docket.items import Seal
from driftbox.domain.log.codes import Code, Count, Key
from driftbox.domain.log.entry import Body

Claim = Literal["here", "loaded", "landed", "deposited", "collected", "parcel", "retired", "clock"]
Typed = Annotated[str, Meta(pattern=r"^[A-Z0-9-]{0,24}$")]


class BoxRegistered(Body, frozen=True):
    """A box was put into service 启用: its label and the pier it belongs to."""

    label: Code
    pier: Code


class ParcelDeposited(Body, frozen=True):
    """A sealed parcel was put in 投放: for which case, how many papers, under which seal, on the way out or back."""

    parcel: Key
    case: Key
    count: Count
    seal: str
    way: Literal["out", "back"] = "out"


class BoxLoaded(Body, frozen=True):
    """The box went aboard 装船."""

    sailing: Code
    origin: Code
    destination: Code


class BoxLanded(Body, frozen=True):
    """The box came ashore 卸船."""

    place: Code


class ParcelRemoved(Body, frozen=True):
    """A parcel was taken out 取出, and its seal looked at."""

    parcel: Key
    place: Code
    seal_intact: bool
    seal: Seal | None = None


class BoxSighted(Body, frozen=True):
    """Somebody told what they saw or did 见到, and it is not what we believe: kept as told, and changes nothing.

    ``claim``: what they say. ``label`` and ``seal`` as typed. It becomes what we believe when the incident about it
    is settled ``as_seen``. ``claimed``: what a device's clock said (RFC 3339), when that cannot be.
    """

    claim: Claim
    place: Code | None = None
    sailing: Code | None = None
    destination: Code | None = None
    label: Typed = ""
    seal: Typed = ""
    parcel: Key | None = None
    case: Key | None = None
    count: Count = 0
    claimed: str = ""


class BoxRetired(Body, frozen=True):
    """The box is out of service 停用."""

    reason: Code


KINDS: dict[str, type[Body]] = {
    "box.registered": BoxRegistered,
    "parcel.deposited": ParcelDeposited,
    "box.loaded": BoxLoaded,
    "box.landed": BoxLanded,
    "parcel.removed": ParcelRemoved,
    "box.sighted": BoxSighted,
    "box.retired": BoxRetired,
    **incident_entries.KINDS,
}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}
DECODERS: dict[str, msgspec.json.Decoder[Body]] = {k: msgspec.json.Decoder(b) for k, b in KINDS.items()}
