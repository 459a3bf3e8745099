"""Keys of dockets that another node gave: none is believed until it opens a paper that an entry of the docket names.

A believed node may be wrong or bad: it could give a key of its own for a docket that is not here yet, so that what is
written here afterwards could be read by it and by nobody else. So the first key is only taken for the time being; what
others give beside it is kept, too; and the first that opens a paper which the docket's entries name is the key.
"""

from collections.abc import Iterable

from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.node import keys
from driftbox.apps.papers.models import KeyRow
from driftbox.apps.sync.models import GivenRow, OfferedKeyRow
from driftbox.domain.errors import BadPaper
from driftbox.domain.log.codes import Digest
from driftbox.domain.log.entry import digest_of
from driftbox.domain.log.ids import instant
from driftbox.domain.sync.frames import KeyFor
from driftbox.gateways.keys import unseal

AT_ONCE = 200


def take_keys(peer: str, told: Iterable[KeyFor]) -> list[str]:
    """Keep the keys that ``peer`` gave, as offers where nothing proves them; returns whose keys they were."""
    by_context = {one.context: one for one in told}
    names = list(by_context)
    for first in range(0, len(names), AT_ONCE):
        _take([by_context[name] for name in names[first : first + AT_ONCE]], peer)
    return names


def _take(told: list[KeyFor], peer: str) -> None:
    node = keys().node
    held = {row.context: row for row in KeyRow.objects.filter(node=node, context__in=[one.context for one in told])}
    fresh = [
        KeyRow(context=one.context, node=node, algorithm=one.algorithm, wrapped=one.wrapped, made=instant(one.made_ms),
               unproven=True)
        for one in told if one.context not in held
    ]  # fmt: skip
    KeyRow.objects.bulk_create(fresh, ignore_conflicts=True)
    unsure = [one for one in told if one.context in held and held[one.context].unproven]
    offers = [
        OfferedKeyRow(context=one.context, peer=peer, wrapped=one.wrapped)
        for one in unsure if _key(one.wrapped, one.context) != _key(bytes(held[one.context].wrapped), one.context)
    ]  # fmt: skip
    OfferedKeyRow.objects.bulk_create(
        offers, update_conflicts=True, unique_fields=["context", "peer"], update_fields=["wrapped"]
    )


def prove_key(docket: str, digest: Digest, sealed: bytes) -> None:
    """Find out by a sealed paper which of the keys given for ``docket`` is the one; nothing when that is known, or the
    paper is named by no entry of the docket: whoever gave a wrong key could give a paper that goes with it.
    """
    row = KeyRow.objects.filter(context=docket, node=keys().node, unproven=True, destroyed=None).first()
    if row is None or digest_of(sealed) != digest or not _is_named(docket, digest):
        return
    offers = OfferedKeyRow.objects.filter(context=docket)
    for wrapped in (bytes(row.wrapped), *(bytes(one.wrapped) for one in offers)):
        if not _opens(_key(wrapped, docket), sealed, docket):
            continue
        if wrapped != bytes(row.wrapped):  # whom we gave the wrong one gets the right one
            GivenRow.objects.filter(what=f"K{docket}").delete()
        row.wrapped, row.unproven = wrapped, False
        row.save(update_fields=["wrapped", "unproven"])
        offers.delete()
        return


def _is_named(docket: str, digest: Digest) -> bool:
    name = digest.encode()
    raws = EntryRow.objects.filter(docket=docket).values_list("raw", flat=True)
    return any(name in bytes(raw) for raw in raws.iterator())


def _key(wrapped: bytes, context: str) -> bytes:
    try:
        return keys().unwrap(wrapped, context)
    except BadPaper:
        return b""


def _opens(key: bytes, sealed: bytes, docket: str) -> bool:
    try:
        return bool(key) and unseal(key, sealed, docket) is not None
    except BadPaper:
        return False
