"""The only readers of the event log."""

from collections.abc import Iterator, Sequence

import msgspec
from django.db import connection
from msgspec import Struct

from driftbox.apps.eventlog.models import AsideRow, EntryRow, QuarantineRow, ReleaseRow
from driftbox.apps.eventlog.nodes import nodes
from driftbox.domain.consult import pack_changes
from driftbox.domain.custody import entries as box_entries
from driftbox.domain.docket import entries as case_entries
from driftbox.domain.errors import BadEntry
from driftbox.domain.ferry import facts as sailing_facts
from driftbox.domain.log.entry import Body, Entry, Sealed, decode_entry, read_entry
from driftbox.domain.log.merge import ChainFault, check_chains
from driftbox.domain.planning import reception, roster_facts
from driftbox.gateways.keys import verify

DECODERS: dict[str, msgspec.json.Decoder[Body]] = (
    case_entries.DECODERS
    | box_entries.DECODERS
    | sailing_facts.DECODERS
    | pack_changes.DECODERS
    | roster_facts.DECODERS
    | reception.DECODERS
)
COUNTS = "NOT EXISTS (SELECT 1 FROM entry_aside WHERE entry_aside.digest = entry.digest)"
SINCE = f"SELECT seq, raw, digest FROM entry WHERE docket = %s AND seq > %s AND {COUNTS} ORDER BY seq"  # noqa: S608 - all ours
TURN = "SELECT turn FROM docket_turn WHERE docket = %s"


class Head(Struct, frozen=True):
    """The end of a docket: its last entry id, and the digest of this node's last entry in it."""

    last: str
    prev: str


class Read(Struct, frozen=True):
    """One stored entry with its place in the table and its digest."""

    seq: int
    entry: Entry
    digest: str


def since(docket: str, seq: int = 0) -> list[Read]:
    """Entries of ``docket`` stored after ``seq``, in the order in which they were stored, without what is set aside."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [docket, seq])
        return [Read(row[0], read_entry(bytes(row[1]), DECODERS), row[2]) for row in cursor.fetchall()]


def since_of(dockets: Sequence[str]) -> dict[str, list[Read]]:
    """All entries of each of ``dockets`` in the order in which they were stored, in one query."""
    found: dict[str, list[Read]] = {docket: [] for docket in dockets}
    if not found:
        return found  # PostgreSQL knows no empty list
    gaps = ", ".join(["%s"] * len(found))
    where = f"docket IN ({gaps}) AND {COUNTS}"
    statement = f"SELECT docket, seq, raw, digest FROM entry WHERE {where} ORDER BY seq"  # noqa: S608 - gaps only
    with connection.cursor() as cursor:
        cursor.execute(statement, list(found))
        for docket, seq, raw, digest in cursor.fetchall():
            found[docket].append(Read(seq, read_entry(bytes(raw), DECODERS), digest))
    return found


def head_of(docket: str, node: str) -> Head:
    """The end of ``docket`` as ``node`` has to continue it."""
    reads = sorted(since(docket), key=lambda read: read.entry.id)
    mine = [read.digest for read in reads if read.entry.node == node]
    return Head(reads[-1].entry.id if reads else "", mine[-1] if mine else "")


def turn_of(docket: str) -> int:
    """How often what counts in ``docket`` was judged anew; a folded state of an earlier turn is outdated."""
    with connection.cursor() as cursor:
        cursor.execute(TURN, [docket])
        row = cursor.fetchone()
    return row[0] if row else 0


def gaps_in(docket: str) -> int:
    """How many entries of ``docket`` count although the one before them, by the same node, has not come."""
    rows = EntryRow.objects.filter(docket=docket).values_list("digest", "prev")
    held = {digest for digest, _prev in rows}
    orphans = [digest for digest, prev in rows if prev and prev not in held]
    return len(orphans) - AsideRow.objects.filter(digest__in=orphans).count() if orphans else 0


def first_kinds(dockets: Sequence[str]) -> dict[str, str]:
    """The kind of one entry that counts in each of ``dockets``; those in which none counts are missing."""
    if not dockets:
        return {}  # PostgreSQL knows no empty list
    gaps = ", ".join(["%s"] * len(dockets))
    first = f"SELECT MIN(seq) FROM entry WHERE docket IN ({gaps}) AND {COUNTS} GROUP BY docket"  # noqa: S608 - gaps only
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT docket, raw FROM entry WHERE seq IN ({first})", list(dockets))  # noqa: S608 - see above
        return {docket: read_entry(bytes(raw), DECODERS).kind for docket, raw in cursor.fetchall()}


def kinds_in(docket: str) -> frozenset[str]:
    """The kinds of the entries that count in ``docket``; none when none counts."""
    return frozenset(read.entry.kind for read in since(docket))


def dockets() -> Iterator[str]:
    """Every docket that has an entry."""
    return EntryRow.objects.order_by("docket").values_list("docket", flat=True).distinct().iterator()


def raw_entries(docket: str) -> list[bytes]:
    """The entries of ``docket`` as they travel, in id order, with those that are set aside."""
    rows = EntryRow.objects.filter(docket=docket).order_by("id", "digest").values_list("raw", flat=True)
    return [bytes(raw) for raw in rows]


def quarantined() -> list[QuarantineRow]:
    """What is kept apart and did not come in since, newest first."""
    return list(QuarantineRow.objects.filter(released=None).order_by("-received")[:200])


class Fault(Struct, frozen=True):
    """Something wrong with the log: in which docket, at which entry, what."""

    docket: str
    entry: str
    code: str


def verify_docket(docket: str) -> list[Fault]:
    """Every entry of ``docket`` that is altered, forged, misplaced, or breaks its chain. Nodes that were revoked since
    are asked for their keys all the same; chains are those of the entries that count.
    """
    known = nodes()
    aside = set(AsideRow.objects.filter(docket=docket).values_list("digest", flat=True))
    good: list[Sealed] = []
    faults: list[Fault] = []
    for row in EntryRow.objects.filter(docket=docket).order_by("id", "digest"):
        try:
            sealed = decode_entry(bytes(row.raw), DECODERS)
            verify(known[sealed.entry.node].public, sealed.signature, sealed.unsigned)
        except (BadEntry, KeyError) as fault:
            faults.append(Fault(docket, row.id, getattr(fault, "code", "unknown_signer")))
            continue
        entry = sealed.entry
        if (row.id, row.docket, row.digest, row.prev) != (entry.id, entry.docket, sealed.digest, entry.prev):
            faults.append(Fault(docket, row.id, "row_differs"))
        if sealed.digest not in aside:
            good.append(sealed)
    return faults + [Fault(docket, fault.entry, fault.fault) for fault in chain_faults(good)]


def chain_faults(log: Sequence[Sealed]) -> list[ChainFault]:
    """The breaks in the chains of one docket, without the forks that a person let stand."""
    faults = check_chains(log)
    forked = [fault.entry for fault in faults if fault.fault == "fork"]
    if not forked:
        return faults
    digests = {sealed.digest: sealed.entry.id for sealed in log if sealed.entry.id in set(forked)}
    released = ReleaseRow.objects.filter(digest__in=list(digests)).values_list("digest", flat=True)
    decided = {digests[digest] for digest in released}
    return [fault for fault in faults if fault.fault != "fork" or fault.entry not in decided]
