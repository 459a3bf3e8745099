"""When did it happen? A device's clock is believed only as far as it can be right."""

from datetime import datetime, timedelta

from msgspec import Struct

from driftbox.domain.log.entry import moment_text
from driftbox.domain.log.ids import TOLERANCE

LATE = timedelta(hours=12)  # a scan made out of reach is handed in within half a day


class Told(Struct, frozen=True):
    """What a device's time is worth: ``at`` when it can be believed; else what it ``claimed`` and how it was off."""

    at: datetime | None = None
    claimed: str = ""
    off: str = ""


def read_clock(claimed: datetime | None, sent: datetime | None, now: datetime, late: timedelta = LATE) -> Told:
    """Believe ``claimed``, the device's time of the act, or say how its clock is ``off``: ``ahead`` or ``behind``.

    ``sent`` is the device's time at the moment of handing in, which shows by how much its clock differs from ours;
    without it, a time after ``now`` or more than ``late`` ago cannot be told from a wrong clock.
    """
    if claimed is None:
        return Told()
    try:
        off = _off(claimed, sent, now, late)
        return Told(claimed=moment_text(claimed), off=off) if off else Told(at=min(claimed, now))
    except OverflowError:  # the year 1 or 9999, in a zone that leads out of the calendar
        return Told(off="ahead" if claimed.year > now.year else "behind")


def _off(claimed: datetime, sent: datetime | None, now: datetime, late: timedelta) -> str:
    if claimed > now + TOLERANCE or (sent is not None and sent > now + TOLERANCE):
        return "ahead"
    if sent is not None:
        return "behind" if sent < now - TOLERANCE or claimed > sent + TOLERANCE else ""
    return "behind" if claimed < now - late else ""
