"""What an agent did, line by line, from the entries of the cases they have had; nothing is typed in beside them."""

from collections.abc import Iterator
from datetime import date

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog.queries import since_of
from driftbox.apps.pack import calendar, tables
from driftbox.domain.docket.entries import ResultDelivered, TaskClaimed
from driftbox.domain.docket.fold import fold
from driftbox.domain.docket.handover_entries import HandoverDone
from driftbox.domain.docket.handover_state import handover_of
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant
from driftbox.domain.planning.ledger import LedgerLine


def ledger_of(person: str) -> list[LedgerLine]:
    """Every line of an agent's ledger, oldest first. An entry that is contested counts for nothing."""
    found: list[LedgerLine] = []
    dockets = list(CaseRow.objects.filter(hands__contains=f" {person} ").values_list("docket", flat=True))
    for reads in (since_of(dockets) if dockets else {}).values():
        entries = sorted((read.entry for read in reads), key=lambda entry: entry.id)
        found += _lines(fold(entries, tables()), entries, person)
    return sorted(found, key=lambda line: (line.day, line.entry))


def _lines(docket: Docket, entries: list[Entry], person: str) -> Iterator[LedgerLine]:
    standing = [one for one in entries if _stands(docket, one)]
    taken = next((one for one in standing if _takes(docket, one, person)), None)
    if taken:
        yield LedgerLine(entry=taken.id, day=_day(taken.happened_ms), number=docket.number, deed="errand")
    for one in standing:
        if isinstance(one.body, ResultDelivered) and one.by == person:
            proof = one.body.picture or one.body.paper or ""
            yield LedgerLine(
                entry=one.id, day=_day(one.happened_ms), number=docket.number, deed="delivery", proof=proof
            )
    yield from _work(docket, person)


def _work(docket: Docket, person: str) -> Iterator[LedgerLine]:
    for activity in docket.work.activities:
        if activity.by == person:
            yield LedgerLine(
                entry=activity.entry, day=_day(activity.ms), number=docket.number, deed="activity",
                minutes=activity.minutes, metres=activity.metres, proof=activity.proof,
            )  # fmt: skip
    for expense in docket.work.expenses:
        if expense.by == person:
            yield LedgerLine(
                entry=expense.entry, day=_day(expense.ms), number=docket.number, deed="expense", cents=expense.cents,
                purpose=expense.purpose, proof=expense.voucher, state=expense.state, decided_by=expense.decided_by,
            )  # fmt: skip


def _stands(docket: Docket, entry: Entry) -> bool:
    contest = docket.contested.get(entry.id)
    return contest is None or contest.verdict == "stands"


def _takes(docket: Docket, entry: Entry, person: str) -> bool:
    if isinstance(entry.body, TaskClaimed):
        return entry.body.agent == person
    if isinstance(entry.body, HandoverDone):
        one = handover_of(docket, entry.body.proposal)
        return one is not None and one.to == person
    return False


def _day(ms: int) -> date:
    return calendar().local_date(instant(ms))
