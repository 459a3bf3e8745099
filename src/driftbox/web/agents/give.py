"""Giving out one case, with suggestions and their reasons; and a whole day at once."""

from datetime import date
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.agents.access import KEEPERS
from driftbox.apps.agents.dispatching import give_one, give_out, plan_day, suggestions_for, waiting_rows
from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import record
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.handover_entries import HandoverProposed
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.web.agents.words import choices_of, left_out_of
from driftbox.web.base.handover_words import REASONS
from driftbox.web.base.intake_words import reasons_said
from driftbox.web.base.middleware import now_of
from driftbox.web.base.standing import standing_of
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of

GIVERS: Final = ("director", "agent")


class GiveForm(forms.Form):
    """To whom, why, and whether only for a while."""

    to = forms.CharField(
        label=_("派给谁？"), max_length=36, error_messages={"required": _("还没选派给谁。请在名单里选一位。")}
    )
    reason = forms.ChoiceField(label=_("为什么？"), choices=list(REASONS.items()))
    until = forms.DateField(
        label=_("只是顶班？到哪天"), required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip


@staff_page(*GIVERS)
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Who could take this case, why, and asking one of them."""
    viewer, now = viewer_of(request), now_of(request)
    state = docket_for(viewer, str(docket))
    language = request.GET.get("language", "")
    tongues = [(tongue.code, said(tongue.name)) for tongue in current_pack().agents.tongues]
    found = suggestions_for(state, now, language=language if language in dict(tongues) else "")
    form = GiveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        chosen = next((c.agent for c in found.candidates if c.agent.person == form.cleaned_data["to"]), None)
        if chosen is None:
            form.add_error("to", gettext("这一位现在不能接，什么都没有改。请在名单里另选一位。"))
        else:
            _give(request, state, viewer, chosen.person, form)
            return redirect("desk:case" if "director" in viewer.roles else "pocket:case", docket=state.id)
    waits = open_handover(state)
    context = {
        "s": standing_of(state, now), "choices": choices_of(found), "left_out": left_out_of(found.left_out),
        "form": form, "tongues": tongues, "language": language, "waits": waits, "to": request.POST.get("to", ""),
        "more": max(0, len(found.candidates) - len(choices_of(found))),
    }  # fmt: skip
    return render(request, "agents/give.html", context, status=400 if form.is_bound else 200)


def _give(request: HttpRequest, state: Docket, viewer: Viewer, to: str, form: GiveForm) -> None:
    role = viewer.role_among(GIVERS)
    until: date | None = form.cleaned_data["until"]
    plain = form.cleaned_data["reason"] == "dispatch" and until is None and role == "director"
    if plain and not state.agent:
        at_once = give_one(state.id, to, by=viewer.person, role=role, now=now_of(request))
        messages.success(request, gettext("派好了。") if at_once else gettext("已经问他了，等他答复。"))
        return
    body = HandoverProposed(
        to=to, giver=state.agent, reason=form.cleaned_data["reason"], until=until.isoformat() if until else None
    )
    record(state.id, [body], by=viewer.person, role=role, now=now_of(request))
    messages.success(request, gettext("已经问他了，等他答复。"))


@staff_page(*KEEPERS)
@require_http_methods(["GET", "POST"])
def day(request: HttpRequest) -> HttpResponse:
    """All cases that wait for somebody, given out at once: looked at first, then pressed."""
    viewer, now = viewer_of(request), now_of(request)
    rows = {row.docket: row for row in waiting_rows(viewer)}
    if request.method == "POST":
        if "director" not in viewer.roles:
            raise Refused("not_to_give", "派事要站长来，什么都没有改。请告诉站长。")
        chosen = [pair.partition(":") for pair in request.POST.getlist("give")[: len(rows)]]
        _cases, plan = plan_day(tuple(rows), viewer.reach, now)
        agreed = [(docket, who) for docket, _gap, who in chosen if _is_in(plan.given, docket, who)]
        outcome = give_out(agreed, by=viewer.person, role="director", now=now)
        _tell(request, len(outcome.assigned), len(outcome.proposed), len(chosen) - len(agreed) + len(outcome.overtaken))
        return redirect("agents:day")
    _cases, plan = plan_day(tuple(rows), viewer.reach, now)
    lines = [
        (rows[docket], agent, place_name(agent.office), reasons_said(reasons),
         place_name(rows[docket].office), rows[docket].procedure == "errand")
        for docket, (agent, reasons) in sorted(plan.given.items(), key=lambda item: rows[item[0]].number)
    ]  # fmt: skip
    nobody = [(rows[docket], place_name(rows[docket].office)) for docket in plan.nobody]
    context = {"lines": lines, "nobody": nobody, "may_give": "director" in viewer.roles,
               "assign": current_pack().agents.errands == "assign"}  # fmt: skip
    return render(request, "agents/day.html", context)


def _is_in(given: object, docket: str, who: str) -> bool:
    held = given.get(docket) if isinstance(given, dict) else None
    return held is not None and held[0].person == who


def _tell(request: HttpRequest, assigned: int, proposed: int, left: int) -> None:
    if assigned:
        messages.success(request, ngettext("派好 {n} 件。", "派好 {n} 件。", assigned).format(n=assigned))
    if proposed:
        messages.success(
            request, ngettext("问了 {n} 件，等答复。", "问了 {n} 件，等答复。", proposed).format(n=proposed)
        )
    if left:
        words = ngettext(
            "有 {n} 件这会儿情形变了，没有派，请再看看。", "有 {n} 件这会儿情形变了，没有派，请再看看。", left
        )
        messages.warning(request, words.format(n=left))
