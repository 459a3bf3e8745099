"""What of the stored entries counts. It follows from what is held, who is revoked and what was released, so nodes that
hold the same agree, whatever came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import F

from driftbox.apps.eventlog.actions import lock
from driftbox.apps.eventlog.models import AlarmRow, AsideRow, EntryRow, ReleaseRow, TurnRow
from driftbox.apps.eventlog.nodes import Node, nodes
from driftbox.domain.log.ids import id_millis, millis
from driftbox.domain.log.lines import Link, losing_lines

REVOKED = "revoked_signer"
WAITING = "waiting"  # let in without its cause: that says nothing of its signer
ALARMING = frozenset({"forked_chain", "two_under_one_id"})
AT_ONCE = 400  # dockets in one query


def lock_all(dockets: Iterable[str]) -> None:
    """Hold dockets until the end of the transaction, always in the same order, so that two writers never wait for each
    other. SQLite holds the whole file from BEGIN IMMEDIATE on.
    """
    for docket in sorted(set(dockets)):
        lock(docket)


def links_of(dockets: Sequence[str]) -> dict[str, list[Link]]:
    """The chains of each of ``dockets`` (at most ``AT_ONCE``) as they are stored."""
    found: dict[str, list[Link]] = {docket: [] for docket in dockets}
    if found:
        rows = EntryRow.objects.filter(docket__in=list(found)).values_list("docket", "id", "node", "digest", "prev")
        for docket, key, node, digest, prev in rows:
            found[docket].append(Link(key, node, digest, prev))
    return found


def restand(dockets: Iterable[str], *, now: datetime) -> list[str]:
    """Judge anew what counts in ``dockets``; returns those in which that changed. The caller holds them."""
    known, wanted, changed = nodes(), sorted(set(dockets)), list[str]()
    for first in range(0, len(wanted), AT_ONCE):
        changed += restand_links(links_of(wanted[first : first + AT_ONCE]), known, now=now)
    return changed


def restand_links(found: Mapping[str, Sequence[Link]], known: Mapping[str, Node], *, now: datetime) -> list[str]:
    """As ``restand``, of chains that were read already."""
    standing: dict[str, dict[str, str]] = {docket: {} for docket in found}
    for docket, digest, code in AsideRow.objects.filter(docket__in=list(found)).values_list("docket", "digest", "code"):
        standing[docket][digest] = code
    changed = []
    released = set(ReleaseRow.objects.exclude(code=WAITING).values_list("digest", flat=True))
    for docket, links in found.items():
        wanted = not_counting(links, known, released)
        if wanted != standing[docket]:
            _write(docket, links, wanted, standing[docket], now)
            changed.append(docket)
    return changed


def not_counting(links: Sequence[Link], known: Mapping[str, Node], released: set[str]) -> dict[str, str]:
    """The digests of one docket that do not count, each with its code."""
    wanted: dict[str, str] = dict(losing_lines(links, released))
    for link in links:
        signer = known.get(link.node)
        if signer and signer.revoked and link.digest not in released and id_millis(link.id) > millis(signer.revoked):
            wanted[link.digest] = REVOKED
    return wanted


def _write(
    docket: str, links: Sequence[Link], wanted: Mapping[str, str], held: Mapping[str, str], now: datetime
) -> None:
    gone = [digest for digest, code in held.items() if wanted.get(digest) != code]
    if gone:
        AsideRow.objects.filter(digest__in=gone).delete()
    fresh = [link for link in links if link.digest in wanted and held.get(link.digest) != wanted[link.digest]]
    AsideRow.objects.bulk_create(
        AsideRow(digest=one.digest, entry=one.id, docket=docket, node=one.node, code=wanted[one.digest], since=now)
        for one in fresh
    )
    for one in fresh:
        if wanted[one.digest] in ALARMING:
            raise_alarm(one.node, wanted[one.digest], docket=docket, entry=one.id, now=now)
    turn(docket)


def turn(docket: str) -> None:
    """Say to everyone who keeps a folded state of ``docket`` in memory, in whatever process, that it is outdated."""
    TurnRow.objects.get_or_create(docket=docket, defaults={"turn": 0})
    TurnRow.objects.filter(docket=docket).update(turn=F("turn") + 1)


def raise_alarm(node: str, code: str, *, now: datetime, docket: str = "", entry: str = "") -> None:
    """Note that ``node`` is there twice (``forked_chain``, ``two_under_one_id``) or went back in time
    (``cursor_back``); once for each docket, until a person has seen it.
    """
    AlarmRow.objects.get_or_create(node=node, docket=docket, code=code, defaults={"entry": entry, "raised": now})
