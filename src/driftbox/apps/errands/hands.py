"""Who does something with a box or a parcel, with which clock in the pocket, and what they are told about it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct, field

from driftbox.apps.custody.actions import record as record_box
from driftbox.apps.custody.queries import is_box, load_box
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.actions import lock
from driftbox.apps.pack import current_pack
from driftbox.domain.custody.clock import LATE, Told, read_clock
from driftbox.domain.custody.entries import BoxSighted
from driftbox.domain.custody.scan import CLOCK_OFF, Note
from driftbox.domain.custody.state import Box
from driftbox.domain.docket.incident_entries import IncidentOpened
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body


class Hand(Struct, kw_only=True):
    """Somebody who acts: who, in which role, when.

    ``claimed`` is when their device says that it happened, ``sent`` when it says that it was handed in; both may be
    wrong. ``recorder``: who types it, when that is somebody else. ``notes`` is filled: what they are told about a scan
    that is not as we believed.
    """

    by: str
    role: str
    now: datetime
    claimed: datetime | None = None
    sent: datetime | None = None
    recorder: str = ""
    notes: list[Note] = field(default_factory=list)

    def told(self) -> Told:
        """What the time that their device tells is worth (setting ``scan_late_hours``)."""
        hours = current_pack().settings.get("scan_late_hours")
        late = timedelta(hours=hours) if isinstance(hours, int) else LATE
        return read_clock(self.claimed, self.sent, self.now, late)


def note_on_box(docket: str, bodies: Sequence[Body], hand: Hand) -> Box:
    """Record ``bodies`` about a box as ``hand`` did them; a clock that is off is kept as a fact, and told once."""
    told = hand.told()
    if told.off and CLOCK_OFF not in hand.notes:
        hand.notes.append(CLOCK_OFF)
        known = any(one.what == "clock_off" for one in load_box(docket).open_incidents)
        body = BoxSighted(claim="clock", claimed=told.claimed) if known else _clock_off(told)
        record_box(docket, [body], by=hand.by, role=hand.role, recorder=hand.recorder, now=hand.now)
    return record_box(docket, bodies, by=hand.by, role=hand.role, recorder=hand.recorder, now=hand.now, at=told.at)


def note_on_case(docket: str, bodies: Sequence[Body], hand: Hand) -> Docket:
    """Record ``bodies`` about a case as ``hand`` did them; a clock that is off is kept as a fact, and told once."""
    told = hand.told()
    if told.off and CLOCK_OFF not in hand.notes:
        hand.notes.append(CLOCK_OFF)
        record(docket, [_clock_off(told)], by=hand.by, role=hand.role, recorder=hand.recorder, now=hand.now)
    return record(docket, bodies, by=hand.by, role=hand.role, recorder=hand.recorder, now=hand.now, at=told.at)


def _clock_off(told: Told) -> IncidentOpened:
    return IncidentOpened(what="clock_off", codes=(told.off,), claimed=told.claimed)


def open_on_box(docket: str, body: IncidentOpened, hand: Hand) -> None:
    """Open an incident of a box, unless the same one is open."""
    lock(docket)
    known = {(one.what, one.parcel) for one in load_box(docket).open_incidents}
    if (body.what, body.parcel or "") not in known:
        note_on_box(docket, [body], hand)


def open_on_case(docket: str, body: IncidentOpened, hand: Hand) -> Docket:
    """Open an incident of a case, unless the same one is open."""
    lock(docket)
    state = load(docket).docket
    if (body.what, body.parcel or "") in {(one.what, one.parcel) for one in state.open_incidents}:
        return state
    return note_on_case(docket, [body], hand)


def note(docket: str, bodies: Sequence[Body], hand: Hand) -> Docket | Box:
    """Record ``bodies`` about a case or a box, whichever ``docket`` is."""
    return note_on_box(docket, bodies, hand) if is_box(docket) else note_on_case(docket, bodies, hand)
