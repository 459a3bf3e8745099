"""What was asked in one go with a case 一起办的, as pages of family and desk show it."""

from datetime import date, datetime

from msgspec import Struct

from driftbox.apps.errands.together import all_of, lead_of, one_day
from driftbox.apps.pack import matter_of, tables
from driftbox.domain.docket.state import Docket
from driftbox.web.base.telling import said


class Sister(Struct, frozen=True):
    """One case that was asked together with another: its title, number and stage."""

    docket: str
    title: str
    number: str
    stage: str


class Beside(Struct, frozen=True):
    """The others, whether this one carries the bag, the number of the one that does, and the one day for all."""

    cases: list[Sister]
    carries: bool
    lead: str
    day: date | None


def beside_of(docket: Docket, now: datetime) -> Beside:
    """What was asked together with a case; no cases when it was asked alone."""
    if docket.procedure != "errand":
        return Beside([], carries=True, lead=docket.number, day=None)
    every = all_of(docket)
    others = [_sister(one) for one in every if one.id != docket.id]
    day = one_day(docket, now) if others and all(one.promised for one in every) else None
    return Beside(others, carries=lead_of(docket) == docket.id, lead=every[0].number, day=day)


def _sister(docket: Docket) -> Sister:
    stage = tables()[docket.procedure].stages[docket.stage]
    return Sister(docket.id, said(matter_of(docket).plain), docket.number, said(stage.name))
