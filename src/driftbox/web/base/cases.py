"""A case as one line of a list: names opened, due days turned into badges."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load_many
from driftbox.apps.pack import current_pack, tables
from driftbox.apps.people.queries import GONE, particulars_of_all
from driftbox.domain.docket.incident import PROCEDURE as INCIDENT
from driftbox.domain.docket.next_step import next_step
from driftbox.domain.text import Text
from driftbox.web.base.telling import said


class CaseLine(Struct, frozen=True):
    """One line of a list of cases."""

    docket: str
    number: str
    who: str
    title: str
    stage: str
    next_act: str
    next_role: str
    due: date | None
    today: date
    trips: int
    agent: str
    where: str
    contested: int
    parties: str


def shown(rows: Iterable[CaseRow], today: date) -> list[CaseLine]:
    """Rows as lines; ``today`` is the local day from which days left are counted."""
    pack, rows = current_pack(), list(rows)
    people = particulars_of_all(row.beneficiary for row in rows)
    waiting = _waiting(rows)
    lines = []
    for row in rows:
        stage = tables()[row.procedure].stages[row.stage]
        lines.append(
            CaseLine(
                row.docket,
                row.number,
                people.get(row.beneficiary, GONE).name,
                said(pack.matters[row.matter].plain),
                said(stage.name),
                said(waiting.get(row.docket, stage.next_act)),
                row.next_role,
                date.fromisoformat(row.due) if row.due else None,
                today,
                row.trips,
                row.agent,
                row.where,
                row.contested,
                row.parties,
            )
        )
    return lines


def _waiting(rows: Iterable[CaseRow]) -> dict[str, Text]:
    """What petitions wait for beside their stage, where that is somebody else's to do than the stage says."""
    aside = [
        row.docket for row in rows
        if row.procedure == "petition" and row.next_role != tables()[row.procedure].stages[row.stage].next_role
    ]  # fmt: skip
    held = (one.docket for one in load_many(aside).values()) if aside else ()
    return {docket.id: next_step(docket, tables()[docket.procedure], tables().get(INCIDENT)).act for docket in held}
