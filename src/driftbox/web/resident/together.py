"""Several needs, one ask: choose the matters, see the one list over all of them, begin them together."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from driftbox.apps.agents.dispatching import assign_new
from driftbox.apps.errands.together import give_together, once_for_all, require_together, take_calls
from driftbox.apps.notices.actions import check_otp, count_attempt, start_otp
from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.consult.bundle import FEWEST, MOST_MATTERS, Bundle, may_go_together, merge, questions_of, suggested
from driftbox.domain.consult.checklist import build_checklist
from driftbox.domain.consult.holdings import AFRESH
from driftbox.domain.consult.matter import Matter
from driftbox.domain.errors import Refused
from driftbox.web.base.boats import next_box_boat
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import page_language
from driftbox.web.base.theirs import remember_case
from driftbox.web.resident.start import StartForm, call_of, offer_stations


@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """The one list over the matters in the address; without any, the choice."""
    codes = _codes(request)
    bundle = current_pack().bundles.get(request.GET.get("bundle", ""))
    if bundle and not codes:
        return redirect(
            f"{request.path}?{urlencode([('bundle', bundle.code), *(('matter', c) for c in bundle.matters)])}"
        )
    try:
        chosen = _chosen(codes)
    except Refused as refusal:
        context = {**_choice((), ()), "sentence": sentence_of(refusal)}
        return render(request, "resident/choose.html", context, status=400)
    if len(chosen) < FEWEST:
        return render(request, "resident/choose.html", _choice(codes, request.GET.getlist("found")))
    context = {**_with_list(request, chosen), "boat": next_box_boat(now_of(request))}
    return render(request, "resident/together.html", context)


def _codes(request: HttpRequest) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code[:40] for code in request.GET.getlist("matter")))


def _chosen(codes: Sequence[str]) -> list[Matter]:
    if codes:
        require_together(codes)
    return [current_pack().matters[code] for code in codes]


def _choice(codes: Sequence[str], found: Sequence[str]) -> dict[str, object]:
    """What can be asked in one go: the bundles, those of what was found first, then every errand."""
    pack = current_pack()
    near = suggested(pack.bundles.values(), (*codes, *found))
    others = [one for one in pack.bundles.values() if one not in near]
    errands = [one for one in pack.matters.values() if may_go_together([one])]
    first = [*codes, *found]
    errands.sort(key=lambda one: first.index(one.code) if one.code in first else len(first))
    return {"bundles": (*near, *others), "matters": errands, "codes": codes, "most": MOST_MATTERS}


def _answers(request: HttpRequest, chosen: Sequence[Matter], bundle: Bundle | None) -> frozenset[str]:
    asked = {question.id for question in questions_of(chosen, frozenset())}
    known = frozenset(bundle.answers) if bundle else frozenset()
    return (frozenset(request.GET.getlist("answer")) | known) & asked


def _bundle(request: HttpRequest, chosen: Sequence[Matter]) -> Bundle | None:
    """The bundle in the address, as long as its matters are among those chosen."""
    bundle = current_pack().bundles.get(request.GET.get("bundle", ""))
    return bundle if bundle and set(bundle.matters) <= {one.code for one in chosen} else None


def _with_list(request: HttpRequest, chosen: Sequence[Matter]) -> Mapping[str, Any]:
    """The matters with the one list for the answers in the address."""
    bundle = _bundle(request, chosen)
    answers, today = _answers(request, chosen, bundle), calendar().local_date(now_of(request))
    merged = merge({one.code: build_checklist(one, answers, (), today) for one in chosen}, once_for_all())
    matters = {one.code: one for one in chosen}
    pairs = [("matter", one.code) for one in chosen] + [("answer", answer) for answer in sorted(answers)]
    looked_up = [name for one in chosen for name in one.looked_up]
    return {
        "bundle": bundle, "chosen": chosen, "answers": answers, "listed": merged.checklist,
        "questions": questions_of(chosen, frozenset(bundle.answers) if bundle else frozenset()),
        "lines": [(line.material, [matters[code] for code in line.serves]) for line in merged.lines],
        "looked_up": tuple(dict.fromkeys((*looked_up, *(one.name for one in merged.checklist.looked_up)))),
        "at_home": tuple(dict.fromkeys(one for matter in chosen for one in matter.at_home)),
        "carried": urlencode(pairs + ([("bundle", bundle.code)] if bundle else [])),
        "speech": merged.checklist.as_speech(page_language()),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
def start_together(request: HttpRequest) -> HttpResponse:
    """Begin several errands with one form, one proof of the phone, and one list."""
    try:
        chosen = _chosen(_codes(request))
    except Refused as refusal:
        again = {**_choice((), ()), "sentence": sentence_of(refusal)}
        return render(request, "resident/choose.html", again, status=400)
    if not chosen:
        return redirect("resident:together")
    form = StartForm(request.POST or None)
    offer_stations(form)
    context: dict[str, object] = {"chosen": chosen, "form": form, "sent": bool(request.POST.get("code"))}
    context["carried"] = request.GET.urlencode()
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["code"]:
                return _open(request, chosen, form)
            count_attempt("otp", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
            start_otp(form.cleaned_data["phone"], now=now_of(request))
            context["sent"] = True
        except Refused as refusal:
            form.add_error("phone" if refusal.code == "bad_phone" else "code", sentence_of(refusal))
    return render(request, "resident/start_together.html", context, status=400 if form.errors else 200)


def _open(request: HttpRequest, chosen: Sequence[Matter], form: StartForm) -> HttpResponse:
    now, data = now_of(request), form.cleaned_data
    check_otp(data["phone"], data["code"], now=now)
    answers = _answers(request, chosen, _bundle(request, chosen)) | ({AFRESH} if data["afresh"] else frozenset())
    dockets = take_calls(call_of(form, ""), [one.code for one in chosen], recorder="", now=now)
    first = give_together(dockets, answers, ("web", "sms"), by=dockets[0].applicant, role="resident", now=now)[0]
    assign_new(first, now)
    for one in reversed(dockets):
        remember_case(request, one.id)
    return redirect("track:case", docket=first.id)
