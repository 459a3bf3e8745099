"""The only writers of what is known of phones; what they hand in goes through the log's own door."""

from datetime import datetime, timedelta

from msgspec import Struct, structs

from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.eventlog.actions import lock, together
from driftbox.apps.eventlog.nodes import NewNode, believe, nodes
from driftbox.apps.node import paper_parts, paper_store
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.papers.arrived import keep_key, keep_sealed
from driftbox.apps.papers.models import KeyRow
from driftbox.apps.phones.models import IntakeRow, PhoneRow
from driftbox.apps.phones.queries import intake_of
from driftbox.domain.docket.entries import NoteWritten
from driftbox.domain.errors import BadPaper, Refused
from driftbox.gateways.keys import node_name
from driftbox.gateways.paper_types import MAX_BYTES

OVERHEAD = 28  # bytes that sealing adds: nonce and tag
ALG = "p256"


def enrol_phone(public: bytes, person: str, office: str, *, now: datetime) -> str:
    """Believe a phone of ``person`` from now on; returns the name of its node. Doing it again changes nothing.

    Raises:
        BadEntry: the key cannot be read.
        Refused: this key was revoked, or is somebody else's.
    """
    node = node_name(public)
    known = nodes().get(node)
    if known and (known.revoked or known.person != person):
        raise Refused("key_used", "这把钥匙停用过，或登记的是别人，没有再登记。请重新登记这台手机。")
    with together():
        if known is None:
            believe(NewNode(name=node, public=public, alg=ALG, role="phone", office=office, person=person), now=now)
        PhoneRow.objects.get_or_create(node=node, defaults={"person": person, "enrolled": now})
    return node


def was_here(node: str, kept: int, offset: timedelta, *, now: datetime) -> None:
    """Remember that a phone met us: how much it still keeps, and by how much its clock is behind (ahead: negative)."""
    off = offset // timedelta(milliseconds=1)
    PhoneRow.objects.filter(pk=node).update(met=now, kept=kept, offset_ms=off)


class Piece(Struct, frozen=True):
    """One piece of a sealed paper: of which docket, where in it, how long the whole is, what it is said to be."""

    docket: str
    digest: str
    offset: int
    total: int
    media: str
    content: bytes


def keep_piece(node: str, piece: Piece, *, now: datetime) -> int:
    """Keep a piece of a paper; returns how many bytes of it are here. The last one makes it a paper of its docket.

    Raises:
        BadPaper: too large, altered on the way, or not what it is said to be; nothing of it is kept.
    """
    if piece.total > MAX_BYTES + OVERHEAD or piece.offset + len(piece.content) > piece.total:
        raise BadPaper("too_large", "这个文件太大，超过 12 MB。请拍小一点，或分几张拍。")
    parts = paper_parts(node)
    if paper_store().has(piece.digest):
        keep_sealed(piece.docket, paper_store().get(piece.digest), piece.media, now=now)
        return piece.total
    held = parts.add(piece.digest, piece.offset, piece.content)
    if held < piece.total:
        return held
    sealed = parts.whole(piece.digest)
    parts.drop(piece.digest)
    keep_sealed(piece.docket, sealed, piece.media, now=now, digest=piece.digest)
    return held


class Taken(Struct, frozen=True, kw_only=True):
    """An intake taken down without signal: the docket and the key that the phone began it with, and what was said."""

    docket: str
    key: bytes
    provisional: str
    at: datetime
    call: Call
    papers: tuple[str, ...] = ()


def take_intake(taken: Taken, *, node: str, by: str, role: str, note: str, now: datetime) -> str:
    """Open the case of an intake, or find it opened; returns its number. ``note``: how it came about, in words.

    Raises:
        Refused: the docket is somebody else's, or a particular is not one; nothing was opened.
    """
    with together():
        lock(taken.docket)
        known = intake_of(taken.docket)
        if known and known.node == node:
            return known.number
        if known or KeyRow.objects.filter(context=taken.docket).exists():
            raise Refused("docket_used", "这个编号已经有别的事在用，没有登记。请在手机上重新记一件。")
        keep_key(taken.docket, taken.key, now=now)
        opened = take_call(structs.replace(taken.call, docket=taken.docket, at=taken.at), recorder=by, now=now)
        written = [NoteWritten(paper=seal_text(opened.id, note, now=now))]
        written += [NoteWritten(paper=digest, about="photograph") for digest in taken.papers]
        record(opened.id, written, by=by, role=role, now=now)
        IntakeRow.objects.create(
            docket=taken.docket, node=node, provisional=taken.provisional, number=opened.number, received=now
        )
        return opened.number
