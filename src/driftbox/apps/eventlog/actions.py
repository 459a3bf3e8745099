"""The only writers of the event log: append what happens here, take in what happened elsewhere."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction
from msgspec import Struct

from driftbox.apps.eventlog.models import EntryRow, NodeRow, QuarantineRow
from driftbox.apps.eventlog.queries import DECODERS, Head, Read, head_of, public_keys
from driftbox.apps.node import keys
from driftbox.domain.errors import BadEntry
from driftbox.domain.log.entry import (
    Body,
    Entry,
    Sealed,
    decode_entry,
    digest_of,
    moment_text,
    read_entry,
    sign_entry,
)
from driftbox.domain.log.ids import next_id, refuse_time_from_ahead
from driftbox.gateways.keys import chance, verify

INSERT = "INSERT INTO entry (docket, id, node, digest, raw) VALUES (%s, %s, %s, %s, %s)"
INSERT_ONE = f"{INSERT} RETURNING seq"
BATCH = 500


class Draft(Struct, frozen=True, kw_only=True):
    """What is about to become an entry."""

    kind: str
    body: Body
    by: str
    role: str
    for_: str = ""
    recorder: str = ""
    at: datetime | None = None


def together() -> AbstractContextManager[None]:
    """Acts inside are committed together or not at all, on however many dockets."""
    return transaction.atomic()


def lock(docket: str) -> None:
    """Hold the docket until the end of the transaction. SQLite holds the whole file from BEGIN IMMEDIATE on."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [docket])


def append(docket: str, draft: Draft, *, now: datetime, head: Head | None = None) -> Read:
    """Sign ``draft`` and append it to ``docket``; the caller holds the lock and the transaction.

    ``head`` is what the caller knows of the end of the docket; it is looked up when missing.

    Raises:
        BadEntry: a value does not fit its field; nothing was written.
    """
    signer = keys()
    head = head or head_of(docket, signer.node)
    entry = Entry(
        id=next_id(head.last, now, chance()), docket=docket, kind=draft.kind, by=draft.by, role=draft.role,
        for_=draft.for_, recorder=draft.recorder, at=moment_text(draft.at) if draft.at else "", node=signer.node,
        prev=head.prev, body=draft.body,
    )  # fmt: skip
    signed = sign_entry(entry, signer.sign)
    require_readable(signed.raw)
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ONE, (docket, entry.id, signer.node, signed.digest, signed.raw))
        return Read(cursor.fetchone()[0], entry, signed.digest)


def require_readable(raw: bytes) -> None:
    """Refuse to write what could not be read again: better no entry than a docket that opens no more.

    Raises:
        BadEntry: a value does not fit its field.
    """
    try:
        read_entry(raw, DECODERS)
    except msgspec.ValidationError:
        raise BadEntry("unreadable", "这一步填的有一样不对，没有记。请改好再按一次。") from None


def enrol_self(now: datetime) -> None:
    """Believe this node's own signatures; done once, when the node is made."""
    signer = keys()
    NodeRow.objects.get_or_create(name=signer.node, defaults={"public": signer.public, "enrolled": now})


class Taken(Struct, frozen=True):
    """How an import went: entries new here, known already, and put in quarantine."""

    new: int
    known: int
    quarantined: int


def take_in(raws: Iterable[bytes], *, now: datetime) -> Taken:
    """Take in entries from elsewhere: decoded strictly, verified, stored once. What cannot be believed waits in
    quarantine with its reason. All or nothing; doing it again changes nothing.
    """
    believed = {name: Ed25519PublicKey.from_public_bytes(public) for name, public in public_keys().items()}
    new = known = bad = 0
    with transaction.atomic():
        batch: list[Sealed] = []
        raw_of: dict[str, bytes] = {}
        for raw in raws:
            try:
                sealed = _believe(raw, believed, now)
            except BadEntry as refusal:
                bad += _quarantine(raw, refusal.code, now)
                continue
            batch.append(sealed)
            raw_of[sealed.entry.id] = raw
            if len(batch) == BATCH:
                fresh = _store(batch, raw_of, now)
                new, known, batch, raw_of = new + fresh, known + len(batch) - fresh, [], {}
        fresh = _store(batch, raw_of, now)
        return Taken(new + fresh, known + len(batch) - fresh, bad)


def _believe(raw: bytes, believed: dict[str, Ed25519PublicKey], now: datetime) -> Sealed:
    sealed = decode_entry(raw, DECODERS)
    public = believed.get(sealed.entry.node)
    if public is None:
        raise BadEntry("unknown_signer", "不认识记这一条的那台机器，先放一边，等人看过再说。")
    refuse_time_from_ahead(sealed.entry.id, now)
    verify(public, sealed.signature, sealed.unsigned)
    return sealed


def _store(batch: list[Sealed], raw_of: dict[str, bytes], now: datetime) -> int:
    unique = {sealed.entry.id: sealed for sealed in batch}
    for docket in sorted({sealed.entry.docket for sealed in batch}):
        lock(docket)  # who reads on from a place in the table must not be overtaken by a slower writer
    held = dict(EntryRow.objects.filter(id__in=list(unique)).values_list("id", "digest"))
    rows = []
    for key, sealed in unique.items():
        if key not in held:
            rows.append((sealed.entry.docket, key, sealed.entry.node, sealed.digest, raw_of[key]))
        elif held[key] != sealed.digest:
            _quarantine(raw_of[key], "two_under_one_id", now)
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)
    return len(rows)


def _quarantine(raw: bytes, code: str, now: datetime) -> int:
    _row, made = QuarantineRow.objects.get_or_create(
        digest=digest_of(raw), defaults={"raw": raw, "code": code, "received": now}
    )
    return int(made)
