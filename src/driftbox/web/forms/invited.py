"""The door of somebody who was asked to sign: a link in a text message, six digits to the same phone, one form."""

from typing import Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.errands.forms import Invited, declaration_of, invited_by, progress_of, sign_invited
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.actions import check_otp, count_attempt, start_otp
from driftbox.apps.pack import calendar
from driftbox.apps.people.queries import particulars_of
from driftbox.domain.docket.form_acts import MEMBER
from driftbox.domain.errors import BadFont, BadPaper, Refused
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.signing import Seal
from driftbox.web.base.telling import page_language
from driftbox.web.forms.fields import SignForm

MOST_TOKEN: Final = 400  # characters
PROVED: Final = "signs"  # links that this browser has proved to be its own


class CodeForm(forms.Form):
    """The six digits that were texted."""

    code = forms.CharField(
        label=_("短信里的 6 位数字"), max_length=6, required=False, help_text=_("先空着按一次，我们发给您"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """Prove the phone, read what is signed, sign it."""
    invited = invited_by(token[:MOST_TOKEN], calendar().local_date(now_of(request)))
    if _has_signed(invited):
        return render(request, "forms/thanks.html", {"form": invited.form})
    if token not in request.session.get(PROVED, []):
        return _prove(request, invited, token)
    return _sign(request, invited)


def _has_signed(invited: Invited) -> bool:
    progress = progress_of(invited.docket, invited.form)
    return any(one.signed and one.person == invited.signer for one in progress.signers)


def _prove(request: HttpRequest, invited: Invited, token: str) -> HttpResponse:
    form, now, sent = CodeForm(request.POST or None), now_of(request), False
    phone = particulars_of(invited.signer).phone
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["code"]:
                check_otp(phone, form.cleaned_data["code"], now=now)
                request.session[PROVED] = [*request.session.get(PROVED, []), token][-5:]
                return redirect("forms:invited", token=token)
            count_attempt("otp", request.META.get("REMOTE_ADDR", ""), now=now)
            start_otp(phone, now=now)
            sent = True
        except Refused as refusal:
            form.add_error("code", sentence_of(refusal))
    context = {"code_form": form, "sent": sent, "tail": phone[-4:], **_told(request, invited)}
    return render(request, "forms/prove.html", context, status=400 if form.errors else 200)


def _told(request: HttpRequest, invited: Invited) -> dict[str, object]:
    today = calendar().local_date(now_of(request))
    return {
        "form": invited.form, "who": particulars_of(invited.docket.beneficiary).name,
        "declared": declaration_of(invited.docket, invited.form, page_language(), today),
    }  # fmt: skip


def _sign(request: HttpRequest, invited: Invited) -> HttpResponse:
    now, initial = now_of(request), {"signed": particulars_of(invited.signer).name}
    paper = SignForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and paper.is_valid():
        try:
            with together():
                seal = Seal(invited.docket.id, now)
                signing = paper.signing(seal, signer=invited.signer, by=invited.signer, role=MEMBER)
                sign_invited(invited, signing, now=now)
        except (Refused, BadFont, BadPaper) as refusal:
            paper.add_error(None, sentence_of(refusal))
        else:
            return render(request, "forms/thanks.html", {"form": invited.form})
    context = {"paper": paper, **_told(request, invited)}
    return render(request, "forms/invited.html", context, status=400 if paper.errors else 200)
