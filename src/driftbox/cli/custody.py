"""``driftbox custody export · overdue``: what happened to a case's parcels, or to a box, as GS1 EPCIS 2.0 JSON-LD; and
originals whose day to be back has passed.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.dockets.queries import rows_numbered
from driftbox.apps.errands.chains import epcis_of_box, epcis_of_case
from driftbox.apps.errands.overdue import open_overdue
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
from driftbox.domain.errors import NotFound


def register(subparsers: Any) -> None:
    """Add the command."""
    custody = subparsers.add_parser("custody", help="保管链 · who held what, for systems of others")
    commands = custody.add_subparsers(required=True)
    export = commands.add_parser("export", help="导出 EPCIS 2.0 · as GS1 EPCIS 2.0 JSON-LD; names nobody")
    what = export.add_mutually_exclusive_group(required=True)
    what.add_argument("--case", metavar="NUMBER", help="一件事的编号 · the number of a case")
    what.add_argument("--box", metavar="LABEL", help="箱号 · the label of a box")
    export.add_argument("--out", metavar="FILE", type=Path, help="写进这个文件 · instead of standard output")
    export.add_argument(
        "--site", default=settings.DRIFTBOX_SITE, metavar="URL", help="the address that names things (DRIFTBOX_SITE)"
    )
    export.set_defaults(func=run)
    overdue = commands.add_parser(
        "overdue", help="原件过了日子没还的，记下、告诉两头 · open what is overdue, tell both ends"
    )
    overdue.set_defaults(func=run_overdue)


def run(arguments: argparse.Namespace) -> int:
    """Export; 2 and one sentence when it cannot be."""
    if not arguments.site.startswith(("https://", "http://")):
        sys.stderr.write("东西要用网址来指。请加 --site https://… Things are named by address: add --site https://…\n")
        return 2
    prepare()
    content = _told(arguments)
    if arguments.out is None:
        sys.stdout.write(content.decode() + "\n")
        return 0
    try:
        with arguments.out.open("xb") as file:
            file.write(content + b"\n")
    except FileExistsError:
        sys.stderr.write(f"已经有这个文件，没有盖掉 This file is there already and was left alone: {arguments.out}\n")
        return 2
    except OSError as fault:
        sys.stderr.write(f"文件写不了，换个地方 Cannot write there, choose another place: {fault.strerror}\n")
        return 2
    sys.stdout.write(f"{arguments.out}\n")
    return 0


def run_overdue(_arguments: argparse.Namespace) -> int:
    """Open an incident for originals that should be back; running it again opens nothing twice."""
    prepare()
    sys.stdout.write(f"新记 opened {open_overdue(now())}\n")
    return 0


def _told(arguments: argparse.Namespace) -> bytes:
    if arguments.box is not None:
        return epcis_of_box(box_labelled(arguments.box).docket, arguments.site, now=now())
    dockets = rows_numbered(arguments.case.replace("\0", ""))
    if not dockets:
        raise NotFound("no_case", "没有这件事。请对一对编号。")
    return epcis_of_case(dockets[0], arguments.site, now=now())
