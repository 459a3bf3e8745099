"""The pages a resident reads: the door, all matters, one matter with its list, and asking in one's own words."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.consult.checklist import build_checklist
from driftbox.domain.consult.matter import Matter
from driftbox.domain.errors import NotFound
from driftbox.web.base.boats import next_box_boat
from driftbox.web.base.middleware import now_of
from driftbox.web.base.words import either, find_matters
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
    found = find_matters(words, calendar().local_date(now_of(request))) if words else []
    urgent = bool(found) and found[0].urgent
    fits = [one for one in found if not one.nowhere and (one.why or not urgent)]  # to despair, no guesses
    sure = bool(fits) and fits[0].sure
    person = bool(found) and found[0].nowhere
    choices = either(found)
    context = {
        "words": words,
        "best": fits[0] if sure and not person else None,
        "candidates": fits[:CANDIDATES],
        "either": choices,
        "others": fits[1:CANDIDATES] if sure and not person else fits[len(choices) : CANDIDATES],
        "person": person,
        "distress": current_pack().distress if urgent else None,
        "catch_all": catch_all(current_pack()),
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
    return render(request, "resident/list.html", _with_list(request, _matter(code)))


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
    """The matter with the one list for the answers in the address; answers it did not ask for are ignored."""
    answers = frozenset(request.GET.getlist("answer")) & {question.id for question in chosen.questions}
    listed = build_checklist(chosen, answers, (), calendar().local_date(now_of(request)))
    office = current_pack().offices.get(chosen.department)
    return {
        "matter": chosen,
        "answers": answers,
        "carried": urlencode([("answer", answer) for answer in sorted(answers)]),
        "listed": listed,
        "looked_up": tuple(dict.fromkeys((*chosen.looked_up, *(material.name for material in listed.looked_up)))),
        "office": office,
        "goes_for_you": chosen.agent_allowed and not chosen.confidential,
    }
