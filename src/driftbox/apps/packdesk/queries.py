"""What was published over the pack, which drafts wait, and what the check says of them."""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from msgspec import Struct

from driftbox.apps.eventlog.queries import since, turn_of
from driftbox.apps.pack import disk_pack, laid_on, pack_files
from driftbox.apps.packdesk.models import WAITING, DraftRow
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.pack_changes import Change, Changes, docket_of, fold, of_file
from driftbox.domain.errors import BadPaper, NotFound
from driftbox.domain.log.entry import digest_of
from driftbox.gateways.pack_check import check_pack
from driftbox.gateways.pack_faults import Fault
from driftbox.gateways.pack_write import read_matter


class Draft(Struct, frozen=True, kw_only=True):
    """One draft as it stands: the whole file, the matter that it says, and who wrote in it."""

    code: str
    file: str
    state: str
    content: bytes
    matter: Matter
    base: str
    restores: int | None
    since: date | None
    note: str
    rev: int
    editors: tuple[str, ...]
    by: str
    touched: datetime

    @property
    def open(self) -> bool:
        """Whether it can be written in."""
        return self.state == "open"


class Version(Struct, frozen=True, kw_only=True):
    """One version of a file, ready for a page: number 0 is the file on disk, without ``change``."""

    number: int
    change: Change | None = None
    note: str = ""
    here: bool = True  # its contents lie with this node


_kept: dict[str, tuple[int, int, Changes]] = {}


def docket() -> str:
    """The docket of the changes of the pack in use."""
    return docket_of(disk_pack().id)


def changes() -> Changes:
    """Everything published so far, oldest first; folded once, afresh when something is new."""
    id_ = docket()
    turn = turn_of(id_)
    of_turn, seq, held = _kept.get(id_, (turn, 0, ()))
    if of_turn != turn:  # something of it counts no longer, or counts again
        seq, held = 0, ()
    if not (new := since(id_, seq)):
        return held
    reads = since(id_) if seq else new
    folded = fold(read.entry for read in reads)
    if not connection.in_atomic_block:  # inside a transaction nothing is kept: it may be undone
        _kept[id_] = (turn, reads[-1].seq, folded)
    return folded


def changes_if_any() -> Changes:
    """The same for commands, which may run before there is a database."""
    return changes() if "entry" in connection.introspection.table_names() else ()


def missing() -> list[str]:
    """The entries whose contents are not here (yet), or altered."""
    return [change.entry for change in changes() if not _readable(change.said.digest)]


def _readable(digest: str) -> bool:
    try:
        pack_files().get(digest)
    except BadPaper:
        return False
    return True


def forget() -> None:
    """Drop what is kept, so that the next reader folds it afresh."""
    _kept.clear()


def file_of(code: str) -> str:
    """The file that speaks of the matter ``code``.

    Raises:
        NotFound: there is no such matter.
    """
    file = disk_pack().matter_files.get(code)
    if file is None:
        raise NotFound("no_matter", "没有这件事。回单子再看看。")
    return file


def content_of(file: str, number: int) -> bytes:
    """What version ``number`` of ``file`` says; 0: as it lies on disk.

    Raises:
        NotFound: there is no such version.
        BadPaper: its contents are not here, or altered.
    """
    if number == 0:
        return (settings.DRIFTBOX_PACK / file).read_bytes()
    found = [change for change in of_file(changes(), file) if change.said.version == number]
    if not found:
        raise NotFound("pack.no_version", "没有这一版。回这件事的页面再看看。")
    return pack_files().get(found[-1].said.digest)


def latest(file: str) -> bytes:
    """The newest contents of ``file`` that can be read: what a new draft begins from."""
    for change in reversed(of_file(changes(), file)):
        try:
            return pack_files().get(change.said.digest)
        except BadPaper:
            continue
    return content_of(file, 0)


def versions(file: str) -> list[Version]:
    """Every version of ``file``, newest first, the file on disk last."""
    published = [
        Version(number=one.said.version, change=one, note=note_of(one), here=pack_files().has(one.said.digest))
        for one in reversed(of_file(changes(), file))
    ]
    return [*published, Version(number=0)]


def note_of(change: Change) -> str:
    """Why it was changed, in the words of whoever drafted it; empty when they are not here."""
    try:
        return pack_files().get(change.said.note).decode(errors="replace")
    except BadPaper:
        return ""


def draft_of(code: str) -> Draft:
    """The draft of the matter ``code`` that is being written or waits to be published.

    Raises:
        NotFound: there is none, or no such matter.
    """
    file_of(code)
    row = DraftRow.objects.filter(matter=code, state__in=WAITING).first()
    if row is None:
        raise NotFound("pack.no_draft", "这件事没有草稿。可能已经发布或撤了，回这件事的页面看一眼。")
    return draft_from(row)


def draft_from(row: DraftRow) -> Draft:
    """A row as the pages take it."""
    content = row.content.encode()
    return Draft(
        code=row.matter, file=file_of(row.matter), state=row.state, content=content, matter=read_matter(content),
        base=row.base, restores=row.restores, since=row.since, note=row.note, rev=row.rev,
        editors=tuple(row.editors.split()), by=row.by, touched=row.touched,
    )  # fmt: skip


def waiting() -> dict[str, str]:
    """The state of every draft that is not finished, by matter."""
    return dict(DraftRow.objects.filter(state__in=WAITING).values_list("matter", "state"))


def withdrawn(code: str) -> list[Draft]:
    """The drafts of the matter that were withdrawn, newest first, ten at most: what was written is not lost."""
    rows = DraftRow.objects.filter(matter=code, state="withdrawn").order_by("-touched")[:10]
    return [draft_from(row) for row in rows]


def faults_of(draft: Draft, today: date) -> list[Fault]:
    """What the check of a pack says of the whole pack with the draft in it, on the day it is to begin."""
    day = max(draft.since or today, today)
    contents = {**laid_on(day, changes()).contents, draft.file: draft.content}
    return list(_checked(settings.DRIFTBOX_PACK, tuple(sorted(contents.items()))))


@lru_cache(maxsize=32)
def _checked(path: Path, contents: tuple[tuple[str, bytes], ...]) -> tuple[Fault, ...]:
    return tuple(check_pack(path, dict(contents)))


def is_overtaken(draft: Draft) -> bool:
    """Whether another version was published since the draft was begun."""
    return digest_of(latest(draft.file)) != draft.base
