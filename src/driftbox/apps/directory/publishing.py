"""The hub publishes the directory: a new version when anything in it changed, and what a node lacks of it, signed."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from msgspec import Raw, Struct

from driftbox.apps.directory.lines import Key, lines_now, needs_of
from driftbox.apps.directory.models import LineRow, VersionRow
from driftbox.apps.eventlog.actions import lock, together
from driftbox.apps.eventlog.models import NodeRow
from driftbox.apps.node import keys
from driftbox.domain.errors import NotFound
from driftbox.domain.log.entry import moment_text

SIGNED_AS = b"driftbox directory\n"  # so that the signature is good for nothing else
NOTHING = Raw(b"null")


class Line(Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One line as it travels; without content it is gone, or the node needs it no longer."""

    kind: str
    key: str
    content: Raw


class Document(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that node ``to`` lacks when it has version ``since``."""

    v: int
    hub: str
    to: str
    since: int
    version: int
    made: str
    lines: tuple[Line, ...]


def held_version() -> int:
    """The version of the directory here; 0 when none was published or taken yet."""
    return VersionRow.objects.order_by("-version").values_list("version", flat=True).first() or 0


def publish(now: datetime) -> int:
    """Publish what changed since the last version, if anything did; returns the version that now holds. For the hub."""
    with together():
        lock("directory")
        held = {(row.kind, row.key): row for row in LineRow.objects.all()}
        wanted = lines_now()
        changed = [key for key, content in wanted.items() if not _is(held.get(key), content)]
        gone = [key for key, row in held.items() if key not in wanted and not row.gone]
        if not changed and not gone:
            return held_version()
        version = held_version() + 1
        _write(((key, wanted[key]) for key in changed), version)
        for kind, key in gone:
            LineRow.objects.filter(kind=kind, key=key).update(gone=True, content=b"", version=version)
        VersionRow.objects.create(version=version, made=now, hub=keys().node)
        return version


def _is(row: LineRow | None, content: bytes) -> bool:
    return row is not None and not row.gone and bytes(row.content) == content


def _write(lines: Iterable[tuple[Key, bytes]], version: int) -> None:
    rows = [LineRow(kind=kind, key=key, content=content, version=version) for (kind, key), content in lines]
    LineRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "key"], update_fields=["content", "version", "gone"]
    )


def changes_since(version: int, *, for_node: str, now: datetime) -> bytes:
    """What ``for_node`` lacks when it has ``version``, signed by this hub; empty when it lacks nothing.

    Raises:
        NotFound: no such node is enrolled here.
    """
    node = NodeRow.objects.filter(pk=for_node).first()
    if node is None:
        raise NotFound("no_node", "没有登记过叫“{name}”的机器。看看 driftbox node show 里的名字。", name=for_node[:60])
    current = publish(now)
    if version == current:
        return b""
    moved = LineRow.objects.filter(kind="node", key=for_node, version__gt=version).exists()
    since = 0 if moved or version > current else version  # its office may be another: it may lack older lines, too
    document = Document(
        v=1, hub=keys().node, to=for_node, since=since, version=current, made=moment_text(now),
        lines=tuple(_lines_for(node, since)),
    )  # fmt: skip
    return signed_document(msgspec.json.encode(document))


def signed_document(body: bytes) -> bytes:
    """The bytes of a document, behind this node's signature."""
    return keys().sign(SIGNED_AS + body).encode() + b"." + body


def _lines_for(node: NodeRow, since: int) -> Iterable[Line]:
    needs = needs_of(node.office, node.role)
    for row in LineRow.objects.filter(version__gt=since).order_by("kind", "key"):
        if row.gone or not needs((row.kind, row.key)):
            if since or row.kind == "account":
                yield Line(row.kind, row.key, NOTHING)
        else:
            yield Line(row.kind, row.key, Raw(bytes(row.content)))
