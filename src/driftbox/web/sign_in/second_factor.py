"""The second factor 第二道验证: asked for after the password, and the page where a member of staff keeps it."""

from collections.abc import Callable
from typing import Final, cast

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.people.actions import begin_factor, confirm_factor, drop_factor, use_factor
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import Guarded, begun_factor, colleague_in, factor_of, guarded_at
from driftbox.domain.errors import Refused
from driftbox.gateways.codes import qr_svg
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.sign_in.half import forget_half, half_of
from driftbox.web.sign_in.middleware import required

DOOR: Final = "second-factor"  # one counter of attempts for every place that asks for a code
DIRECTOR: Final = "director"
PAGE: Final = "sign_in/second_factor.html"


class FactorForm(forms.Form):
    """Six digits from the phone."""

    code = forms.CharField(
        label=_("手机上的 6 个数字"), max_length=20, error_messages={"required": _("请填手机上的 6 个数字")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class EitherForm(forms.Form):
    """Six digits from the phone, or a recovery code from paper: so no keyboard of digits only."""

    code = forms.CharField(
        label=_("6 个数字，或恢复码"), max_length=20, error_messages={"required": _("请填 6 个数字，或恢复码")},
        help_text=_("手机上“漂流箱”那一行的 6 个数字。手机不在身边，填纸上的一个恢复码。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )  # fmt: skip


class OffForm(EitherForm):
    """Both things that were asked for at sign-in, once more."""

    password = forms.CharField(
        label=_("密码"), max_length=200, error_messages={"required": _("请填密码")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ("password", "code")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The second page of signing in; without the first, or too long after it, back to the first."""
    known = half_of(request)
    if known is None:
        return redirect("sign_in:staff")
    half, account = known
    form = EitherForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count_attempt(DOOR, account.person, now=now_of(request))
        try:
            use_factor(account.person, form.cleaned_data["code"], now=now_of(request))
        except Refused as refusal:
            form.add_error("code", sentence_of(refusal))
        else:
            forget_half(request)
            login(request, account, backend=half.backend)
            return redirect(half.going)
    return render(request, "sign_in/staff_code.html", {"form": form}, status=400 if form.errors else 200)


@sensitive_post_parameters()
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Whether it is on; switch it on or off. One address, three buttons."""
    if request.method == "GET":
        return _shown(request)
    return STEPS.get(request.POST.get("step", ""), _unknown)(request)


def _begin(request: HttpRequest) -> HttpResponse:
    begin_factor(_me(request).person)
    return redirect("sign_in:second_factor")


def _confirm(request: HttpRequest) -> HttpResponse:
    form = FactorForm(request.POST)
    if form.is_valid():
        try:
            codes = confirm_factor(_me(request).person, form.cleaned_data["code"], now=now_of(request))
        except Refused as refusal:
            form.add_error("code", sentence_of(refusal))
        else:
            return render(request, PAGE, {"codes": codes})
    return _shown(request, form)


def _off(request: HttpRequest) -> HttpResponse:
    me, form = _me(request), OffForm(request.POST)
    if form.is_valid():
        count_attempt(DOOR, me.person, now=now_of(request))
        try:
            _prove(me, form, request)
        except Refused as refusal:
            form.add_error("password" if refusal.code == "password_wrong" else "code", sentence_of(refusal))
        else:
            drop_factor(me.person)
            messages.success(request, gettext("第二道验证关了。以后登录只要密码。"))
            return redirect("sign_in:second_factor")
    return _shown(request, form)


def _prove(me: Account, form: OffForm, request: HttpRequest) -> None:
    if not me.check_password(form.cleaned_data["password"]):
        raise Refused("password_wrong", "密码不对，没有关。再看一遍，大小写也算。")
    use_factor(me.person, form.cleaned_data["code"], now=now_of(request))


def _unknown(request: HttpRequest) -> HttpResponse:
    messages.error(request, gettext("没看懂要做什么，什么都没变。请再点一次。"))
    return redirect("sign_in:second_factor")


STEPS: Final[dict[str, Callable[[HttpRequest], HttpResponse]]] = {"begin": _begin, "confirm": _confirm, "off": _off}


@require_POST
@staff_page(DIRECTOR)
def reset(request: HttpRequest) -> HttpResponse:
    """A director takes a lost second factor off a colleague at or below their office; the password stays."""
    colleague = colleague_in(viewer_of(request).reach, request.POST.get("username", ""))
    if drop_factor(colleague.person):
        said = gettext("{name}的第二道验证去掉了。请当面告诉本人，登录以后重新开。")
    else:
        said = gettext("{name}没有开第二道验证，什么都没变。")
    messages.success(request, said.format(name=colleague.name))
    return redirect("sign_in:second_factor")


def _colleagues(request: HttpRequest) -> list[Guarded]:
    viewer = viewer_of(request)
    return [one for one in guarded_at(viewer.reach) if one.person != viewer.person]


def _me(request: HttpRequest) -> Account:
    return cast("Account", request.user)


def _shown(request: HttpRequest, form: forms.Form | None = None) -> HttpResponse:
    me = _me(request)
    factor, begun = factor_of(me.person), begun_factor(me)
    shown = {
        "factor": factor,
        "begun": begun,
        "qr": qr_svg(begun.address) if begun else "",
        "form": form or (OffForm() if factor.since else FactorForm()),
        "required": required(),
        "colleagues": _colleagues(request) if DIRECTOR in me.roles else (),
    }
    return render(request, PAGE, shown, status=400 if form and form.errors else 200)
