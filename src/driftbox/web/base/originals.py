"""Originals that should go back: which, whose, by which day; for those who carry them and for the director."""

from datetime import date, datetime

from msgspec import Struct

from driftbox.apps.dockets.queries import cases_for, load
from driftbox.apps.errands.incidents import originals_due
from driftbox.apps.errands.overdue import open_overdue
from driftbox.apps.people.access import Viewer
from driftbox.web.base.telling import material_names

SHOWN = 30


class Original(Struct, frozen=True):
    """Originals of one case that are with us: their names, back by when, and whether that has passed."""

    docket: str
    number: str
    names: list[str]
    due: date
    overdue: bool


def originals_for(viewer: Viewer, now: datetime) -> list[Original]:
    """The originals in the cases that ``viewer`` reaches, the most urgent first; an agent's own cases only. Whoever
    looks finds an incident open for those whose day has passed, also where nothing runs beside the pages.
    """
    open_overdue(now)
    held = originals_due(now)
    reached = {row.docket for final in (False, True) for row in cases_for(viewer, final=final)} if held else set()
    own = viewer.roles & {"director", "clerk"}
    codes: dict[str, list[str]] = {}
    for one in held:
        if one.docket in reached:
            codes.setdefault(one.docket, []).append(one.code)
    found = []
    for docket, listed in list(codes.items())[:SHOWN]:
        state, first = load(docket).docket, next(one for one in held if one.docket == docket)
        if own or state.agent == viewer.person:
            names = material_names(state, listed)
            found.append(Original(docket, first.number, names, first.due, first.overdue))
    return found
