"""The receipt of a petition, asking that it be looked at again, and why a clock ends on its day."""

from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.pack import current_pack
from driftbox.apps.petitions.carrying import Asking
from driftbox.apps.petitions.chain import request_review
from driftbox.domain.deadlines.clocks import VERDICTS, Reading
from driftbox.domain.deadlines.rules import ClockRule
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.gateways.codes import qr_svg
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import words_field
from driftbox.web.base.petition_page import petitioned
from driftbox.web.base.sent import sent
from driftbox.web.base.standing import standing_of
from driftbox.web.base.theirs import either_door, remember_case, speaks_as, theirs


class ReviewForm(forms.Form):
    """Why the petitioner does not agree."""

    words = words_field(_("哪里不服？"), rows=6, help_text=_("用自己的话写就行，写不下的打电话说"))


@require_GET
def receipt(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The receipt: number and code, what comes next, until when."""
    state = _petition(request, docket)
    code = receipt_of(state.id)
    address = request.build_absolute_uri(reverse("track:find")) + f"?number={state.number}&code={code}"
    context = {
        "s": standing_of(state, now_of(request)), "pt": petitioned(state, now_of(request)), "receipt": code,
        "qr": qr_svg(address) if code else "",
    }  # fmt: skip
    return render(request, "petitions/receipt.html", context)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Ask that an answered petition be looked at again one level up (Regulation on Petition Work, Arts. 35, 36)."""
    state = _petition(request, docket)
    form = ReviewForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        person, role = speaks_as(request, state)
        asking = Asking(by=person, role=role, channel="web")
        try:
            asked = request_review(state.id, form.cleaned_data["words"], asking, now=now_of(request))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            remember_case(request, asked.docket.id)
            if asked.late:
                messages.warning(
                    request, gettext("过了 30 天，申请照样记下了。有出海、住院这样的理由，打电话告诉我们。")
                )
            return redirect("petitions:receipt", docket=asked.docket.id)
    context = {"s": standing_of(state, now_of(request)), "pt": petitioned(state, now_of(request)), "form": form}
    return render(request, "petitions/review.html", context, status=400 if request.method == "POST" else 200)


@require_GET
def why(request: HttpRequest, docket: UUID, clock: str) -> HttpResponse:
    """Why a clock ends on its day, line by line, so that anybody who reaches the case can count it again.

    Raises:
        NotFound: not theirs, or no such clock has started.
    """
    state, is_staff = either_door(request, str(docket))
    reading = next((one for one in clocks_of(state, now_of(request)) if one.clock == clock), None)
    if reading is None:
        raise NotFound("no_clock", "这件事没有这个日子，或者还没开始算。请回到这件事看看。")
    context = {
        "state": state, "clock": reading, "rule": _rule(state, reading), "verdict": VERDICTS[reading.verdict],
        "back": reverse("desk:case" if is_staff else "track:case", args=[state.id]),
    }  # fmt: skip
    return render(request, "petitions/why.html", context)


def _rule(state: Docket, reading: Reading) -> ClockRule | None:
    """The version of the rule that was in force when the clock started."""
    found = [
        rule for rule in current_pack().clocks
        if rule.procedure == state.procedure and rule.id == reading.clock
        and rule.in_force_from <= reading.starts <= (rule.in_force_to or date.max) and rule.basis == reading.basis
    ]  # fmt: skip
    return found[0] if found else None


def _petition(request: HttpRequest, docket: UUID) -> Docket:
    state = theirs(request, str(docket))
    if state.procedure != "petition":
        raise NotFound("no_petition", "这一件不是信访，没有这一页。请回到这件事。")
    return state
