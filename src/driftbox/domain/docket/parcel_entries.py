"""The vocabulary of parcels beyond handing in: labelled, put into a box later, opened by one or two people."""

from typing import Literal

from driftbox.domain.docket.items import Item
from driftbox.domain.log.codes import Code, Digest, Key
from driftbox.domain.log.entry import Body


class ParcelBoxed(Body, frozen=True):
    """A parcel that somebody held was put into a box 转投: an agent's on the way out, or the result on the way home."""

    parcel: Key
    box: Key
    place: Code


class ParcelOpened(Body, frozen=True):
    """The seal was cut 拆封, by whoever recorded it and, where the pack asks for two, a ``witness``."""

    parcel: Key
    place: Code
    witness: Key | None = None


class ParcelLabelled(Body, frozen=True):
    """A printed label is on the bag 贴标签: ``label`` is its number, so that whoever finds the bag can name it."""

    parcel: Key
    label: Code


class ReturnPacked(Body, frozen=True):
    """Result and originals were packed for the way home 回程封袋: what, under which seal, by box or by agent."""

    parcel: Key
    items: tuple[Item, ...]
    via: Literal["box", "agent"]
    place: Code
    box: str = ""
    seal: str = ""
    photos: tuple[Digest, ...] = ()


KINDS: dict[str, type[Body]] = {
    "return.packed": ReturnPacked,
    "parcel.boxed": ParcelBoxed,
    "parcel.opened": ParcelOpened,
    "parcel.labelled": ParcelLabelled,
}
