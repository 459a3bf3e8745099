"""The guarded door to incidents: those of cases that somebody reaches, and those of boxes, which are everybody's."""

from collections.abc import Mapping

from driftbox.apps.custody.queries import is_box, load_box
from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import reached_by
from driftbox.apps.parcels.models import IncidentRow
from driftbox.apps.parcels.queries import open_incidents
from driftbox.apps.people.access import Viewer
from driftbox.domain.custody.state import Box
from driftbox.domain.docket.incident import Incident
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound


def numbers_reached(viewer: Viewer) -> Mapping[str, str]:
    """The numbers of the cases that ``viewer`` reaches and that have an open incident, by docket."""
    about = {row.docket for row in open_incidents() if not row.of_box}
    rows = CaseRow.objects.filter(reached_by(viewer), pk__in=about)
    return dict(rows.values_list("docket", "number"))


def incidents_for(viewer: Viewer) -> list[IncidentRow]:
    """Open incidents that ``viewer`` may look into, oldest first."""
    reached = numbers_reached(viewer)
    return [row for row in open_incidents() if row.of_box or row.docket in reached]


def holder_for(viewer: Viewer, docket: str) -> Docket | Box:
    """The case or the box of ``docket``.

    Raises:
        NotFound: no such one, or not theirs to see.
    """
    return load_box(docket) if is_box(docket) else docket_for(viewer, docket)


def incident_for(viewer: Viewer, docket: str, entry: str) -> tuple[Docket | Box, Incident]:
    """One incident with the case or the box that it is about, settled or not.

    Raises:
        NotFound: no such one, or not theirs to see.
    """
    holder = holder_for(viewer, docket)
    found = holder.incidents.get(entry)
    if found is None:
        raise NotFound("no_incident", "没有这一处，或者不归您看。请回到单子里再看一眼。")
    return holder, found
