"""The only writers of drafts, and of what is published: save → submit → another person publishes."""

from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction

from driftbox.apps.eventlog.actions import Draft as Entry
from driftbox.apps.eventlog.actions import append, lock
from driftbox.apps.pack import calendar, disk_pack, pack_files
from driftbox.apps.packdesk import queries
from driftbox.apps.packdesk.access import ROLE
from driftbox.apps.packdesk.models import DraftRow
from driftbox.apps.packdesk.queries import Draft, draft_of
from driftbox.domain.consult import pack_changes as facts
from driftbox.domain.consult.matter import Matter
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import digest_of
from driftbox.gateways.pack_write import matter_file, read_matter

ALONE: Final = "pack_changes_alone"  # setting of a pack: who drafted a change may publish it as well
LONGEST: Final = 64 * 1024  # bytes of one file


class Overtaken(Refused):
    """Somebody else saved in between; ``theirs`` is what stands now, and nothing of yours was written over it."""

    def __init__(self, theirs: Draft) -> None:
        told = Refused("pack.overtaken", "您写的时候，别人先存了。您写的没有丢，两份都在这一页上，对一对再存。")
        super().__init__(told.code, told.sentence)
        self.theirs = theirs


def may_alone() -> bool:
    """Whether one person may draft and publish (setting ``pack_changes_alone`` of the pack); else it takes two."""
    return disk_pack().settings.get(ALONE) is True


def begin(code: str, *, by: str, now: datetime, version: int | None = None) -> Draft:
    """The draft of the matter: the one that is there, or a new one from the newest version, or from a former one.

    Raises:
        NotFound: no such matter, or version.
        Refused: a former version is wanted, and there is a draft already.
    """
    file = queries.file_of(code)
    newest = queries.latest(file)
    content = newest if version is None else queries.content_of(file, version)
    written = matter_file(read_matter(content)) if version is None else content
    try:
        with transaction.atomic():
            DraftRow.objects.create(
                matter=code, content=written.decode(), base=digest_of(newest), restores=version,
                editors=by, by=by, touched=now,
            )  # fmt: skip
    except IntegrityError:
        if version is not None:
            raise Refused("pack.draft_there", "这件事已经有一份草稿，没有动它。先发布或撤了它，再换回去。") from None
    return draft_of(code)


def save(code: str, matter: Matter, *, rev: int, by: str, now: datetime) -> Draft:
    """Write the whole matter into the draft; what it says is checked later, so that half-done work is kept too.

    Raises:
        NotFound: there is no draft.
        Overtaken: somebody else saved since ``rev``.
        Refused: it waits to be published, or is too long.
    """
    content = matter_file(matter)
    if len(content) > LONGEST:
        raise Refused("pack.long", "写得太长了，这一次没有存。请删短一些。")
    return _write(code, rev, by, now, content=content.decode(), restores=None)


def set_terms(code: str, *, since: date | None, note: str, rev: int, by: str, now: datetime) -> Draft:
    """From which day it is to count, and why.

    Raises:
        NotFound, Overtaken, Refused: see ``save``.
    """
    return _write(code, rev, by, now, since=since, note=note)


def _write(code: str, rev: int, by: str, now: datetime, **fields: object) -> Draft:
    with transaction.atomic():
        draft = draft_of(code)
        if not draft.open:
            raise Refused("pack.submitted", "草稿已经交上去等人看，没有改。要改，先拿回来。")
        editors = " ".join(dict.fromkeys((*draft.editors, by)))
        known = DraftRow.objects.filter(matter=code, state="open", rev=rev)
        if not known.update(rev=rev + 1, editors=editors, by=by, touched=now, **fields):
            raise Overtaken(draft)
        return draft_of(code)


def submit(code: str, *, by: str, now: datetime) -> Draft:
    """Hand the draft to another person.

    Raises:
        NotFound: there is no draft.
        Refused: something in it is wrong or missing, or nothing is changed.
    """
    draft = draft_of(code)
    _require_ready(draft, calendar().local_date(now))
    _move(draft, "open", "submitted", now, by=by)
    return draft_of(code)


def take_back(code: str, *, now: datetime) -> None:
    """Open a submitted draft again.

    Raises:
        Refused: it was published or withdrawn in between.
    """
    _move(draft_of(code), "submitted", "open", now)


def withdraw(code: str, *, now: datetime) -> None:
    """Put the draft away; what it says stays readable.

    Raises:
        Refused: it was published or withdrawn in between.
    """
    draft = draft_of(code)
    _move(draft, draft.state, "withdrawn", now)


def rebase(code: str, *, rev: int, by: str, now: datetime) -> Draft:
    """Say that the version published in between was looked at, and the draft stands all the same.

    Raises:
        NotFound, Overtaken, Refused: see ``save``.
    """
    return _write(code, rev, by, now, base=digest_of(queries.latest(queries.file_of(code))))


def _move(draft: Draft, before: str, after: str, now: datetime, **more: object) -> None:
    """Only the draft that was looked at, in the state it is thought to be in."""
    known = DraftRow.objects.filter(matter=draft.code, state=before, rev=draft.rev)
    if not known.update(state=after, touched=now, **more):
        raise Refused("pack.moved", "这份草稿别人刚动过，没有再动。请看一眼现在的样子。")


def _require_ready(draft: Draft, today: date) -> None:
    if draft.since is None or draft.since < today:
        raise Refused("pack.no_day", "先写上从哪天起用，要今天或以后的一天。没有交，草稿还在。")
    if not draft.note:
        raise Refused("pack.no_note", "先写一句为什么改。没有交，草稿还在。")
    if queries.is_overtaken(draft):
        raise Refused("pack.newer", "您写的时候，这件事换了一版。没有交，草稿还在。请对一对新的一版。")
    if read_matter(queries.latest(draft.file)) == draft.matter:
        raise Refused("pack.same", "跟现在的一个字都没差，不用交。")
    if queries.faults_of(draft, today):
        raise Refused("pack.faults", "还有要改的地方，列在草稿上面。没有交，草稿还在。")


def publish(code: str, *, rev: int, by: str, now: datetime) -> facts.Change:
    """Publish a submitted draft as the next version: contents first, then the entry that names them.

    ``rev`` is the saving that ``by`` looked at.

    Raises:
        NotFound: there is no draft.
        Refused: by somebody who wrote in it (unless the pack allows one alone), or it is not ready any more.
    """
    with transaction.atomic():
        lock(queries.docket())
        draft = draft_of(code)
        if draft.state != "submitted" or draft.rev != rev:
            raise Refused("pack.moved", "这份草稿别人刚动过，没有再动。请看一眼现在的样子。")
        today, changes = calendar().local_date(now), queries.changes()
        _require_ready(draft, today)
        body = facts.PackChanged(
            file=draft.file, digest=pack_files().put(draft.content), since=str(draft.since),
            version=facts.next_version(facts.of_file(changes, draft.file)), drafted_by=_writer(draft, by),
            note=pack_files().put(draft.note.encode()), restores=draft.restores,
        )  # fmt: skip
        facts.check(changes, body, by=by, today=today, alone=may_alone())
        append(queries.docket(), Entry(kind="pack.changed", body=body, by=by, role=ROLE), now=now)
        _move(draft, "submitted", "published", now)
        return facts.of_file(queries.changes(), draft.file)[-1]


def _writer(draft: Draft, by: str) -> str:
    """Who counts as the one who drafted it: the publisher themselves, if they wrote a word of it."""
    return by if by in draft.editors else draft.by
