"""A node takes the directory from its hub: newer only, signed by the key that it learnt when it was enrolled."""

from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from driftbox.apps.directory.lines import KINDS, AccountLine, NodeLine, PersonLine
from driftbox.apps.directory.models import LineRow, VersionRow
from driftbox.apps.directory.publishing import SIGNED_AS, Document, Line, held_version
from driftbox.apps.eventlog.actions import lock, together
from driftbox.apps.eventlog.nodes import NewNode, believe, dockets_after, nodes
from driftbox.apps.node import keys
from driftbox.apps.pack import current_pack
from driftbox.apps.people.colleagues import forget_account, write_account_line, write_colleague
from driftbox.domain.errors import BadEntry
from driftbox.domain.log.entry import decode64, moment_millis
from driftbox.domain.log.ids import instant
from driftbox.gateways.keys import verify

LARGEST = 8_000_000  # bytes; some ten thousand members of staff
OLD_DAYS = 14


class Took(Struct, frozen=True):
    """The version that now holds, the dockets of which something may count or not since, and what the hub released."""

    version: int
    dockets: tuple[str, ...] = ()
    released: tuple[str, ...] = ()


class State(Struct, frozen=True):
    """How this node stands with the directory: version, when it was made (None: none yet), by which hub, and whether it
    is so old that people should be told.
    """

    version: int
    made: datetime | None
    hub: str
    is_old: bool


def directory_state(now: datetime) -> State:
    """How this node stands with the directory. One works with an old one, and says so."""
    row = VersionRow.objects.order_by("-version").first()
    if row is None:
        return State(0, None, "", is_old=False)
    days = current_pack().settings.get("sync_directory_days")
    limit = timedelta(days=days if isinstance(days, int) else OLD_DAYS)
    return State(row.version, row.made, row.hub, is_old=row.hub != keys().node and now - row.made > limit)


def take(raw: bytes, now: datetime) -> Took:
    """Take a directory from the hub; one that is not newer than what is held changes nothing.

    Raises:
        BadEntry: not from the hub of this node, not for this node, altered, or with a gap before it.
    """
    document = read_document(raw)
    with together():
        lock("directory")
        held = held_version()
        if document.version <= held:
            return Took(held)
        if document.since > held:
            raise BadEntry("directory_gap", "名录中间缺了一段，没有收。请跟总站再见一次面。")
        touched, released = set[str](), list[str]()
        for line in sorted(document.lines, key=lambda line: ORDER.get(line.kind, len(ORDER))):
            touched.update(_apply(line, document.version, now))
            released += [line.key] if line.kind == "release" and not _is_gone(line) else []
        VersionRow.objects.create(
            version=document.version, made=instant(moment_millis(document.made)), hub=document.hub
        )
    return Took(document.version, tuple(sorted(touched)), tuple(released))


def read_document(raw: bytes) -> Document:
    """The document in ``raw``, if the hub of this node signed it for this node.

    Raises:
        BadEntry: it did not, or the bytes were altered.
    """
    signature, _dot, body = raw[:LARGEST].partition(b".")
    try:
        document = msgspec.json.decode(body, type=Document)
        hub = nodes().get(document.hub)
        if len(raw) > LARGEST or hub is None or hub.role != "hub" or hub.revoked or document.to != keys().node:
            raise _foreign()
        verify(hub.public, decode64(signature.decode()), SIGNED_AS + body)
        moment_millis(document.made)
    except (ValueError, BadEntry):
        raise _foreign() from None
    return document


def _foreign() -> BadEntry:
    return BadEntry("bad_directory", "这份名录不是总站发给本机的，没有收，原来的照用。请跟总站再见一次面。")


def _is_gone(line: Line) -> bool:
    return bytes(line.content) == b"null"


def _apply(line: Line, version: int, now: datetime) -> tuple[str, ...]:
    kind = KINDS.get(line.kind)
    if kind is None:
        return ()  # of a newer hub: kept in the document's version, used after an upgrade
    gone = _is_gone(line)
    LineRow.objects.update_or_create(
        kind=line.kind, key=line.key,
        defaults={"content": b"" if gone else bytes(line.content), "version": version, "gone": gone},
    )  # fmt: skip
    try:
        said = None if gone else msgspec.json.decode(line.content, type=kind)
        return _APPLY[line.kind](line.key, said, version, now) if line.kind in _APPLY else ()
    except msgspec.DecodeError:
        raise _foreign() from None


def _node(name: str, said: Struct | None, version: int, now: datetime) -> tuple[str, ...]:
    if not isinstance(said, NodeLine):
        return ()
    revoked = instant(moment_millis(said.revoked)) if said.revoked else None
    before = nodes().get(name)
    believe(
        NewNode(
            name=name, public=decode64(said.public), alg=said.alg, sealing=decode64(said.sealing), role=said.role,
            office=said.office, person=said.person, revoked=revoked,
        ),
        now=now, directory=version,
    )  # fmt: skip
    return tuple(dockets_after(name, revoked)) if (before.revoked if before else None) != revoked else ()


def _person(key: str, said: Struct | None, _version: int, _now: datetime) -> tuple[str, ...]:
    if isinstance(said, PersonLine):
        write_colleague(key, said.name, said.office, said.roles, said.kind, active=said.active)
    return ()


def _account(key: str, said: Struct | None, _version: int, _now: datetime) -> tuple[str, ...]:
    if isinstance(said, AccountLine):
        write_account_line(key, said.username, said.password, said.phone)
    else:
        forget_account(key)
    return ()


_APPLY: dict[str, Callable[[str, Struct | None, int, datetime], tuple[str, ...]]] = {
    "node": _node, "person": _person, "account": _account,
}  # fmt: skip
ORDER = {kind: place for place, kind in enumerate(KINDS)}  # an account comes after its person
