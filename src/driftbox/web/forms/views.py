"""The forms of a case: filled in from what is known, printed or signed here, and sent to the rest of the household."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.errands.forms import (
    Progress,
    ask_adult,
    declaration_of,
    filled_in,
    form_named,
    forms_of,
    progress_of,
    sign_form,
    to_print,
)
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import calendar
from driftbox.apps.people.queries import Particulars, particulars_of
from driftbox.domain.consult.form import Form
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import BadFont, BadPaper, Refused
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.pdf_files import asked_for, pdf_answer
from driftbox.web.base.signing import Seal
from driftbox.web.base.telling import page_language
from driftbox.web.base.theirs import either_door, speaks_as
from driftbox.web.base.viewer import viewer_of
from driftbox.web.forms.fields import BLANK, AdultForm, FillForm

RECORDERS = ("clerk", "director", "agent")


def _speaker(request: HttpRequest, state: Docket, *, staff: bool) -> tuple[str, str]:
    """Who records, and in which role."""
    if not staff:
        return speaks_as(request, state)
    viewer = viewer_of(request)
    return viewer.person, viewer.role_among(RECORDERS)


@require_GET
def overview(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Which forms a case needs, and who has signed."""
    state, staff = either_door(request, str(docket))
    found = [progress_of(state, form) for form in forms_of(state)]
    return render(request, "forms/case.html", {"docket": state, "found": found, "staff": staff})


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, docket: UUID, code: str) -> HttpResponse:
    """Fill in a form and sign it."""
    state, staff = either_door(request, str(docket))
    form, now = form_named(state, code), now_of(request)
    known = filled_in(state, form, page_language(), calendar().local_date(now))
    initial: dict[str, object] = {BLANK + name: value for name, value in known.items()}
    initial["signed"] = particulars_of(state.beneficiary).name
    paper = FillForm(form, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and paper.is_valid():
        by, role = _speaker(request, state, staff=staff)
        try:
            with together():
                signing = paper.signing(Seal(state.id, now), signer=state.beneficiary, by=by, role=role)
                sign_form(state, form, signing, now=now)
        except (Refused, BadFont, BadPaper) as refusal:
            paper.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("签好了，记下了。这一样不用再交纸的。"))
            return redirect("forms:case", docket=state.id)
    context = _page(state, form, paper, staff=staff) | {
        "declared": declaration_of(state, form, page_language(), calendar().local_date(now)),
    }
    return render(request, "forms/fill.html", context, status=400 if paper.errors else 200)


def _page(state: Docket, form: Form, paper: object, *, staff: bool) -> dict[str, Any]:
    progress: Progress = progress_of(state, form)
    signed = any(one.signed and one.person == state.beneficiary for one in progress.signers)
    return {"docket": state, "form": form, "paper": paper, "progress": progress, "signed": signed, "staff": staff}


@require_GET
def printed(request: HttpRequest, docket: UUID, code: str) -> HttpResponse:
    """The form with what is known filled in, to be signed by hand."""
    state, _staff = either_door(request, str(docket))
    form, now = form_named(state, code), now_of(request)
    language, large = asked_for(request)
    values = filled_in(state, form, language, calendar().local_date(now))
    return pdf_answer(to_print(state, form, values, language, large=large, now=now), f"{state.number}-{form.code}")


@require_POST
def ask(request: HttpRequest, docket: UUID, code: str) -> HttpResponse:
    """Ask a member of the household to sign, by a link in a text message."""
    state, staff = either_door(request, str(docket))
    form, adult = form_named(state, code), AdultForm(request.POST)
    if adult.is_valid():
        by, role = _speaker(request, state, staff=staff)
        who = Particulars(
            name=adult.cleaned_data["name"], phone=adult.cleaned_data["phone"], language=page_language()
        )  # fmt: skip
        site = settings.DRIFTBOX_SITE or request.build_absolute_uri("/")
        try:
            ask_adult(state, form, who, by=by, role=role, site=site, now=now_of(request))
        except Refused as refusal:
            adult.add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("短信发给他了。他签好，这里就看得到。"))
            return redirect("forms:case", docket=state.id)
    context = {"docket": state, "form": form, "adult": adult, "staff": staff}
    return render(request, "forms/ask.html", context, status=400)
