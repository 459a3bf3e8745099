"""Today's work on a phone: boxes to collect, cases to carry on, one step at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.custody.queries import box_labelled, boxes
from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.queries import cases_for
from driftbox.apps.errands.carriage import Sailing, collect, land_box, load_box
from driftbox.apps.errands.hands import Hand
from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.errors import Refused
from driftbox.web.base.act_view import answer_act
from driftbox.web.base.acts import acts_for
from driftbox.web.base.cases import shown
from driftbox.web.base.middleware import now_of
from driftbox.web.base.standing import standing_of
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of

POCKET = ("agent", "crew", "director")


@staff_page(*POCKET)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What is to be done today."""
    viewer, now = viewer_of(request), now_of(request)
    lines = shown(cases_for(viewer), calendar().local_date(now))
    todo = [line for line in lines if line.next_role == "agent" and line.agent in {"", viewer.person}]
    waiting = [box for box in boxes() if box.parcels]
    context = {
        "viewer": viewer,
        "mine": [line for line in todo if line.agent == viewer.person],
        "unclaimed": [line for line in todo if not line.agent],
        "following": [line for line in lines if line.agent == viewer.person and line.next_role != "agent"],
        "boxes": [(box, place_name(box.place), place_name(box.destination)) for box in waiting],
        "today": calendar().local_date(now),
    }
    return render(request, "pocket/today.html", context)


@staff_page(*POCKET)
@require_GET
def box(request: HttpRequest, label: str) -> HttpResponse:
    """One box: where it is, what is in it, and what can be done with it."""
    row = box_labelled(label)
    piers = [(code, place_name(code)) for code in current_pack().piers if code != row.place]
    context = {"box": row, "pier": place_name(row.place), "destination": place_name(row.destination), "piers": piers}
    return render(request, "pocket/box.html", context)


@staff_page(*POCKET)
@require_POST
def move(request: HttpRequest, label: str) -> HttpResponse:
    """The box goes aboard, or comes ashore."""
    viewer, row = viewer_of(request), box_labelled(label)
    hand = Hand(by=viewer.person, role=viewer.role_among(("crew", "agent", "director")), now=now_of(request))
    if row.where == "ship":
        land_box(row.label, row.destination, hand)
    else:
        destination = request.POST.get("destination", "")
        if destination not in current_pack().piers:
            raise Refused("no_pier", "还没选开往哪个码头。请选一个。")
        sailing = Sailing(f"by-hand:{now_of(request):%Y%m%dT%H%M}", row.place, destination)
        load_box(row.label, sailing, hand)
    messages.success(request, gettext("记好了。"))
    return redirect("pocket:box", label=row.label)


@staff_page("agent", "director")
@require_POST
def take(request: HttpRequest, label: str) -> HttpResponse:
    """Take one parcel out of the box."""
    viewer = viewer_of(request)
    intact = {"yes": True, "no": False}.get(request.POST.get("intact", ""))
    if intact is None:
        raise Refused("seal_unseen", "先看封条：完好还是破了，选一个。")
    hand = Hand(by=viewer.person, role=viewer.role_among(("agent", "director")), now=now_of(request))
    state = collect(label, request.POST.get("parcel", "")[:36], hand, seal="intact" if intact else "broken")
    messages.success(request, gettext("取到了。现在拆封清点。"))
    return redirect("pocket:case", docket=state.id)


@staff_page(*POCKET)
@require_GET
def case(request: HttpRequest, docket: UUID) -> HttpResponse:
    """One case in the hand: the next step first."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    context = {"s": standing_of(state, now_of(request)), "acts": acts_for(state, viewer, now=now_of(request))}
    return render(request, "pocket/case.html", context)


@staff_page(*POCKET)
@require_POST
def act(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """Do one act."""
    return answer_act(request, str(docket), kind, form_page="pocket/act.html", case_page="pocket:case")
