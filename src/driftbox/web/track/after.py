"""After the answer, by the petitioner: ask that it be taken up again, leave word and read what was answered."""

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
from driftbox.apps.petitions.mailbox import leave_message, messages_of
from driftbox.domain.docket.petition_watch_entries import ReopenAsked
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import reasons, words_field
from driftbox.web.base.theirs import speaks_as, theirs


class ReopenForm(forms.Form):
    """Why it should be taken up again."""

    reason = forms.ChoiceField(label=_("为什么要重办？"), widget=forms.RadioSelect)
    words = words_field(_("说一说"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "reason", reasons("reopen.asked"))


class SayForm(forms.Form):
    """One word more."""

    words = words_field(_("再说几句"))


def may_reopen(docket: Docket) -> bool:
    """Whether the petitioner may ask that it be taken up again."""
    open_now = ("reopen.asked", docket.stage) in tables()[docket.procedure].arrows
    return open_now and docket.petition.reopening is None


def _petition(request: HttpRequest, docket: UUID) -> Docket:
    state = theirs(request, str(docket))
    if state.procedure != "petition":
        raise NotFound("no_petition", "这一件不是信访，没有这一页。请回到这件事。")
    return state


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Ask that it be taken up again; somebody who did not handle it decides."""
    state = _petition(request, docket)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, state, form)
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("收下了。重办不重办，由没经手的人来定，定了告诉您。"))
            return redirect("track:case", docket=state.id)
    context = {"form": form, "docket": state}
    return render(request, "track/reopen.html", context, status=400 if request.method == "POST" else 200)


def _ask(request: HttpRequest, state: Docket, form: ReopenForm) -> None:
    (person, role), now, data = speaks_as(request, state), now_of(request), form.cleaned_data
    with together():
        paper = seal_text(state.id, data["words"], now=now) if data["words"] else None
        body = ReopenAsked(reason=data["reason"], paper=paper)
        record(state.id, [body], by=person, role=role, now=now, for_=state.beneficiary)


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The mailbox of a petition whose petitioner left a name."""
    state = _petition(request, docket)
    form = SayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person, role = speaks_as(request, state)
        try:
            leave_message(state.id, form.cleaned_data["words"], by=person, role=role, now=now_of(request))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("放进信箱了。回话也在这里看。"))
            return redirect("track:letters", docket=state.id)
    context = {"form": form, "docket": state, "letters": messages_of(state.id)}
    return render(request, "track/letters.html", context, status=400 if request.method == "POST" else 200)
