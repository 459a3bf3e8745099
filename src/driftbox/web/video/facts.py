"""What signalling asks of the storey below, each in one visit to the store: it runs on a thread, never on the loop."""

from datetime import datetime
from typing import Literal

from msgspec import Struct, to_builtins

from driftbox.apps.pack import pack_as_of
from driftbox.apps.packdesk.queries import changes
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.queries import account_of
from driftbox.apps.sittings import presence, queries, rooms
from driftbox.apps.sittings.invitations import seat_held
from driftbox.apps.sittings.models import SeatRow
from driftbox.domain.docket import sitting_entries as s
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import is_id

Answer = Literal["given", "refused", "withdrawn"]
BODIES: dict[Answer, type[s.RecordingConsented | s.RecordingRefused | s.RecordingWithdrawn]] = {
    "given": s.RecordingConsented, "refused": s.RecordingRefused, "withdrawn": s.RecordingWithdrawn,
}  # fmt: skip


class Seated(Struct, frozen=True, kw_only=True):
    """Somebody whose seat was found: what the others are told of them, which servers help them, who agreed to what."""

    seat: SeatRow
    name: str
    staff: bool
    ice: list[dict[str, object]]
    consents: dict[int, str]


def find_seat(room: str, person: str, device: str) -> SeatRow:
    """The seat in ``room`` of a member of staff who is signed in, or of the browser that opened a link.

    Raises:
        NotFound: neither has one.
    """
    seat = None
    if is_id(room):
        seat = seat_held(room, device) or (queries.staff_seat(room, person) if person else None)
    if seat is None:
        raise NotFound("no_seat", "这一间里没有您的位子。请从短信里的链接，或排队的那一页进来。")
    if not seat.token_index and not _still_reaches(seat):
        raise NotFound("no_seat", "这一间里没有您的位子。请从短信里的链接，或排队的那一页进来。")
    return seat


def _still_reaches(seat: SeatRow) -> bool:
    account = account_of(seat.person)
    if account is None:
        return False
    try:
        rooms.room_for(staff_viewer(account), seat.room.pk)
    except Refused:
        return False
    return True


def take_seat(seat: SeatRow, now: datetime) -> Seated:
    """Somebody sits down: kept in the case.

    Raises:
        Refused: nobody answered yet, it is over, or six are in it.
    """
    with pack_as_of(now, changes):
        fresh = queries.seat_in(seat.room.pk, seat.number) or seat
        presence.come_in(fresh, now=now)
        sitting = presence.held(fresh.room)
        ice = [to_builtins(one) for one in queries.ice_servers(fresh, now=now)]
        consents = {one.seat: one.consent for one in sitting.sitters if one.consent} if sitting else {}
        name = queries.shown_name(fresh)
    return Seated(seat=fresh, name=name, staff=not fresh.token_index, ice=ice, consents=consents)


def leave_seat(seat: SeatRow, why: s.Gone, quality: s.Quality, now: datetime) -> None:
    """Somebody got up: kept in the case with the quality they had."""
    with pack_as_of(now, changes):
        presence.go_out(seat, why, quality, now=now)


def say_of_recording(seat: SeatRow, answer: Answer, now: datetime) -> None:
    """Somebody agreed to be recorded, refused, or took it back.

    Raises:
        Refused: said already, or there is nothing to take back.
    """
    body: Body = BODIES[answer](sitting=seat.room.pk, seat=seat.number)
    with pack_as_of(now, changes):
        presence.say(seat, body, now=now)


def read_back(seat: SeatRow, text: str, now: datetime) -> str:
    """Seal what is read back; returns its digest."""
    with pack_as_of(now, changes):
        return rooms.read_back(seat.room.pk, text, now=now)


def confirm(seat: SeatRow, paper: str, now: datetime) -> None:
    """Whoever asked says that what was read back is right.

    Raises:
        Refused: other words were read back meanwhile, or it was confirmed already.
    """
    with pack_as_of(now, changes):
        presence.confirm(seat, paper, now=now)
