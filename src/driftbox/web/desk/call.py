"""A call comes in: find the matter in the caller's own words, write down who, open the case."""

from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.errands.together import take_calls
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.queries import Particulars
from driftbox.apps.words.actions import suggest
from driftbox.apps.words.misses import note_miss
from driftbox.domain.consult.bundle import Bundle, may_go_together, suggested
from driftbox.domain.consult.unnamed import unnamed
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.gateways.codes import read_id_number
from driftbox.web.base.act_forms import offer
from driftbox.web.base.intake_words import assign_and_tell
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import page_language, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.base.words import FoundMatter, either, find_matters
from driftbox.web.desk.petition_register import continue_as_petition, is_petition
from driftbox.web.desk.relations import RELATIONS

CHANNELS = [
    ("phone", _("电话")),
    ("window", _("窗口")),
    ("visit", _("来访")),
    ("home", _("上门")),
    ("letter", _("来信")),
]
LANGUAGES = [("zh", _("中文")), ("en", _("英文"))]


class CallForm(forms.Form):
    """Who asks, for whom, what."""

    words = forms.CharField(
        label=_("他怎么说的"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    matter = forms.ChoiceField(label=_("哪件事"))
    also = forms.MultipleChoiceField(
        label=_("还有哪几件，一起办？"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("一张单子、一个袋，同一样材料只交一次"),
    )  # fmt: skip
    channel = forms.ChoiceField(label=_("怎么来的"), choices=CHANNELS)
    caller_name = forms.CharField(label=_("来问的人"), max_length=40)
    caller_phone = forms.CharField(label=_("他的电话"), max_length=20, required=False)
    language = forms.ChoiceField(label=_("短信写哪种字"), choices=LANGUAGES, required=False)
    relation = forms.ChoiceField(label=_("替谁问"), choices=RELATIONS, required=False)
    for_name = forms.CharField(label=_("谁的事（替人问才填）"), max_length=40, required=False)
    for_phone = forms.CharField(label=_("那人的电话"), max_length=20, required=False)
    for_id_number = forms.CharField(label=_("那人的身份证号"), max_length=20, required=False)
    address = forms.CharField(label=_("住哪里"), max_length=120, required=False)
    keep_saying = forms.BooleanField(
        label=_("找错了：把找的那句话记下来，以后教它"), required=False,
        help_text=_("只记那一句，号码和上面写的名字会去掉；里面还有别的名字的，不要勾。"),
    )  # fmt: skip
    agreed = forms.BooleanField(label=_("本人口头同意由他代问代交"), required=False)

    def clean_for_id_number(self) -> str:
        """The identity number with its check digit, also of somebody whom the house knows already."""
        typed: str = self.cleaned_data["for_id_number"]
        try:
            return read_id_number(typed) if typed else ""
        except Refused as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal

    def clean(self) -> dict[str, object]:
        """A call for somebody else needs that somebody's name."""
        data = super().clean() or {}
        if data.get("relation") and not data.get("for_name"):
            self.add_error("for_name", _("替人问的，要写是谁的事"))
        return data


def as_call(form: CallForm, office: str) -> Call:
    """The call that a valid form tells."""
    data = form.cleaned_data
    other = bool(data["relation"])
    caller = Particulars(
        name=data["caller_name"], phone=data["caller_phone"], address="" if other else data["address"],
        id_number="" if other else data["for_id_number"], language=data["language"] or "zh",
    )  # fmt: skip
    beneficiary = Particulars(
        name=data["for_name"], phone=data["for_phone"], id_number=data["for_id_number"], address=data["address"]
    )
    came = data["channel"] in {"window", "visit"}
    return Call(
        matter=data["matter"], words=data["words"], caller=caller, beneficiary=beneficiary if other else None,
        relation=data["relation"], channel=data["channel"], office=office, appeared=office if came else "",
        consent_spoken=data["agreed"],
    )  # fmt: skip


def _onward(request: HttpRequest, docket: Docket) -> HttpResponse:
    """To the case; an accusation goes past this desk unopened (Regulation on petition work Art. 30)."""
    if not docket.confidential:
        return redirect("desk:case", docket=docket.id)
    receipt = receipt_of(docket.id)
    messages.success(
        request,
        gettext("登记好了，直接转给受理的单位，这里看不到。编号 {number}，回执码 {receipt}，请念给他听。").format(
            number=docket.number, receipt=receipt
        ),
    )
    return redirect("desk:queue")


def _keep(words: str, form: CallForm, found: list[FoundMatter], today: date) -> None:
    """Only what the clerk chose to keep, without names and numbers; and that nothing was found, word by word."""
    data = form.cleaned_data
    if not any(not one.nowhere for one in found):
        note_miss(unnamed(words, (data["caller_name"], data["for_name"])), data["caller_phone"], today=today)
    if data["keep_saying"] and words:
        first = found[0].matter.code if found else ""
        suggest(words, data["matter"], first, names=(data["caller_name"], data["for_name"]), today=today)


def _beside(found: list[FoundMatter], bundles: tuple[Bundle, ...]) -> list[tuple[str, str]]:
    """What can be asked in the same go: what else was found, and what goes with it in a bundle; else every errand."""
    known = current_pack().matters
    near = [code for bundle in bundles for code in bundle.matters] + [one.matter.code for one in found]
    codes = dict.fromkeys(near or sorted(known, key=lambda code: known[code].featured or 99))
    return [(code, said(known[code].plain)) for code in codes if may_go_together([known[code]])]


def _take(asked: Call, also: list[str], recorder: str, now: datetime) -> Docket:
    """The case of a call; with others beside it, the one that carries the bag for all of them."""
    others = [code for code in also if code != asked.matter]
    if not others:
        return take_call(asked, recorder=recorder, now=now)
    return take_calls(asked, [asked.matter, *others], recorder=recorder, now=now)[0]


@staff_page("clerk", "director")
@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """Take a call."""
    words = request.GET.get("q", "")[:400]
    today = calendar().local_date(now_of(request))
    found = find_matters(words, today) if words else []
    matter = found[0].matter.code if found else ""
    initial = {"words": words, "matter": matter, "channel": "phone", "language": page_language()}
    form = CallForm(request.POST or None, initial=initial)
    matters = sorted(current_pack().matters.values(), key=lambda m: m.featured or 99)
    offer(form, "matter", [(m.code, said(m.plain)) for m in matters])
    bundles = suggested(current_pack().bundles.values(), [one.matter.code for one in found])
    offer(form, "also", _beside(found, bundles))
    if not found:
        form.order_fields([*(name for name in form.fields if name != "also"), "also"])
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            viewer = viewer_of(request)
            asked = as_call(form, viewer.office)
            if is_petition(asked.matter):
                return continue_as_petition(request, asked)
            try:
                docket = _take(asked, form.cleaned_data["also"], viewer.person, now_of(request))
            except Refused as refusal:
                form.add_error(None, sentence_of(refusal))
            else:
                _keep(words, form, found, today)
                assign_and_tell(request, docket)
                return _onward(request, docket)
    context = {
        "form": form,
        "words": words,
        "found": found,
        "either": either(found),
        "bundles": bundles,
        "may_words": bool(viewer_of(request).roles & {"director", "supervisor"}),
        "distress": current_pack().distress if found and found[0].urgent else None,
    }
    return render(request, "desk/call.html", context, status=status)
