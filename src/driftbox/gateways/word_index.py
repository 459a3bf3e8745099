"""The index of a pack's words, kept on disk, so that it is learnt once and read in a moment.

It holds words of the pack only, nothing that anybody asked.
"""

import hashlib
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import msgspec

from driftbox.domain.consult.knowledge import Knowledge, know
from driftbox.domain.consult.search import MatterIndex
from driftbox.gateways.pack import Pack, Saying

METHOD: Final = b"1"  # of learning; a new number makes all afresh


def fallback_of(pack: Pack) -> str:
    """The matter for what fits nowhere: the pack's first enquiry 咨询."""
    return min(matter.code for matter in pack.matters.values() if matter.procedure == "enquiry")


def index_of(pack: Pack, folder: Path | None = None, added: tuple[Saying, ...] = ()) -> MatterIndex:
    """The index of a pack and of sayings ``added`` to it, read from ``folder`` if it was learnt before and kept there.

    A folder that cannot be read or written is as good as none.
    """
    sayings = [(saying.say, saying.matters) for saying in (*pack.sayings, *added)]
    matters = sorted(pack.matters.values(), key=lambda matter: matter.code)
    if folder is None:
        return MatterIndex(matters, sayings, pack.dialect, fallback_of(pack), pack.distress)
    told = msgspec.msgpack.encode((matters, sayings, sorted(pack.dialect.items()), fallback_of(pack)))
    kept = folder / f"words-{hashlib.sha256(METHOD + told).hexdigest()[:24]}.bin"
    with suppress(OSError, msgspec.DecodeError):
        return MatterIndex.of(msgspec.msgpack.decode(kept.read_bytes(), type=Knowledge), pack.distress)
    knowledge = know(matters, sayings, pack.dialect, fallback_of(pack))
    with suppress(OSError):
        _keep(kept, msgspec.msgpack.encode(knowledge))
    return MatterIndex.of(knowledge, pack.distress)


def _keep(path: Path, content: bytes) -> None:
    """Whole or not at all; what was learnt from older words goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
    for older in path.parent.glob("words-*.bin"):
        if older != path:
            older.unlink(missing_ok=True)
