"""How dear a meeting is: a hundred new entries where both sides hold a million, and the first fill of a station.

``./run bench sync``; ``--held`` and ``--cases`` make it smaller. Both sides run here: the hub in this process, the
station in a data folder and a process of its own, so that each opens what the other sealed.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from sync_phones import many_phones
from sync_slow import slow_line

from driftbox.apps.dockets.actions import rebuild
from driftbox.apps.eventlog.actions import INSERT, enrol_self
from driftbox.apps.eventlog.models import EntryRow
from driftbox.apps.eventlog.nodes import NewNode, believe
from driftbox.apps.node import keys
from driftbox.apps.papers.actions import make_key
from driftbox.apps.sync.peers import heard, own_life, top
from driftbox.apps.sync.sending import write_for
from driftbox.domain.docket import entries as e
from driftbox.domain.log.entry import Body, Entry, encode64, sign_entry
from driftbox.domain.log.ids import build_id, millis
from driftbox.domain.sync.cursors import Said
from driftbox.gateways.keys import NodeKeys, fresh_keys, load_keys

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
EACH = 15  # entries of a case
LIFE = "1" * 16
SPENT, FILL = 2, 60  # seconds: of a core for a meeting, for a first fill
TAKE = """
import django; django.setup()
import json, sys, time
from pathlib import Path
from datetime import UTC, datetime
from django.core.management import call_command
from driftbox.apps.eventlog.actions import enrol_self
from driftbox.apps.eventlog.nodes import NewNode, believe
from driftbox.apps.sync.files import take_file
from driftbox.domain.log.entry import decode64
call_command("migrate", verbosity=0, interactive=False)
now = datetime.now(UTC)
enrol_self(now)
name, public, sealing, file = sys.argv[1:]
believe(NewNode(name=name, public=decode64(public), sealing=decode64(sealing), role="hub"), now=now)
begun = time.monotonic()
took = take_file(Path(file), now=now)
print(json.dumps([time.monotonic() - begun, took.outcome.new, took.outcome.quarantined]))
"""


def case(number: int, office: str) -> list[tuple[str, str, str, str, str, bytes]]:
    """The rows of one case: opened, told the list, and notes."""
    begun = millis(START) + number * 60_000
    docket = build_id(begun, 0, number)
    clerk, owner, prev, rows = build_id(1, 0, 7), build_id(2, 0, number), "", []
    opened = e.CaseOpened(
        procedure="errand", matter="MZ-DIBAO", channel="phone", office=office, number=f"bench-2026-{number:06d}"
    )
    bodies: list[Body] = [opened, e.PartyNamed(person=owner, part="beneficiary")]
    bodies += [e.NoteWritten(paper=f"{number * EACH + n:043d}") for n in range(EACH - 2)]
    for turn, body in enumerate(bodies):
        entry = Entry(
            id=build_id(begun + turn, 0, number * EACH + turn), docket=docket, kind=e.KIND_OF[type(body)], by=clerk,
            role="clerk", node=keys().node, body=body, for_=owner, prev=prev,
        )  # fmt: skip
        signed = sign_entry(entry, keys().sign)
        rows.append((docket, entry.id, entry.node, signed.digest, prev, signed.raw))
        prev = signed.digest
    return rows


def fill(first: int, count: int, office: str) -> list[str]:
    """Write cases into this node's log; returns their dockets."""
    dockets = []
    for begin in range(first, first + count, 500):
        rows = [row for number in range(begin, min(begin + 500, first + count)) for row in case(number, office)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)
        dockets += sorted({row[0] for row in rows})
    return dockets


def let_in(station: NodeKeys, office: str) -> str:
    """Believe a station whose keys are in this process; returns its name."""
    believe(NewNode(name=station.node, public=station.public, sealing=station.sealing, role="station", office=office),
            now=START)  # fmt: skip
    return station.node


def hundred_new(held: int) -> None:
    """A hundred new entries where both hold ``held``."""
    node = let_in(fresh_keys(), "C-BS")
    fill(0, held // EACH, "ST04")
    for docket in fill(held // EACH, 20, "C-BS"):
        make_key(docket, now=START)
        rebuild(docket)
    write_for(node, io.BytesIO(), papers_bytes=0, now=START)
    heard(node, Said(life=LIFE, number=0, of_life=own_life(START), ack=top()), now=START)
    dockets = fill(held // EACH + 20, 7, "C-BS")
    for docket in dockets:
        make_key(docket, now=START)
        rebuild(docket)
    new = [bytes(raw) for raw in EntryRow.objects.filter(docket__in=dockets).values_list("raw", flat=True)]
    file, begun = io.BytesIO(), time.process_time()
    made = write_for(node, file, papers_bytes=0, now=START + timedelta(days=1))
    spent = time.process_time() - begun
    packed, wire = len(zlib.compress(b"".join(new), 9)), file.tell()
    allowed = packed * 3 // 2 + 4096
    print(f"held {EntryRow.objects.count()} · new {made.entries} · compressed {packed} B · "
          f"bundle {wire} B (allowed {allowed}) · {spent:.2f} s of a core (allowed {SPENT})")  # fmt: skip
    if wire > allowed or spent > SPENT:
        sys.exit(1)


def first_fill(cases: int) -> None:
    """A station that holds nothing gets ``cases``."""
    for docket in fill(200_000, cases, "ST01"):
        make_key(docket, now=START)
        rebuild(docket)
    with tempfile.TemporaryDirectory() as folder:
        home, file = Path(folder, "station"), Path(folder, "bundle")
        station = let_in(load_keys(home / "node"), "ST01")
        begun = time.monotonic()
        with file.open("wb") as out:
            write_for(station, out, papers_bytes=0, now=START + timedelta(days=1))
        made = time.monotonic() - begun
        environment = {"DRIFTBOX_HOME": str(home), "DJANGO_SETTINGS_MODULE": "driftbox.config.settings"}
        hub = (keys().node, encode64(keys().public), encode64(keys().sealing), str(file))
        said = subprocess.run(
            [sys.executable, "-c", TAKE, *hub], env=environment, check=True, capture_output=True
        ).stdout
        seconds, new, apart = json.loads(said)
        print(f"first fill: {cases} cases, {new} entries, {apart} kept apart, {file.stat().st_size / 1e6:.1f} MB · "
              f"made in {made:.1f} s, taken in {seconds:.1f} s (allowed {FILL} together)")  # fmt: skip
    if seconds + made > FILL or apart:
        sys.exit(1)


def main() -> None:
    """Measure both."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--held", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--phones", type=int, nargs="?", const=260, default=0, help="so many phones in --seconds")
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument(
        "--slow", type=float, nargs="?", const=1.0, default=0, help="a slow line; below 1: less to carry"
    )
    arguments = parser.parse_args()
    call_command("migrate", verbosity=0, interactive=False)
    enrol_self(START)
    if arguments.phones:
        many_phones(arguments.phones, arguments.seconds)
        return
    if arguments.slow:
        slow_line(arguments.slow)
        return
    hundred_new(arguments.held)
    first_fill(arguments.cases)


if __name__ == "__main__":
    main()
