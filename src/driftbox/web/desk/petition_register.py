"""Register a petition 信访登记 at the window, from whatever channel; the guide proposes the way, the clerk decides."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.intake import Call
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import current_pack, tables
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.alike import alike_to
from driftbox.apps.petitions.registering import Petitioning, Registered, guide, register
from driftbox.domain.docket.petition_entries import PetitionClassified
from driftbox.domain.errors import DriftboxError
from driftbox.gateways.codes import read_id_number
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import way_choices, way_named
from driftbox.web.base.petition_guide_form import Guided, guided
from driftbox.web.base.petition_told import ScanField, offices_to_name, people_in, persons_named
from driftbox.web.base.sent import sent
from driftbox.web.base.telling import page_language
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.desk.relations import RELATIONS

CHANNELS: Final = [
    ("window", _("窗口")), ("visit", _("走访，自己来的")), ("phone", _("电话")), ("letter", _("来信")),
    ("fax", _("传真")), ("home", _("上门")), ("video", _("视频")), ("sea", _("海上")),
]  # fmt: skip
CAME: Final = frozenset({"window", "visit"})  # the petitioner had to come to the office
WINDOW: Final = ("clerk", "director")
FIRST: Final = ("channel", "words", "scan", "name", "phone", "address", "id_number")
MORE: Final = (
    (_("别人替他说的"), ("helper", "helper_phone", "relation")),
    (_("几个人一起的"), ("others", "representatives")),
    (_("说到了谁"), ("complained", "complained_office")),
)


class RegisterForm(forms.Form):
    """Who petitions, about what, about whom, and by which way it goes."""

    way = forms.ChoiceField(
        label=_("哪一类，走哪条路？"), widget=forms.RadioSelect, help_text=_("上面问出来的已经选好，您看了再定")
    )
    channel = forms.ChoiceField(label=_("怎么来的"), choices=CHANNELS)
    words = forms.CharField(
        label=_("他怎么说的"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("照他的原话写；来信可以只附照片"),
    )  # fmt: skip
    scan = ScanField(
        label=_("来信、传真的照片或 PDF"), required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
    )  # fmt: skip
    name = forms.CharField(label=_("信访人"), max_length=40)
    phone = forms.CharField(label=_("他的电话"), max_length=20, required=False)
    id_number = forms.CharField(label=_("身份证号"), max_length=20, required=False)
    address = forms.CharField(label=_("住哪里"), max_length=120, required=False)
    helper = forms.CharField(label=_("谁替他说（自己来的空着）"), max_length=40, required=False)
    helper_phone = forms.CharField(label=_("替他说的人的电话"), max_length=20, required=False)
    relation = forms.ChoiceField(label=_("是他什么人"), choices=RELATIONS, required=False)
    others = forms.CharField(
        label=_("一起反映的人"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一人一行，姓名后面写电话"),
    )  # fmt: skip
    representatives = forms.CharField(
        label=_("一起来走访的，推选谁当代表"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    complained = forms.CharField(
        label=_("说到了哪个人"), max_length=200, required=False,
        help_text=_("写名字，几个人用顿号隔开。说到的人看不到这一件"),
    )  # fmt: skip
    complained_office = forms.MultipleChoiceField(
        label=_("说到了哪个单位"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("说到几个就勾几个，勾到的单位看不到这一件"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "way", way_choices())
        offer(self, "complained_office", offices_to_name())
        most = _most_representatives()
        if most:
            self.fields["representatives"].help_text = gettext("一人一行，最多 {most} 位").format(most=most)

    def first(self) -> list[forms.BoundField]:
        """What is always asked."""
        return [self[name] for name in FIRST]

    def more(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What is asked now and then, folded away under its name."""
        return [(str(name), [self[field] for field in fields]) for name, fields in MORE]

    def clean_id_number(self) -> str:
        """The identity number with its check digit."""
        typed: str = self.cleaned_data["id_number"]
        return _read(read_id_number, typed) if typed else ""

    def clean_others(self) -> tuple[Particulars, ...]:
        """The others, one to a line."""
        return people_in(self.cleaned_data["others"])

    def clean_representatives(self) -> tuple[Particulars, ...]:
        """Those who speak for all, one to a line."""
        return people_in(self.cleaned_data["representatives"])

    def clean(self) -> dict[str, Any]:
        """Something must be said, in words or on a scan."""
        data = super().clean() or {}
        if not self.errors and not data["words"].strip() and not data["scan"]:
            self.add_error("words", _("还没写什么事。写几句，或者附上来信，都行。"))
        return data


def _most_representatives() -> int:
    """How many may speak for all at a visit (Art. 20); 0 where the pack does not say."""
    table = tables().get("petition")
    return table.procedure.limits.get("representatives", 0) if table else 0


def _read(read: Callable[[str], str], typed: str) -> str:
    try:
        return read(typed)
    except DriftboxError as refusal:
        raise forms.ValidationError(sentence_of(refusal)) from refusal


