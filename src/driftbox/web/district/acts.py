"""One case as those who look after its office see it: what was asked of it, and acts of supervision."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.queries import row_of
from driftbox.apps.pack import calendar, tables
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.decide import require_open_for
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.web.base.act_form import ActForm
from driftbox.web.base.acts import do
from driftbox.web.base.cases import shown
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.supervision import (
    COLOURS,
    SUPERVISION_FORMS,
    fits,
    office_of,
    pressed_words,
    reason_words,
)
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of

STAFF: Final = ("supervisor", "director", "clerk", "agent", "officer")


@staff_page(*STAFF)
@require_GET
def one(request: HttpRequest, docket: UUID) -> HttpResponse:
    """What was asked of one case and whether it was answered, and what this person may do."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    row = row_of(state.id)
    known = state.petition
    context = {
        "docket": state, "line": shown([row] if row else [], calendar().local_date(now_of(request))),
        "office": place_name(office_of(state)),
        "pressed": [(pressed_words(it), place_name(it.office) if it.office else "", bool(it.answered))
                    for it in known.pressed],
        "cards": [(str(COLOURS[it.colour]), reason_words("card.issued", it.ground), bool(it.answered),
                   bool(it.withdrawn)) for it in known.cards],
        "acts": acts_for(state, viewer), "oversees": bool(viewer.roles & {"supervisor", "director"}),
    }  # fmt: skip
    return render(request, "district/case.html", context)


def acts_for(docket: Docket, viewer: Viewer) -> list[ActForm]:
    """The acts of supervision that this person may do now."""
    table = tables()[docket.procedure]
    found = []
    for kind, form in SUPERVISION_FORMS.items():
        arrow = table.arrows.get((kind, docket.stage))
        if arrow and set(arrow.roles) & viewer.roles and fits(docket, kind):
            found.append(form(docket, viewer.person))
    return found


@staff_page(*STAFF)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """One act on a page of its own; what was written stays when it is refused."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    if kind not in SUPERVISION_FORMS:
        raise Http404
    table = tables()[state.procedure]
    require_open_for(state, kind, table)
    viewer.role_among(table.arrows.get((kind, state.stage), table.kinds[kind]).roles)
    form = SUPERVISION_FORMS[kind](state, viewer.person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            do(form, viewer, now=now_of(request))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("记好了。"))
            return redirect("district:case", docket=state.id)
    status = 400 if request.method == "POST" else 200
    return render(request, "district/act.html", {"docket": state, "form": form}, status=status)
