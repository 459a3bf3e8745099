"""What came of a simulation, read from what it left: its digest, and the figures of its cases."""

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Final

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load_many
from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.pack import calendar
from driftbox.apps.simulation.world import World
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant
from driftbox.domain.simulation.measures import Figures, Measure, figures

DAY_MS: Final = 86_400_000
CHUNK: Final = 200


def digest_of_history() -> str:
    """SHA-256 over the digest of every entry in order of ids: equal histories, and only they, have equal ones."""
    whole = hashlib.sha256()
    for one in EntryRow.objects.order_by("id").values_list("digest", flat=True).iterator():
        whole.update(one.encode())
    return whole.hexdigest()


def entries_written() -> int:
    """How many entries there are."""
    return EntryRow.objects.count()


def figures_of(world: World) -> Figures:
    """The figures of everything that was asked or petitioned since the simulation began."""
    measures = [measure(docket) for docket in _dockets()]
    return figures(measures, boxes=world.counts["boxes"], incidents=world.counts["incidents"])


def _dockets() -> Iterator[Docket]:
    ids = iter(CaseRow.objects.order_by("opened", "docket").values_list("docket", flat=True))
    while chunk := list(islice(ids, CHUNK)):
        yield from (loaded.docket for loaded in load_many(chunk).values())


def measure(docket: Docket) -> Measure:
    """What one case counts for."""
    there = docket.delivered_ms
    on_time = None
    if there and docket.promises:
        on_time = calendar().local_date(instant(there)) <= date.fromisoformat(docket.promises[0].due)
    return Measure(
        closed=docket.stage in {"closed", "ended", "answered", "declined", "withdrawn"} or bool(docket.how_closed),
        errand=docket.procedure == "errand",
        days=(there - docket.opened_ms) / DAY_MS if there else None,
        on_time=on_time, trips=docket.trips_made, contested=len(docket.contested), second_asks=docket.second_asks,
    )  # fmt: skip
