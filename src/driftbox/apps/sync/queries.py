"""How this node stands with the others, for people: what it is, what it holds, what waits, when it met whom."""

from datetime import datetime

from django.db.models import Count, Max, Sum
from msgspec import Struct

from driftbox.apps.directory.publishing import held_version
from driftbox.apps.directory.taking import directory_state
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog.models import AlarmRow, EntryRow, NodeRow, QuarantineRow, WaitingRow
from driftbox.apps.node import keys, node_config
from driftbox.apps.sync.files import piece_store
from driftbox.apps.sync.models import PeerRow, RefusedRow, WantRow
from driftbox.apps.sync.peers import own_life
from driftbox.domain.log.entry import encode64, moment_text


class PeerLine(Struct, frozen=True, kw_only=True):
    """One other node: what it is, when we met, how far its clock is ahead (ms), how many of our entries wait for it,
    how many it refused, how many of its entries came.
    """

    node: str
    role: str
    office: str
    revoked: str
    met: datetime | None
    tried: str
    failed: str
    offset_ms: int | None
    unsent: int
    refused: int
    entries_in: int
    directory: int


class Standing(Struct, frozen=True, kw_only=True):
    """This node: keys, what it holds, what it waits for, and its peers. ``digest``: of what it holds."""

    node: str
    role: str
    office: str
    hub: str
    url: str
    signing: str
    sealing: str
    life: str
    directory: int
    directory_old: bool
    entries: int
    dockets: int
    cases: int
    papers_missing: int
    papers_missing_bytes: int
    quarantined: int
    waiting: int
    alarms: int
    pieces: list[str]
    peers: list[PeerLine]


def standing(now: datetime) -> Standing:
    """How this node stands."""
    signer, config = keys(), node_config()
    held = EntryRow.objects.aggregate(entries=Count("seq"), dockets=Count("docket", distinct=True))
    missing = WantRow.objects.aggregate(count=Count("digest"), size=Sum("size"))
    return Standing(
        node=signer.node, role=config.role, office=config.office, hub=config.hub, url=config.url,
        signing=encode64(signer.public), sealing=encode64(signer.sealing), life=own_life(now),
        directory=held_version(), directory_old=directory_state(now).is_old,
        entries=held["entries"], dockets=held["dockets"], cases=CaseRow.objects.count(),
        papers_missing=missing["count"], papers_missing_bytes=missing["size"] or 0,
        quarantined=QuarantineRow.objects.filter(released=None).count(), waiting=WaitingRow.objects.count(),
        alarms=AlarmRow.objects.filter(seen=None).count(), pieces=piece_store().under_way(), peers=peers(),
    )  # fmt: skip


def peers() -> list[PeerLine]:
    """Every other node that can be met, the one met last first."""
    rows = {row.node: row for row in PeerRow.objects.all()}
    last = EntryRow.objects.aggregate(last=Max("seq"))["last"] or 0
    refused = dict(RefusedRow.objects.values_list("peer").annotate(count=Count("digest")))
    nodes = NodeRow.objects.exclude(name=keys().node).exclude(role="phone")
    found = [_line(node, rows.get(node.name) or PeerRow(node=node.name), last, refused) for node in nodes]
    return sorted(found, key=lambda line: (_text(line.met), line.node), reverse=True)


def _line(node: NodeRow, row: PeerRow, last: int, refused: dict[str, int]) -> PeerLine:
    return PeerLine(
        node=node.name, role=node.role, office=node.office, revoked=_text(node.revoked), met=row.met,
        tried=_text(row.tried), failed=row.failed, offset_ms=row.offset_ms,
        unsent=max(0, last - row.acked), refused=refused.get(node.name, 0),
        entries_in=row.entries_in, directory=row.directory,
    )  # fmt: skip


def _text(moment: datetime | None) -> str:
    return moment_text(moment) if moment else ""
