"""``./run bench district``: the district page and the window's queue over many synthesised cases.

    ./run bench district
    .venv/bin/python tools/with_postgres.py ./run bench district

How many: ``BENCH_CASES`` (1,000,000), of which ``BENCH_OPEN`` (30,000) are open, and ``BENCH_ENTRIES`` (0).

What it measures: server time of whole requests through Django's test client, in this one process, with the middleware
and without network; the queue also by sixteen threads at once, which in one process share one interpreter, so that the
95th percentile is an upper bound for several workers. The rows of cases are written by one statement and have no
dockets behind them: people are nameless and nothing is folded. Entries are rows that nobody reads; the page asks the
log for its last place only.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.db import connection
from django.test import Client

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.people.models import Account
from driftbox.cli.manage import prepare

OFFICES = ("ST01", "ST02", "ST03", "ST04", "ST05", "ST06", "ST07", "ST08", "ST09", "ST10")
PEOPLE = {"zhao": ("PT", ["supervisor"]), "lin": ("ST09", ["clerk"])}
AT_ONCE, ROUNDS = 16, 320


def fill(cases: int, still_open: int, entries: int) -> None:
    """Rows of ``cases`` cases of which ``still_open`` are open, spread over stations, stages, days and whereabouts."""
    spread = " ".join(f"WHEN {place} THEN '{code}'" for place, code in enumerate(OFFICES))
    row = {
        "docket": "'01890000-0000-7000-8000-' || substr('000000000000' || n, -12)", "number": "'bench-' || n",
        "given": "'bench-' || n", "procedure": "'errand'", "matter": "'MZ-DIBAO'",
        "office": f"CASE n % {len(OFFICES)} {spread} END", "department": "'D-MZ'", "stage": "'told'",
        "next_role": "CASE n % 3 WHEN 0 THEN 'clerk' ELSE 'resident' END", "agent": "''", "beneficiary": "''",
        "applicant": "''", "parties": "''",
        "where": "CASE n % 4 WHEN 0 THEN 'box' WHEN 1 THEN 'department' ELSE 'resident' END",
        "trips": "n % 3", "promised": "''", "waits_for_boats": "n % 50 = 0",
        "due": "CASE n % 2 WHEN 0 THEN '2026-' || substr('0' || (1 + n % 12), -2) || '-' || "
               "substr('0' || (1 + n % 28), -2) ELSE '' END",
        "due_clock": "''", "contested": "CASE n % 400 WHEN 0 THEN 1 ELSE 0 END", "second_asks": "0",
        "confidential": "n % 500 = 7", "final": f"n > {still_open}", "opened": "1780000000000 + n",
        "touched": "1780000000000 + n", "last": "''", "channel": "'phone'", "outcome": "''", "sort": "''",
        "route": "''", "tier": "0", "handler": "''", "in_time": "''", "merged_into": "''", "complained": "''",
        "asked": "''", "hands": "''", "access": "''", "pressed": "CASE n % 900 WHEN 0 THEN 1 ELSE 0 END",
    }  # fmt: skip
    if connection.vendor == "postgresql":
        row = {name: one.replace("substr(", "right(").replace("|| n, -12", "|| n, 12").replace(", -2)", ", 2)")
               for name, one in row.items()}  # fmt: skip
    known = {field.column for field in CaseRow._meta.get_fields()}  # noqa: SLF001 - public in Django
    missing = known - row.keys()
    if missing:
        raise SystemExit(f"case_row has columns that this bench does not fill: {sorted(missing)}")
    names, values = ", ".join(f'"{name}"' for name in row), ", ".join(row.values())
    numbers = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {n})"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO case_row ({names}) {numbers.format(n=cases)} SELECT {values} FROM s")  # noqa: S608 - made of our own words
        if entries:
            blank = "X''" if connection.vendor == "sqlite" else "''::bytea"
            cursor.execute(
                f"INSERT INTO entry (docket, id, node, digest, prev, raw) {numbers.format(n=entries)} "  # noqa: S608 - made of our own words
                f"SELECT 'd' || n % {max(1, cases)}, 'e' || n, 'n-bench', 'g' || n, '', {blank} FROM s"
            )
        cursor.execute("ANALYZE")


def browsers() -> dict[str, Client]:
    """Somebody over all offices and somebody at one window, signed in."""
    found = {}
    for place, (name, (office, roles)) in enumerate(PEOPLE.items(), start=1):
        person = f"01890000-0000-7000-8000-{900000000000 + place}"
        account = Account.objects.create(username=name, name=name, roles=roles, office=office, person=person)
        found[name] = Client(headers={"host": "localhost"})
        found[name].force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return found


def timed(ask: Callable[[], int]) -> float:
    """Milliseconds of one request, which has to succeed."""
    began = time.perf_counter()
    if ask() >= 400:  # noqa: PLR2004 - where refusals begin
        raise SystemExit("a page was refused")
    return 1000 * (time.perf_counter() - began)


def told(name: str, times: list[float], limit: float) -> None:
    """One line: median, 95th percentile, worst, and the limit."""
    ordered = sorted(times)
    at = [ordered[round((len(ordered) - 1) * share)] for share in (0.5, 0.95, 1)]
    print(f"{name:<32} median {at[0]:7.1f}  p95 {at[1]:7.1f}  worst {at[2]:7.1f} ms  (limit {limit:.0f})")


def queue(client: Client) -> int:
    """Ask for the window's queue, and leave no connection behind in this thread."""
    status = client.get("/desk/").status_code
    connection.close_if_unusable_or_obsolete()
    return status


def main() -> None:
    """Fill, ask, tell."""
    cases, still_open, entries = (
        int(os.environ.get(name, usual))
        for name, usual in (("BENCH_CASES", "1000000"), ("BENCH_OPEN", "30000"), ("BENCH_ENTRIES", "0"))
    )
    prepare()
    fill(cases, still_open, entries)
    print(f"{connection.vendor}: {cases:,} cases, {still_open:,} of them open, {entries:,} entries")
    who = browsers()
    for path in ("/district/", "/district/list/?what=late"):
        ask = partial(lambda path: who["zhao"].get(path).status_code, path)
        timed(ask)
        told(path, [timed(ask) for _ in range(20)], 150)
    print(f"/district/ is {len(who['zhao'].get('/district/').content):,} bytes before compression")
    timed(partial(queue, who["lin"]))
    told("/desk/ alone", [timed(partial(queue, who["lin"])) for _ in range(20)], 50)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [pool.submit(timed, partial(queue, who["lin"])) for _ in range(ROUNDS)]
        told(f"/desk/ by {AT_ONCE} at once", [one.result() for one in asked], 50)


if __name__ == "__main__":
    main()
