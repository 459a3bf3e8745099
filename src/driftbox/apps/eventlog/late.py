"""What came after somebody had decided without it 迟到: noted here, shown to them until they have seen it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from driftbox.apps.eventlog.models import AsideRow, EntryRow, LateRow
from driftbox.apps.eventlog.queries import DECODERS
from driftbox.domain.docket.deciding import DECIDING
from driftbox.domain.log.entry import Entry, Sealed, read_entry


def note_late(entered: Sequence[Sealed], fresh: set[str], *, now: datetime) -> None:
    """Note each of the ``entered`` that is older than something decided that was here before; ``fresh`` are the digests
    of all that came in with them.
    """
    by_docket: dict[str, list[Sealed]] = {}
    for sealed in entered:
        by_docket.setdefault(sealed.entry.docket, []).append(sealed)
    rows = [row for docket, those in by_docket.items() for row in _late_in(docket, those, fresh, now)]
    if rows:
        late = [row.entry for row in rows]
        aside = set(AsideRow.objects.filter(entry__in=late).values_list("entry", flat=True))
        LateRow.objects.bulk_create((row for row in rows if row.entry not in aside), ignore_conflicts=True)


def _late_in(docket: str, those: Sequence[Sealed], fresh: set[str], now: datetime) -> Iterable[LateRow]:
    oldest = min(sealed.entry.id for sealed in those)
    later = EntryRow.objects.filter(docket=docket, id__gt=oldest).order_by("id").values_list("digest", "raw")
    held = [bytes(raw) for digest, raw in later if digest not in fresh]
    decided = [entry for entry in (read_entry(raw, DECODERS) for raw in held) if entry.kind in DECIDING]
    for sealed in those:
        after = next((entry for entry in decided if entry.id > sealed.entry.id), None)
        if after is not None:
            yield _row(sealed.entry, after, now)


def _row(entry: Entry, decided: Entry, now: datetime) -> LateRow:
    return LateRow(
        entry=entry.id, docket=entry.docket, kind=entry.kind, decided=decided.id, decided_kind=decided.kind,
        decider=decided.by, arrived=now,
    )  # fmt: skip
