"""Take a bundle in: all of it or nothing, and again changes nothing."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import BinaryIO, Final

from django.db import transaction
from django.db.models import F
from msgspec import Struct

from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.node import keys, paper_store
from driftbox.apps.papers.actions import destroy_key
from driftbox.apps.papers.arrived import keep_sealed
from driftbox.apps.papers.models import PaperRow
from driftbox.apps.people.arrived import receive_person
from driftbox.apps.sync.intake import arrive, take_directory
from driftbox.apps.sync.models import ArrivalRow, AskedRow, BundleRow, GivenRow, PeerRow, RefusedRow, WantRow
from driftbox.apps.sync.offered import prove_key, take_keys
from driftbox.apps.sync.peers import heard, hold_table, keep_peer, node_row, peer_of, public_of
from driftbox.domain.errors import BadBundle, BadPaper
from driftbox.domain.log.codes import Digest
from driftbox.domain.log.ids import instant, is_id
from driftbox.domain.sync import frames as f
from driftbox.domain.sync.concern import HUB
from driftbox.domain.sync.cursors import Said, took
from driftbox.gateways.bundle import open_bundle

AT_ONCE: Final = 2_000
DIGEST: Final = 43
IS_DIGEST: Final = re.compile(r"[A-Za-z0-9_-]{43}")
Frame = tuple[bytes, bytes]


class Outcome(Struct, kw_only=True):
    """How it went with a bundle: from whom, whether it was here before, what was in it."""

    bundle: str = ""
    peer: str = ""
    again: bool = False
    new: int = 0
    known: int = 0
    quarantined: int = 0
    waiting: int = 0
    papers: int = 0
    people: int = 0


def take_bundle(file: BinaryIO, size: int, *, now: datetime, offset_ms: int = 0) -> Outcome:
    """Take in a bundle of ``size`` bytes. ``offset_ms``: how far its sender's clock was ahead when we met.

    Raises:
        BadBundle: not for us, of an unknown node, altered, cut off or too large; nothing of it was taken in.
    """
    opened = open_bundle(file, size, keys(), public_of)
    outcome = Outcome(bundle=opened.head.id, peer=opened.head.sender)
    with transaction.atomic():
        hold_table()
        if BundleRow.objects.filter(pk=outcome.bundle).exists():
            outcome.again = True
            return outcome
        frames = _Frames(f.read_frames(opened.chunks()))
        header = _header(frames, opened.head.sender)
        newest = _meet(header, now)
        _Taking(header, outcome, newest=newest, now=now, offset_ms=offset_ms).take(frames)
        keep_peer(took(peer_of(header.sender), header.life, header.base, header.upto))
        BundleRow.objects.create(
            id=outcome.bundle, peer=outcome.peer, number=header.number, taken=now, size=size,
            entries=outcome.new + outcome.known,
        )  # fmt: skip
        PeerRow.objects.filter(pk=outcome.peer).update(
            met=now, entries_in=F("entries_in") + outcome.new, bytes_in=F("bytes_in") + size
        )
    return outcome


class _Frames:
    """Frames that can be read kind by kind."""

    def __init__(self, frames: Iterator[Frame]) -> None:
        self._frames = frames
        self._next: Frame | None = None

    def of(self, kind: bytes) -> Iterator[bytes]:
        """The payloads of the following frames of ``kind``; stops before the first of another."""
        while True:
            held = self._next or next(self._frames, None)
            self._next = held
            if held is None or held[0] != kind:
                return
            self._next = None
            yield held[1]

    def rest(self) -> None:
        """Read on to the end, and prove that there is one."""
        for _frame in self._frames:
            pass


def _header(frames: _Frames, sender: str) -> f.Header:
    first = next(frames.of(b"H"), None)
    header = f.read(first, f.Header) if first is not None else None
    if header is None or header.sender != sender or header.receiver != keys().node:
        raise BadBundle("bundle_malformed", "这个包读不懂，里面的都没有收。请让对方重新做一个。")
    return header


def _meet(header: f.Header, now: datetime) -> bool:
    """Hear where the sender stands, if this is the newest that was heard of it; whether it is."""
    peer = peer_of(header.sender)
    twice = BundleRow.objects.filter(peer=header.sender, number=header.number).exists()
    newest = header.number > peer.seen or header.life != peer.life or twice
    if newest:
        said = Said(life=header.life, number=header.number, of_life=header.peer_life, ack=header.ack)
        heard(header.sender, said, now=now, twice=twice)
        PeerRow.objects.filter(pk=header.sender).update(directory=header.directory)
    return newest


class _Taking:
    """One bundle on its way in; the caller holds the transaction."""

    def __init__(self, header: f.Header, outcome: Outcome, *, newest: bool, now: datetime, offset_ms: int) -> None:
        self._peer, self._outcome, self._newest = header.sender, outcome, newest
        self._now, self._offset = now, offset_ms
        sender = node_row(header.sender)
        self._hub, self._believed = sender.role == HUB, sender.revoked is None

    def take(self, frames: _Frames) -> None:
        """Everything, in the order in which it comes."""
        for change in frames.of(b"D"):
            self._directory(change)
        self._entries(frames.of(b"E"))
        if not self._believed:  # its entries wait in quarantine; nothing else of it is kept
            frames.rest()
            return
        self._keys(f.read(one, f.KeyFor) for one in frames.of(b"K"))
        for one in frames.of(b"W"):
            self._person(f.read(one, f.Who))
        for one in frames.of(b"M"):
            self._paper_known(f.read(one, f.PaperIs))
        for one in frames.of(b"P"):
            self._outcome.papers += keep_paper(one[:DIGEST].decode("ascii", "replace"), one[DIGEST:], now=self._now)
        for one in frames.of(b"X"):
            context = one.decode("ascii", "replace")
            if self._hub and is_id(context):
                destroy_key(context, now=self._now)
        asked, refused = list(frames.of(b"N")), [f.read(one, f.RefusedEntry) for one in frames.of(b"R")]
        next(frames.of(b"Z"))
        if self._newest:
            hear_wants(self._peer, (one.decode("ascii", "replace") for one in asked))
            hear_refused(self._peer, refused, now=self._now)

    def _directory(self, change: bytes) -> None:
        if self._hub and self._believed:
            take_directory(change, now=self._now)

    def _entries(self, raws: Iterator[bytes]) -> None:
        before = EntryRow.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        ids: set[str] = set()
        while batch := list(islice(raws, AT_ONCE)):
            ids.update(_id_of(raw) for raw in batch)
            taken = arrive(batch, now=self._now, via=self._peer, offset_ms=self._offset)
            self._outcome.new += taken.new
            self._outcome.known += taken.known
            self._outcome.quarantined += taken.quarantined
            self._outcome.waiting += taken.waiting
        _remember_arrivals(self._peer, ids, before)

    def _keys(self, told: Iterable[f.KeyFor]) -> None:
        self._had("K", take_keys(self._peer, told))

    def _person(self, told: f.Who) -> None:
        self._had("W", [told.person])
        self._outcome.people += receive_person(told.person, told.particulars, made=instant(told.made_ms))

    def _paper_known(self, told: f.PaperIs) -> None:
        self._had("M", [told.digest])
        PaperRow.objects.get_or_create(
            docket=told.docket, digest=told.digest,
            defaults={"media_type": told.media_type, "size": told.size, "algorithm": told.algorithm,
                      "made": instant(told.made_ms)},
        )  # fmt: skip
        if not paper_store().has(told.digest):
            defaults = {"docket": told.docket, "size": told.size, "since": self._now}
            WantRow.objects.get_or_create(digest=told.digest, defaults=defaults)

    def _had(self, kind: str, names: Iterable[str]) -> None:
        """What came from the peer, it has."""
        rows = [GivenRow(peer=self._peer, what=kind + name, upto=0) for name in names]
        GivenRow.objects.bulk_create(rows, batch_size=200, ignore_conflicts=True)


def _id_of(raw: bytes) -> str:
    """The entry id in canonical bytes, without reading them: the last ``id``, for its key sorts behind the body."""
    at = raw.rfind(b'"id":"') + 6
    return raw[at : at + 36].decode("ascii", "replace")


def _remember_arrivals(peer: str, ids: set[str], before: int) -> None:
    """Note the places under which entries of that peer were stored, as runs; the caller holds the table."""
    runs: list[ArrivalRow] = []
    stored = EntryRow.objects.filter(seq__gt=before).order_by("seq").values_list("seq", "id")
    for seq, key in stored.iterator():
        if key not in ids:
            continue
        if runs and runs[-1].last == seq - 1:
            runs[-1].last = seq
        else:
            runs.append(ArrivalRow(peer=peer, first=seq, last=seq))
    ArrivalRow.objects.bulk_create(runs, batch_size=200)


def keep_paper(digest: str, sealed: bytes, *, now: datetime) -> int:
    """Keep a paper that was missing here; how many dockets have it now. One that nobody knows of, or that is not what
    it is said to be, is not kept.
    """
    kept = 0
    if not IS_DIGEST.fullmatch(digest):
        return kept
    for row in PaperRow.objects.filter(digest=digest):
        prove_key(row.docket, digest, sealed)
        try:
            keep_sealed(row.docket, sealed, row.media_type, now=now, digest=digest)
        except BadPaper:
            continue
        kept += 1
    if kept:
        WantRow.objects.filter(pk=digest).delete()
    return kept


def hear_wants(peer: str, digests: Iterable[Digest]) -> None:
    """Note which papers a peer lacks by now."""
    AskedRow.objects.filter(peer=peer).delete()
    wanted = [one for one in dict.fromkeys(digests) if IS_DIGEST.fullmatch(one)]
    AskedRow.objects.bulk_create([AskedRow(peer=peer, digest=one) for one in wanted])


def hear_refused(peer: str, told: Iterable[f.RefusedEntry], *, now: datetime) -> None:
    """Note which of our entries a peer keeps apart; what it tells no more is in."""
    refused = {one.digest: one for one in told}
    RefusedRow.objects.filter(peer=peer).exclude(digest__in=list(refused)).delete()
    for one in refused.values():
        RefusedRow.objects.update_or_create(
            peer=peer, digest=one.digest,
            defaults={"code": one.code, "docket": one.docket, "entry": one.entry, "told": now},
        )  # fmt: skip
