"""Scan the label at the pier, find the case by its slip, tick what goes in, seal it. No account needed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.deposits import Bag, deposit
from driftbox.apps.errands.hands import Hand
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.notices.queries import docket_of_receipt
from driftbox.domain.docket.entries import Item
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import DriftboxError, NotFound
from driftbox.gateways.codes import read_receipt_code
from driftbox.web.base.act_forms import material_choices, offer
from driftbox.web.base.boats import next_box_boat
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import place_name

SEAL = r"^[A-Za-z]{1,4}-?[0-9]{3,8}$"


class DepositForm(forms.Form):
    """What goes into the bag, and the seal that closes it."""

    items = forms.MultipleChoiceField(label=_("袋里放了哪几样？"), widget=forms.CheckboxSelectMultiple)
    seal = forms.RegexField(
        SEAL, label=_("封条号"), help_text=_("印在封条上，如 BS-0413"), max_length=14,
        error_messages={"invalid": _("封条号是字母加数字，如 BS-0413。请再看一眼。")},
    )  # fmt: skip
    photo = forms.FileField(label=_("拍一张照片"), required=False, help_text=_("没有手机就不用拍"))

    def __init__(self, docket: Docket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "items", papers_of(docket))


def papers_of(docket: Docket) -> list[tuple[str, str]]:
    """What can go into a bag: what the resident was asked for and does not merely show."""
    shown = {item.code for item in docket.checklist if item.kind == "shown"}
    return [choice for choice in material_choices(docket, asked_only=True) if choice[0] not in shown]


@require_GET
def label(request: HttpRequest, label: str) -> HttpResponse:
    """The page behind a box's label: which box, where, and the slip to fill in."""
    box = box_labelled(label)
    context = {"box": box, "pier": place_name(box.place), "number": request.GET.get("number", "")[:60]}
    context["boat"] = next_box_boat(now_of(request), box.place) if box.where == "pier" else None
    code = request.GET.get("code", "")[:40]
    if not code:
        return render(request, "box/label.html", context)
    try:
        count_attempt("receipt", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
        docket = docket_of_receipt(read_receipt_code(code))
        if not docket:
            raise NotFound("no_case", "没有对上。请看看回执码，一个字都不能差；或打电话，我们替您查。")
    except DriftboxError as refusal:
        status = 429 if refusal.code == "too_many" else 400
        return render(request, "box/label.html", {**context, "sentence": sentence_of(refusal)}, status=status)
    request.session["deposit"] = docket
    return redirect("box:deposit", label=box.label)


@require_http_methods(["GET", "POST"])
def deposit_page(request: HttpRequest, label: str) -> HttpResponse:
    """Tick what goes in, write the seal number, close the bag."""
    box = box_labelled(label)
    docket = request.session.get("deposit", "")
    if not docket:
        return redirect("box:label", label=box.label)
    state = load(docket).docket
    form = DepositForm(state, request.POST or None, request.FILES or None)
    sentence, status = "", 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _deposit(request, box.label, state, form)
            except DriftboxError as refusal:
                sentence = sentence_of(refusal)
            else:
                del request.session["deposit"]
                return redirect("box:done", label=box.label)
    context = {"box": box, "pier": place_name(box.place), "form": form, "sentence": sentence}
    return render(request, "box/deposit.html", context, status=status)


def _deposit(request: HttpRequest, label: str, state: Docket, form: DepositForm) -> None:
    wanted = {item.code: item for item in state.checklist}
    items: tuple[Item, ...] = tuple(wanted[code] for code in form.cleaned_data["items"])
    photo = form.cleaned_data["photo"]
    photos = (photo.read(),) if photo else ()
    seal = form.cleaned_data["seal"].upper()
    deposit(label, Bag(state.id, items, seal, photos), Hand(by="", role="depositor", now=now_of(request)))


@require_GET
def done(request: HttpRequest, label: str) -> HttpResponse:
    """It is in; what happens next."""
    box = box_labelled(label)
    return render(request, "box/done.html", {"box": box, "pier": place_name(box.place)})
