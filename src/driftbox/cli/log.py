"""``driftbox verify``, ``rebuild``, ``export`` and ``import``: prove the log, refold it, carry a docket as a file."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from driftbox.apps.custody.actions import rebuild as rebuild_box
from driftbox.apps.custody.actions import row_of as fresh_box_row
from driftbox.apps.custody.queries import box_of, holds_box, load_box, spare_label
from driftbox.apps.custody.queries import forget as forget_box
from driftbox.apps.dockets.actions import rebuild
from driftbox.apps.dockets.projector import project
from driftbox.apps.dockets.queries import forget, load, row_of
from driftbox.apps.eventlog import queries as log
from driftbox.apps.figures.actions import recount
from driftbox.apps.figures.queries import differing as differing_figures
from driftbox.apps.packdesk import queries as packdesk
from driftbox.apps.parcels.projector import project_box, project_case
from driftbox.apps.parcels.queries import differing as differing_rows
from driftbox.apps.sailings import queries as sailings
from driftbox.apps.sailings.actions import rebuild as rebuild_sailings
from driftbox.apps.serving.actions import project_notices
from driftbox.apps.sync.intake import arrive
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare


def register(subparsers: Any) -> None:
    """Add the commands."""
    verify = subparsers.add_parser("verify", help="prove chains, signatures, and that lists equal a fresh fold")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(func=run_verify)
    subparsers.add_parser("rebuild", help="refold every docket and write its row again").set_defaults(func=run_rebuild)
    export = subparsers.add_parser("export", help="write the entries of a docket, one a line")
    export.add_argument("docket")
    export.add_argument("file", type=Path)
    export.set_defaults(func=run_export)
    taken = subparsers.add_parser("import", help="take in entries, one a line; what cannot be believed is kept apart")
    taken.add_argument("file", type=Path)
    taken.set_defaults(func=run_import)


def faults_of(docket: str) -> list[log.Fault]:
    """Everything wrong with one docket: its entries, its chain, or a list row that a fresh fold would not give."""
    faults = log.verify_docket(docket)
    if docket == sailings.docket():
        return faults + [log.Fault(docket, entry, "row_differs") for entry in sailings.differing_rows()]
    if docket == packdesk.docket():
        return faults + [log.Fault(docket, entry, "contents_missing") for entry in packdesk.missing()]
    differing = _case_rows(docket) if row_of(docket) or not holds_box(docket) else _box_rows(docket)
    return faults + [log.Fault(docket, "", f"row_differs:{name}") for name in differing]


def _case_rows(docket: str) -> list[str]:
    row = row_of(docket)
    if row is None:
        return []
    forget(docket)
    state = load(docket).docket
    wrong = [name for name, value in project(state).items() if getattr(row, name) != value]
    return wrong + differing_rows(docket, project_case(state))


def _box_rows(docket: str) -> list[str]:
    forget_box(docket)
    row, box = box_of(docket), load_box(docket)
    fresh = fresh_box_row(docket, box)
    if row and row.label == spare_label(str(fresh["label"]), docket):
        fresh.pop("label")
    wrong = [name for name, value in fresh.items() if getattr(row, name, None) != value]
    return wrong + differing_rows(docket, project_box(docket, box))


def run_verify(arguments: argparse.Namespace) -> int:
    """Prove the whole log; exit code 1 when anything is wrong."""
    prepare()
    checked, faults = 0, []
    for docket in log.dockets():
        checked += 1
        faults += faults_of(docket)
    faults += [log.Fault(docket, "", "figures_differ") for docket in differing_figures()]
    found = [{"docket": fault.docket, "entry": fault.entry, "fault": fault.code} for fault in faults]
    if arguments.json:
        sys.stdout.write(json.dumps({"dockets": checked, "faults": found, "verified": not found}) + "\n")
    else:
        for fault in faults:
            sys.stdout.write(f"{fault.docket} {fault.entry} {fault.code}\n")
        sys.stdout.write(f"核对了 {checked} 卷，{len(found)} 处不对 Checked {checked} dockets, {len(found)} faults\n")
    return 1 if found else 0


def run_rebuild(_arguments: argparse.Namespace) -> int:
    """Refold every docket."""
    prepare()
    count = 0
    for docket in list(log.dockets()):
        if docket in {sailings.docket(), packdesk.docket()}:
            packdesk.forget()
            rebuild_sailings()
            count += 1
            continue
        if holds_box(docket):
            rebuild_box(docket)
        else:
            project_notices(rebuild(docket))
        count += 1
        if count % 100 == 0:
            sys.stderr.write(f"{count}\n")
    recount()
    sys.stdout.write(f"重算了 {count} 卷 Rebuilt {count} dockets\n")
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    """Write the entries of one docket to a file."""
    prepare()
    raws = log.raw_entries(arguments.docket)
    arguments.file.write_bytes(b"".join(raw + b"\n" for raw in raws))
    sys.stdout.write(f"{len(raws)}\n")
    return 0 if raws else 1


def run_import(arguments: argparse.Namespace) -> int:
    """Take in entries from a file; what they touch is shown at once."""
    prepare()
    lines = arguments.file.read_bytes().splitlines()
    taken = arrive(lines, now=now())
    sys.stdout.write(
        f"新 new {taken.new} · 已有 known {taken.known} · 待看 quarantined {taken.quarantined}"
        f" · 等前一条 waiting {taken.waiting}\n"
    )
    return 0
