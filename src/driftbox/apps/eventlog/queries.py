"""The only readers of the event log."""

from collections.abc import Iterator, Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from msgspec import Struct

from driftbox.apps.eventlog.models import EntryRow, NodeRow, QuarantineRow
from driftbox.domain.consult import pack_changes
from driftbox.domain.custody import entries as box_entries
from driftbox.domain.docket import entries as case_entries
from driftbox.domain.errors import BadEntry
from driftbox.domain.ferry import facts as sailing_facts
from driftbox.domain.log.entry import Body, Entry, Sealed, decode_entry, read_entry
from driftbox.domain.log.merge import check_chains
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
SINCE = "SELECT seq, raw, digest FROM entry WHERE docket = %s AND seq > %s ORDER BY seq"


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
    """Entries of ``docket`` stored after ``seq``, in the order in which they were stored."""
    with connection.cursor() as cursor:
        cursor.execute(SINCE, [docket, seq])
        return [Read(row[0], read_entry(bytes(row[1]), DECODERS), row[2]) for row in cursor.fetchall()]


def since_of(dockets: Sequence[str]) -> dict[str, list[Read]]:
    """All entries of each of ``dockets`` in the order in which they were stored, in one query."""
    found: dict[str, list[Read]] = {docket: [] for docket in dockets}
    if not found:
        return found  # PostgreSQL knows no empty list
    gaps = ", ".join(["%s"] * len(found))
    statement = f"SELECT docket, seq, raw, digest FROM entry WHERE docket IN ({gaps}) ORDER BY seq"  # noqa: S608 - gaps only
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


def public_keys() -> dict[str, bytes]:
    """The public keys of the nodes whose signatures are believed."""
    return {node.name: bytes(node.public) for node in NodeRow.objects.filter(revoked=None)}


def dockets() -> Iterator[str]:
    """Every docket that has an entry."""
    return EntryRow.objects.order_by("docket").values_list("docket", flat=True).distinct().iterator()


def raw_entries(docket: str) -> list[bytes]:
    """The entries of ``docket`` as they travel, in id order."""
    return [bytes(raw) for raw in EntryRow.objects.filter(docket=docket).order_by("id").values_list("raw", flat=True)]


def quarantined() -> list[QuarantineRow]:
    """What waits for a person to look at, newest first."""
    return list(QuarantineRow.objects.order_by("-received")[:200])


class Fault(Struct, frozen=True):
    """Something wrong with the log: in which docket, at which entry, what."""

    docket: str
    entry: str
    code: str


def verify_docket(docket: str) -> list[Fault]:
    """Every entry of ``docket`` that is altered, forged, misplaced, or breaks its chain."""
    public = {name: Ed25519PublicKey.from_public_bytes(key) for name, key in public_keys().items()}
    good: list[Sealed] = []
    faults: list[Fault] = []
    for row in EntryRow.objects.filter(docket=docket).order_by("id"):
        try:
            sealed = decode_entry(bytes(row.raw), DECODERS)
            verify(public[sealed.entry.node], sealed.signature, sealed.unsigned)
        except (BadEntry, KeyError) as fault:
            faults.append(Fault(docket, row.id, getattr(fault, "code", "unknown_signer")))
            continue
        if (row.id, row.docket, row.digest) != (sealed.entry.id, sealed.entry.docket, sealed.digest):
            faults.append(Fault(docket, row.id, "row_differs"))
        good.append(sealed)
    return faults + [Fault(docket, fault.entry, fault.fault) for fault in check_chains(good)]
