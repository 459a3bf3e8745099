"""The assumptions of simulations from a pack's folder: ``simulation/*.toml``, all files together."""

import tomllib
from pathlib import Path

import msgspec

from driftbox.domain.errors import BadPack, NotFound
from driftbox.domain.simulation.assumptions import Assumptions

HOURS = 24


def read_assumptions(pack: Path) -> Assumptions:
    """What the pack in the folder ``pack`` assumes.

    Raises:
        NotFound: it assumes nothing, so nothing can be simulated.
        BadPack: a file is not TOML, or not shaped as ``Assumptions``.
    """
    files = sorted((pack / "simulation").glob("*.toml"))
    if not files:
        raise NotFound("simulation.none", "这个资料包没有写模拟的假设，模拟不了。")
    held: dict[str, object] = {}
    try:
        for file in files:
            held |= tomllib.loads(file.read_text(encoding="utf-8"))
        found = msgspec.convert(held, Assumptions, strict=False)  # keys of TOML are text, levels are numbers
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as fault:
        raise BadPack("simulation.bad", "模拟的假设写错了：{fault}", (), fault=str(fault)) from None
    if len(found.hours) != HOURS:
        raise BadPack("simulation.bad", "模拟的假设写错了：{fault}", (), fault="hours: 24")
    return found
