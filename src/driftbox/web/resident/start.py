"""Begin an errand on the web: who asks, for whom; a text message proves the phone; then the list and the receipt."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.agents.dispatching import assign_new
from driftbox.apps.errands.intake import Call, give_checklist, take_call
from driftbox.apps.notices.actions import check_otp, count_attempt, start_otp
from driftbox.apps.pack import current_pack
from driftbox.apps.people.queries import Particulars
from driftbox.domain.consult.holdings import AFRESH
from driftbox.domain.consult.matter import Matter
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_forms import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_guide_form import first_answer
from driftbox.web.base.telling import page_language, said
from driftbox.web.base.theirs import remember_case


class StartForm(forms.Form):
    """Who asks, for whom, and the six digits that prove the phone."""

    name = forms.CharField(label=_("您怎么称呼"), max_length=40)
    phone = forms.CharField(label=_("手机号"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"}))
    office = forms.ChoiceField(label=_("离您近的代办站"))
    for_name = forms.CharField(label=_("替谁办？给自己办就空着"), max_length=40, required=False)
    words = forms.CharField(
        label=_("把事情说一说"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "data-dictate": ""}),
    )
    afresh = forms.BooleanField(
        label=_("以前交过的都不用，我全部交新的"), required=False,
        help_text=_("您交过、还有效的复印件，这次接着用，不再向您要。家里有变化，或不想用，就打勾。"),
    )  # fmt: skip
    code = forms.CharField(
        label=_("短信里的 6 位数字"), required=False, max_length=6, help_text=_("先空着按一次，我们发给您")
    )


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an errand for the matter ``code``."""
    matter = current_pack().matters.get(code)
    if matter is None:
        raise NotFound("no_matter", "没有这件事。回首页用自己的话问一问，或者打电话。")
    if matter.procedure == "petition" and current_pack().guide:
        return redirect(reverse("petitions:tell") + first_answer(code))
    form = StartForm(request.POST or None)
    offer_stations(form)
    if request.method == "POST" and form.is_valid():
        try:
            if not form.cleaned_data["code"]:
                count_attempt("otp", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
                start_otp(form.cleaned_data["phone"], now=now_of(request))
                return render(request, "resident/start.html", {"matter": matter, "form": form, "sent": True})
            return _open(request, matter, form)
        except Refused as refusal:
            form.add_error("phone" if refusal.code == "bad_phone" else "code", sentence_of(refusal))
    context = {"matter": matter, "form": form, "sent": bool(request.POST.get("code"))}
    return render(request, "resident/start.html", context, status=400 if form.errors else 200)


def _open(request: HttpRequest, matter: Matter, form: StartForm) -> HttpResponse:
    now, data = now_of(request), form.cleaned_data
    check_otp(data["phone"], data["code"], now=now)
    docket = take_call(call_of(form, matter.code), recorder="", now=now)
    if matter.procedure == "errand":
        answers = frozenset(request.GET.getlist("answer")) & {question.id for question in matter.questions}
        answers |= {AFRESH} if data["afresh"] else set()
        give_checklist(docket, answers, ("web", "sms"), by=docket.applicant, role="resident", now=now)
    assign_new(docket, now)
    remember_case(request, docket.id)
    return redirect("track:case", docket=docket.id)


def call_of(form: StartForm, matter: str) -> Call:
    """The call that a valid form tells, for one matter."""
    data = form.cleaned_data
    caller = Particulars(name=data["name"], phone=data["phone"], language=page_language())
    return Call(
        matter=matter, words=data["words"], caller=caller, relation="kin", channel="web", office=data["office"],
        beneficiary=Particulars(name=data["for_name"]) if data["for_name"] else None,
    )  # fmt: skip


def offer_stations(form: StartForm) -> None:
    """Give the form the stations to choose from."""
    stations = [o for o in current_pack().offices.values() if o.kind in {"centre", "station"}]
    offer(form, "office", [(o.code, said(o.name)) for o in stations])
