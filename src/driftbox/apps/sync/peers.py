"""The nodes that this one meets: where each stands, and what is heard from it."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from driftbox.apps.eventlog.actions import TABLE_LOCK
from driftbox.apps.eventlog.models import EntryRow, NodeRow
from driftbox.apps.eventlog.standing import raise_alarm
from driftbox.apps.node import keys, node_config
from driftbox.apps.sync.models import LackRow, PeerRow, StoreRow
from driftbox.domain.errors import NotFound
from driftbox.domain.sync.concern import HUB
from driftbox.domain.sync.cursors import Alarm, Met, Peer, Said, hear
from driftbox.gateways.bundle import Receiver
from driftbox.gateways.octets import octets

CURSORS = ("life", "acked", "taken", "returns", "sent", "seen", "compared")
ALARMS: dict[Alarm, str] = {
    "store_went_back": "cursor_back",
    "own_store_went_back": "cursor_back",
    "store_made_anew": "store_made_anew",
}


def own_life(now: datetime) -> str:
    """The life of this store, made on first use."""
    row = StoreRow.objects.first()
    return row.life if row else StoreRow.objects.create(life=octets(8).hex(), made=now).life


def is_hub() -> bool:
    """Whether this node is the hub: one that was never told to be anything else."""
    return node_config().role == HUB


def top() -> int:
    """The last place of the entry table of which nothing before is still being written.

    PostgreSQL hands out places before they are committed: without waiting for the slower writers, a cursor would
    overtake them and what they wrote would never be sent.
    """
    with transaction.atomic():
        hold_table()
        return EntryRow.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def hold_table() -> None:
    """Wait for everybody who writes entries, and keep others from it until the end of the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TABLE_LOCK])


def node_row(name: str) -> NodeRow:
    """The node of this name, or of the only one that begins so.

    Raises:
        NotFound: no such node is enrolled here, or several begin so.
    """
    known = NodeRow.objects.filter(name__startswith=name).exclude(name=keys().node)
    rows = list(known[:2]) if name and name.isprintable() else []
    exact = [row for row in rows if row.name == name] or rows
    if len(exact) != 1:
        raise NotFound("no_node", "没有登记过叫“{name}”的机器。看看 driftbox node show 里的名字。", name=name[:60])
    return exact[0]


def receiver_of(name: str) -> Receiver:
    """For whom a bundle is sealed.

    Raises:
        NotFound: no such node, or one to which nothing can be sealed.
    """
    row = node_row(name)
    if not row.sealing or row.revoked is not None:
        raise NotFound("node_revoked", "这台机器已经吊销，或者收不了包，没有做。要给它，请先在区里重新登记。")
    return Receiver(row.name, bytes(row.sealing))


def public_of(name: str) -> bytes | None:
    """The public key by which a bundle of this node is proved; None for unknown nodes, and for phones."""
    row = NodeRow.objects.filter(pk=name, alg="ed25519").first() if name.isprintable() else None
    return bytes(row.public) if row else None


def peer_of(node: str) -> Peer:
    """Where a peer stands."""
    row = PeerRow.objects.filter(pk=node).first()
    return Peer(node=node, **{name: getattr(row, name) for name in CURSORS}) if row else Peer(node=node)


def keep_peer(peer: Peer, **more: object) -> None:
    """Write where a peer stands, and whatever else of its row changed."""
    values = {name: getattr(peer, name) for name in CURSORS} | more
    PeerRow.objects.update_or_create(node=peer.node, defaults=values)


def heard(node: str, said: Said, *, now: datetime, twice: bool = False) -> Peer:
    """Write what a peer said of where it stands; alarms a store that went back, was made anew, or is there twice."""

    def change(peer: Peer) -> Met:
        return hear(peer, said, own_life=own_life(now), top=top(), twice=twice)

    return _changed(node, change, now)


def _changed(node: str, change: Callable[[Peer], Met], now: datetime) -> Peer:
    with transaction.atomic():
        met = change(peer_of(node))
        if met.alarm:
            raise_alarm(keys().node if met.alarm == "own_store_went_back" else node, ALARMS[met.alarm], now=now)
        keep_peer(met.peer)
        if met.peer.acked >= met.peer.compared:  # what it lacked came with what it acknowledges
            LackRow.objects.filter(peer=node, sent=True).delete()
    return met.peer
