"""Folded states → rows: pure, so that a rebuild gives the same rows."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from driftbox.apps.eventlog.columns import fitted
from driftbox.apps.pack import tables
from driftbox.apps.parcels.models import IncidentRow, OriginalRow, ParcelRow
from driftbox.domain.custody.state import Box
from driftbox.domain.docket.incident import PROCEDURE, Incident
from driftbox.domain.docket.state import Docket

Row = Mapping[str, str | int | bool]


class Rows(Struct, frozen=True):
    """All rows of one docket, each by column name."""

    parcels: tuple[Row, ...] = ()
    incidents: tuple[Row, ...] = ()
    originals: tuple[Row, ...] = ()


def project_case(docket: Docket) -> Rows:
    """The rows of a case."""
    parcels: tuple[Row, ...] = tuple(
        fitted(ParcelRow, {
            "parcel": one.id, "docket": docket.id, "seal": one.seal, "label": one.label, "box": one.box, "way": one.way,
            "where": one.where, "place": one.place, "moved": one.moved_ms,
        })
        for one in docket.parcels.values()
    )  # fmt: skip
    originals: tuple[Row, ...] = tuple(
        fitted(OriginalRow, {
            "key": f"{docket.id}:{code}", "docket": docket.id, "code": code, "count": docket.originals[code],
            "since": since,
        })
        for code, since in docket.originals_since.items()
    )  # fmt: skip
    return Rows(parcels, _incidents(docket.id, docket.open_incidents, of_box=False), originals)


def project_box(docket: str, box: Box) -> Rows:
    """The rows of a box, whose docket may hold sightings alone."""
    return Rows(incidents=_incidents(docket, box.open_incidents, of_box=True))


def _incidents(docket: str, incidents: Iterable[Incident], *, of_box: bool) -> tuple[Row, ...]:
    stages = tables()[PROCEDURE].stages if PROCEDURE in tables() else {}
    return tuple(
        fitted(IncidentRow, {
            "entry": one.entry, "docket": docket, "of_box": of_box, "what": one.what, "stage": one.stage,
            "next_role": stages[one.stage].next_role, "parcel": one.parcel, "place": one.place,
            "opened": one.opened_ms,
        })
        for one in incidents
    )  # fmt: skip
