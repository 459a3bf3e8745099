"""Make everything anew that is only a view of the log, and keep what was not sent yet: entries, what waits or is kept
apart, cursors and papers stay as they are.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec import Struct

from driftbox.apps.eventlog.queries import dockets
from driftbox.apps.node import paper_store
from driftbox.apps.papers.models import PaperRow
from driftbox.apps.sync.intake import refresh, restand, settle
from driftbox.apps.sync.models import PeerRow, WantRow

AT_ONCE: Final = 300


class Rebuilt(Struct, frozen=True):
    """What was made anew: dockets; papers that are known and not here, which are asked for again."""

    dockets: int
    papers: int


def rebuild_all(*, now: datetime, say: Callable[[int], None]) -> Rebuilt:
    """Judge and fold every docket again and write all rows; ``say`` hears how many are done. May be broken off and
    begun again at any time.
    """
    every = list(dockets())
    for first in range(0, len(every), AT_ONCE):
        some = every[first : first + AT_ONCE]
        restand(some, now=now)
        refresh(some)
        say(min(first + AT_ONCE, len(every)))
    settle(now=now)
    PeerRow.objects.update(scanned=0)  # whom what concerns is asked anew; what was shared stays shared
    return Rebuilt(len(every), want_missing(now))


def want_missing(now: datetime) -> int:
    """Ask again for the papers that are known and not here; returns how many."""
    store, known = paper_store(), set(WantRow.objects.values_list("digest", flat=True))
    missing = 0
    for row in PaperRow.objects.iterator():
        if store.has(row.digest):
            continue
        missing += 1
        if row.digest not in known:
            WantRow.objects.create(digest=row.digest, docket=row.docket, size=row.size, since=now)
            known.add(row.digest)
    return missing
