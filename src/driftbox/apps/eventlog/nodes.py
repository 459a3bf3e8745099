"""The nodes whose signatures are believed, and since when no longer."""

from datetime import datetime

from django.db import transaction
from msgspec import Struct

from driftbox.apps.eventlog.models import AsideRow, EntryRow, NodeRow
from driftbox.domain.errors import BadEntry
from driftbox.domain.log.ids import build_id, millis
from driftbox.gateways.keys import PublicKey, node_name, read_public


class Node(Struct, frozen=True):
    """A node as entries from elsewhere are judged by it. ``role``: hub, station, sea-post or phone; ``person``: whose
    phone it is; ``revoked``: from when on it is not believed (None: it is).
    """

    name: str
    public: PublicKey
    role: str
    office: str
    person: str
    revoked: datetime | None


class NewNode(Struct, frozen=True, kw_only=True):
    """What is known of a node that is to be believed: keys as raw bytes, ``sealing`` empty for a phone."""

    name: str
    public: bytes
    alg: str = "ed25519"
    sealing: bytes = b""
    role: str
    office: str = ""
    person: str = ""
    revoked: datetime | None = None


def nodes() -> dict[str, Node]:
    """Every node that was ever believed here, by name, revoked ones too."""
    return {row.name: _node(row) for row in NodeRow.objects.all()}


def _node(row: NodeRow) -> Node:
    return Node(row.name, read_public(row.alg, bytes(row.public)), row.role, row.office, row.person, row.revoked)


def believe(node: NewNode, *, now: datetime, directory: int = 0) -> None:
    """Believe a node, or write what a newer ``directory`` says of one that is known; its keys never change.

    Raises:
        BadEntry: the key cannot be read, or is not that of this name.
    """
    read_public(node.alg, node.public)
    if node_name(node.public) != node.name:
        raise BadEntry("bad_key", "这把钥匙读不懂，没有登记。请在那台机器上重新生成登记申请。")
    changing = {"role": node.role, "office": node.office, "person": node.person, "revoked": node.revoked,
                "directory": directory}  # fmt: skip
    fixed = {"public": node.public, "alg": node.alg, "sealing": node.sealing, "enrolled": now}
    with transaction.atomic():
        NodeRow.objects.update_or_create(name=node.name, defaults=changing, create_defaults=changing | fixed)


def dockets_after(node: str, moment: datetime | None) -> list[str]:
    """The dockets with entries that ``node`` recorded after ``moment``, or of which any is set aside."""
    aside = set(AsideRow.objects.filter(node=node).values_list("docket", flat=True))
    if moment is not None:
        bound = build_id(millis(moment), (1 << 12) - 1, (1 << 62) - 1)
        later = EntryRow.objects.filter(node=node, id__gt=bound).values_list("docket", flat=True)
        aside.update(later.distinct())
    return sorted(aside)
