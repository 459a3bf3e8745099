"""Open a room, answer whoever waits in it, close it into the case. Of two who answer at once one is told who did."""

from datetime import datetime
from typing import Final, get_args

from django.db import transaction
from django.utils.translation import gettext

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.reception.actions import log_sitting
from driftbox.apps.sittings.models import RoomRow, SeatRow
from driftbox.domain.docket import sitting_entries as s
from driftbox.domain.docket.sitting_acts import RESIDENTS
from driftbox.domain.docket.sitting_state import sitting_of
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import is_id, next_id
from driftbox.gateways.keys import chance

STAFF: Final = ("clerk", "director", "officer", "agent")  # who may start a room and sit in it
ANSWERING: Final = ("clerk", "director", "officer")  # who may answer; an agent sits beside the resident
SEATED: Final[dict[str, s.Part]] = {part: part for part in get_args(s.Part)}
PARTS: Final[dict[str, s.Part]] = {"clerk": "clerk", "director": "clerk", "officer": "officer", "agent": "agent"}
MOST_SEATS: Final = 24  # given out for one room in all; how many sit at once is the docket's rule


def room_of(room: str) -> RoomRow:
    """The room of this id, open or closed.

    Raises:
        NotFound: there is none.
    """
    row = RoomRow.objects.filter(pk=room).first() if is_id(room) else None
    if row is None:
        raise NotFound("no_room", "没有这一间，或者不归您看。请从排队的那一页进来。")
    return row


def room_for(viewer: Viewer, room: str) -> RoomRow:
    """The room, if ``viewer`` reaches its case.

    Raises:
        NotFound: there is none, or its case is not theirs to see.
    """
    row = room_of(room)
    docket_for(viewer, row.docket)
    return row


def start(docket: str, viewer: Viewer, *, starts: datetime | None = None, now: datetime) -> RoomRow:
    """A room for this case, at once or (``starts``, aware) by appointment; the one that is open already, if there is.

    Raises:
        NotFound: no such case, or not theirs to see.
        NotAllowed: not in their roles.
        Refused: the appointed time has passed.
    """
    viewer.role_among(STAFF)
    case = docket_for(viewer, docket)
    if starts is not None and starts < now:
        raise Refused("sitting_past", "约的时间已经过了，没有约。请选晚一点的时间。")
    with together():
        known = RoomRow.objects.filter(docket=case.id, closed=None).first()
        if known is None:
            return RoomRow.objects.create(
                id=next_id("", now, chance()), docket=case.id, office=viewer.office, made_by=viewer.person, made=now,
                starts=starts,
            )  # fmt: skip
        if starts is not None and known.answered is None:
            known.starts = starts
            known.save(update_fields=["starts"])
        return known


def new_seat(room: RoomRow, part: s.Part, person: str, **more: object) -> SeatRow:
    """One more seat in ``room``.

    Raises:
        Refused: too many were given out.
    """
    last = room.seats.order_by("-number").values_list("number", flat=True).first() or 0
    if last >= MOST_SEATS:
        raise Refused("seats_out", "这一间请的人太多了，没有再请。请结束以后另开一间。")
    return SeatRow.objects.create(room=room, number=last + 1, part=part, person=person, **more)


def enter(room: str, viewer: Viewer) -> SeatRow:
    """The seat of a member of staff in this room, made when they come in for the first time; an agent waits in it with
    the resident until somebody answers.

    Raises:
        NotFound: there is no such room, or its case is not theirs to see.
        NotAllowed: not in their roles.
        Refused: it is over.
    """
    role = viewer.role_among(STAFF)
    with together():
        row = room_for(viewer, room)
        require_going_on(row)
        seat = row.seats.filter(person=viewer.person, token_index="").first()
        return seat or new_seat(row, PARTS[role], viewer.person)


def require_going_on(row: RoomRow) -> None:
    """Refuse a room that is over.

    Raises:
        Refused: it is.
    """
    if row.closed is not None:
        raise Refused("room_over", "这一次视频已经结束了，记的都在。要接着谈，请打电话或再约一次。")


