"""What the rules must be told of a deed that the docket's state does not say: local days, and what clocks allow."""

from datetime import date, datetime

from msgspec import structs

from driftbox.apps.deadlines.queries import extension_left, last_lawful_day
from driftbox.apps.pack import calendar
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant

KEEPS = {
    "extension.asked": frozenset({"handling"}),
    "petition.extended": frozenset({"handling"}),
    "petition.objected": frozenset({"objection"}),
}
HANDLING_BEGAN = frozenset({"petition.accepted", "review.requested", "rereview.requested", "petition.reopened"})


def with_days(deed: Deed, docket: Docket, kind: str, *, now: datetime, at: datetime | None) -> Deed:
    """``deed`` with what a petition needs to know: the day it happened, the days before which it cannot have, the
    last day that an extension or an objection must keep, and how long an extension may be.
    """
    if docket.procedure != "petition":
        return deed
    clocks = KEEPS.get(kind)
    return structs.replace(
        deed,
        on=calendar().local_date(at) if at else None,
        opened=calendar().local_date(instant(docket.opened_ms)) if docket.opened_ms else None,
        accepted=_began(docket),
        last_lawful_day=last_lawful_day(docket, now, clocks) if clocks else deed.last_lawful_day,
        extension_left=extension_left(docket, now) if clocks else None,
    )


def _began(docket: Docket) -> date | None:
    """The local day on which the handling that now goes on began."""
    began = [moment.ms for moment in docket.moments if moment.kind in HANDLING_BEGAN]
    return calendar().local_date(instant(began[-1])) if began else None
