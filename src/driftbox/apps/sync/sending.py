"""What a peer is sent: everything that concerns it and that it has not acknowledged, read by and by."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, Final

from django.db import connection, transaction
from django.db.models import F
from msgspec import Struct

from driftbox.apps.directory.publishing import changes_since, held_version
from driftbox.apps.eventlog.models import EntryRow, QuarantineRow
from driftbox.apps.node import keys, paper_store
from driftbox.apps.papers.models import KeyRow, PaperRow
from driftbox.apps.papers.queries import keys_of
from driftbox.apps.people.models import PersonRow
from driftbox.apps.sync.concerning import place_of, refresh
from driftbox.apps.sync.models import ArrivalRow, AskedRow, GivenRow, LackRow, PeerRow, ShareRow, WantRow
from driftbox.apps.sync.peers import is_hub, node_row, own_life, peer_of, receiver_of, top
from driftbox.apps.sync.urgency import needed_now
from driftbox.domain.errors import BadPaper
from driftbox.domain.log.ids import is_id, millis
from driftbox.domain.sync import frames as f
from driftbox.domain.sync.concern import HUB
from driftbox.domain.sync.cursors import Peer, own_ack
from driftbox.gateways.bundle import Receiver, write_bundle
from driftbox.gateways.keys import WRAP_ALGORITHM, wrap_for

AT_ONCE: Final = 200
MOST_WANTS: Final = 200
MOST_REFUSED: Final = 500
ID: Final = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Made(Struct, frozen=True, kw_only=True):
    """A bundle that was written: its id, how many entries, keys, people and papers are in it, up to which place."""

    id: str
    peer: str
    entries: int
    keys: int
    people: int
    papers: int
    upto: int


class Count(Struct):
    """What is counted while a bundle is written."""

    entries: int = 0
    keys: int = 0
    people: int = 0
    papers: int = 0


def write_for(name: str, file: BinaryIO, *, papers_bytes: int, now: datetime) -> Made:
    """Write a bundle for the node ``name``; ``papers_bytes``: how many bytes of papers may ride in it.

    Raises:
        NotFound: no such node, or it was revoked.
    """
    receiver, last = receiver_of(name), top()
    PeerRow.objects.get_or_create(node=receiver.node)
    refresh(receiver.node, node_row(receiver.node), top=last)
    sending = _Sending(_numbered(receiver.node), receiver, last, now)
    written = write_bundle(f.closed(sending.frames(papers_bytes)), file, keys(), receiver)
    sending.remember()
    count = sending.count
    return Made(
        id=written,
        peer=receiver.node,
        entries=count.entries,
        keys=count.keys,
        people=count.people,
        papers=count.papers,
        upto=last,
    )


def _numbered(node: str) -> Peer:
    """The peer with the number of the bundle that is made for it now; a number is never used again, come what may."""
    with transaction.atomic():
        PeerRow.objects.filter(pk=node).update(sent=F("sent") + 1)
        return peer_of(node)


class _Sending:
    """One bundle on its way out."""

    def __init__(self, peer: Peer, receiver: Receiver, last: int, now: datetime) -> None:
        self.peer, self.receiver, self.last, self.now = peer, receiver, last, now
        self.count = Count()
        self._given: list[str] = []
        self._persons: set[str] = set()
        self._dockets: list[str] = []
        self._lacks = _lacks_of(peer.node)
        self._known = max(peer.acked, peer.compared)  # up to there it has all but what it lacks

    def frames(self, papers_bytes: int) -> Iterator[bytes]:
        """The frames of the bundle in their order."""
        peer, life = self.peer, own_life(self.now)
        row = PeerRow.objects.get(pk=peer.node)
        of_life, ack = own_ack(peer)
        yield f.pack(b"H", f.Header(
            sender=keys().node, receiver=peer.node, life=life, number=peer.sent, base=peer.acked, upto=self.last,
            made_ms=millis(self.now), peer_life=of_life, ack=ack, directory=held_version(),
        ))  # fmt: skip
        if is_hub() and (change := changes_since(row.directory, for_node=peer.node, now=self.now)):
            yield f.frame(b"D", change)
        yield from self._entries()
        yield from self._keys()
        yield from self._people()
        metas = list(self._papers())
        yield from (f.pack(b"M", one) for one in metas)
        yield from self._contents(metas, papers_bytes)
        yield from self._erased()
        yield from (f.frame(b"N", digest.encode()) for digest in wants())
        yield from (f.pack(b"R", one) for one in refused_of(peer.node))

    def _entries(self) -> Iterator[bytes]:
        begins = self._begins()
        self._dockets = sorted(begins)
        arrived = _Arrivals(self.peer, self.last)
        for first in range(0, len(self._dockets), AT_ONCE):
            some = self._dockets[first : first + AT_ONCE]
            behind = min(min([begins[one][0] + 1, *self._lacks.get(one, ())]) for one in some) - 1
            for docket, seq, raw in _raws(some, behind, self.last):
                after, until = begins[docket]
                if seq in self._lacks.get(docket, ()) or (after < seq <= until and not arrived.came(seq)):
                    self.count.entries += 1
                    self._persons.update(found.decode() for found in ID.findall(raw))
                    yield f.frame(b"E", raw)

    def _begins(self) -> dict[str, tuple[int, int]]:
        """From behind which place, and up to which, each docket goes that has something for the peer."""
        new = EntryRow.objects.filter(seq__gt=self._known, seq__lte=self.last)
        touched = set(new.values_list("docket", flat=True).distinct())
        found = dict.fromkeys(self._lacks, (self.last, self.last))
        if place_of(node_row(self.peer.node)).role == HUB:
            return found | dict.fromkeys(touched, (self._known, self.last))
        shares = ShareRow.objects.filter(peer=self.peer.node).values_list("docket", "begun", "ended")
        for docket, begun, ended in shares.iterator():
            until = self.last if ended is None else min(ended, self.last)
            after = 0 if begun > self._known else self._known
            if until > after and (docket in touched or not after):
                found[docket] = (after, until)
        return found

    def _fresh(self, kind: str, names: Sequence[str]) -> list[str]:
        """Those of ``names`` that the peer does not have for sure; they are given with this bundle."""
        whats = [kind + name for name in names]
        had = set[str]()
        for first in range(0, len(whats), AT_ONCE):
            rows = GivenRow.objects.filter(
                peer=self.peer.node, what__in=whats[first : first + AT_ONCE], upto__lte=self.peer.acked
            )
            had.update(rows.values_list("what", flat=True))
        fresh = [what for what in whats if what not in had]
        self._given += fresh
        return [what[1:] for what in fresh]

    def _keys(self) -> Iterator[bytes]:
        known = set[str]()
        candidates = sorted(self._persons)
        for first in range(0, len(candidates), AT_ONCE):
            rows = PersonRow.objects.filter(pk__in=candidates[first : first + AT_ONCE])
            known.update(rows.values_list("id", flat=True))
        self._persons = known
        contexts = self._fresh("K", [*self._dockets, *sorted(known)])
        for first in range(0, len(contexts), AT_ONCE):
            some = contexts[first : first + AT_ONCE]
            made = dict(KeyRow.objects.filter(context__in=some, node=keys().node).values_list("context", "made"))
            for context, key in keys_of(some).items():
                self.count.keys += 1
                wrapped = wrap_for(self.receiver.sealing, key, context)
                yield f.pack(b"K", f.KeyFor(
                    context=context, algorithm=WRAP_ALGORITHM, wrapped=wrapped, made_ms=millis(made[context]),
                ))  # fmt: skip

    def _people(self) -> Iterator[bytes]:
        persons = self._fresh("W", sorted(self._persons))
        for first in range(0, len(persons), AT_ONCE):
            for row in PersonRow.objects.filter(pk__in=persons[first : first + AT_ONCE]):
                self.count.people += 1
                yield f.pack(b"W", f.Who(person=row.id, particulars=bytes(row.particulars), made_ms=millis(row.made)))

    def _papers(self) -> Iterator[f.PaperIs]:
        for first in range(0, len(self._dockets), AT_ONCE):
            rows = list(PaperRow.objects.filter(docket__in=self._dockets[first : first + AT_ONCE]))
            fresh = set(self._fresh("M", [row.digest for row in rows]))
            for row in rows:
                if row.digest in fresh:
                    yield f.PaperIs(
                        docket=row.docket, digest=row.digest, media_type=row.media_type, size=row.size,
                        algorithm=row.algorithm, made_ms=millis(row.made),
                    )  # fmt: skip

    def _contents(self, metas: Sequence[f.PaperIs], room: int) -> Iterator[bytes]:
        """Papers that fit in ``room`` bytes: what is needed now, then the small ones: words before photographs."""
        asked = AskedRow.objects.filter(peer=self.peer.node).values_list("digest", flat=True)
        told = {one.digest: one.size for one in metas}
        rows = PaperRow.objects.filter(digest__in=list(asked)).values_list("digest", "size")
        sizes = told | dict(rows)
        now = needed_now(sizes)
        for digest, size in sorted(sizes.items(), key=lambda pair: (pair[0] not in now, pair[1], pair[0])):
            if size > room:
                continue
            try:
                sealed = paper_store().get(digest)
            except BadPaper:
                continue  # not here yet either
            room -= len(sealed)
            self.count.papers += 1
            yield f.frame(b"P", digest.encode() + sealed)

    def _erased(self) -> Iterator[bytes]:
        """What was erased here is erased there; only the hub says so."""
        given = GivenRow.objects.filter(peer=self.peer.node, what__startswith="K").values_list("what", flat=True)
        gone = KeyRow.objects.filter(node=keys().node).exclude(destroyed=None).values_list("context", flat=True)
        erased = sorted({what[1:] for what in given} & set(gone)) if gone.exists() else []
        yield from (f.frame(b"X", context.encode()) for context in self._fresh("X", erased))

    def remember(self) -> None:
        """Write down what was given once."""
        LackRow.objects.filter(peer=self.peer.node).update(sent=True)
        rows = [GivenRow(peer=self.peer.node, what=what, upto=self.last) for what in dict.fromkeys(self._given)]
        GivenRow.objects.bulk_create(
            rows, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["peer", "what"], update_fields=["upto"]
        )


def _lacks_of(peer: str) -> dict[str, set[int]]:
    """The places of entries that the peer was found to lack, by docket."""
    lacking = LackRow.objects.filter(peer=peer).values("digest")
    found: dict[str, set[int]] = {}
    for docket, seq in EntryRow.objects.filter(digest__in=lacking).values_list("docket", "seq"):
        found.setdefault(docket, set()).add(seq)
    return found


def _raws(dockets: Sequence[str], after: int, until: int) -> Iterator[tuple[str, int, bytes]]:
    gaps = ", ".join(["%s"] * len(dockets))
    statement = (
        f"SELECT docket, seq, raw FROM entry WHERE docket IN ({gaps}) AND seq > %s AND seq <= %s ORDER BY docket, id"  # noqa: S608 - gaps only
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*dockets, after, until])
        for docket, seq, raw in cursor.fetchall():
            yield docket, seq, bytes(raw)


class _Arrivals:
    """Which places of our table came from the peer, so that it is not told what it told us."""

    def __init__(self, peer: Peer, last: int) -> None:
        runs = ArrivalRow.objects.filter(peer=peer.node, last__gt=peer.returns, first__lte=last)
        self._places = [(max(run.first, peer.returns + 1), run.last) for run in runs.order_by("first")]
        self._firsts = [first for first, _last in self._places]

    def came(self, seq: int) -> bool:
        place = bisect_right(self._firsts, seq) - 1
        return place >= 0 and seq <= self._places[place][1]


def wants() -> list[str]:
    """The papers that this node lacks most, see ``wanted``."""
    return [digest for digest, _size in wanted()[:MOST_WANTS]]


def wanted() -> list[tuple[str, int]]:
    """The papers that are missing here, with their sizes: those that are needed now, then the small ones, then those
    that it has waited for longest.
    """
    rows = list(WantRow.objects.order_by("size", "since").values_list("digest", "size"))
    now = needed_now(digest for digest, _size in rows)
    return sorted(rows, key=lambda row: row[0] not in now)  # keeps the order of those that are alike


def refused_of(peer: str) -> list[f.RefusedEntry]:
    """What that peer brought and this node keeps apart, for the peer to know; the first five hundred."""
    rows = QuarantineRow.objects.filter(via=peer, released=None).order_by("received", "digest")[:MOST_REFUSED]
    return [
        f.RefusedEntry(digest=row.digest, code=row.code, docket=_id_or_none(row.docket), entry=_id_or_none(row.entry))
        for row in rows
    ]


def _id_or_none(text: str) -> str:
    """An id that was read out of rubbish, if it is one."""
    return text if is_id(text) else ""
