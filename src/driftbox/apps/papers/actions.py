"""Seal papers under the key of their docket; destroy a key to erase what was said."""

from datetime import datetime

from django.db import transaction

from driftbox.apps.node import keys, paper_store
from driftbox.apps.papers.models import KeyRow, PaperRow
from driftbox.apps.papers.queries import key_of, open_paper
from driftbox.gateways.keys import SEAL_ALGORITHM, WRAP_ALGORITHM, new_key, seal
from driftbox.gateways.paper_types import media_type
from driftbox.gateways.photos import without_metadata
from driftbox.gateways.recording_types import recording_type
from driftbox.gateways.sound_types import sound_type
from driftbox.gateways.strokes import read_strokes, strokes_svg


def make_key(context: str, *, now: datetime) -> bytes:
    """A fresh key for a docket or a person, wrapped for this node."""
    signer, key = keys(), new_key()
    KeyRow.objects.create(
        context=context, node=signer.node, algorithm=WRAP_ALGORITHM, wrapped=signer.wrap(key, context), made=now
    )
    return key


def seal_text(docket: str, text: str, *, now: datetime) -> str:
    """Seal words as a paper of ``docket``; returns the digest that an entry refers to."""
    return _keep(docket, text.encode(), "text/plain; charset=utf-8", now)


def seal_file(docket: str, content: bytes, *, now: datetime) -> str:
    """Seal a photo or PDF as a paper of ``docket``; returns its digest. Photos lose what the camera wrote beside them.

    Raises:
        BadPaper: empty, too large, or not a photo or PDF by its content.
    """
    kind = media_type(content)
    return _keep(docket, without_metadata(content, kind), kind, now)


def seal_drawing(docket: str, strokes: str, *, now: datetime) -> str:
    """Seal a signature drawn with a finger as a paper of ``docket``; returns its digest.

    Raises:
        BadPaper: not a list of strokes as ``gateways/strokes.py`` reads it.
    """
    return _keep(docket, strokes_svg(read_strokes(strokes)), "image/svg+xml", now)


def seal_recording(recording: str, content: bytes, *, now: datetime) -> str:
    """Seal a recording under the key ``recording`` of its own, so that it can be destroyed alone; returns its digest.

    Raises:
        BadPaper: too large, or not a recording by its content.
    """
    return _keep(recording, content, recording_type(content), now)


def seal_sound(docket: str, content: bytes, *, now: datetime) -> str:
    """Seal a spoken statement as a paper of ``docket``; returns its digest.

    Raises:
        BadPaper: too large, or no sound that a browser records.
    """
    return _keep(docket, content, sound_type(content), now)


def copy_paper(source: str, digest: str, docket: str, *, now: datetime) -> str:
    """Seal a paper of the docket ``source`` once more, as a paper of ``docket``; returns its digest there.

    Raises:
        NotFound: no such paper in ``source``.
        BadPaper: it was erased, or is not here yet.
    """
    opened = open_paper(source, digest)
    return _keep(docket, opened.content, opened.media_type, now)


def _keep(docket: str, content: bytes, kind: str, now: datetime) -> str:
    digest = paper_store().put(seal(key_of(docket), content, docket))
    PaperRow.objects.create(
        docket=docket, digest=digest, media_type=kind, size=len(content), algorithm=SEAL_ALGORITHM, made=now
    )
    return digest


def drop_paper(docket: str, digest: str) -> None:
    """Take away a paper to which no entry refers, such as a photograph that was only to be read; missing is no fault.

    The file goes when the transaction is committed.
    """
    PaperRow.objects.filter(docket=docket, digest=digest).delete()
    transaction.on_commit(lambda: paper_store().drop(digest))


def destroy_key(context: str, *, now: datetime) -> None:
    """Erase what was said in a docket (PIPL Arts. 19, 47): its chain stays verifiable, its papers open no more."""
    KeyRow.objects.filter(context=context, destroyed=None).update(wrapped=b"", destroyed=now, unproven=False)
