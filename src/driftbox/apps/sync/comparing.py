"""Both sides find out which entries one has and the other lacks, by ranges of digests: after a store was put back from
a copy, so that not everything is sent again, and once a day to prove that both hold the same.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from msgspec import Meta, Struct

from driftbox.apps.eventlog.models import EntryRow, QuarantineRow, WaitingRow
from driftbox.apps.sync.concerning import place_of, refresh
from driftbox.apps.sync.models import LackRow, PeerRow
from driftbox.apps.sync.peers import node_row, top
from driftbox.domain.errors import Refused
from driftbox.domain.log.codes import Digest
from driftbox.domain.sync.concern import HUB
from driftbox.domain.sync.ranges import Holdings, Range

MOST: Final = 20_000  # entries told one by one; where more differ, sending again is no dearer
TURNS: Final = 16
AT_ONCE: Final = 500
OURS: Final = "SELECT digest FROM entry WHERE seq <= %s"
SHARED: Final = """
SELECT e.digest FROM entry e JOIN sync_share s ON s.docket = e.docket AND s.peer = %s
WHERE e.seq <= %s AND (s.ended IS NULL OR e.seq <= s.ended)
UNION
SELECT e.digest FROM entry e JOIN sync_arrival a ON a.peer = %s AND e.seq BETWEEN a.first AND a.last WHERE e.seq <= %s
"""
Digests = Annotated[tuple[Digest, ...], Meta(max_length=MOST)]
Ranges = Annotated[tuple[Range, ...], Meta(max_length=MOST)]


class Compare(Struct, frozen=True, kw_only=True):
    """What one side says while both compare: its ``ranges``, what it ``lacks``, and up to which place of the other's
    table the other looks (0: from now). ``over``: too much differs, both go back to sending again.
    """

    ranges: Ranges = ()
    lacks: Digests = ()
    upto: int = 0
    over: bool = False


def answer_compare(peer: str, said: Compare, *, now: datetime) -> Compare:
    """What this node answers ``peer``; what that lacks is noted, and sent with the next bundle.

    Raises:
        Refused: it speaks of places that our table does not have.
    """
    last = top()
    if said.upto > last:
        raise Refused("bad_request", "这句话读不懂，没有照做。")
    upto = said.upto or last
    if not said.upto:
        _begin(peer)
    if said.over:
        return _give_up(peer)
    held = _holdings(peer, upto)
    found = held.answer(said.ranges)
    lacking = _not_here(found.theirs)
    if _note(peer, (*found.ours, *said.lacks), len(lacking)) > MOST or _told(found.ask) > MOST:
        return _give_up(peer)
    if not found.ask:
        _end(peer, upto, now)
    return Compare(ranges=found.ask, lacks=lacking, upto=upto)


def compare_with(peer: str, ask: Callable[[Compare], Compare], *, now: datetime) -> int | None:
    """Compare with ``peer``, which answers through ``ask``; how many entries one of both lacked, None: too many."""
    upto = top()
    _begin(peer)
    held = _holdings(peer, upto)
    said = Compare(ranges=(held.all(),))
    for _turn in range(TURNS):
        answer = ask(said)
        found = held.answer(answer.ranges)
        lacking = _not_here(found.theirs)
        count = _note(peer, (*found.ours, *answer.lacks), len(lacking))
        if answer.over or count > MOST or _told(found.ask) > MOST:
            break
        if not answer.ranges:
            return _end(peer, upto, now)
        said = Compare(ranges=found.ask, lacks=lacking, upto=answer.upto)
    if not answer.over:
        ask(Compare(upto=answer.upto, over=True))
    _give_up(peer)
    return None


def _begin(peer: str) -> None:
    with transaction.atomic():
        LackRow.objects.filter(peer=peer).delete()
        PeerRow.objects.filter(pk=peer).update(differing=0)


def _end(peer: str, upto: int, now: datetime) -> int:
    PeerRow.objects.filter(pk=peer).update(compared=upto, checked=now)
    return PeerRow.objects.get(pk=peer).differing or 0


def _give_up(peer: str) -> Compare:
    with transaction.atomic():
        LackRow.objects.filter(peer=peer).delete()
        PeerRow.objects.filter(pk=peer).update(compared=0, differing=None)
    return Compare(over=True)


def _note(peer: str, digests: Iterable[Digest], lacking: int) -> int:
    """Note what ``peer`` lacks, and that we lack so many; returns how many differ by now."""
    wanted = list(dict.fromkeys(digests))
    for first in range(0, min(len(wanted), MOST), AT_ONCE):
        some = EntryRow.objects.filter(digest__in=wanted[first : first + AT_ONCE]).values_list("digest", flat=True)
        LackRow.objects.bulk_create([LackRow(peer=peer, digest=one) for one in some], ignore_conflicts=True)
    PeerRow.objects.filter(pk=peer).update(differing=F("differing") + len(wanted) + lacking)
    return PeerRow.objects.get(pk=peer).differing or 0


def _not_here(digests: tuple[Digest, ...]) -> tuple[Digest, ...]:
    """Those that are nowhere here: not in the table, and not kept apart either."""
    here = set[str]()
    for first in range(0, len(digests), AT_ONCE):
        some = digests[first : first + AT_ONCE]
        for rows in (EntryRow.objects, WaitingRow.objects, QuarantineRow.objects):
            here.update(rows.filter(digest__in=some).values_list("digest", flat=True))
    return tuple(one for one in digests if one not in here)[: MOST + 1]


def _told(ranges: Iterable[Range]) -> int:
    return sum(1 + len(one.ids or ()) for one in ranges)


def _holdings(peer: str, upto: int) -> Holdings:
    row = node_row(peer)
    refresh(peer, row, top=upto)
    scanned = PeerRow.objects.get(pk=peer)
    of = (scanned.scope, scanned.entries_in, settings.DRIFTBOX_HOME)
    return _summed(peer, upto, everything=place_of(row).role == HUB, of=of)


@lru_cache(maxsize=2)
def _summed(peer: str, upto: int, *, everything: bool, of: tuple[object, ...]) -> Holdings:  # noqa: ARG001 - a key of the cache
    told = (OURS, [upto]) if everything else (SHARED, [peer, upto, peer, upto])
    with connection.cursor() as cursor:
        cursor.execute(*told)
        return Holdings([row[0] for row in cursor.fetchall()])
