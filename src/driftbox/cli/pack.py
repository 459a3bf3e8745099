"""``driftbox pack check PATH``: every fault of a pack, with its file, its line and its remedy."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from driftbox.gateways.pack_faults import Fault
from driftbox.gateways.pack_files import check_pack, load_pack


def register(subparsers: Any) -> None:
    """Add the command."""
    pack = subparsers.add_parser("pack", help="look after a pack: law, matters, places, words")
    commands = pack.add_subparsers(required=True)
    check = commands.add_parser("check", help="say all that is wrong with a pack, and how to mend it")
    check.add_argument("path", type=Path, help="the folder that holds pack.toml")
    check.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    check.set_defaults(func=check_command)


def run(argv: list[str]) -> int:
    """Run ``argv``, such as ``["pack", "check", "some/folder"]``; 0 when the pack can be used, 1 when it has faults."""
    parser = argparse.ArgumentParser(prog="driftbox")
    register(parser.add_subparsers(required=True))
    arguments = parser.parse_args(argv)
    return check_command(arguments)


def check_command(arguments: argparse.Namespace) -> int:
    """Check the pack and print what was found: its faults, or else what it holds."""
    faults = check_pack(arguments.path)
    counts = {} if faults else counts_of(arguments.path)
    if arguments.json:
        found = {"faults": [_as_object(fault) for fault in faults], "counts": counts}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    elif faults:
        sys.stdout.writelines(f"{_both(fault)}\n" for fault in faults)
        sys.stdout.write(f"{len(faults)} 处要改。{len(faults)} to mend.\n")
    else:
        sys.stdout.write("没有错。No faults.\n")
        sys.stdout.writelines(f"{name:>10} {count}\n" for name, count in counts.items())
    return 1 if faults else 0


def counts_of(path: Path) -> dict[str, int]:
    """How many of each thing the sound pack in ``path`` holds."""
    pack = load_pack(path)
    kinds = [office.kind for office in pack.offices.values()]
    return {
        "procedures": len(pack.procedures),
        "clocks": len(pack.clocks),
        "matters": len(pack.matters),
        "offices": len(pack.offices),
        "stations": kinds.count("station"),
        "points": kinds.count("point"),
        "piers": len(pack.piers),
        "years": len(pack.years),
        "sayings": len(pack.sayings),
        "dialect": len(pack.dialect),
    }


def _both(fault: Fault) -> str:
    """One line in both languages: whoever edits a pack may read either."""
    what, remedy = fault.what, fault.remedy
    return f"{fault.file}:{fault.line}: {what.zh} {what.en} — {remedy.zh} {remedy.en}"


def _as_object(fault: Fault) -> dict[str, object]:
    return {
        "file": fault.file,
        "line": fault.line,
        "what": {"zh": fault.what.zh, "en": fault.what.en},
        "remedy": {"zh": fault.remedy.zh, "en": fault.remedy.en},
    }
