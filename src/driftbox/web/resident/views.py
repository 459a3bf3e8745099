"""The pages a resident reads: the door, all matters, one matter with its list, and asking in one's own words."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.words.misses import note_miss
from driftbox.domain.consult.bundle import may_go_together, suggested
from driftbox.domain.consult.matter import Matter
from driftbox.domain.errors import NotFound
from driftbox.gateways.codes import qr_svg
from driftbox.web.base.boats import next_box_boat
from driftbox.web.base.matter_page import matter_page
from driftbox.web.base.middleware import now_of
from driftbox.web.base.words import either, find_matters, needs_in
from driftbox.web.resident.doing import doing
from driftbox.web.resident.house import by_category, catch_all, featured, figures, petition_days, petitions

LONGEST_QUESTION = 200  # characters of what somebody asks; the rest says nothing more
CANDIDATES = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The door: ask, call, the common matters, where a case stands."""
    pack = current_pack()
    context = {
        "doing": doing(request),
        "featured": featured(pack),
        "petitions": petitions(pack),
        "petition_days": petition_days(pack, calendar().local_date(now_of(request))),
        "figures": figures(pack),
        "total": len(pack.matters),
    }
    return render(request, "resident/home.html", context)


@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter, by category."""
    pack = current_pack()
    return render(request, "resident/matters.html", {"groups": by_category(pack), "total": len(pack.matters)})


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """What somebody's own words may mean: one matter, up to three side by side, or a person who listens."""
    words = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    today = calendar().local_date(now_of(request))
    found = find_matters(words, today) if words else []
    urgent = bool(found) and found[0].urgent
    fits = [one for one in found if not one.nowhere and (one.why or not urgent)]  # to despair, no guesses
    needed = needs_in(words, today) if words else []
    sure = bool(fits) and fits[0].sure
    person = bool(found) and found[0].nowhere and not needed
    if person and not urgent:
        note_miss(words, request.META.get("REMOTE_ADDR", ""), today=today)
    choices = () if needed else either(found)
    near = [one.matter for one in fits if may_go_together([one.matter])]
    context = {
        "words": words,
        "best": fits[0] if sure and not person and not needed else None,
        "candidates": fits[:CANDIDATES],
        "either": choices,
        "others": fits[1:CANDIDATES] if sure and not person else fits[len(choices) : CANDIDATES],
        "person": person,
        "distress": current_pack().distress if urgent else None,
        "catch_all": catch_all(current_pack()),
        "bundles": suggested(current_pack().bundles.values(), [one.matter.code for one in fits[:CANDIDATES]]),
        "needed": needed,
        "several": needed or near,
    }
    return render(request, "resident/ask.html", context)


@require_safe
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """One matter; the answers to its questions change the list."""
    context = {**_with_list(request, _matter(code)), "boat": next_box_boat(now_of(request))}
    return render(request, "resident/matter.html", context)


@require_safe
def printed_list(request: HttpRequest, code: str) -> HttpResponse:
    """The list of one matter on A4, for the wall or the neighbour."""
    context = dict(_with_list(request, _matter(code)))
    page = reverse("resident:matter", args=[code])
    carried = context["carried"]
    context["qr"] = qr_svg(request.build_absolute_uri(f"{page}?{carried}" if carried else page))
    return render(request, "resident/list.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about a person, who sees it, and for how long."""
    return render(request, "resident/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How these pages can be read by everyone, and what is not good yet."""
    return render(request, "resident/accessibility.html")


def _matter(code: str) -> Matter:
    matters = current_pack().matters
    if code not in matters:
        raise NotFound("no_matter", "没有这件事。回首页用自己的话问一问，或者打电话。")
    return matters[code]


def _with_list(request: HttpRequest, chosen: Matter) -> Mapping[str, Any]:
    """The matter with the one list for the answers in the address."""
    return matter_page(chosen, request.GET.getlist("answer"), calendar().local_date(now_of(request)))
