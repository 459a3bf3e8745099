"""By the petitioner: ask that whoever handles it step aside 申请回避 (Regulation on Petition Work, Art. 28)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.dockets.actions import record
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import tables
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.queries import colleagues
from driftbox.domain.docket.petition_entries import RecusalAsked
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import reasons, words_field
from driftbox.web.base.sent import sent
from driftbox.web.base.theirs import speaks_as, theirs


class RecusalForm(forms.Form):
    """Why they should step aside."""

    reason = forms.ChoiceField(label=_("为什么请他回避？"), widget=forms.RadioSelect)
    words = words_field(_("说一说"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "reason", reasons("recusal.asked"))


def asked_to_step_aside(docket: Docket) -> bool:
    """Whether it waits to be decided if whoever handles it steps aside."""
    return any(one.person == docket.petition.handler for one in docket.petition.recusals)


def may_ask_recusal(docket: Docket) -> bool:
    """Whether there is somebody who handles it, of whom it was not asked yet."""
    final = tables()[docket.procedure].stages[docket.stage].final
    return bool(docket.petition.handler) and not final and not asked_to_step_aside(docket)


@require_http_methods(["GET", "POST"])
def recusal(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Ask that whoever handles it step aside; somebody else decides.

    Raises:
        NotFound: not theirs, or no petition.
        Refused: nobody handles it now, or it was asked already.
    """
    state = theirs(request, str(docket))
    if state.procedure != "petition":
        raise NotFound("no_petition", "这一件不是信访，没有这一页。请回到这件事。")
    if not may_ask_recusal(state):
        raise Refused("nobody_to_recuse", "现在没有可请回避的人：还没派人，已经办完，或者您请过了。请回到这件事看看。")
    form = RecusalForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, state, form)
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("收下了。回避不回避，由别人来定，定了告诉您。"))
            return redirect("track:case", docket=state.id)
    context = {"form": form, "docket": state, "handler": colleagues().get(state.petition.handler)}
    return render(request, "track/recusal.html", context, status=400 if request.method == "POST" else 200)


def _ask(request: HttpRequest, state: Docket, form: RecusalForm) -> None:
    (person, role), now, data = speaks_as(request, state), now_of(request), form.cleaned_data
    with together():
        paper = seal_text(state.id, data["words"], now=now) if data["words"] else None
        body = RecusalAsked(person=state.petition.handler, reason=data["reason"], paper=paper)
        record(state.id, [body], by=person, role=role, now=now, for_=state.beneficiary)
