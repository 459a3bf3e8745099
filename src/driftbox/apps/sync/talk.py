"""What two nodes say to each other face to face, on either side of the line."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from msgspec import Meta, Struct

from driftbox.apps.directory.publishing import held_version
from driftbox.apps.node import paper_parts, paper_store, sync_folder
from driftbox.apps.papers.models import PaperRow
from driftbox.apps.sync.models import AskedRow, BundleRow, GivenRow, NonceRow, PeerRow, WantRow
from driftbox.apps.sync.peers import heard, keep_peer, own_life, peer_of
from driftbox.apps.sync.sending import refused_of, wants, write_for
from driftbox.apps.sync.taking import IS_DIGEST, Outcome, hear_refused, hear_wants, keep_paper, take_bundle
from driftbox.domain.errors import BadBundle, BadPaper, DriftboxError, NotFound, Refused
from driftbox.domain.log.codes import Digest
from driftbox.domain.log.ids import millis
from driftbox.domain.sync.cursors import Said, own_ack
from driftbox.domain.sync.frames import RefusedEntry
from driftbox.gateways.paper_parts import FULL, PartStore, free_bytes, no_room

CHUNK: Final = 1024 * 1024
WORDS: Final = 64 * 1024  # bytes of small papers that ride with the entries: what was said comes at once
MOST_BUNDLE: Final = 1024**3
SPARE: Final = 64 * 1024**2  # bytes that stay free on the disk
ONCE: Final = timedelta(minutes=30)  # for so long a nonce is remembered
SKEW: Final = timedelta(minutes=10)  # by so much a request may be off our clock
SEALED_BY: Final = 28  # bytes that sealing adds to a paper
IS_BUNDLE: Final = re.compile(r"[0-9a-f]{32}")


class Hello(Struct, frozen=True, kw_only=True):
    """Where a node stands, said at the beginning of a meeting. ``clock_ms``: what its clock says."""

    life: str
    number: int
    of_life: str
    ack: int
    directory: int
    clock_ms: int
    wants: Annotated[tuple[Digest, ...], Meta(max_length=200)] = ()
    refused: Annotated[tuple[RefusedEntry, ...], Meta(max_length=500)] = ()


class Pushed(Struct, frozen=True):
    """How far a pushed bundle has come: bytes here; with the last of them what came of it, and where we stand then."""

    have: int
    outcome: Outcome | None = None
    hello: Hello | None = None


def hello_for(peer: str, now: datetime) -> Hello:
    """What this node says to ``peer``."""
    known = peer_of(peer)
    of_life, ack = own_ack(known)
    return Hello(
        life=own_life(now), number=known.sent, of_life=of_life, ack=ack, directory=held_version(),
        clock_ms=millis(now), wants=tuple(wants()), refused=tuple(refused_of(peer)),
    )  # fmt: skip


def hear_hello(peer: str, said: Hello, *, now: datetime, offset_ms: int | None = None) -> None:
    """Write down what ``peer`` said of itself; ``offset_ms``: how far its clock is ahead, if it was measured better."""
    with transaction.atomic():
        known = heard(
            peer, Said(life=said.life, number=said.number, of_life=said.of_life, ack=said.ack), now=now
        )  # fmt: skip
        offset = said.clock_ms - millis(now) if offset_ms is None else offset_ms
        keep_peer(known, directory=said.directory, offset_ms=offset, met=now, failed="")
        hear_wants(peer, said.wants)
        hear_refused(peer, said.refused, now=now)


def once(node: str, nonce: str, *, now: datetime) -> None:
    """Refuse what was heard before.

    Raises:
        Refused: the same request came already.
    """
    NonceRow.objects.filter(heard__lt=now - ONCE).delete()
    try:
        with transaction.atomic():
            NonceRow.objects.create(nonce=f"{node} {nonce}"[:80], heard=now)
    except IntegrityError:
        raise Refused("heard_before", "这句话刚才听过了，没有再照做。") from None


def take_push(peer: str, bundle: str, offset: int, size: int, piece: bytes, *, now: datetime) -> Pushed:
    """Keep a piece of a bundle that ``peer`` pushes; the last one takes it in.

    Raises:
        BadBundle: too large, or what came together is no bundle for us.
    """
    if not IS_BUNDLE.fullmatch(bundle) or not 0 <= offset <= size or offset + len(piece) > size:
        raise BadBundle("bundle_malformed", "这个包读不懂，里面的都没有收。请让对方重新做一个。")
    if BundleRow.objects.filter(pk=bundle, peer=peer).exists():  # the answer to its last piece was lost
        return Pushed(size, Outcome(bundle=bundle, peer=peer, again=True), hello_for(peer, now))
    parts = paper_parts(f"bundle {peer}")
    require_room(size, parts.has(bundle))
    have = parts.add(bundle, offset, piece)
    if have < size:
        return Pushed(have)
    offset_ms = PeerRow.objects.filter(pk=peer).values_list("offset_ms", flat=True).first() or 0
    outcome = take_parts(parts, bundle, now=now, offset_ms=offset_ms)
    return Pushed(have, outcome, hello_for(peer, now))


def take_parts(parts: PartStore, bundle: str, *, now: datetime, offset_ms: int) -> Outcome:
    """Take in a bundle whose parts are all here, read from the disk by and by; afterwards they are gone.

    Raises:
        BadBundle: it is no bundle for us; nothing of it was taken in.
        Refused: the disk is full; the parts are kept.
    """
    path = parts.path(bundle)
    try:
        with path.open("rb") as file:
            outcome = take_bundle(file, path.stat().st_size, now=now, offset_ms=offset_ms)
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        raise no_room() from None
    except DriftboxError:
        parts.drop(bundle)
        raise
    parts.drop(bundle)
    return outcome


def require_room(size: int, have: int) -> None:
    """Refuse at the first piece what is larger than any bundle may be, or than what is free on the disk.

    Raises:
        BadBundle: too large.
        Refused: no room.
    """
    if size > MOST_BUNDLE:
        raise BadBundle(
            "bundle_too_large_whole", "这个包超过 {most} MB，没有收。请对方分几次给。", most=MOST_BUNDLE // 1024**2
        )
    if not have and free_bytes(settings.DRIFTBOX_HOME) < size + SPARE:
        raise no_room()


class Out(Struct, frozen=True):
    """A bundle that lies ready for a peer: its id, where it lies, its size in bytes."""

    id: str
    path: Path
    size: int


def folder_for(peer: str) -> Path:
    """Where bundles for ``peer`` lie ready."""
    return sync_folder() / "out" / peer.replace(":", "_")


def ready_for(peer: str, bundle: str, *, now: datetime) -> Out:
    """The bundle ``bundle`` as it lies ready for ``peer``; a new one when there is none of that id.

    Raises:
        NotFound: no such node, or it was revoked.
    """
    folder = folder_for(peer)
    if IS_BUNDLE.fullmatch(bundle) and (path := folder / bundle).exists():
        return Out(bundle, path, path.stat().st_size)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    fresh = folder / "new"
    with fresh.open("wb") as file:
        made = write_for(peer, file, papers_bytes=WORDS, now=now)
    path = fresh.replace(folder / made.id)
    return Out(made.id, path, path.stat().st_size)


def piece_of(out: Out, offset: int, most: int) -> bytes:
    """Some bytes of a bundle that lies ready."""
    with out.path.open("rb") as file:
        file.seek(max(0, offset))
        return file.read(min(max(1, most), CHUNK))


def paper_for(peer: str, digest: str, offset: int, most: int) -> tuple[bytes, int]:
    """Some bytes of a sealed paper, and its size, for a peer that was told of it. With the last of them it is no longer
    asked for; a peer that lost them asks again.

    Raises:
        NotFound: it was not told, or the paper is not here.
    """
    told = IS_DIGEST.fullmatch(digest) and GivenRow.objects.filter(peer=peer, what=f"M{digest}").exists()
    try:
        sealed = paper_store().get(digest) if told else _no_paper()
    except BadPaper:
        sealed = _no_paper()
    piece = sealed[offset : offset + min(most, CHUNK)]
    if offset + len(piece) >= len(sealed):
        AskedRow.objects.filter(peer=peer, digest=digest).delete()
    return piece, len(sealed)


def _no_paper() -> bytes:
    raise NotFound("no_paper", "没有这份材料。")


def take_paper(peer: str, digest: str, offset: int, size: int, piece: bytes, *, now: datetime) -> int:
    """Keep a piece of a paper that is missing here; returns how many bytes of it are here. Others are not taken.

    Raises:
        NotFound: nobody waits for it.
        BadPaper: larger than it was said to be.
    """
    if not IS_DIGEST.fullmatch(digest):
        _no_paper()
    if not WantRow.objects.filter(pk=digest).exists():
        if PaperRow.objects.filter(digest=digest).exists() and paper_store().has(digest):
            return size
        _no_paper()
    limit = max(PaperRow.objects.filter(digest=digest).values_list("size", flat=True)) + SEALED_BY
    if size > limit or not 0 <= offset <= size or offset + len(piece) > size:
        raise BadPaper("too_large", "这个文件太大，超过 12 MB。请拍小一点，或分几张拍。")
    parts = paper_parts(peer)
    have = parts.add(digest, offset, piece)
    if have >= size:
        whole = parts.whole(digest)
        parts.drop(digest)
        if not keep_paper(digest, whole, now=now):
            raise BadPaper("altered", "这份材料被动过，或者钥匙不对，打不开。")
    return have
