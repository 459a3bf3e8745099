"""The case that the door shows to somebody who is following one."""

from collections.abc import Iterator

from django.http import HttpRequest
from msgspec import Struct

from driftbox.apps.dockets.queries import cases_for, load
from driftbox.apps.pack import current_pack, tables
from driftbox.apps.people.access import resident_viewer
from driftbox.domain.text import Text
from driftbox.web.base.standing import way_of, where_sentence


class Doing(Struct, frozen=True):
    """One open case in a line: ``stop`` is where the box stands on the drawn line, empty when there is no box."""

    docket: str
    title: Text
    where: str
    stop: str
    trips: int


def doing(request: HttpRequest) -> Doing | None:
    """The open case that this visitor looked at last, or else the most urgent one of theirs.

    A confidential case is never shown at the door: the phone may lie on a table.
    """
    pack = current_pack()
    for docket_id in _followed(request):
        docket = load(docket_id).docket
        if not docket.number or pack.matters[docket.matter].confidential:
            continue
        stage = tables()[docket.procedure].stages[docket.stage]
        if not stage.final:
            stop, title = way_of(docket, stage.stop).stop, pack.matters[docket.matter].plain
            return Doing(docket.id, title, where_sentence(docket), stop, docket.trips_made)
    return None


def _followed(request: HttpRequest) -> Iterator[str]:
    """Cases opened by receipt, the last one first; then those of whoever signed in by phone."""
    yield from reversed(request.session.get("cases", []))
    for person in request.session.get("people", []):
        yield from (row.docket for row in cases_for(resident_viewer(person)))
