"""Docket → row: a pure function of the folded state, so that a rebuild gives the same rows."""

from driftbox.apps.deadlines.queries import nearest_due
from driftbox.apps.pack import current_pack, tables
from driftbox.domain.docket.next_step import next_step, papers_where
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant


def project(docket: Docket) -> dict[str, str | int | bool]:
    """The row of ``docket``, by column name."""
    table = tables()[docket.procedure]
    matter = current_pack().matters.get(docket.matter)
    step = next_step(docket, table)
    due, clock = nearest_due(docket, instant(docket.touched_ms))
    return {
        "docket": docket.id,
        "number": docket.number,
        "procedure": docket.procedure,
        "matter": docket.matter,
        "office": docket.office,
        "department": matter.department if matter else "",
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
        "second_asks": docket.second_asks,
        "confidential": docket.confidential,
        "final": table.stages[docket.stage].final,
        "opened": docket.opened_ms,
        "touched": docket.touched_ms,
        "last": docket.last,
    }
