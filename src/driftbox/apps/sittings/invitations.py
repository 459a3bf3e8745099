"""Invitations to a room: a link for one seat that opens in one browser, ends, and is kept as a blind index only."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.node import keys
from driftbox.apps.notices.actions import count_attempt, send_text, written_in
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.papers.queries import key_of
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import particulars_of
from driftbox.apps.sittings.models import RoomRow, SeatRow
from driftbox.apps.sittings.rooms import STAFF, new_seat, require_going_on, room_for
from driftbox.domain.docket.sitting_entries import Part
from driftbox.domain.errors import BadPaper, NotFound, Refused
from driftbox.gateways.codes import read_phone
from driftbox.gateways.keys import seal, unseal

SECRET_BYTES: Final = 24  # 192 bits of chance: nobody guesses a link
_MOST_LINKS: Final = 4  # to one phone in a quarter of an hour
INVITED: Final[tuple[Part, ...]] = ("resident", "relative", "interpreter", "officer")


class Invitation(Struct, frozen=True, kw_only=True):
    """A seat that was given out, with the secret of its link: told this once and kept nowhere."""

    room: str
    seat: int
    token: str
    ends: datetime


class Opened(Struct, frozen=True, kw_only=True):
    """A link that was opened: its seat, and the secret that this browser is known by from now on."""

    seat: SeatRow
    device: str


def invite(room: str, part: Part, viewer: Viewer, *, name: str = "", now: datetime) -> Invitation:
    """Give out one seat: to the resident, or to a relative, an interpreter or an officer, by ``name``.

    Raises:
        NotFound: there is no such room, or its case is not theirs to see.
        Refused: it is over, nobody is named, or too many were invited.
    """
    viewer.role_among(STAFF)
    row = room_for(viewer, room)
    require_going_on(row)
    if part not in INVITED:
        raise Refused("invite_part", "这样的人不用请，登录以后直接进来。请选来办事的人、家里人、手语或翻译。")
    case = load(row.docket).docket
    person = (case.applicant or case.beneficiary) if part == "resident" else ""
    if not person and not name.strip():
        raise Refused("invite_name", "还没写请的是谁，没有请。写一个名字，哪怕只有姓。")
    token, ends = secrets.token_urlsafe(SECRET_BYTES), (row.starts or now) + _life()
    with together():
        _drop_unopened(row, part, person)
        sealed = seal(key_of(row.docket), name.strip()[:40].encode(), row.docket) if name.strip() else b""
        seat = new_seat(row, part, person, name=sealed, token_index=_index(token), ends=ends)
    return Invitation(room=row.pk, seat=seat.number, token=token, ends=ends)


def _drop_unopened(row: RoomRow, part: str, person: str) -> None:
    """The link that was sent to the same person before ends, so that one of them at most is about."""
    if person:
        row.seats.filter(part=part, person=person, device_index="").update(token_index="")


def _life() -> timedelta:
    return timedelta(hours=int(str(current_pack().settings.get("sitting_link_hours", 48))))


def _index(token: str) -> str:
    return keys().blind("sitting link", token)


def _device(secret: str) -> str:
    return keys().blind("sitting device", secret)


def send_link(row: RoomRow, invitation: Invitation, *, phone: str = "", site: str, now: datetime) -> None:
    """Text a link, to ``phone`` or to the number that the case has.

    Raises:
        Refused: no phone number, or too many texts to it.
    """
    case = load(row.docket).docket
    who = particulars_of(case.applicant or case.beneficiary)
    number = read_phone(phone or who.phone)
    count_attempt("sitting-link", number, now=now, tries=_MOST_LINKS)
    link = f"{site.rstrip('/')}/v/{invitation.token}/"
    with written_in(who.language):
        words = gettext("漂流箱：请您视频面谈，点开就行，不用装什么：{link}").format(link=link)
        if row.starts:
            when = f"{row.starts.astimezone(calendar().zone):%Y-%m-%d %H:%M}"
            words = gettext("漂流箱：约了 {when} 视频面谈，到时候点开就行，不用装什么：{link}").format(
                when=when, link=link
            )
    send_text(row.docket, number, words, now=now)


def open_link(token: str, device: str, *, now: datetime) -> Opened:
    """Open a link in a browser: the first one that does has the seat; the same one may come again.

    ``device``: what this browser was given before, empty if nothing.

    Raises:
        NotFound: made up, withdrawn or ended.
        Refused: another browser has it, or the room is over.
    """
    seat = seat_behind(token, now=now)
    require_going_on(seat.room)
    if device and seat.device_index == _device(device):
        return Opened(seat=seat, device=device)
    fresh = secrets.token_urlsafe(SECRET_BYTES)
    taken = SeatRow.objects.filter(pk=seat.pk, device_index="").update(device_index=_device(fresh))
    if not taken:
        raise Refused("link_used", "这个链接已经在另一台手机上打开了。请用那一台，或打电话要一个新的。")
    seat.refresh_from_db()
    return Opened(seat=seat, device=fresh)


def seat_behind(token: str, *, now: datetime) -> SeatRow:
    """The seat that a link is for, whoever opened it.

    Raises:
        NotFound: made up, withdrawn or ended.
    """
    row = SeatRow.objects.select_related("room").filter(token_index=_index(token)).first() if token else None
    if row is None:
        raise NotFound("no_link", "这个链接不对，或者不用了。请对一对短信，或打电话要一个新的。")
    if row.ends is None or row.ends < now:
        raise NotFound("old_link", "这个链接放得太久，用不了了，什么都没有丢。请打电话要一个新的。")
    return row


def seat_held(room: str, device: str) -> SeatRow | None:
    """The seat in ``room`` of the browser that holds this secret; None when it has none."""
    if not device:
        return None
    return SeatRow.objects.select_related("room").filter(room=room, device_index=_device(device)).first()


def seat_name(seat: SeatRow) -> str:
    """By which name the others see who has this seat: as they were invited, or as the case knows them."""
    if seat.name:
        try:
            return unseal(key_of(seat.room.docket), bytes(seat.name), seat.room.docket).decode()
        except BadPaper:
            return "—"
    return particulars_of(seat.person).name if seat.person and seat.token_index else ""
