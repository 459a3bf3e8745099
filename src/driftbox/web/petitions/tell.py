"""Tell a petition on the web: at most four plain questions, then the words; a text message proves the phone."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.notices.actions import check_otp, count_attempt, start_otp
from driftbox.apps.pack import current_pack
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket.petition_guide import GuideRoute
from driftbox.domain.errors import DriftboxError
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_guide_form import guided
from driftbox.web.base.petition_told import ScanField, persons_named
from driftbox.web.base.sent import sent
from driftbox.web.base.telling import page_language, said
from driftbox.web.base.theirs import remember_case


class TellForm(forms.Form):
    """The words, who says them, and the six digits that prove the phone."""

    words = forms.CharField(
        label=_("慢慢说，什么事？"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("什么时候、在哪里、您想怎么办。写不下的，打电话说"),
    )  # fmt: skip
    complained = forms.CharField(
        label=_("说到了哪个人？"), max_length=200, required=False, help_text=_("写名字。说到的人看不到您写的")
    )
    name = forms.CharField(label=_("您怎么称呼"), max_length=40)
    for_name = forms.CharField(label=_("替谁说？说自己的事就空着"), max_length=40, required=False)
    phone = forms.CharField(label=_("手机号"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    office = forms.ChoiceField(label=_("离您近的代办站"))
    code = forms.CharField(
        label=_("短信里的 6 位数字"), required=False, max_length=6, help_text=_("先空着按一次，我们发给您"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
    scan = ScanField(
        label=_("有照片、有信，也可以附上"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stations = [one for one in current_pack().offices.values() if one.kind in {"centre", "station"}]
        offer(self, "office", [(one.code, said(one.name)) for one in stations])


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Tell a petition: the questions, what they mean for it, and the form."""
    guide = guided(request.GET.getlist("answer"))
    form, texted = TellForm(*sent(request)), False
    if request.method == "POST" and guide.way is not None and form.is_valid():
        try:
            if form.cleaned_data["code"]:
                return _register(request, form.cleaned_data, guide.way, guide.answers)
            texted = _send_digits(request, form.cleaned_data["phone"])
        except DriftboxError as refusal:
            form.add_error("phone" if refusal.code == "bad_phone" else "code", sentence_of(refusal))
    if texted:  # where to go on, also without script
        form.fields["code"].widget.attrs["autofocus"], form.fields["code"].help_text = True, ""
    waits = texted or bool(request.POST.get("code"))
    context = {"guide": guide, "form": form, "sent": texted, "waits": waits}
    return render(request, "petitions/tell.html", context, status=200 if request.method == "GET" or texted else 400)


def _send_digits(request: HttpRequest, phone: str) -> bool:
    """Text the six digits to the phone."""
    count_attempt("otp", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
    start_otp(phone, now=now_of(request))
    return True


def _register(
    request: HttpRequest, data: dict[str, Any], way: GuideRoute, answers: tuple[str, ...]
) -> HttpResponse:  # fmt: skip
    now = now_of(request)
    check_otp(data["phone"], data["code"], now=now)
    made = register(_petitioning(data, way, answers, now), now=now)
    remember_case(request, made.docket.id)
    return redirect("petitions:receipt", docket=made.docket.id)


def _petitioning(data: dict[str, Any], way: GuideRoute, answers: tuple[str, ...], now: datetime) -> Petitioning:
    """What was told; whoever speaks for somebody else is the helper, and the phone is theirs."""
    caller = Particulars(name=data["name"], phone=data["phone"], language=page_language())
    other = Particulars(name=data["for_name"]) if data["for_name"] else None
    return Petitioning(
        sort=way.sort, route=way.route, words=data["words"], office=data["office"], channel="web", answers=answers,  # type: ignore[arg-type] # the log refuses what is none
        petitioner=other or caller, helper=caller if other else None, relation="kin" if other else "",
        complained=persons_named(data["complained"], now), scan=data["scan"],
    )  # fmt: skip
