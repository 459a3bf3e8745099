"""``driftbox story NAME``: play a story through the same actions that the pages use, in a data folder of its own."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.queries import entries_of
from driftbox.apps.errands import broken_seal, night_call
from driftbox.apps.errands.chains import chains_of_case
from driftbox.apps.errands.night_call import Scene, set_stage
from driftbox.apps.eventlog import queries as log
from driftbox.apps.pack import current_pack, tables
from driftbox.apps.petitions.story import play_petition, set_petition_stage
from driftbox.cli.log import faults_of
from driftbox.cli.manage import prepare
from driftbox.domain.docket.incident import PROCEDURE as INCIDENT
from driftbox.domain.docket.next_step import next_step
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant

STORIES = ("night-call", "broken-seal", "petition")
OWN_FOLDER = "DRIFTBOX_STORY"


def register(subparsers: Any) -> None:
    """Add the command."""
    story = subparsers.add_parser("story", help="play a story and print the docket as it grows")
    story.add_argument("name", choices=STORIES)
    story.add_argument("--json", action="store_true", help="end with one JSON object")
    story.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Play the story in a folder that is thrown away afterwards, so that no real data are touched."""
    if os.environ.get(OWN_FOLDER):
        return _play(arguments)
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {OWN_FOLDER: "1", "DRIFTBOX_HOME": folder, "DRIFTBOX_DATABASE_URL": ""}
        command = [sys.executable, "-m", "driftbox.cli.main", "story", arguments.name]
        command += ["--json"] if arguments.json else []
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603 - our own program


def _play(arguments: argparse.Namespace) -> int:
    prepare()
    zone = ZoneInfo(current_pack().zone)
    password = os.urandom(16).hex()
    scenes = _scenes(arguments.name, zone, password)
    dockets: dict[str, Docket] = {}
    shown: dict[str, int] = {}
    for scene in scenes:
        dockets[scene.docket.id] = scene.docket
        shown[scene.docket.id] = _print(scene, shown.get(scene.docket.id, 0), zone)
    last = list(dockets.values())[-1]
    summary = summarise(last, zone) | ({} if len(dockets) == 1 else {"chain": [_link(one) for one in dockets.values()]})
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n" if arguments.json else "")
    return 0 if summary["verified"] else 1


def _scenes(name: str, zone: ZoneInfo, password: str) -> Iterator[Scene]:
    if name == "petition":
        morning = datetime(2026, 5, 12, 9, 30, tzinfo=zone)
        return play_petition(set_petition_stage(morning, password=password))
    stage = set_stage(datetime(2026, 5, 11, 21, 40, tzinfo=zone), password=password)
    return broken_seal.play(stage) if name == "broken-seal" else night_call.play(stage)


def _link(docket: Docket) -> dict[str, object]:
    """One docket of a chain: its number, tier, stage, outcome, and each clock with its last day and verdict."""
    clocks = clocks_of(docket, instant(docket.touched_ms))
    return {
        "number": docket.number,
        "tier": docket.petition.tier,
        "stage": docket.stage,
        "outcome": docket.outcome,
        "clocks": {r.clock: [r.due.isoformat() if r.due else None, r.verdict] for r in clocks},
    }


def _print(scene: Scene, shown: int, zone: ZoneInfo) -> int:
    entries = entries_of(scene.docket.id)
    for entry in entries[shown:]:
        when = instant(entry.happened_ms).astimezone(zone)
        sys.stdout.write(f"{when:%Y-%m-%d %H:%M}  {entry.kind:<20} {entry.role}\n")
    step = next_step(scene.docket, tables()[scene.docket.procedure], tables().get(INCIDENT))
    sys.stdout.write(f"{'':18}→ {step.act.zh}（跑了 {scene.docket.trips_made} 次）\n")
    return len(entries)


def summarise(docket: Docket, zone: ZoneInfo) -> dict[str, object]:
    """The figures of a finished story."""
    faults = [fault for key in log.dockets() for fault in faults_of(key)]
    delivered = instant(docket.delivered_ms).astimezone(zone) if docket.delivered_ms else None
    return {
        "stage": docket.stage,
        "trips": docket.trips_made,
        "entries": docket.count,
        "checklists": docket.checklists,
        "second_asks": docket.second_asks,
        "custody_gaps": sum(len(chain.gaps) for chain in chains_of_case(docket.id)),
        "parcels": len(docket.parcels),
        "incidents": len(docket.incidents),
        "incidents_open": len(docket.open_incidents),
        "verified": not faults and not docket.contested,
        "promised": docket.promised or None,
        "delivered": delivered.date().isoformat() if delivered else None,
    }
