"""``node.toml`` beside the node's keys: what this node is. Without it a node is the hub."""

import os
import tomllib
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import Struct

from driftbox.domain.errors import Refused
from driftbox.domain.sync.rhythm import EVERY

NAME: Final = "node.toml"
Role = Literal["hub", "station", "sea-post"]


class NodeConfig(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a node is: ``role``, the ``office`` it stands in, the name and address of its ``hub``, and ``every`` how
    many seconds it meets that by itself while pages are served (0: never).
    """

    role: Role = "hub"
    office: str = ""
    hub: str = ""
    url: str = ""
    every: int = EVERY


def read_node_config(folder: Path) -> NodeConfig:
    """What the node of these keys is.

    Raises:
        Refused: the file is there and cannot be read.
    """
    path = folder / NAME
    if not path.exists():
        return NodeConfig()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), NodeConfig)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError):
        raise Refused("node_file", "{path} 读不懂，没有往下走。请照 README 里的样子改好。", path=str(path)) from None


def write_node_config(folder: Path, config: NodeConfig) -> None:
    """Write what the node is; whole or not at all."""
    lines = (f"{name} = {msgspec.json.encode(getattr(config, name)).decode()}\n" for name in config.__struct_fields__)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / f"{NAME}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write("".join(lines))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / NAME)
