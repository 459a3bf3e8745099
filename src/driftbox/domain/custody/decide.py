"""Whether something may be done with a box now; refusals say what to do instead."""

from driftbox.domain.custody import entries as e
from driftbox.domain.custody.state import Box
from driftbox.domain.docket import incident
from driftbox.domain.docket.incident_entries import IncidentBody
from driftbox.domain.docket.table import Table
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body


def check(box: Box, body: Body, role: str = "", table: Table | None = None) -> None:
    """Whether ``body`` may be recorded about ``box`` now; ``table`` is the pack's procedure for incidents.

    Raises:
        Refused: it would not stand; ``scan.read`` says how it is kept all the same.
    """
    if isinstance(body, e.BoxSighted):
        return
    if isinstance(body, IncidentBody):
        incident.check(box.incidents, body, role, table)
        return
    if isinstance(body, e.BoxRegistered):
        require_new(box)
        return
    require_in_service(box)
    if isinstance(body, e.ParcelDeposited):
        require_ashore(box)
        require_not_in(box, body.parcel)
    elif isinstance(body, e.ParcelRemoved):
        require_holds(box, body.parcel)
    elif isinstance(body, e.BoxLoaded):
        require_not_aboard(box)
    elif isinstance(body, e.BoxLanded) and box.where != "ship":
        raise Refused("not_aboard", "这只箱不在船上，不用再卸。")
    elif isinstance(body, e.BoxRetired) and box.parcels:
        raise Refused("not_empty", "箱里还有袋，先不停用。请把里面的都取出来，再停。")


def require_new(box: Box) -> None:
    """A label is put into service once."""
    if box.id:
        raise Refused("registered_twice", "这只箱已经启用过了。")


def require_in_service(box: Box) -> None:
    """A box that was never put into service, or is out of it, carries nothing."""
    if not box.id:
        raise Refused("not_registered", "这只箱还没有启用，材料请先留着。要启用，请找站里。")
    if box.retired:
        raise Refused("retired", "这只箱已经停用了，材料请先留着。请换一只箱，或打电话问站里。")


def require_ashore(box: Box) -> None:
    """Nothing goes into a box that is at sea."""
    if box.where == "ship":
        raise Refused("aboard", "箱已经上船了，现在放不进去。请等下一班，或交给代办员。")


def require_not_aboard(box: Box) -> None:
    """A box that is at sea does not board again."""
    if box.where == "ship":
        raise Refused("aboard_already", "这只箱已经在船上了，不用再装。")


def require_not_in(box: Box, parcel: str) -> None:
    """A parcel is put in once."""
    if parcel in box.parcels:
        raise Refused("deposited_twice", "这一袋已经在箱里了，不用再放。")


def require_holds(box: Box, parcel: str) -> None:
    """Only what is in the box can be taken out."""
    if parcel not in box.parcels:
        raise Refused("not_in_box", "箱里没有这一袋。可能已经有人取走，请看箱里还有哪几袋。")
