"""Scan the label at the pier, find the case by its slip, tick what goes in, seal it. No account needed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.deposits import deposit
from driftbox.apps.node import can_read
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.notices.queries import docket_of_receipt
from driftbox.domain.custody.scan import Kept
from driftbox.domain.errors import DriftboxError, NotFound
from driftbox.gateways.codes import read_receipt_code
from driftbox.web.base.boats import next_box_boat
from driftbox.web.base.deposit_form import DepositForm
from driftbox.web.base.hand import hand_of, say_notes
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.number_fields import read_out
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import viewer_of
from driftbox.web.box.recognise import ticked_here

CARRIERS = frozenset({"crew", "agent", "clerk", "director"})


@require_GET
def label(request: HttpRequest, label: str) -> HttpResponse:
    """The page behind a box's label: which box, where, and the slip to fill in."""
    box = box_labelled(label)
    context = {"box": box, "pier": place_name(box.place), "number": request.GET.get("number", "")[:60]}
    context["carries"] = request.user.is_authenticated and bool(viewer_of(request).roles & CARRIERS)
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
    ticked = {"items": ticked_here(request, docket)}
    form = DepositForm(load(docket).docket, request.POST or None, request.FILES or None, initial=ticked)
    context = {"box": box, "pier": place_name(box.place), "form": form, "sentence": "", "can_read": can_read()}
    if request.method != "POST":
        return render(request, "box/deposit.html", context)
    if form.is_valid():
        hand = hand_of(request, by="", role="depositor")
        try:
            deposit(box.label, form.as_bag(), hand)
        except Kept as kept:
            return render(request, "box/kept.html", {**context, "sentence": sentence_of(kept)}, status=409)
        except DriftboxError as refusal:
            context["sentence"] = sentence_of(refusal)
        else:
            say_notes(request, hand)
            request.session["deposited"] = form.cleaned_data["seal"]
            del request.session["deposit"]
            return redirect("box:done", label=box.label)
    return render(request, "box/deposit.html", context, status=400)


@require_GET
def done(request: HttpRequest, label: str) -> HttpResponse:
    """It is in; what happens next."""
    box = box_labelled(label)
    seal = read_out(request.session.pop("deposited", ""))
    return render(request, "box/done.html", {"box": box, "pier": place_name(box.place), "seal": seal})
