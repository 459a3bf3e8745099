"""Who is warned that time runs out 预警: the person named, then up the tree, as the shares of each clock are used.

A pure function of the docket and its clocks, so that it can be asked for at any moment and always says the same.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from driftbox.domain.deadlines.clocks import Reading
from driftbox.domain.docket.state import Docket


class Warned(Struct, frozen=True, kw_only=True):
    """One warning: which clock is used up by how many percent, due when, and who is told.

    ``person`` is set when it is one named person; else whoever has ``role`` at ``office``. ``rung`` 0 is the person
    who acts, 1 the director of the office, 2 the office above.
    """

    clock: str
    share: int
    due: date
    overdue: bool
    rung: int
    role: str
    office: str
    person: str = ""


def warnings_due(docket: Docket, readings: Iterable[tuple[Reading, str]], line: Sequence[str]) -> tuple[Warned, ...]:
    """The warnings that are due now, gentlest first.

    ``readings`` are the docket's clocks as they read now, each with the role that its rule warns first; ``line`` is
    the office that has it and every office above it, nearest first.
    """
    found: list[Warned] = []
    for reading, role in readings:
        if reading.due is None:
            continue
        for rung, share in enumerate(reading.warnings):
            found.append(_warned(docket, reading, role, line, rung, share))
    return tuple(sorted(found, key=lambda one: (one.share, one.due, one.clock)))


def _warned(docket: Docket, reading: Reading, role: str, line: Sequence[str], rung: int, share: int) -> Warned:
    due = reading.due or date.max
    first = rung == 0 or role == "resident"  # a petitioner's own time is nobody's fault, and goes to nobody above
    return Warned(
        clock=reading.clock,
        share=share,
        due=due,
        overdue=reading.verdict == "overdue",
        rung=0 if first else min(rung, 2),
        role=role if first else "director" if rung == 1 else "supervisor",
        office=line[0] if line and (first or rung == 1) else line[min(1, len(line) - 1)] if line else "",
        person=_person(docket, role) if first else "",
    )


def _person(docket: Docket, role: str) -> str:
    return {"officer": docket.petition.handler, "resident": docket.applicant, "agent": docket.agent}.get(role, "")


def report_overdue(docket: Docket, today: date) -> date | None:
    """The day by which an assignment should have been reported on (Art. 22), if it has passed; None otherwise."""
    known = docket.petition
    if not known.report_by or known.reported:
        return None
    return date.fromisoformat(known.report_by) if known.report_by < today.isoformat() else None
