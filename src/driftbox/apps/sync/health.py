"""How the meetings go, for the people of a station and of the district: who has not been met for how long, and why,
what waits where, whose clock is off, and whether both hold the same.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final, Literal

from django.db import connection
from msgspec import Struct

from driftbox.apps.directory.publishing import held_version
from driftbox.apps.eventlog.models import NodeRow
from driftbox.apps.node import keys, node_config
from driftbox.apps.pack import current_pack
from driftbox.apps.people.models import Account
from driftbox.apps.phones.models import PhoneRow
from driftbox.apps.sync.models import AskedRow, LackRow, PeerRow, RefusedRow, WantRow
from driftbox.domain.sync.concern import HUB

Cause = Literal["well", "new", "refused", "fault", "our_line", "their_machine", "line", "silent", "all_silent"]
QUIET, SILENT, CLOCK = 24, 72, 10  # hours, hours, minutes, where the pack says nothing
HOUR: Final = timedelta(hours=1)
FAILED: Final[Mapping[str, Cause]] = {
    "our_line": "our_line", "their_machine": "their_machine", "peer_unreachable": "line", "fell": "fault",
    "peer_error": "fault", "no_room": "fault", "not_the_peer": "fault",
}  # fmt: skip
WAITS: Final = """
SELECT COUNT(*) FROM entry e WHERE e.seq > %s AND NOT EXISTS
(SELECT 1 FROM sync_arrival a WHERE a.peer = %s AND e.seq BETWEEN a.first AND a.last)
"""
SHARED: Final = """
AND EXISTS (SELECT 1 FROM sync_share s
WHERE s.peer = %s AND s.docket = e.docket AND (s.ended IS NULL OR e.seq <= s.ended))
"""


class Line(Struct, frozen=True, kw_only=True):
    """How it stands with one other machine. ``late``: 0 met of late, 1 quiet, 2 silent for too long. ``ours``: entries
    of ours that wait for it; ``papers``: of ours that it asks for; ``kept``: what a phone still held when last met;
    ``differing``: entries that one of both lacked when they last compared, at ``checked``; ``behind``: versions of the
    directory that it lacks.
    """

    node: str
    role: str
    office: str
    person: str
    revoked: datetime | None
    met: datetime | None
    late: int
    cause: Cause
    code: str
    offset: float | None
    is_off: bool
    ours: int
    lacks: int
    papers: int
    refused: int
    kept: int
    checked: datetime | None
    differing: int | None
    behind: int


class Health(Struct, frozen=True, kw_only=True):
    """The machines that somebody looks after, the worst first; how many are late; what this one waits for; whether this
    is the hub, and whether there is one that can be met over the network.
    """

    lines: list[Line]
    silent: int
    papers_missing: int
    is_hub: bool
    can_meet: bool


def health(reach: Iterable[str], *, now: datetime) -> Health:
    """How it stands with the machines of the offices in ``reach``; with the hub always."""
    offices, config, own = set(reach), node_config(), keys().node
    nodes = [node for node in NodeRow.objects.exclude(name=own) if node.role == HUB or office_of(node) in offices]
    peers = {row.node: row for row in PeerRow.objects.all()}
    phones = {row.node: row for row in PhoneRow.objects.all()}
    heard = [row.met for row in peers.values()] + [row.met for row in phones.values()]
    recent = now - HOUR * hours("sync_quiet_hours", QUIET)
    around = _Around(now, hears_anybody=any(met and met > recent for met in heard))
    lines = [
        around.line(node, peers.get(node.name) or PeerRow(node=node.name), phones.get(node.name)) for node in nodes
    ]
    lines.sort(key=lambda line: (line.revoked is not None, -line.late, line.role, line.node))
    return Health(
        lines=lines, silent=sum(line.late > 1 for line in lines), papers_missing=WantRow.objects.count(),
        is_hub=config.role == HUB, can_meet=bool(config.hub and config.url),
    )  # fmt: skip


def hours(name: str, otherwise: int) -> int:
    """A whole number among the pack's settings."""
    found = current_pack().settings.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) else otherwise


def office_of(node: NodeRow) -> str:
    """Whose machine it is: a phone is of the office where its person works."""
    if node.office or not node.person:
        return node.office
    return Account.objects.filter(person=node.person).values_list("office", flat=True).first() or ""


class _Around:
    """What is the same for every line."""

    def __init__(self, now: datetime, *, hears_anybody: bool) -> None:
        self._now, self._hears = now, hears_anybody
        self._version = held_version()

    def line(self, node: NodeRow, row: PeerRow, phone: PhoneRow | None) -> Line:
        """How it stands with ``node``."""
        met, offset = (phone.met, phone.offset_ms) if phone else (row.met, row.offset_ms)
        late = 0 if node.revoked or phone else self._late(met or node.enrolled)
        return Line(
            node=node.name, role=node.role, office=office_of(node),
            person=node.person, revoked=node.revoked, met=met, late=late, cause=self._cause(row, met, late),
            code=row.failed, offset=None if offset is None or met is None else offset / 1000,
            is_off=bool(met and offset and abs(offset) > 60_000 * hours("sync_clock_minutes", CLOCK)),
            ours=0 if phone else waiting_for(node, row), lacks=LackRow.objects.filter(peer=node.name).count(),
            papers=AskedRow.objects.filter(peer=node.name).count(),
            refused=RefusedRow.objects.filter(peer=node.name).count(), kept=phone.kept if phone else 0,
            checked=row.checked, differing=row.differing if row.checked else None,
            behind=0 if phone or node.role == HUB or node.revoked else max(0, self._version - row.directory),
        )  # fmt: skip

    def _late(self, met: datetime) -> int:
        gone = self._now - met
        limits = (hours("sync_quiet_hours", QUIET), hours("sync_silent_hours", SILENT))
        return sum(gone > HOUR * limit for limit in limits)

    def _cause(self, row: PeerRow, met: datetime | None, late: int) -> Cause:
        if row.failed:
            return FAILED.get(row.failed, "refused")
        if met is None:
            return "new"
        if not late:
            return "well"
        return "silent" if self._hears else "all_silent"


def waiting_for(node: NodeRow, row: PeerRow) -> int:
    """How many entries here wait to be taken by ``node``."""
    with connection.cursor() as cursor:
        if node.role == HUB:
            cursor.execute(WAITS, [row.acked, node.name])
        else:
            cursor.execute(WAITS + SHARED, [row.acked, node.name, node.name])
        return int(cursor.fetchone()[0])
