"""What somebody is in the middle of telling: written down sealed at every step, so that a power cut loses nothing."""

from datetime import datetime

import msgspec
from django.db import transaction
from msgspec import Struct

from driftbox.apps.dockets.actions import new_docket
from driftbox.apps.eventlog.actions import together
from driftbox.apps.papers.actions import destroy_key, drop_paper, seal_drawing, seal_file, seal_sound
from driftbox.apps.papers.queries import key_of
from driftbox.apps.sea_post.models import DraftRow
from driftbox.apps.sea_post.post import idle
from driftbox.domain.docket.sea_entries import PHOTOS
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.ids import is_id
from driftbox.gateways.keys import seal, unseal


class Told(Struct, frozen=True, kw_only=True):
    """What was told so far. Words stand here; recordings, photographs and the signature are papers, by digest.

    ``kind``: suggestion, accusation, redress, or dispute with another boat. ``code``: of the receipt, once received.
    """

    kind: str = ""
    words: str = ""
    recording: str = ""
    photos: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    boat: str = ""
    other_boat: str = ""
    about: str = ""
    confidential: bool = False
    signed: str = ""
    signature: str = ""
    spoken: bool = True
    language: str = "zh"
    code: str = ""


class Draft(Struct, frozen=True):
    """A draft as it stands: its docket, what was told, when it began and was last touched, whether it was received."""

    docket: str
    told: Told
    made: datetime
    touched: datetime
    done: bool


def begin(told: Told, *, now: datetime) -> str:
    """Begin to tell something; returns the id that the docket will have."""
    with together():
        docket = new_docket(now=now)
        DraftRow.objects.create(docket=docket, sealed=_sealed(docket, told), made=now, touched=now)
    return docket


def keep(docket: str, told: Told, *, now: datetime) -> None:
    """Write down what was told so far. What was received already is not touched any more.

    Raises:
        NotFound: there is no such draft any more.
    """
    if not DraftRow.objects.filter(pk=docket, done=False).update(sealed=_sealed(docket, told), touched=now):
        raise _gone()


def keep_sound(docket: str, content: bytes, *, now: datetime) -> None:
    """Keep the spoken statement; an earlier one is replaced.

    Raises:
        BadPaper: no sound that a browser records, or too long; the earlier one stays.
    """
    with together():
        told = draft(docket).told
        digest = seal_sound(docket, content, now=now)
        keep(docket, msgspec.structs.replace(told, recording=digest), now=now)
        _drop(docket, told.recording)


def keep_photos(docket: str, contents: list[bytes], *, now: datetime) -> None:
    """Keep more photographs.

    Raises:
        Refused: more than a receipt holds; none was added.
        BadPaper: one is no photograph; none was added.
    """
    with together():
        told = draft(docket).told
        if len(told.photos) + len(contents) > PHOTOS:
            raise Refused("many_photos", "最多放 {most} 张照片，这几张没有加。请挑要紧的。", most=str(PHOTOS))
        more = tuple(seal_file(docket, content, now=now) for content in contents)
        keep(docket, msgspec.structs.replace(told, photos=told.photos + more), now=now)


def drop_photo(docket: str, *, now: datetime) -> None:
    """Take the last photograph away again."""
    with together():
        told = draft(docket).told
        keep(docket, msgspec.structs.replace(told, photos=told.photos[:-1]), now=now)
        for digest in told.photos[-1:]:
            _drop(docket, digest)


def keep_signature(docket: str, strokes: str, signed: str, *, now: datetime) -> None:
    """Keep the name they signed with, and the drawing of it if there is one."""
    with together():
        told = draft(docket).told
        digest = seal_drawing(docket, strokes, now=now) if strokes else told.signature
        keep(docket, msgspec.structs.replace(told, signature=digest, signed=signed), now=now)
        if digest != told.signature:
            _drop(docket, told.signature)


def draft(docket: str) -> Draft:
    """What is being told under this id.

    Raises:
        NotFound: there is no such draft any more.
    """
    row = DraftRow.objects.filter(pk=docket).first()
    if row is None:
        raise _gone()
    return _read(row)


def drafts(*, done: bool = False) -> list[Draft]:
    """Everything that was begun and not handed in, the latest first."""
    return [_read(row) for row in DraftRow.objects.filter(done=done).order_by("-touched")]


def fresh(now: datetime) -> Draft | None:
    """What somebody was telling a moment ago, such as before the power went; None when nobody touched it for long."""
    row = DraftRow.objects.filter(done=False, touched__gt=now - idle()).order_by("-touched").first()
    return _read(row) if row else None


def hand_back(docket: str, *, now: datetime) -> None:
    """Put a draft back on the screen, for somebody who comes back to it."""
    if not is_id(docket) or not DraftRow.objects.filter(pk=docket, done=False).update(touched=now):
        raise _gone()


def give_up(docket: str, *, now: datetime) -> None:
    """Somebody does not want to tell it after all: everything they said is erased."""
    with transaction.atomic():
        if not DraftRow.objects.filter(pk=docket, done=False).exists():
            raise _gone()
        told = draft(docket).told
        for digest in filter(None, (told.recording, told.signature, *told.photos)):
            drop_paper(docket, digest)
        DraftRow.objects.filter(pk=docket).delete()
        destroy_key(docket, now=now)


def clear(now: datetime) -> None:
    """Forget receipts that have been on the screen long enough. Drafts stay until somebody hands them in."""
    DraftRow.objects.filter(done=True, touched__lte=now - idle()).delete()


def _drop(docket: str, digest: str) -> None:
    if digest:
        drop_paper(docket, digest)


def _sealed(docket: str, told: Told) -> bytes:
    return seal(key_of(docket), msgspec.json.encode(told), docket)


def _read(row: DraftRow) -> Draft:
    told = msgspec.json.decode(unseal(key_of(row.docket), bytes(row.sealed), row.docket), type=Told)
    return Draft(row.docket, told, row.made, row.touched, row.done)


def _gone() -> NotFound:
    return NotFound("no_draft", "没有这一份没说完的话，也许已经交了。请从头再来一次。")
