"""Today's work on a phone: boxes to collect, cases to carry on, one step at a time."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.agents.queries import asked_of
from driftbox.apps.custody.queries import boxes
from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.queries import cases_for
from driftbox.apps.errands.incident_door import incidents_for
from driftbox.apps.pack import calendar
from driftbox.web.base.act_view import answer_act
from driftbox.web.base.acts import acts_for
from driftbox.web.base.cases import shown
from driftbox.web.base.copies import copies_of
from driftbox.web.base.custody_words import ways_of
from driftbox.web.base.middleware import now_of
from driftbox.web.base.originals import originals_for
from driftbox.web.base.standing import standing_of
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.base.written import written_of

POCKET = ("agent", "crew", "director")


@staff_page(*POCKET)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What is to be done today."""
    viewer, now = viewer_of(request), now_of(request)
    lines = shown(cases_for(viewer), calendar().local_date(now))
    todo = [line for line in lines if line.next_role == "agent" and line.agent in {"", viewer.person}]
    every = boxes()
    waiting = [box for box in every if box.parcels]
    context = {
        "viewer": viewer,
        "mine": [line for line in todo if line.agent == viewer.person],
        "asked": shown(asked_of(viewer.person), calendar().local_date(now)),
        "unclaimed": [line for line in todo if not line.agent],
        "following": [line for line in lines if line.agent == viewer.person and line.next_role != "agent"],
        "boxes": [(box, place_name(box.place), place_name(box.destination)) for box in waiting],
        "empty": [(box, place_name(box.place)) for box in every if not box.parcels],
        "odd": len(incidents_for(viewer)),
        "originals": originals_for(viewer, now),
        "today": calendar().local_date(now),
    }
    return render(request, "pocket/today.html", context)


@staff_page(*POCKET)
@require_GET
def case(request: HttpRequest, docket: UUID) -> HttpResponse:
    """One case in the hand: the next step first."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    context = {"s": standing_of(state, now_of(request)), "acts": acts_for(state, viewer, now=now_of(request))}
    context["ways"], context["copies"] = ways_of(state), copies_of(state)
    context["unserved"] = [one for one in written_of(state) if one.served is None]
    return render(request, "pocket/case.html", context)


@staff_page(*POCKET)
@require_POST
def act(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """Do one act."""
    return answer_act(request, str(docket), kind, form_page="pocket/act.html", case_page="pocket:case")
