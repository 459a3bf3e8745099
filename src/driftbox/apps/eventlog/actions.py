"""Append to the event log what happens here; ``arrivals`` takes in what happened elsewhere."""

from contextlib import AbstractContextManager
from datetime import datetime

import msgspec
from django.db import connection, transaction
from msgspec import Struct

from driftbox.apps.eventlog.models import NodeRow
from driftbox.apps.eventlog.queries import DECODERS, Head, Read, head_of
from driftbox.apps.node import keys
from driftbox.domain.errors import BadEntry
from driftbox.domain.log.entry import Body, Entry, moment_text, read_entry, sign_entry
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance

INSERT = "INSERT INTO entry (docket, id, node, digest, prev, raw) VALUES (%s, %s, %s, %s, %s, %s)"
INSERT_ONE = f"{INSERT} RETURNING seq"
TABLE_LOCK = 7_033_415_920  # any number; every writer of the table shares it, whoever reads its end holds it alone


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


def share_table() -> None:
    """Say, until the end of the transaction, that entries are being written: PostgreSQL hands out places in the table
    before they are committed, and who reads up to its end has to wait for the slower writers.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TABLE_LOCK])


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
    share_table()
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ONE, (docket, entry.id, signer.node, signed.digest, entry.prev, signed.raw))
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
    said = {"public": signer.public, "sealing": signer.sealing, "enrolled": now}
    row, made = NodeRow.objects.get_or_create(name=signer.node, defaults=said)
    if not made and not bytes(row.sealing):  # made before nodes sealed to each other
        NodeRow.objects.filter(pk=row.pk).update(sealing=signer.sealing)
