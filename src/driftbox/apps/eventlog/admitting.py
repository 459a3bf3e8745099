"""Puts believed entries into the log: in causal order, once, and what has no cause yet into the backlog 积压."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection
from msgspec import Struct

from driftbox.apps.eventlog.actions import INSERT, share_table
from driftbox.apps.eventlog.late import note_late
from driftbox.apps.eventlog.models import QuarantineRow, WaitingRow
from driftbox.apps.eventlog.nodes import Node
from driftbox.apps.eventlog.queries import DECODERS
from driftbox.apps.eventlog.standing import AT_ONCE, links_of, lock_all, restand_links
from driftbox.apps.pack import current_pack
from driftbox.domain.log.entry import Sealed, decode_entry, digest_of
from driftbox.domain.log.lines import Link

WAIT_HOURS = 48


class Arrival(Struct, frozen=True):
    """A believed entry and how it came; ``marked``: it enters even if its cause has not come."""

    sealed: Sealed
    raw: bytes
    via: str
    marked: bool = False


class Admitted(Struct, frozen=True):
    """The digests of the entries that came in and of those that wait, and the dockets with something new."""

    entered: frozenset[str]
    waiting: frozenset[str]
    touched: tuple[str, ...]


def admit(arrivals: Sequence[Arrival], known: Mapping[str, Node], *, now: datetime) -> Admitted:
    """Let ``arrivals`` in, and whatever waited for them; the caller holds the transaction."""
    by_docket: dict[str, dict[str, Arrival]] = {}
    for arrival in arrivals:
        held = by_docket.setdefault(arrival.sealed.entry.docket, {})
        if arrival.marked or arrival.sealed.digest not in held:
            held[arrival.sealed.digest] = arrival
    wanted = sorted(by_docket)
    lock_all(wanted)  # who reads on from a place in the table must not be overtaken by a slower writer
    entered, waiting, touched = set[str](), set[str](), list[str]()
    for first in range(0, len(wanted), AT_ONCE):
        part = wanted[first : first + AT_ONCE]
        done = _admit_some({docket: by_docket[docket] for docket in part}, known, now)
        entered |= done.entered
        waiting |= done.waiting
        touched += done.touched
    return Admitted(frozenset(entered), frozenset(waiting), tuple(touched))


def _admit_some(by_docket: dict[str, dict[str, Arrival]], known: Mapping[str, Node], now: datetime) -> Admitted:
    links, backlog = links_of(list(by_docket)), _backlog_of(by_docket)
    entering: list[Arrival] = []
    waiting: list[Arrival] = []
    for docket, fresh in by_docket.items():
        held = {link.digest for link in links[docket]}
        pool = backlog.get(docket, {}) | {digest: one for digest, one in fresh.items() if digest not in held}
        going, staying = _sort_out(pool, held)
        entering += going
        waiting += staying
    newest = {docket: max(link.id for link in chain) for docket, chain in links.items() if chain}
    _insert(entering)
    in_now, staying_on = _digests(entering), _digests(waiting)
    came = [one for fresh in by_docket.values() for digest, one in fresh.items() if digest not in staying_on]
    _settle([*came, *entering], now)
    for one in entering:
        links[one.sealed.entry.docket].append(_link(one.sealed))
    _keep_waiting(waiting, now)
    touched = {one.sealed.entry.docket for one in entering}
    touched.update(restand_links({docket: links[docket] for docket in touched}, known, now=now))
    overtaken = [one.sealed for one in entering if one.sealed.entry.id < newest.get(one.sealed.entry.docket, "")]
    note_late(overtaken, {one.sealed.digest for one in entering}, now=now)
    return Admitted(in_now, staying_on, tuple(sorted(touched)))


def _backlog_of(by_docket: Iterable[str]) -> dict[str, dict[str, Arrival]]:
    found: dict[str, dict[str, Arrival]] = {}
    for row in WaitingRow.objects.filter(docket__in=list(by_docket)):
        raw = bytes(row.raw)
        arrival = Arrival(decode_entry(raw, DECODERS), raw, row.via)
        found.setdefault(row.docket, {})[row.digest] = arrival
    return found


def _sort_out(pool: Mapping[str, Arrival], held: set[str]) -> tuple[list[Arrival], list[Arrival]]:
    """Those of ``pool`` that can enter, causes before what follows them, and those that have to wait."""
    heirs: dict[str, list[Arrival]] = {}
    ready: deque[Arrival] = deque()
    for one in sorted(pool.values(), key=lambda one: (one.sealed.entry.id, one.sealed.digest)):
        prev = one.sealed.entry.prev
        if not prev or prev in held or (one.marked and prev not in pool):
            ready.append(one)
        else:
            heirs.setdefault(prev, []).append(one)
    going: list[Arrival] = []
    while ready:
        one = ready.popleft()
        going.append(one)
        ready += heirs.pop(one.sealed.digest, [])
    left = [one for staying in heirs.values() for one in staying]
    if any(one.marked for one in left):  # its cause waits too, and is not marked
        marked = [one for one in left if one.marked]
        more, left = _sort_out({one.sealed.digest: one for one in left}, held | {m.sealed.entry.prev for m in marked})
        going += more
    return going, left


def _insert(entering: Sequence[Arrival]) -> None:
    if not entering:
        return
    rows = [
        (one.sealed.entry.docket, one.sealed.entry.id, one.sealed.entry.node, one.sealed.digest,
         one.sealed.entry.prev, one.raw)
        for one in entering
    ]  # fmt: skip
    share_table()
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)


def _settle(held: Sequence[Arrival], now: datetime) -> None:
    """What is in the log waits nowhere else."""
    kept_apart = QuarantineRow.objects.filter(released=None).exists()
    for first in range(0, len(held), AT_ONCE):
        part = held[first : first + AT_ONCE]
        WaitingRow.objects.filter(digest__in=[one.sealed.digest for one in part]).delete()
        if kept_apart:
            came = [digest_of(one.raw) for one in part]
            QuarantineRow.objects.filter(digest__in=came, released=None).update(released=now)


def _keep_waiting(waiting: Sequence[Arrival], now: datetime) -> None:
    until = now + timedelta(hours=wait_hours())
    rows = [
        WaitingRow(
            digest=one.sealed.digest, raw=one.raw, docket=one.sealed.entry.docket, node=one.sealed.entry.node,
            entry=one.sealed.entry.id, prev=one.sealed.entry.prev, via=one.via, received=now, until=until,
        )
        for one in waiting
    ]  # fmt: skip
    if rows:
        WaitingRow.objects.bulk_create(rows, ignore_conflicts=True)


def wait_hours() -> int:
    """How long an entry waits for its cause (setting ``sync_wait_hours`` of the pack)."""
    hours = current_pack().settings.get("sync_wait_hours")
    return hours if isinstance(hours, int) else WAIT_HOURS


def _link(sealed: Sealed) -> Link:
    return Link(sealed.entry.id, sealed.entry.node, sealed.digest, sealed.entry.prev)


def _digests(arrivals: Iterable[Arrival]) -> frozenset[str]:
    return frozenset(one.sealed.digest for one in arrivals)
