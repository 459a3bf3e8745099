"""What happens in a call, as entries of the case: who came and went, who agreed to what, what was held up."""

from datetime import datetime

from msgspec import structs

from driftbox.apps.dockets.actions import record, require_allowed
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.papers.actions import seal_file
from driftbox.apps.people.queries import account_of
from driftbox.apps.sittings.models import RoomRow, SeatRow
from driftbox.apps.sittings.rooms import SEATED, STAFF, require_going_on
from driftbox.domain.docket import sitting_entries as s
from driftbox.domain.docket.decide import NODE
from driftbox.domain.docket.sitting_acts import SITTER
from driftbox.domain.docket.sitting_state import Sitting, sitting_of
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body
from driftbox.gateways.paper_picture import upright


def role_of(seat: SeatRow) -> str:
    """In which role somebody in a seat records what they do themselves: staff in theirs, whoever came by a link as
    ``sitter``.
    """
    account = account_of(seat.person) if not seat.token_index else None
    return next((role for role in STAFF if account and role in account.roles), SITTER)


def held(room: RoomRow) -> Sitting | None:
    """The sitting of this room as the case has it; None while nobody answered."""
    return sitting_of(load(room.docket).docket.sittings, room.pk)


def wait(seat: SeatRow, *, now: datetime) -> None:
    """Somebody who was invited, or the agent beside them, is at the door: the room waits from the first time on."""
    room = seat.room
    RoomRow.objects.filter(pk=room.pk, answered=None, closed=None, waiting_since=None).update(waiting_since=now)
    RoomRow.objects.filter(pk=room.pk).update(seen=now)


def come_in(seat: SeatRow, *, now: datetime) -> None:
    """Somebody takes their seat in the sitting; coming again after a cut that nobody noticed changes nothing.

    Raises:
        Refused: nobody answered yet, it is over, or six are in it.
    """
    room = seat.room
    require_going_on(room)
    with together():
        sitting = held(room)
        if sitting is None:
            raise Refused("not_answered", "还没有人接，先等一等。轮到了这一页会自己变。")
        known = sitting.sitter(seat.number)
        if known and known.here:
            return
        body = s.SittingJoined(sitting=room.pk, seat=seat.number, part=SEATED[seat.part], person=seat.person)
        record(room.docket, [body], by="", role=NODE, now=now)


def go_out(seat: SeatRow, why: s.Gone, quality: s.Quality, *, now: datetime) -> None:
    """Somebody left; nothing when the case does not know that they were there, or the sitting is over."""
    room = seat.room
    SeatRow.objects.filter(pk=seat.pk).update(
        seconds=quality.seconds, sound_only=quality.sound_only, round_trip=quality.round_trip, lost=quality.lost,
        concealed=quality.concealed,
    )  # fmt: skip
    with together():
        sitting = held(room)
        known = sitting.sitter(seat.number) if sitting else None
        if sitting is None or not sitting.open or known is None or not known.here:
            return
        body = s.SittingLeft(sitting=room.pk, seat=seat.number, why=why, quality=quality)
        record(room.docket, [body], by="", role=NODE, now=now)


def say(seat: SeatRow, body: Body, *, now: datetime) -> Docket:
    """Somebody does something themselves: agrees to be recorded, takes it back, confirms what was read back.

    Raises:
        Refused: it cannot be said now; nothing was written.
    """
    return record(seat.room.docket, [body], by=seat.person, role=role_of(seat), now=now)


def confirm(seat: SeatRow, paper: str, *, now: datetime) -> Docket:
    """Whoever asked presses that what was read back is right.

    Raises:
        Refused: other words were read back meanwhile, or it was confirmed already.
    """
    if RoomRow.objects.get(pk=seat.room.pk).readback != paper:
        raise Refused("other_words", "刚才念的又改过了，没有记。请再看一遍，对了再按。")
    return say(seat, s.SittingAgreed(sitting=seat.room.pk, seat=seat.number, paper=paper, how="pressed"), now=now)


def keep_still(seat: SeatRow, picture: bytes, material: str, *, now: datetime) -> str:
    """Keep a picture of a paper, laid flat, that this seat held to the camera and let be kept; returns its digest.

    Raises:
        BadPaper: not a picture.
        Refused: not on the list, or the sitting is over; nothing was kept.
    """
    room, role = seat.room, role_of(seat)
    body = s.PaperShown(sitting=room.pk, seat=seat.number, paper="x" * 43, how="pressed", material=material)
    require_allowed(load(room.docket).docket, body, seat.person, role, now)
    with together():
        paper = seal_file(room.docket, upright(picture), now=now)
        record(room.docket, [structs.replace(body, paper=paper)], by=seat.person, role=role, now=now)
    return paper
