"""Whether something may be done with a box now; refusals say what to do instead."""

from driftbox.domain.custody import entries as e
from driftbox.domain.custody.state import Box
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body


def check(box: Box, body: Body) -> None:
    """Whether ``body`` may be recorded about ``box`` now.

    Raises:
        Refused: the box is aboard, the parcel is not in it, or a seal number is used twice.
    """
    if isinstance(body, e.BoxRegistered):
        require_new(box)
    elif isinstance(body, e.ParcelDeposited):
        require_ashore(box)
        require_fresh_seal(box, body)
    elif isinstance(body, e.ParcelRemoved):
        require_holds(box, body.parcel)
    elif isinstance(body, e.BoxLoaded):
        require_ashore(box)
    elif isinstance(body, e.BoxLanded) and box.where != "ship":
        raise Refused("not_aboard", "这只箱不在船上，不用再卸。")


def require_new(box: Box) -> None:
    """A label is put into service once."""
    if box.id:
        raise Refused("registered_twice", "这只箱已经启用过了。")


def require_ashore(box: Box) -> None:
    """Nothing goes into a box that is at sea."""
    if box.where == "ship":
        raise Refused("aboard", "箱已经上船了，现在放不进去。请等下一班，或交给代办员。")


def require_fresh_seal(box: Box, body: e.ParcelDeposited) -> None:
    """Two parcels in one box never carry the same seal number."""
    if any(held.seal == body.seal for held in box.parcels.values()):
        raise Refused("seal_twice", "封条号和箱里另一袋一样。请再看一眼封条，号要一位不差。")


def require_holds(box: Box, parcel: str) -> None:
    """Only what is in the box can be taken out."""
    if parcel not in box.parcels:
        raise Refused("not_in_box", "箱里没有这一袋。可能已经有人取走，请看箱里还有哪几袋。")
