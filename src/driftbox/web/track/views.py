"""Find a case by number and receipt code, see where it stands, say whether it was good."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.forms import forms_of, progress_of
from driftbox.apps.errands.together import sisters_of
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.notices.queries import docket_of_receipt, receipt_of
from driftbox.domain.docket.entries import CaseRated
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.gateways.codes import qr_svg, read_receipt_code
from driftbox.web.base.beside import beside_of
from driftbox.web.base.boats import NextLine, next_box_boat
from driftbox.web.base.custody_words import ways_of
from driftbox.web.base.incident_words import family_words
from driftbox.web.base.listing import one_list
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.outlook import outlook_of
from driftbox.web.base.standing import Standing, standing_of
from driftbox.web.base.theirs import remember_case, speaks_as, theirs
from driftbox.web.base.written import written_of
from driftbox.web.track.petition import petition_page

NOBODY = "没有对上。请看看编号和回执码，一个字都不能差；或打电话，我们替您查。"


class RateForm(forms.Form):
    """How content the family is; solved is asked apart."""

    satisfaction = forms.TypedChoiceField(
        label=_("到现在，您满意吗？"), coerce=int, widget=forms.RadioSelect,
        choices=[(1, _("非常满意")), (2, _("满意")), (3, _("基本满意")), (4, _("不满意")), (5, _("非常不满意"))],
    )  # fmt: skip
    solved = forms.ChoiceField(
        label=_("事情解决了吗？"), widget=forms.RadioSelect,
        choices=[("yes", _("解决了")), ("partly", _("解决了一部分")), ("no", _("没解决"))],
    )  # fmt: skip


@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Open a case with its number and receipt code."""
    number, code = request.GET.get("number", "")[:60], request.GET.get("code", "")[:40]
    if not code and not number:
        return render(request, "track/find.html", {})
    try:
        docket = _found(request, number, code)
    except NotFound as nothing:
        context = {"sentence": sentence_of(nothing), "number": number}
        return render(request, "track/find.html", context, status=404)
    except Refused as refusal:
        status = 429 if refusal.code == "too_many" else 400
        context = {"sentence": sentence_of(refusal), "number": number}
        return render(request, "track/find.html", context, status=status)
    for one in (*reversed(sisters_of(load(docket).docket)), docket):
        remember_case(request, one)
    return redirect("track:case", docket=docket)


def _found(request: HttpRequest, number: str, code: str) -> str:
    count_attempt("receipt", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
    docket = docket_of_receipt(read_receipt_code(code))
    digits = "".join(c for c in number if c.isascii() and c.isdigit())
    if not docket or not digits or not _digits(load(docket).docket.given).endswith(digits):
        raise NotFound("no_case", NOBODY)
    return docket


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())


@require_GET
def case(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Where the case stands."""
    state = theirs(request, str(docket))
    return _show(request, state, RateForm())


def _show(request: HttpRequest, state: Docket, form: RateForm, status: int = 200) -> HttpResponse:
    if state.procedure == "petition":
        return render(request, "track/petition.html", petition_page(request, state) | {"form": form}, status=status)
    return render(request, "track/case.html", _page(state, form, now_of(request)), status=status)


def _page(state: Docket, form: RateForm, now: datetime) -> dict[str, Any]:
    standing = standing_of(state, now)
    return {
        "s": standing, "outlook": outlook_of(state, now), "form": form, "listed": one_list(state),
        "notices": written_of(state, served_only=True), "boat": _boat(state, standing, now),
        "ways": ways_of(state), "odd": family_words(state), "beside": beside_of(state, now),
        "forms": [] if state.delivered_ms or standing.final else [progress_of(state, form) for form in forms_of(state)],
    }  # fmt: skip


def _boat(state: Docket, standing: Standing, now: datetime) -> NextLine | None:
    """The next boat for what waits at a pier, or for what is not handed in yet; nothing once it is further on."""
    if standing.final or standing.way.stop not in {"", "pier"}:
        return None
    waiting = [parcel.place for parcel in state.parcels.values() if parcel.where == "box"]
    return next_box_boat(now, waiting[-1] if waiting else "")


@require_POST
def rate(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Say whether it was good."""
    state = theirs(request, str(docket))
    form = RateForm(request.POST)
    if not form.is_valid():
        return _show(request, state, form, status=400)
    body = CaseRated(satisfaction=form.cleaned_data["satisfaction"], solved=form.cleaned_data["solved"])
    person, role = speaks_as(request, state)
    try:
        record(state.id, [body], by=person, role=role, now=now_of(request), for_=state.beneficiary)
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, gettext("谢谢您，记下了。不满意的，一个工作日内给您回电话。"))
    return redirect("track:case", docket=state.id)


@require_GET
def checklist(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The one list of the case, to print."""
    state = theirs(request, str(docket))
    receipt = receipt_of(state.id)
    address = request.build_absolute_uri("/track/find/") + f"?number={state.number}&code={receipt}"
    context = {
        "s": standing_of(state, now_of(request)),
        "listed": one_list(state),
        "receipt": receipt,
        "qr": qr_svg(address),
        "back": reverse("track:case", args=[state.id]),
    }
    return render(request, "base/notice.html", context)
