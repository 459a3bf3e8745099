"""What came from elsewhere and does not count, or came late: for the people who look after it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec
from django.db.models import Q
from msgspec import Struct

from driftbox.apps.eventlog.models import AlarmRow, AsideRow, EntryRow, LateRow, QuarantineRow, WaitingRow
from driftbox.domain.errors import NotFound
from driftbox.domain.log.reasons import RELEASABLE

AT_MOST = 200  # of each sort on one page; the rest comes up when these are done
Shelf = Literal["quarantine", "aside", "waiting"]


class Apart(Struct, frozen=True, kw_only=True):
    """One entry that does not count. ``digest`` is what ``release`` takes; ``kind`` and ``by`` are what its bytes say,
    whether or not they can be believed.
    """

    digest: str
    shelf: Shelf
    code: str
    node: str
    docket: str
    entry: str
    via: str = ""
    since: datetime
    until: datetime | None = None
    kind: str = ""
    by: str = ""

    @property
    def releasable(self) -> bool:
        """Whether the decision of a person mends it."""
        return self.shelf == "waiting" or self.code in RELEASABLE


class _Said(Struct):
    kind: str = ""
    by: str = ""


def _said(raw: bytes) -> _Said:
    try:
        said = msgspec.json.decode(raw, type=_Said)
    except (ValueError, RecursionError):
        return _Said()
    return said if (said.kind + said.by).isprintable() else _Said()


def apart(digests: Sequence[str] | None = None) -> list[Apart]:
    """Everything that does not count, newest first; only those of ``digests`` when given."""
    return sorted(_apart(digests), key=lambda one: (one.since, one.entry), reverse=True)


def _apart(digests: Sequence[str] | None) -> Iterator[Apart]:
    wanted = Q() if digests is None else Q(digest__in=list(digests))
    for row in QuarantineRow.objects.filter(wanted, released=None).order_by("-received")[:AT_MOST]:
        said = _said(bytes(row.raw))
        yield Apart(
            digest=row.digest, shelf="quarantine", code=row.code, node=row.node, docket=row.docket, entry=row.entry,
            via=row.via, since=row.received, kind=said.kind, by=said.by,
        )  # fmt: skip
    for late in WaitingRow.objects.filter(wanted).order_by("-received")[:AT_MOST]:
        said = _said(bytes(late.raw))
        yield Apart(
            digest=late.digest, shelf="waiting", code="waiting", node=late.node, docket=late.docket, entry=late.entry,
            via=late.via, since=late.received, until=late.until, kind=said.kind, by=said.by,
        )  # fmt: skip
    aside = list(AsideRow.objects.filter(wanted).order_by("-since", "-entry")[:AT_MOST])
    raws = dict(EntryRow.objects.filter(digest__in=[one.digest for one in aside]).values_list("digest", "raw"))
    for one in aside:
        said = _said(bytes(raws[one.digest]))
        yield Apart(
            digest=one.digest, shelf="aside", code=one.code, node=one.node, docket=one.docket, entry=one.entry,
            since=one.since, kind=said.kind, by=said.by,
        )  # fmt: skip


def count_apart() -> int:
    """How many entries do not count and wait for somebody."""
    return QuarantineRow.objects.filter(released=None).count() + AsideRow.objects.count() + WaitingRow.objects.count()


def alarms() -> list[AlarmRow]:
    """Nodes that seem to be there twice, as long as nobody has seen to it."""
    return list(AlarmRow.objects.filter(seen=None).order_by("-raised")[:AT_MOST])


def see_alarm(row: int, *, by: str, now: datetime) -> None:
    """Somebody has seen to one alarm.

    Raises:
        NotFound: it is not there, or was seen to before.
    """
    if not AlarmRow.objects.filter(pk=row, seen=None).update(seen=now, by=by):
        raise NotFound("no_alarm", "这一条已经有人看过了。")


def late_for(person: str) -> list[LateRow]:
    """What came after ``person`` had decided without it, as long as they have not seen it."""
    return list(LateRow.objects.filter(decider=person, seen=None).order_by("arrived")[:AT_MOST]) if person else []


def late_on(docket: str, person: str) -> list[LateRow]:
    """The same of one case, with what came after this node had decided by itself."""
    rows = LateRow.objects.filter(docket=docket, decider__in=[person, ""], seen=None)
    return list(rows.order_by("entry")[:AT_MOST])


def see_late(docket: str, person: str, *, now: datetime) -> None:
    """``person`` has seen what came late to a case on which they, or this node, had decided."""
    LateRow.objects.filter(docket=docket, decider__in=[person, ""], seen=None).update(seen=now)
