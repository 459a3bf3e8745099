"""Options that commands share: which pack, and in which language to answer."""

import argparse
from pathlib import Path

from django.conf import settings

LANGUAGES = ("zh", "en")


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add ``--lang``; what is not said on the command line, ``DRIFTBOX_LANG`` says, else it is Chinese."""
    parser.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="用哪种话答 · answer in (DRIFTBOX_LANG)"
    )


def language_of(arguments: argparse.Namespace) -> str:
    """The language to answer in, ``zh`` or ``en``."""
    named: str = getattr(arguments, "lang", settings.DRIFTBOX_LANG)
    return named


def add_pack(parser: argparse.ArgumentParser) -> None:
    """Add ``--pack``; what is not said on the command line, ``DRIFTBOX_PACK`` says."""
    parser.add_argument("--pack", type=Path, metavar="PATH", help="哪个资料包 · which pack (DRIFTBOX_PACK)")


def pack_of(arguments: argparse.Namespace) -> Path:
    """The folder of the pack to answer from."""
    named: Path = arguments.pack or settings.DRIFTBOX_PACK
    return named
