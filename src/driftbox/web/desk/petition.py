"""A petition 信访 at the window: where it stands, the one next act, and each act on a page of its own."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods
from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.queries import cases_for, entries_of
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.pack import calendar, tables
from driftbox.apps.papers.queries import read_text
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.decide import require_open_for
from driftbox.domain.docket.petition_entries import PetitionRegistered
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_form import ActForm
from driftbox.web.base.acts import do
from driftbox.web.base.cases import shown
from driftbox.web.base.hand import hand_of
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_acts import SERVING, form_class, offers_for
from driftbox.web.base.petition_page import beside, petitioned
from driftbox.web.base.sent import sent
from driftbox.web.base.standing import standing_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.desk.notices import desk_notices

STAFF: Final = ("clerk", "director", "officer", "supervisor", "custodian")
SHOWN: Final = 12  # cases beside the one that is open
PARTS: Final = {
    "facts": gettext_lazy("意见书：事实"),
    "grounds": gettext_lazy("意见书：理由"),
    "basis": gettext_lazy("意见书：依据"),
}


class Sealed(Struct, frozen=True):
    """A paper of the petition that no line of the docket leads to."""

    name: str
    digest: str


def show(request: HttpRequest, state: Docket, viewer: Viewer) -> HttpResponse:
    """The page of a petition, for whoever came through the door of its case."""
    now = now_of(request)
    offers = offers_for(state, viewer)
    context = {
        "s": standing_of(state, now),
        "pt": petitioned(state, now, beside(state, lambda other: _opens(viewer, other))),
        "said": read_text(state.id, state.said) if state.said else "",
        "offers": offers,
        "sheet": _sheet_to_serve(state) if offers.first and offers.first.kind in SERVING else "",
        "papers": _papers(state),
        "written": desk_notices(state, viewer),
        "receipt": receipt_of(state.id),
        "may_help": bool(viewer.roles & {"clerk", "director"}),
        "queue": shown(cases_for(viewer, roles=viewer.roles), calendar().local_date(now))[:SHOWN],
    }
    return render(request, "desk/petition.html", context)


def _sheet_to_serve(state: Docket) -> str:
    """The number of the opinion's sheet, if one was issued and waits to be served."""
    waiting = [notice.serial for notice in state.notices if notice.is_opinion and not notice.served_ms]
    return waiting[-1] if waiting else ""


def _papers(state: Docket) -> list[Sealed]:
    """The letter as it came, and the three parts of the opinion."""
    letters = [entry.body.scan for entry in entries_of(state.id) if isinstance(entry.body, PetitionRegistered)]
    found = [Sealed(gettext("来信原样"), letter) for letter in letters if letter]
    found += [Sealed(name, digest) for name, digest in _from_sea(state)]
    opinion = state.petition.opinion
    if opinion:
        found += [Sealed(str(name), getattr(opinion, part)) for part, name in PARTS.items()]
    return found


def _from_sea(state: Docket) -> list[tuple[str, str]]:
    """What a post at sea sealed: the spoken statement, photographs, signature, and a mediation between two boats."""
    sea, mediation = state.sea, state.sea.mediation
    found = [(gettext("海上：录音"), sea.recording), *((gettext("海上：照片"), one) for one in sea.photos)]
    found += [(gettext("海上：本人签名"), sea.signature), (gettext("海上：哪条船"), sea.boat)]
    if mediation:
        found.append((gettext("海上调解：哪两条船"), mediation.boats))
        sides = ((gettext("先说的这边"), mediation.first), (gettext("另一边"), mediation.second))
        for name, side in sides:
            told = (side.paper, side.recording, side.signature) if side else ()
            found += [(gettext("海上调解：{side}").format(side=name), one) for one in told]
        found.append((gettext("海上调解：协议"), mediation.agreement))
        found += [(gettext("海上调解：协议上的签名"), one) for one in mediation.signed]
    return [(name, digest) for name, digest in found if digest]


@staff_page(*STAFF)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """One act on a petition, on a page of its own: what was written stays when it is refused."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    form = _form(request, state, kind, viewer)
    form.foresee(now_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            do(form, viewer, now=now_of(request), hand=hand_of(request, by=viewer.person))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return _onward(request, state.id, viewer)
    context = {"s": standing_of(state, now_of(request)), "form": form, "pt": petitioned(state, now_of(request))}
    return render(request, "desk/petition_act.html", context, status=400 if request.method == "POST" else 200)


def _form(request: HttpRequest, state: Docket, kind: str, viewer: Viewer) -> ActForm:
    """The form of an act that this person may record at this stage.

    Raises:
        Http404: no such act, or no petition.
        Refused: not at this stage, or not in their role.
    """
    table, made = tables()[state.procedure], form_class(kind)
    if state.procedure != "petition" or made is None or kind not in table.kinds:
        raise Http404
    require_open_for(state, kind, table)
    viewer.role_among(table.arrows.get((kind, state.stage), table.kinds[kind]).roles)
    return made(state, viewer.person, *sent(request))


def _opens(viewer: Viewer, docket: str) -> bool:
    """Whether this member of staff reaches the case."""
    try:
        docket_for(viewer, docket)
    except NotFound:
        return False
    return True


def _onward(request: HttpRequest, docket: str, viewer: Viewer) -> HttpResponse:
    """Back to the petition; to the list when it is theirs to see no more, because it is an accusation now."""
    if not _opens(viewer, docket):
        messages.success(request, gettext("记好了。这一件改由保密专管员看，这里看不到了。"))
        return redirect("desk:queue")
    messages.success(request, gettext("记好了。"))
    return redirect("desk:case", docket=docket)
