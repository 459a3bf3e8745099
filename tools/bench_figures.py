"""Pages of figures over the totals of a million cases: milliseconds of the server, each asked twenty times.

What is put in: totals as 1,000,000 cases of five years would leave them at every office that has cases, in every month
and bucket, and as many rows of facts of one figure as there are cases; the cases themselves are not written, because
these pages do not read them. What is measured: the whole request through the middleware, without the network, and
taking in one entry more; not the writing of a million cases.
"""

import random
import statistics
import time
from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from driftbox.apps.errands.casting import cast_staff
from driftbox.apps.figures.models import EVERYWHERE, FactRow, TotalRow
from driftbox.apps.figures.queries import months_before
from driftbox.apps.pack import calendar, current_pack
from driftbox.cli.clock_now import now
from driftbox.domain.figures.listed import FIGURES

CASES = 1_000_000
MONTHS = 60
HOURS = (*range(48), *range(48, 24 * 46, 24))  # every hour of two days, every day of six weeks
PAGES = ("/figures/", "/figures/kept_promises/", "/figures/papers_waiting/", "/figures/reception/",
         "/figures/topics/", "/results/")  # fmt: skip
LIMIT = 150.0  # milliseconds
AT_ONCE = 5_000
SERVING = frozenset({"station", "centre", "post"})  # offices that take cases on
BACKEND = "django.contrib.auth.backends.ModelBackend"


def buckets_of(code: str) -> tuple[str, ...]:
    """Every bucket that a figure can have, more rather than fewer."""
    figure, pack = FIGURES[code], current_pack()
    if code == "reception":
        return tuple(f"{channel}:{hour:02}" for channel in ("phone", "window", "home", "sea") for hour in range(24))
    if code in {"matters", "asked_again"}:
        ends = ("",) if code == "matters" else (":yes", ":no")
        return tuple(f"{matter}{end}" for matter in pack.matters for end in ends)
    if code == "on_time":
        return tuple(f"{rule.id}:{verdict}" for rule in pack.clocks for verdict in ("met", "late"))
    if code == "trips_per_case":
        return tuple(str(one) for one in range(6))
    if figure.how == "spread":
        return tuple(str(one) for one in HOURS)
    return tuple(figure.buckets) or ("",)


def totals(offices: list[str], months: tuple[str, ...], chance: random.Random) -> Iterator[TotalRow]:
    """Rows of totals, as thick as they can be."""
    for code in FIGURES:
        buckets = buckets_of(code)
        for office in (*offices, EVERYWHERE):
            for month in months:
                for bucket in dict.fromkeys(buckets):
                    count = chance.randint(1, 40)
                    yield TotalRow(figure=code, office=office, month=month, bucket=bucket, count=count, amount=count)


def facts(offices: list[str], months: tuple[str, ...], chance: random.Random) -> Iterator[FactRow]:
    """One fact for each case."""
    for number in range(CASES):
        yield FactRow(docket=f"01890000-0000-7000-8000-{number:012x}", figure="asked_once", month=chance.choice(months),
                      office=chance.choice(offices), bucket="yes", count=1, amount=0)  # fmt: skip


def written(totals_: Iterator[TotalRow], facts_: Iterator[FactRow]) -> tuple[int, int]:
    """Write the rows some thousands at a time; returns how many of each."""
    counts = [0, 0]
    while part := list(islice(totals_, AT_ONCE)):
        TotalRow.objects.bulk_create(part)
        counts[0] += len(part)
    while rows := list(islice(facts_, AT_ONCE)):
        FactRow.objects.bulk_create(rows)
        counts[1] += len(rows)
    return counts[0], counts[1]


def asked(browser: Client, address: str) -> list[float]:
    """Milliseconds of twenty requests, after one that fills what is kept."""
    took = []
    for number in range(21):
        began = time.perf_counter()
        status = browser.get(address).status_code
        if status != HTTPStatus.OK:
            raise SystemExit(f"{address} {status}")
        if number:
            took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def main() -> None:
    """Print the median of each page, and the slowest but one of twenty: what 95 in 100 stay below."""
    call_command("migrate", verbosity=0)
    settings.ALLOWED_HOSTS = ["testserver"]
    chance = random.Random(7)  # noqa: S311 - no secret
    today = calendar().local_date(now())
    months, offices = (
        months_before(today, MONTHS),
        [one.code for one in current_pack().offices.values() if one.kind in SERVING],
    )
    began = time.perf_counter()
    with transaction.atomic():
        rows = written(totals(offices, months, chance), facts(offices, months, chance))
    took = time.perf_counter() - began
    print(
        f"{connection.vendor}: {len(offices)} offices, {rows[0]:,} totals, {rows[1]:,} facts, written in {took:.0f} s"
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    browser = Client()
    browser.force_login(cast_staff("bench-of-figures", now=now())["zhao"], backend=BACKEND)
    worst = 0.0
    for address in PAGES:
        times = asked(browser, address)
        worst = max(worst, times[-2])
        print(f"{address:<28} median {statistics.median(times):6.1f} ms   p95 {times[-2]:6.1f} ms")
    print(f"limit {LIMIT:.0f} ms: {'kept' if worst <= LIMIT else 'NOT kept'}")


if __name__ == "__main__":
    main()
