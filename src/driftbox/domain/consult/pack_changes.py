"""Changes of a pack 资料包的改动: its words have a docket too, and what is published at the desk are its entries.

An entry names a file and its contents by digest; the contents hold no personal data and lie unsealed with each node.
A later entry stands in place of an earlier one of the same file from its own first day on. What a case began with
stays: a change counts for it only if it was in force on the day the case was opened, and recorded by then.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from driftbox.domain.errors import Refused
from driftbox.domain.log.codes import Code, Day, Digest
from driftbox.domain.log.entry import Body, Entry
from driftbox.domain.log.ids import CHANCE_BITS, build_id

PackFile = Annotated[str, Meta(pattern=r"^matters/[A-Za-z0-9][A-Za-z0-9_-]{0,59}\.toml\Z")]
Version = Annotated[int, Meta(ge=1, le=9999)]
AHEAD: Final = timedelta(days=400)  # further off, a date is a slip of the finger
LAST: Final = 9999


class PackChanged(Body, frozen=True):
    """From ``since`` on, ``file`` says what has this digest 改资料包. ``drafted_by`` wrote it; who published it signs.

    ``note``: digest of why, in words. ``restores``: the former version that it brings back; 0 is the file on disk.
    """

    file: PackFile
    digest: Digest
    version: Version
    since: Day
    drafted_by: Code
    note: Digest
    restores: Annotated[int, Meta(ge=0, le=9999)] | None = None


KINDS: dict[str, type[Body]] = {"pack.changed": PackChanged}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}
DECODERS: dict[str, msgspec.json.Decoder[Body]] = {k: msgspec.json.Decoder(b) for k, b in KINDS.items()}


class Change(Struct, frozen=True, kw_only=True):
    """One published version of one file, and who published it when."""

    entry: str
    recorded_ms: int
    by: str
    said: PackChanged

    @property
    def file(self) -> str:
        """The file, by its name inside the pack."""
        return self.said.file

    @property
    def since(self) -> date:
        """The first day on which it counts."""
        return date.fromisoformat(self.said.since)


Changes = tuple[Change, ...]


def docket_of(pack: str) -> str:
    """The docket of all changes of a pack, by the pack's id: every node writes to the same one without asking."""
    digest = hashlib.sha256(f"changes of {pack}".encode()).digest()
    return build_id(0, 0, int.from_bytes(digest[:8]) >> (64 - CHANCE_BITS))


def fold(entries: Iterable[Entry]) -> Changes:
    """The changes that ``entries`` record, oldest first, the same for every order of arrival.

    A day that no calendar has cannot come in force, so such an entry changes nothing.
    """
    return tuple(
        Change(entry=entry.id, recorded_ms=entry.recorded_ms, by=entry.by, said=entry.body)
        for entry in sorted(entries, key=lambda entry: entry.id)
        if isinstance(entry.body, PackChanged) and day_of(entry.body.since)
    )


def day_of(text: str) -> date | None:
    """The day that ``text`` tells; None where there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def in_force(changes: Changes, day: date, known_ms: int | None = None) -> dict[str, Changes]:
    """The changes of each file that have begun by ``day``, oldest first: the last one counts, those before it did.

    ``known_ms``: only what was recorded by then, in milliseconds since 1970 UTC.
    """
    begun: dict[str, Changes] = {}
    for change in changes:
        if change.since <= day and (known_ms is None or change.recorded_ms <= known_ms):
            begun[change.file] = (*begun.get(change.file, ()), change)
    return begun


def of_file(changes: Changes, file: str) -> Changes:
    """The versions of one file, oldest first."""
    return tuple(change for change in changes if change.file == file)


def check(changes: Changes, body: PackChanged, *, by: str, today: date, alone: bool) -> None:
    """Whether ``by`` may publish ``body`` today; ``alone``: who drafted a change may publish it as well.

    Raises:
        Refused: by the one who drafted it, for a day gone by, or not the next version of its file.
    """
    if body.drafted_by == by and not alone:
        raise Refused("pack.alone", "您自己写的，要另一位来看过再发布。没有发布，草稿还在。")
    since = day_of(body.since)
    if since is None or since < today:
        raise Refused("pack.past", "起用的日子已经过了，没有发布。请改成今天或以后的一天。")
    if since - today > AHEAD:
        raise Refused("pack.far", "起用的日子太远了，没有发布。请对一对年份。")
    if body.version != next_version(of_file(changes, body.file)):
        raise Refused("pack.version", "这件事刚换过一版，没有发布，草稿还在。请看过新的一版再来。")


def next_version(versions: Sequence[Change]) -> int:
    """The number of the version after ``versions``, those of one file."""
    return max((change.said.version for change in versions), default=0) + 1
