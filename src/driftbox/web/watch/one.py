"""One petition as those who supervise see it: what waits around it, and the acts that are theirs."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.pack import tables
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.petitions.mailbox import messages_of
from driftbox.apps.petitions.watching import is_discontent
from driftbox.domain.docket.decide import require_open_for
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_form import ActForm
from driftbox.web.base.acts import do
from driftbox.web.base.hand import hand_of
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import reasons
from driftbox.web.base.petition_page import running
from driftbox.web.base.supervision import COLOURS, pressed_words, reason_words
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.watch.board import STAFF
from driftbox.web.watch.forms import FORMS, SATISFIED, SOLVED

RATED_ONCE: Final = 1


def petition_for(viewer: Viewer, docket: UUID) -> Docket:
    """The petition, if ``viewer`` reaches it.

    Raises:
        NotFound: no such petition, or not theirs to see; never told apart.
    """
    state = docket_for(viewer, str(docket))
    if state.procedure != "petition":
        raise NotFound("no_petition", "这一件不是信访，没有这一页。请回到这件事。")
    return state


@staff_page(*STAFF)
@require_GET
def petition(request: HttpRequest, docket: UUID) -> HttpResponse:
    """What waits around one petition, and what may be done."""
    viewer = viewer_of(request)
    state = petition_for(viewer, docket)
    known, table = state.petition, tables()[state.procedure]
    handler = colleagues().get(known.handler)
    context = {
        "docket": state, "stage": said(table.stages[state.stage].name), "clocks": running(state, now_of(request)),
        "handler": handler.name if handler else "", "office": place_name(known.office or state.office),
        "cards": [_card(state, card.entry) for card in known.cards],
        "pressed": [(pressed_words(one), bool(one.answered)) for one in known.pressed],
        "rated": _rated(state), "reopening": known.reopening and reason_words("reopen.asked", known.reopening.reason),
        "letters": messages_of(state.id) if known.messages else [],
        "acts": acts_for(state, viewer),
    }  # fmt: skip
    return render(request, "watch/petition.html", context)


def _card(docket: Docket, entry: str) -> tuple[str, str, str, str]:
    """A card: its colour, the office, why, and why it was taken back."""
    card = next(one for one in docket.petition.cards if one.entry == entry)
    back = reason_words("card.withdrawn", card.withdrawn) if card.withdrawn else ""
    return str(COLOURS[card.colour]), place_name(card.office), reason_words("card.issued", card.ground), back


def _rated(docket: Docket) -> tuple[str, str] | None:
    """Solved or not and content or not, as last said; None when nobody was asked yet."""
    if not docket.satisfaction:
        return None
    return str(dict(SOLVED).get(docket.solved, "")), str(dict(SATISFIED)[docket.satisfaction])


def acts_for(docket: Docket, viewer: Viewer) -> list[ActForm]:
    """The forms of the acts that ``viewer`` may do now."""
    table = tables()[docket.procedure]
    found = []
    for kind, form in FORMS.items():
        arrow = table.arrows.get((kind, docket.stage))
        if arrow and set(arrow.roles) & viewer.roles and _fits(docket, kind, viewer):
            found.append(form(docket, viewer.person))
    return found


def _fits(docket: Docket, kind: str, viewer: Viewer) -> bool:
    """Whether there is anything to act on."""
    known, discontent = docket.petition, is_discontent(docket)
    return {
        "callback.made": discontent and not known.called_back,
        "mending.reported": discontent and known.called_back and not known.mended,
        "case.rated": not known.ratings or (discontent and known.mended),
        "reopen.asked": known.reopening is None and bool(reasons(kind)),
        "reopen.decided": known.reopening is not None and viewer.person not in known.handlers,
        "message.answered": bool(known.messages) or known.anonymous,
        "supervision.answered": known.waiting_supervision > 0,
        "card.withdrawn": bool(known.cards_standing),
    }.get(kind, True)


@staff_page(*STAFF)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """One act on a page of its own; what was written stays when it is refused."""
    viewer = viewer_of(request)
    state = petition_for(viewer, docket)
    form = _form(request, state, kind, viewer)
    if request.method == "POST" and form.is_valid():
        try:
            do(form, viewer, now=now_of(request), hand=hand_of(request, by=viewer.person))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("记好了。"))
            return redirect("watch:petition", docket=state.id)
    status = 400 if request.method == "POST" else 200
    return render(request, "watch/act.html", {"docket": state, "form": form}, status=status)


def _form(request: HttpRequest, state: Docket, kind: str, viewer: Viewer) -> ActForm:
    """The form of an act that this person may record at this stage.

    Raises:
        Http404: no such act.
        Refused: not at this stage, or not in their role.
    """
    if kind not in FORMS:
        raise Http404
    table = tables()[state.procedure]
    require_open_for(state, kind, table)
    viewer.role_among(table.arrows.get((kind, state.stage), table.kinds[kind]).roles)
    return FORMS[kind](state, viewer.person, request.POST if request.method == "POST" else None)
