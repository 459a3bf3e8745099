"""Recordings: sealed under keys of their own, kept as long as the pack says, destroyed alone, played to who may."""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction
from msgspec import Struct, structs

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import record, require_allowed
from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.papers.actions import destroy_key, drop_paper, make_key, seal_recording
from driftbox.apps.papers.queries import open_paper
from driftbox.apps.people.access import Viewer
from driftbox.apps.sittings.models import RecordingRow
from driftbox.apps.sittings.rooms import STAFF, room_for
from driftbox.domain.docket import sitting_entries as s
from driftbox.domain.docket.decide import NODE
from driftbox.domain.docket.sitting_acts import require_sitting
from driftbox.domain.errors import BadPaper, NotFound
from driftbox.domain.log.entry import encode64
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance
from driftbox.gateways.recording_types import recording_type

DAYS = 90  # where the pack says nothing


class Played(Struct, frozen=True):
    """A recording in clear, and whether it is what was recorded, by its digest."""

    media_type: str
    content: bytes
    whole: bool


def keep_recording(
    room: str, content: bytes, viewer: Viewer, *, began: int, seconds: int, now: datetime
) -> s.RecordingKept:
    """Seal a recording of this room that began so many seconds after the sitting did and is so many seconds long.

    Raises:
        NotFound: there is no such room, or its case is not theirs to see.
        BadPaper: not a recording, or too large.
        Refused: somebody who was there never agreed; nothing was kept.
    """
    role = viewer.role_among(STAFF)
    row = room_for(viewer, room)
    recording_type(content)
    recording = next_id("", now, chance())
    state = load(row.docket).docket
    sitting = require_sitting(state, row.pk)
    since = sitting.opened_ms + began * 1000
    there = tuple(one.seat for one in sitting.sitters if one.here_between(since, since + seconds * 1000))
    until = calendar().local_date(now) + timedelta(days=days_kept())
    body = s.RecordingKept(
        sitting=row.pk, recording=recording, paper="x" * 43, content=digest_of_content(content), began=began,
        seconds=seconds, consented=there, until=until.isoformat(),
    )  # fmt: skip
    require_allowed(state, body, viewer.person, role, now)
    with together():
        make_key(recording, now=now)
        paper = seal_recording(recording, content, now=now)
        RecordingRow.objects.create(id=recording, docket=row.docket, room=row.pk, paper=paper, until=until)
        body = structs.replace(body, paper=paper)
        record(row.docket, [body], by=viewer.person, role=role, now=now)
    return body


def digest_of_content(content: bytes) -> str:
    """The SHA-256 of what was recorded, as entries carry digests."""
    return encode64(hashlib.sha256(content).digest())


def days_kept() -> int:
    """How many days a recording is kept: a choice of the house, in the pack (``sitting_recording_days``)."""
    return int(str(current_pack().settings.get("sitting_recording_days", DAYS)))


def play(viewer: Viewer, docket: str, recording: str) -> Played:
    """A recording of this case in clear, for whoever reaches the case.

    Raises:
        NotFound: no such case or recording, or not theirs to see.
        BadPaper: it was destroyed, or altered.
    """
    case = docket_for(viewer, docket)
    kept = next((one for sitting in case.sittings for one in sitting.recordings if one.id == recording), None)
    if kept is None:
        raise NotFound("no_recording", "没有这段录像，或者已经销毁了。")
    if kept.destroyed:
        raise BadPaper("recording_gone", "这段录像到了日子，已经销毁了。做过什么都还记着。")
    opened = open_paper(recording, kept.paper)
    return Played(opened.media_type, opened.content, digest_of_content(opened.content) == kept.content)


def due(now: datetime) -> list[str]:
    """The recordings whose day has come, oldest first."""
    today = calendar().local_date(now)
    rows = RecordingRow.objects.filter(destroyed=None, until__lte=today).order_by("until", "id")
    return list(rows.values_list("id", flat=True))


def destroy_due(*, now: datetime) -> int:
    """Destroy every recording whose day has come; returns how many."""
    return sum(_destroy(one, "due", now) for one in due(now))


def _destroy(recording: str, why: str, now: datetime) -> bool:
    with transaction.atomic():
        row = RecordingRow.objects.filter(pk=recording, destroyed=None).first()
        if row is None:
            return False
        destroy_key(recording, now=now)
        drop_paper(recording, row.paper)
        RecordingRow.objects.filter(pk=recording).update(destroyed=now)
        gone = s.RecordingDestroyed(sitting=row.room, recording=recording, why="asked" if why == "asked" else "due")
        record(row.docket, [gone], by="", role=NODE, now=now)
    return True


def destroy_all_of(docket: str, *, now: datetime) -> int:
    """Destroy every recording of a case whose words are erased; returns how many."""
    rows = RecordingRow.objects.filter(docket=docket, destroyed=None).values_list("id", flat=True)
    return sum(_destroy(one, "asked", now) for one in list(rows))
