"""Docket → row: a pure function of the folded state, so that a rebuild gives the same rows."""

from collections.abc import Iterable

from driftbox.apps.deadlines.queries import answer_verdict, nearest_due
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog.columns import fitted
from driftbox.apps.pack import known_matter, tables
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.docket.incident import PROCEDURE as INCIDENT
from driftbox.domain.docket.next_step import next_step, papers_where
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant


def project(docket: Docket) -> dict[str, str | int | bool]:
    """The row of ``docket``, by column name."""
    table = tables()[docket.procedure]
    matter = known_matter(docket)
    step = next_step(docket, table, tables().get(INCIDENT))
    due, clock = nearest_due(docket, instant(docket.touched_ms))
    waits = open_handover(docket)
    row: dict[str, str | int | bool] = {
        "docket": docket.id,
        "number": docket.number,
        "given": docket.given,
        "procedure": docket.procedure,
        "matter": docket.matter,
        "office": docket.office,
        "department": docket.petition.office or (matter.department if matter else ""),
        "stage": docket.stage,
        "next_role": step.role,
        "agent": docket.agent,
        "beneficiary": docket.beneficiary,
        "applicant": docket.applicant,
        "parties": " ".join(sorted(docket.parties)),
        "where": papers_where(docket),
        "trips": docket.trips_made,
        "promised": docket.promised,
        "waits_for_boats": docket.waits_for_boats,
        "due": due,
        "due_clock": clock,
        "contested": len(docket.open_contests),
        "pressed": docket.petition.waiting_supervision,
        "second_asks": docket.second_asks,
        "confidential": docket.confidential,
        "final": table.stages[docket.stage].final,
        "opened": docket.opened_ms,
        "touched": docket.touched_ms,
        "last": docket.last,
        "asked": waits.to if waits else "",
        "hands": _spaced(docket.work.hands),
    }
    return fitted(CaseRow, row | _petition(docket))


def _petition(docket: Docket) -> dict[str, str | int | bool]:
    """The columns that only petitions fill; errands share the empty ones."""
    known = docket.petition
    return {
        "channel": docket.channel,
        "outcome": docket.outcome,
        "sort": known.sort,
        "route": known.route,
        "tier": known.tier,
        "handler": known.handler,
        "in_time": answer_verdict(docket, instant(docket.touched_ms)) if docket.procedure == "petition" else "",
        "merged_into": known.merged_into,
        "complained": _spaced((*known.complained, *known.complained_offices)),
        "access": _spaced(sorted(known.may_open)) if docket.confidential else "",
    }


def _spaced(words: Iterable[str]) -> str:
    """``words`` with a space around each, so that a whole one can be looked for."""
    text = " ".join(words)
    return f" {text} " if text else ""