def answer(room: str, viewer: Viewer, *, now: datetime) -> SeatRow:
    """Answer whoever waits in this room: the sitting begins, and the reception log has one more contact.

    Raises:
        NotFound: there is no such room, or its case is not theirs to see.
        NotAllowed: not in their roles.
        Refused: somebody else answered first (says who), or it is over.
    """
    role = viewer.role_among(ANSWERING)
    with together():
        row = room_for(viewer, room)
        require_going_on(row)
        mine = RoomRow.objects.filter(pk=row.pk, answered_by="").update(answered_by=viewer.person, answered=now)
        if not mine:
            _refuse_second(row, viewer)
            return enter(room, viewer)
        opened = s.SittingOpened(sitting=row.pk, office=row.office, start="appointed" if row.starts else "now")
        record(row.docket, [opened], by=viewer.person, role=role, now=now)
        log_sitting(row.office, row.docket, by=viewer.person, role=role, now=now)
        return enter(room, viewer)


def _refuse_second(row: RoomRow, viewer: Viewer) -> None:
    row.refresh_from_db()
    if row.answered_by != viewer.person:
        known = colleagues().get(row.answered_by)
        who = known.name if known else gettext("同事")
        raise Refused("answered_by_other", "{who}已经接了，您不用再接。要一起谈，按“进去一起谈”。", who=who)


def read_back(room: str, words: str, *, now: datetime) -> str:
    """Seal the words that are read back to whoever asked; returns their digest, which is what is confirmed.

    Raises:
        Refused: no words.
    """
    row = room_of(room)
    require_going_on(row)
    if not words.strip():
        raise Refused("no_readback", "还没写说好了什么，没有读。写一句就行。")
    with together():
        digest = seal_text(row.docket, words.strip(), now=now)
        RoomRow.objects.filter(pk=row.pk).update(readback=digest)
    return digest


def close(
    room: str, viewer: Viewer, *, how: s.Ended, next_: s.Next, by_day: str | None, words: str, confirmed: bool,
    now: datetime,
) -> Docket:  # fmt: skip
    """Close a room into its case: what was agreed, read back and (``confirmed``) said to be right, and what comes next.

    One that nobody answered is only closed: nothing was said in it.

    Raises:
        NotFound: there is no such room, or its case is not theirs to see.
        NotAllowed: not in their roles.
        Refused: it is over already, or a day is missing or past; nothing was written.
    """
    row = room_for(viewer, room)
    require_going_on(row)
    role = viewer.role_among(STAFF)
    with transaction.atomic():
        RoomRow.objects.filter(pk=row.pk, closed=None).update(closed=now)
        if row.answered is None:
            return load(row.docket).docket
        bodies: list[Body] = []
        if words.strip():
            digest = read_back_now(row, words, now)
            bodies += _spoken(row, digest) if confirmed else []
        bodies.append(s.SittingClosed(sitting=row.pk, how=how, next=next_, by_day=by_day))
        return record(row.docket, bodies, by=viewer.person, role=role, now=now)


def read_back_now(row: RoomRow, words: str, now: datetime) -> str:
    """Seal the words agreed upon; returns their digest."""
    digest = seal_text(row.docket, words.strip(), now=now)
    RoomRow.objects.filter(pk=row.pk).update(readback=digest)
    return digest


def _spoken(row: RoomRow, digest: str) -> list[Body]:
    """That whoever asked, or their family, said it is right."""
    sitting = sitting_of(load(row.docket).docket.sittings, row.pk)
    there = [one for one in sitting.sitters if one.part in RESIDENTS] if sitting else []
    if not there:
        raise Refused("nobody_to_agree", "来办事的人没有进来过，不能说读给他听了。请去掉那一勾，再按一次。")
    return [s.SittingAgreed(sitting=row.pk, seat=one.seat, paper=digest, how="spoken") for one in there[:1]]
