"""Keep papers that were sealed elsewhere under a key that we hold: looked at before they are believed."""

from datetime import datetime

from driftbox.apps.node import keys, paper_store
from driftbox.apps.papers.models import KeyRow, PaperRow
from driftbox.apps.papers.queries import key_of
from driftbox.domain.errors import BadPaper
from driftbox.domain.log.entry import digest_of
from driftbox.gateways.keys import SEAL_ALGORITHM, WRAP_ALGORITHM, unseal
from driftbox.gateways.paper_types import media_type
from driftbox.gateways.sound_types import KINDS as SOUNDS
from driftbox.gateways.sound_types import sound_type
from driftbox.gateways.strokes import is_drawing

TEXT = "text/plain; charset=utf-8"
DRAWING = "image/svg+xml"
MAX_TEXT = 16_000  # bytes of words on one paper
KEY_BYTES = 32


def keep_key(context: str, key: bytes, *, now: datetime) -> None:
    """Keep the key of a docket that was begun elsewhere, wrapped for this node.

    Raises:
        BadPaper: no key of ours.
    """
    if len(key) != KEY_BYTES:
        raise BadPaper("bad_key", "这件事的钥匙读不懂，没有登记。请在手机上重新记一件。")
    signer = keys()
    KeyRow.objects.create(
        context=context, node=signer.node, algorithm=WRAP_ALGORITHM, wrapped=signer.wrap(key, context), made=now
    )


def keep_sealed(docket: str, sealed: bytes, kind: str, *, now: datetime, digest: str = "") -> None:
    """Keep a paper that was sealed elsewhere under the key of ``docket``; doing it again changes nothing.

    Raises:
        BadPaper: altered on the way, sealed under another key, or not of the media type ``kind``.
    """
    found = digest_of(sealed)
    if digest and digest != found:
        raise BadPaper("altered", "这份材料被动过，或者钥匙不对，打不开。")
    content = unseal(key_of(docket), sealed, docket)
    _require_kind(content, kind)
    paper_store().put(sealed)
    PaperRow.objects.get_or_create(
        docket=docket, digest=found,
        defaults={"media_type": kind, "size": len(content), "algorithm": SEAL_ALGORITHM, "made": now},
    )  # fmt: skip


def _require_kind(content: bytes, kind: str) -> None:
    """A page shows a paper as what it is said to be, so it must be that and nothing else."""
    if kind == TEXT:
        good = len(content) <= MAX_TEXT and _is_text(content)
    elif kind == DRAWING:
        good = is_drawing(content)
    elif kind in SOUNDS:
        good = sound_type(content) == kind
    else:
        good = media_type(content) == kind
    if not good:
        raise BadPaper("not_as_said", "这份材料不是它说的那一种，没有收。请在手机上重新拍一张或写一遍。")


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
