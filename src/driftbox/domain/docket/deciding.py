"""Which entries decide something: who made one is told when an older fact arrives after it."""

from typing import Final

DECIDING: Final = frozenset({
    "access.granted", "case.accepted", "case.closed", "case.declined", "clock.extended", "competence.settled",
    "contest.settled", "decision.made", "expense.approved", "expense.refused", "extension.refused",
    "handover.accepted", "handover.done", "handover.refused", "incident.settled", "materials.checked",
    "materials.lacking", "mediation.agreed", "mediation.closed", "notice.issued", "objection.refused", "opinion.issued",
    "petition.accepted", "petition.extended",
    "petition.merged", "petition.reopened", "petition.returned", "petition.transferred",
    "promise.made", "publicity.closed", "recusal.decided", "reopen.decided", "rereview.served", "result.issued",
    "review.served",
})  # fmt: skip
