"""``driftbox pack check`` and ``export``: every fault of a pack by file and line; a pack as in force, as a folder."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from driftbox.apps.pack import calendar, laid_on
from driftbox.apps.packdesk.queries import changes
from driftbox.apps.words.queries import added_sayings
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
from driftbox.domain.errors import Refused
from driftbox.gateways.pack_faults import Fault
from driftbox.gateways.pack_files import check_pack, load_pack
from driftbox.gateways.pack_overlay import write_pack
from driftbox.gateways.pack_write import sayings_file

SAYINGS = "words/sayings_desk.toml"  # what directors added at the desk


def register(subparsers: Any) -> None:
    """Add the command."""
    pack = subparsers.add_parser("pack", help="look after a pack: law, matters, places, words")
    commands = pack.add_subparsers(required=True)
    check = commands.add_parser("check", help="say all that is wrong with a pack, and how to mend it")
    check.add_argument("path", type=Path, help="the folder that holds pack.toml")
    check.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    check.set_defaults(func=check_command)
    export = commands.add_parser("export", help="write the pack in use, with what was changed at the desk, to a folder")
    export.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="a new folder")
    export.add_argument("--on", metavar="DATE", help="as in force on this day, YYYY-MM-DD; else today")
    export.set_defaults(func=export_command)


def run(argv: list[str]) -> int:
    """Run ``argv``, such as ``["pack", "check", "some/folder"]``; 0 when the pack can be used, 1 when it has faults."""
    parser = argparse.ArgumentParser(prog="driftbox")
    register(parser.add_subparsers(required=True))
    arguments = parser.parse_args(argv)
    return int(arguments.func(arguments))


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


def export_command(arguments: argparse.Namespace) -> int:
    """Write the pack as in force on a day to a new folder, fit to be kept under version control.

    Raises:
        Refused: no such day, or the folder has something in it.
        BadPack: the pack on disk has faults.
    """
    prepare()
    day = _day(arguments.on)
    laid = laid_on(day, changes())
    known = {saying.say for saying in laid.pack.sayings}
    added = tuple(saying for saying in added_sayings(day) if saying.say not in known)
    contents = dict(laid.contents)
    if added:
        former = settings.DRIFTBOX_PACK / SAYINGS
        held = former.read_bytes() + b"\n" if former.is_file() else b""
        contents[SAYINGS] = held + sayings_file(added)
    write_pack(settings.DRIFTBOX_PACK, contents, arguments.out)
    for one in laid.left_out:
        sys.stderr.write(f"没用上 Left out: {one.file} {one.digest}\n")
    sys.stdout.write(f"{day}：{len(contents)} 个文件是改过的 {len(contents)} files changed\n")
    return 0


def _day(text: str | None) -> date:
    if text is None:
        return calendar().local_date(now())
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("pack.day", "“{text}”不是一天，要写成 2026-07-01 这样。", text=text[:20]) from None


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
