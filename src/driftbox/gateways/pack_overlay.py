"""A pack from its folder with published changes laid over it; and the same written out as a folder again."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from driftbox.domain.errors import BadPack, BadPaper, Refused
from driftbox.gateways.pack import Pack
from driftbox.gateways.pack_faults import Fault
from driftbox.gateways.pack_files import load_pack


class Layer(Struct, frozen=True):
    """The versions of one file by digest, newest first: the first that can be used is."""

    file: str
    digests: tuple[str, ...]


class LeftOut(Struct, frozen=True):
    """A version that is in force but cannot be used here. No ``faults``: its contents are not here, or altered."""

    file: str
    digest: str
    faults: tuple[Fault, ...] = ()


class Laid(Struct, frozen=True):
    """The pack as it counts, the contents laid over its folder by file, and what had to be left out."""

    pack: Pack
    contents: Mapping[str, bytes]
    left_out: tuple[LeftOut, ...] = ()


def lay_over(path: Path, layers: Sequence[Layer], read: Callable[[str], bytes]) -> Laid:
    """The pack in the folder ``path`` with ``layers`` over it; ``read`` gives contents by digest, or ``BadPaper``.

    A version that cannot be used is left out, and the one before it counts; in the end the file in the folder.

    Raises:
        BadPack: the folder itself has faults.
    """
    newest, missing = _newest(layers, read)
    if not missing:
        try:
            return Laid(load_pack(path, newest), newest)
        except BadPack:
            pass  # somewhere one does not fit: find out which
    return _one_by_one(path, layers, read)


def _newest(layers: Sequence[Layer], read: Callable[[str], bytes]) -> tuple[dict[str, bytes], bool]:
    try:
        return {layer.file: read(layer.digests[0]) for layer in layers}, False
    except BadPaper:
        return {}, True


def _one_by_one(path: Path, layers: Sequence[Layer], read: Callable[[str], bytes]) -> Laid:
    contents: dict[str, bytes] = {}
    left_out: list[LeftOut] = []
    pack = load_pack(path)
    for layer in layers:
        for digest in layer.digests:
            try:
                tried = contents | {layer.file: read(digest)}
                pack = load_pack(path, tried)
            except BadPaper:
                left_out.append(LeftOut(layer.file, digest))
            except BadPack as bad:
                faults = tuple(fault for fault in bad.faults if isinstance(fault, Fault))
                left_out.append(LeftOut(layer.file, digest, faults))
            else:
                contents = tried
                break
    return Laid(pack, contents, tuple(left_out))


def write_pack(path: Path, contents: Mapping[str, bytes], out: Path) -> Pack:
    """Write the pack in the folder ``path``, with ``contents`` in place of its files, to the new folder ``out``.

    Raises:
        Refused: ``out`` has something in it; nothing was written.
        BadPack: what would be written has faults; nothing was written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Refused("pack.out", "“{folder}”里已经有东西，没有写。请说一个新的文件夹。", folder=out.name)
    pack = load_pack(path, contents)
    shutil.copytree(path, out, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name, content in contents.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return pack
