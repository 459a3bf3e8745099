"""``./run bench``: speed as ratios against a baseline taken in the same run, on the same disk."""

import contextlib
import io
import itertools
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

import segno
from bench_storm import storm
from django.conf import settings
from django.test import Client
from PIL import Image

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.errands.night_call import set_stage
from driftbox.apps.eventlog.arrivals import take_in
from driftbox.apps.labels.actions import print_sheet
from driftbox.apps.node import keys
from driftbox.apps.pack import tables
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.queries import Particulars
from driftbox.cli.manage import prepare
from driftbox.domain.docket.entries import NoteWritten
from driftbox.domain.docket.fold import fold
from driftbox.domain.log.entry import Entry, sign_entry
from driftbox.domain.log.ids import next_id
from driftbox.gateways.scan import read_codes

HOME = settings.DRIFTBOX_HOME
NOW = datetime(2026, 5, 11, 13, 42, tzinfo=UTC)
ROUNDS, CASES = 2000, 20


def rate(act: Callable[[], object], times: int) -> float:
    """How often per second ``act`` ran."""
    began = time.perf_counter()
    for _ in range(times):
        act()
    return times / (time.perf_counter() - began)


def bare_commits() -> float:
    """The baseline: one-row durable commits on the same disk, with nothing around them."""
    connection = sqlite3.connect(HOME / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE t (raw BLOB)")
    return rate(lambda: connection.execute("INSERT INTO t VALUES (?)", [b"x" * 500]), 2000)


def acts() -> tuple[float, str]:
    """Acts through the application, a hundred on each of twenty cases in turn, and one of the cases."""
    clerk = set_stage(NOW, password="bench-bench-bench").staff["lin"]  # noqa: S106 - thrown away with the folder
    call = Call(matter="MZ-DIBAO", words="", caller=Particulars(name="周敏"), office=clerk.office)
    dockets = [take_call(call, recorder=clerk.person, now=NOW).id for _ in range(CASES)]
    turn = itertools.cycle(dockets)
    moments = (NOW + timedelta(seconds=n) for n in itertools.count(1))
    note = NoteWritten(paper="x" * 43)
    done = rate(lambda: record(next(turn), [note], by=clerk.person, role="clerk", now=next(moments)), ROUNDS)
    return done, dockets[0]


def page_of_200() -> float:
    """Milliseconds of the server for the desk's page of a case with 200 entries, half of the visits quicker."""
    clerk = set_stage(NOW, password="bench-bench-bench").staff["lin"]  # noqa: S106 - thrown away with the folder
    call = Call(matter="MZ-DIBAO", words="没钱看病", caller=Particulars(name="周敏"), office=clerk.office)
    case = take_call(call, recorder=clerk.person, now=NOW)
    for n in range(200 - case.count):
        note = NoteWritten(paper=seal_text(case.id, "记一笔", now=NOW))
        record(case.id, [note], by=clerk.person, role="clerk", now=NOW + timedelta(seconds=n + 1))
    visitor = Client(headers={"host": "localhost"})
    visitor.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return 1000 / median(rate(lambda: visitor.get(f"/desk/cases/{case.id}/"), 1) for _ in range(25))


def folding(docket: str) -> float:
    """Entries folded per second."""
    entries = entries_of(docket)
    return rate(lambda: fold(entries, tables()), 1000) * len(entries)


def taking_in() -> float:
    """Signed entries verified and stored per second."""
    signer, last, prev, raws = keys(), "", "", []
    for n in range(3000):
        last, prev = next_id(last, NOW, n), prev if n % 20 else ""
        docket = next_id("", NOW, n // 20)
        body = NoteWritten(paper="x" * 43)
        entry = Entry(id=last, docket=docket, kind="note.written", by="", role="clerk", node=signer.node, body=body,
                      prev=prev)  # fmt: skip
        signed = sign_entry(entry, signer.sign)
        raws.append(signed.raw)
        prev = signed.digest
    began = time.perf_counter()
    return take_in(raws, now=NOW + timedelta(days=1)).new / (time.perf_counter() - began)


def printing() -> float:
    """Seconds for a PDF of 200 labels, codes drawn and numbers taken."""
    began = time.perf_counter()
    print_sheet("parcel", 200, site="https://box.example.cn/", now=NOW)
    return time.perf_counter() - began


def reading() -> float:
    """Seconds to read a label, small and turned, from a photograph of 12 megapixels; the slowest of five."""
    drawn = io.BytesIO()
    segno.make("https://box.example.cn/l/BX-10000108/", error="q", micro=False).save(drawn, kind="png", scale=8)
    label = Image.open(drawn).convert("L").resize((300, 300)).rotate(17, expand=True, fillcolor=220)
    photo = Image.effect_noise((4000, 3000), 40)
    photo.paste(label, (2600, 1900))
    taken = io.BytesIO()
    photo.convert("RGB").save(taken, "JPEG")
    if not read_codes(taken.getvalue()):
        raise SystemExit("the label on the photograph was not read")
    return max(1 / rate(lambda: read_codes(taken.getvalue()), 1) for _ in range(5))


def counting_anew() -> float:
    """Seconds to count the promises of ten thousand open cases anew when no boat goes, and to tell every family."""
    with contextlib.redirect_stdout(io.StringIO()):  # the demo prints its text messages
        return storm(10_000)[0]


def main() -> int:
    """Measure and print; exit code 1 when a figure misses its mark."""
    prepare()
    baseline = bare_commits()
    acted, docket = acts()
    baseline = (baseline + bare_commits_again()) / 2
    folded, taken = folding(docket), taking_in()
    cold = rate(lambda: load(docket), 20)
    rows = [
        ("acts per bare commit", acted / baseline, 0.30),
        ("entries folded per second", folded, 200_000),
        ("signed entries taken in per second", taken, 5_000),
    ]
    most = [
        ("milliseconds for the page of a case with 200 entries", page_of_200(), 40.0),
        ("seconds for a PDF of 200 labels", printing(), 3.0),
        ("seconds to read a label from 12 megapixels", reading(), 0.5),
        ("seconds to count the promises of 10,000 cases anew in a storm", counting_anew(), 10.0),
    ]
    print(f"bare commits {baseline:,.0f}/s · acts {acted:,.0f}/s · loads {cold:,.0f}/s")
    for name, value, mark in rows:
        print(f"{'ok  ' if value >= mark else 'MISS'} {name}: {value:,.2f} (mark {mark:,})")
    for name, value, mark in most:
        print(f"{'ok  ' if value <= mark else 'MISS'} {name}: {value:.2f} (mark at most {mark})")
    slow = [value < mark for _name, value, mark in rows] + [value > mark for _name, value, mark in most]
    return int(any(slow))


def bare_commits_again() -> float:
    """The baseline once more, so that a disk that changes its mood shows."""
    (HOME / "bare.sqlite3").unlink()
    return bare_commits()


if __name__ == "__main__":
    sys.exit(main())
