"""The vocabulary of a box 漂流箱: a box has a docket too."""

import msgspec

from driftbox.domain.log.codes import Code, Count, Key
from driftbox.domain.log.entry import Body


class BoxRegistered(Body, frozen=True):
    """A box was put into service 启用: its label and the pier it belongs to."""

    label: Code
    pier: Code


class ParcelDeposited(Body, frozen=True):
    """A sealed parcel was put in 投放: for which case, how many papers, under which seal."""

    parcel: Key
    case: Key
    count: Count
    seal: str


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


KINDS: dict[str, type[Body]] = {
    "box.registered": BoxRegistered,
    "parcel.deposited": ParcelDeposited,
    "box.loaded": BoxLoaded,
    "box.landed": BoxLanded,
    "parcel.removed": ParcelRemoved,
}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}
DECODERS: dict[str, msgspec.json.Decoder[Body]] = {k: msgspec.json.Decoder(b) for k, b in KINDS.items()}
