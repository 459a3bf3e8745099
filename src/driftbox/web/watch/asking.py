"""Ask to see what was told in confidence, or open it in an emergency.

Whoever is not let in never learns here whether a number exists: asking is answered alike for every number, and an
emergency opening says the same of a number that is none and of one that is not theirs.
"""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.dockets.queries import rows_numbered
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.pack import tables
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues_in
from driftbox.apps.petitions.confidence import ask_access, force_access
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import reasons, words_field
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.watch.secret import named

ASKING: Final = ("clerk", "director", "officer", "supervisor")


class AskForm(forms.Form):
    """Which number, and why."""

    number = forms.CharField(label=_("编号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reason = forms.ChoiceField(label=_("为什么要看？"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "reason", reasons("access.asked"))


class ForceForm(forms.Form):
    """Which number, and why it cannot wait."""

    number = forms.CharField(label=_("编号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reason = forms.ChoiceField(label=_("为什么等不及？"))
    words = words_field(_("出了什么事，为什么不能等专管员"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "reason", reasons("access.forced"))


@staff_page(*ASKING)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to see a confidential petition; the answer is the same whether there is one or not."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        viewer = viewer_of(request)
        ask_access(form.cleaned_data["number"], form.cleaned_data["reason"], viewer, now=now_of(request))
        messages.success(request, gettext("递上去了。有这一件的话，专管员会来定；准了，您的单子上就看得到。"))
        return redirect("watch:ask")
    context = {"form": form, "may_force": bool(forcing_roles() & viewer_of(request).roles)}
    return render(request, "watch/ask.html", context, status=400 if request.method == "POST" else 200)


def forcing_roles() -> frozenset[str]:
    """Who may open a confidential petition in an emergency: the roles that the pack's procedure names."""
    arrow = tables()["petition"].kinds.get("access.forced")
    return frozenset(arrow.roles) if arrow else frozenset()


@staff_page(*ASKING, "custodian")
@require_http_methods(["GET", "POST"])
def force(request: HttpRequest) -> HttpResponse:
    """Open one in an emergency: first a page that says that it is recorded and who is told, then the act."""
    viewer = viewer_of(request)
    viewer.role_among(tuple(sorted(forcing_roles())))
    form = ForceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("sure") != "yes":
            told = [named(one) for one in colleagues_in("custodian")]
            return render(request, "watch/force_sure.html", {"form": form, "told": told, "name": viewer.name})
        return _forced(request, viewer, form)
    return render(request, "watch/force.html", {"form": form}, status=400 if request.method == "POST" else 200)


def _forced(request: HttpRequest, viewer: Viewer, form: ForceForm) -> HttpResponse:
    data, now = form.cleaned_data, now_of(request)
    count_attempt("force", viewer.person, now=now)
    found = [*rows_numbered(data["number"]), ""][0]
    try:
        after = force_access(found, data["reason"], data["words"], viewer, now=now)
    except Refused as refusal:
        form.add_error("number" if isinstance(refusal, NotFound) else None, sentence_of(refusal))
        status = 404 if isinstance(refusal, NotFound) else 409
        return render(request, "watch/force.html", {"form": form}, status=status)
    messages.warning(request, gettext("打开了。这一次记进了卷里，专管员和上级都看得到。"))
    return redirect("desk:case", docket=after.id)
