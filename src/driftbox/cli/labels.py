"""``driftbox labels``: a sheet of box labels, parcel labels or seals as a PDF, each number once."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from driftbox.apps.labels.actions import print_sheet
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
from driftbox.domain.custody.labels import Kind
from driftbox.domain.errors import DriftboxError
from driftbox.gateways.sentences import sentence_of


def register(subparsers: Any) -> None:
    """Add the command."""
    labels = subparsers.add_parser("labels", help="打印标签 · labels and seals to print and cut, as a PDF")
    what = labels.add_mutually_exclusive_group(required=True)
    what.add_argument("--boxes", type=int, metavar="N", help="箱标签 · box labels")
    what.add_argument("--parcels", type=int, metavar="N", help="袋标签 · parcel labels")
    what.add_argument("--seals", type=int, metavar="N", help="封条 · numbered seals")
    labels.add_argument("--out", required=True, metavar="FILE.pdf", type=Path)
    labels.add_argument(
        "--site", default=settings.DRIFTBOX_SITE, metavar="URL", help="where the codes lead (DRIFTBOX_SITE)"
    )
    labels.add_argument("--language", choices=("zh", "en"), default="zh")
    labels.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the sheet into the file; 2 and one sentence when it cannot be."""
    kind, count = _wanted(arguments)
    if not arguments.site.startswith(("https://", "http://")):
        sys.stderr.write("码要通到哪个网址？请加 --site https://… Where shall the codes lead? Add --site https://…\n")
        return 2
    prepare()
    try:
        with arguments.out.open("xb") as file:
            file.write(print_sheet(kind, count, site=arguments.site, now=now(), language=arguments.language))
    except FileExistsError:
        sys.stderr.write(f"已经有这个文件，没有盖掉 This file is there already and was left alone: {arguments.out}\n")
        return 2
    except OSError as fault:
        sys.stderr.write(f"文件写不了，换个地方 Cannot write there, choose another place: {fault.strerror}\n")
        return 2
    except DriftboxError as refusal:
        arguments.out.unlink()
        sys.stderr.write(f"{sentence_of(refusal)}\n")
        return 2
    sys.stdout.write(f"{arguments.out}\n")
    return 0


def _wanted(arguments: argparse.Namespace) -> tuple[Kind, int]:
    if arguments.boxes is not None:
        return "box", arguments.boxes
    if arguments.parcels is not None:
        return "parcel", arguments.parcels
    return "seal", arguments.seals