def _told(data: dict[str, Any], answers: tuple[str, ...], viewer: Viewer, now: datetime) -> Petitioning:
    way = way_named(data["way"])
    petitioner = Particulars(
        name=data["name"], phone=data["phone"], id_number=data["id_number"], address=data["address"],
        language=page_language(),
    )  # fmt: skip
    helper = Particulars(name=data["helper"], phone=data["helper_phone"]) if data["helper"] else None
    return Petitioning(
        sort=way.sort, route=way.route, words=data["words"], office=viewer.office, channel=data["channel"],  # type: ignore[arg-type] # the log refuses what is none
        answers=answers, petitioner=petitioner, helper=helper, relation=data["relation"], others=data["others"],
        representatives=data["representatives"], complained=persons_named(data["complained"], now),
        complained_offices=tuple(data["complained_office"]), scan=data["scan"],
        appeared=viewer.office if data["channel"] in CAME else "",
    )  # fmt: skip


def _register(form: RegisterForm, answers: tuple[str, ...], viewer: Viewer, now: datetime) -> Registered:
    """Register, and confirm the way in the same act; an accusation is sorted by whoever may open it."""
    role = viewer.role_among(WINDOW)
    with together():
        made = register(_told(form.cleaned_data, answers, viewer, now), recorder=viewer.person, role=role, now=now)
        if not made.docket.confidential and not made.closed_to_recorder:
            way = way_named(form.cleaned_data["way"])
            body = PetitionClassified(sort=way.sort, route=way.route)  # type: ignore[arg-type] # the log refuses what is none
            record(made.docket.id, [body], by=viewer.person, role=role, now=now)
    return made


def _onward(request: HttpRequest, made: Registered) -> HttpResponse:
    """To the petition, by way of what reads like it; to the list when the clerk may not see it (Art. 30)."""
    gaps = {"number": made.docket.number, "receipt": made.code}
    if made.not_speaking:
        sentence = gettext("代表最多 {most} 位，后面的没有记成代表，照样算信访人，一个不少。")
        messages.warning(request, sentence.format(most=_most_representatives()))
    if made.closed_to_recorder:
        sentence = gettext("登记好了，编号 {number}，回执码 {receipt}，请念给他听。这件事说到了您，请站长换人接着办。")
        messages.warning(request, sentence.format(**gaps))
        return redirect("desk:queue")
    if made.docket.confidential:
        sentence = gettext("登记好了，直接转给受理的单位，这里看不到。编号 {number}，回执码 {receipt}，请念给他听。")
        messages.success(request, sentence.format(**gaps))
        return redirect("desk:queue")
    sentence = gettext("登记好了。编号 {number}，回执码 {receipt}，请念给他听。")
    messages.success(request, sentence.format(**gaps))
    alike = len(alike_to(made.docket, viewer_of(request)))
    if not alike:
        return redirect("desk:case", docket=made.docket.id)
    sentence = ngettext(
        "有 {n} 件看着像，先并排看看，是不是同一件。", "有 {n} 件看着像，先并排看看，是不是同一件。", alike
    )
    messages.warning(request, sentence.format(n=alike))
    return redirect("watch:beside", docket=made.docket.id)


def is_petition(matter: str) -> bool:
    """Whether the matter is registered here, because the pack says how petitions are sorted."""
    pack = current_pack()
    return pack.guide is not None and pack.matters[matter].procedure == "petition"


def continue_as_petition(request: HttpRequest, call: Call) -> HttpResponse:
    """The form with what a call told, when the clerk chose a petition there: sorted and registered, never just opened.

    Nothing is recorded yet; the clerk looks at the way and presses once more.
    """
    who, helper = (call.beneficiary, call.caller) if call.beneficiary else (call.caller, None)
    ways = [way.code for way in guide().route if way.matter == call.matter]
    initial = {
        "way": ways[0] if len(ways) == 1 else None, "words": call.words, "channel": call.channel, "name": who.name,
        "phone": who.phone, "id_number": who.id_number, "address": who.address, "relation": call.relation,
    }  # fmt: skip
    if helper:
        initial |= {"helper": helper.name, "helper_phone": helper.phone}
    messages.info(request, gettext("这是信访，在这里登记。刚才写的都带过来了，看看走哪条路，再按一次。"))
    form = RegisterForm(initial=initial)
    context = {"form": form, "guide": guided([], []), "words": "", "open": True, "action": reverse("desk:petition")}
    return render(request, "desk/petition_register.html", context)


@staff_page(*WINDOW)
@require_http_methods(["GET", "POST"])
def petition(request: HttpRequest) -> HttpResponse:
    """Register a petition: the questions first, or straight to the form with ``?form=1``."""
    words = request.GET.get("q", "")[:400]
    guide = guided(request.GET.getlist("answer"), [("q", words)])
    form = RegisterForm(
        *sent(request),
        initial={"words": words, "way": guide.way.code if guide.way else None},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _register(form, guide.answers, viewer_of(request), now_of(request))
        except DriftboxError as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return _onward(request, made)
    context = {"form": form, "guide": guide, "words": words, "open": _is_open(request, guide)}
    return render(request, "desk/petition_register.html", context, status=400 if request.method == "POST" else 200)


def _is_open(request: HttpRequest, guide: Guided) -> bool:
    """Whether the form is shown: the questions are answered, or the clerk skipped them."""
    return guide.way is not None or "form" in request.GET or request.method == "POST"
