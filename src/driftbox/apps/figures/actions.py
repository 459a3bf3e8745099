"""The only writers of figures: take in what is new, or count everything again."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import connection, transaction

from driftbox.apps.eventlog.actions import lock
from driftbox.apps.figures.counting import facts_of
from driftbox.apps.figures.models import EVERYWHERE, FactRow, TodoRow, TotalRow
from driftbox.domain.figures.facts import Facts, Key, change

AT_ONCE: Final = 200  # queue rows at a time: a page that has to catch up first stays quick
ADD: Final = """
INSERT INTO figure_total (figure, office, month, bucket, "count", amount) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (figure, month, office, bucket) DO UPDATE
SET "count" = figure_total."count" + excluded."count", amount = figure_total.amount + excluded.amount"""
EVERYTHING: Final = "INSERT INTO figure_todo (docket) SELECT DISTINCT docket FROM entry"


def refresh(limit: int = AT_ONCE) -> int:
    """Take in what is new in the log, ``limit`` entries at most; returns how many. Nothing is written if nothing is."""
    if not TodoRow.objects.exists():
        return 0
    with transaction.atomic():
        lock("figures")
        waiting = dict(TodoRow.objects.order_by("pk").values_list("pk", "docket")[:limit])
        _count(sorted(set(waiting.values())))
        TodoRow.objects.filter(pk__in=list(waiting)).delete()  # these and no others: more may have come meanwhile
    return len(waiting)


def catch_up() -> int:
    """Take in everything that is new, some at a time; returns how many entries."""
    done = 0
    while step := refresh():
        done += step
    return done


def recount() -> int:
    """Count everything again from the entries, for a pack or a register that has changed; returns how many dockets."""
    with transaction.atomic():
        lock("figures")
        for model in (TodoRow, FactRow, TotalRow):
            model.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(EVERYTHING)
    return catch_up()


def _count(dockets: Sequence[str]) -> None:
    after, before = facts_of(dockets), _held(dockets)
    counts, amounts = Counter[Key](), Counter[Key]()
    changed = [docket for docket in dockets if before.get(docket, {}) != after[docket]]
    for docket in changed:
        for (figure, office, month, bucket), count, amount in change(before.get(docket, {}), after[docket]):
            for key in ((figure, office, month, bucket), (figure, EVERYWHERE, month, bucket)):
                counts[key] += count
                amounts[key] += amount
    FactRow.objects.filter(docket__in=[docket for docket in changed if docket in before]).delete()
    rows = [
        FactRow(docket=docket, figure=key[0], office=key[1], month=key[2], bucket=key[3], count=pair[0], amount=pair[1])
        for docket in changed
        for key, pair in after[docket].items()
    ]
    FactRow.objects.bulk_create(rows, batch_size=500)
    _add(counts, amounts)


def _held(dockets: Sequence[str]) -> dict[str, Facts]:
    found: dict[str, Facts] = {}
    for row in FactRow.objects.filter(docket__in=dockets):
        found.setdefault(row.docket, {})[row.figure, row.office, row.month, row.bucket] = row.count, row.amount
    return found


def _add(counts: Mapping[Key, int], amounts: Mapping[Key, int]) -> None:
    rows = [(*key, counts[key], amounts[key]) for key in sorted(counts) if counts[key] or amounts[key]]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)
    TotalRow.objects.filter(count=0, amount=0).delete()
