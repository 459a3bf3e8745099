"""Staff sign in with a password and a lockout; residents with their phone and a one-time code."""

from types import MappingProxyType

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.dockets.queries import cases_for
from driftbox.apps.notices.actions import check_otp, count_attempt, start_otp
from driftbox.apps.people.access import resident_viewer
from driftbox.apps.people.queries import factor_of, find_people
from driftbox.domain.errors import Refused
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import viewer_of
from driftbox.web.sign_in.half import forget_half, remember_half


class PhoneForm(forms.Form):
    """A phone number."""

    phone = forms.CharField(
        label=_("手机号"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
    )


class CodeForm(forms.Form):
    """The six digits of the text message."""

    code = forms.RegexField(
        r"^[0-9]{6}$", label=_("短信里的 6 位数字"), max_length=6,
        error_messages={"invalid": _("差一位，要填 6 个数字")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class StaffForm(AuthenticationForm):
    """User name and password; an over-long name is told on the form and never reaches the lockout's tables."""

    username = UsernameField(max_length=40)


class Staff(LoginView):
    """Staff sign-in."""

    authentication_form = StaffForm
    template_name = "sign_in/staff.html"
    redirect_authenticated_user = True
    extra_context = MappingProxyType({"walk": settings.DRIFTBOX_DEMO})

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """The password was right: in, or on to the second factor of whoever has one."""
        account = form.get_user()
        if not factor_of(account.person).since:
            forget_half(self.request)
            return super().form_valid(form)
        remember_half(self.request, account, self.get_success_url())
        return redirect("sign_in:staff_code")


@login_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the page where this person works."""
    at_desk = viewer_of(request).roles & {"clerk", "director", "officer", "supervisor"}
    return redirect("desk:queue" if at_desk else "pocket:today")


@require_http_methods(["GET", "POST"])
def resident(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time code."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_attempt("otp", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
            request.session["phone"] = start_otp(form.cleaned_data["phone"], now=now_of(request))
        except Refused as refusal:
            form.add_error("phone", sentence_of(refusal))
        else:
            return redirect("sign_in:code")
    status = 400 if form.errors else 200
    return render(request, "sign_in/resident.html", {"form": form, "step": "phone"}, status=status)


@require_http_methods(["GET", "POST"])
def resident_code(request: HttpRequest) -> HttpResponse:
    """Use the one-time code."""
    phone = request.session.get("phone", "")
    if not phone:
        return redirect("sign_in:resident")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            check_otp(phone, form.cleaned_data["code"], now=now_of(request))
        except Refused as refusal:
            form.add_error("code", sentence_of(refusal))
        else:
            people = find_people(phone)
            request.session.cycle_key()
            request.session["person"] = people[0] if people else ""
            request.session["people"] = people
            return redirect("sign_in:mine")
    status = 400 if form.errors else 200
    return render(request, "sign_in/resident.html", {"form": form, "step": "code", "phone": phone}, status=status)


@require_POST
def resident_out(request: HttpRequest) -> HttpResponse:
    """Leave, and forget everything on this phone."""
    request.session.flush()
    return redirect("resident:home")


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The cases of whoever signed in by phone."""
    people = request.session.get("people", [])
    if not people:
        return redirect("sign_in:resident")
    viewers = [resident_viewer(person) for person in people]
    rows = {row.docket: row for v in viewers for final in (False, True) for row in cases_for(v, final=final)}
    return render(request, "sign_in/mine.html", {"cases": list(rows.values())})
