"""The custody report at the desk: on the page, as a PDF, and as EPCIS 2.0 for systems of others."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_GET

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.dockets.access import docket_for
from driftbox.apps.errands.chains import (
    custody_of_box,
    custody_of_case,
    epcis_of_box,
    epcis_of_case,
    numbers_for,
)
from driftbox.apps.node import pdf
from driftbox.apps.people.access import Viewer
from driftbox.gateways.pdf import Language
from driftbox.web.base.middleware import now_of
from driftbox.web.base.pdf_files import asked_for, pdf_answer
from driftbox.web.base.telling import page_language
from driftbox.web.base.templatetags.driftbox import clock_time, full_day
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.desk.custody_report import Line, Report, box_report, case_report

DESK = ("clerk", "director", "officer", "supervisor")


@staff_page(*DESK)
@require_GET
def case(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Who held the papers of this case."""
    state = docket_for(viewer_of(request), str(docket))
    report = case_report(state, custody_of_case(state.id))
    ways = [reverse(f"desk:case_custody_{kind}", args=[state.id]) for kind in ("pdf", "epcis")]
    return _page(request, report, ways, reverse("desk:case", args=[state.id]))


@staff_page(*DESK)
@require_GET
def case_pdf(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The same on paper."""
    state = docket_for(viewer_of(request), str(docket))
    language, _large = asked_for(request)
    with override("en" if language == "en" else "zh-hans"):
        report = case_report(state, custody_of_case(state.id))
        content = set_report(report, language, made=now_of(request))
    return pdf_answer(content, f"{state.number}-custody")


@staff_page(*DESK)
@require_GET
def case_epcis(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The same for systems of others; names nobody."""
    state = docket_for(viewer_of(request), str(docket))
    return _json_ld(epcis_of_case(state.id, _site(request), now=now_of(request)), state.number)


@staff_page(*DESK)
@require_GET
def box(request: HttpRequest, label: str) -> HttpResponse:
    """Where this box was and what lay in it."""
    row = box_labelled(label)
    ways = [reverse(f"desk:box_custody_{kind}", args=[row.label]) for kind in ("pdf", "epcis")]
    return _page(request, _box_report(viewer_of(request), row.docket), ways, reverse("desk:queue"))


@staff_page(*DESK)
@require_GET
def box_pdf(request: HttpRequest, label: str) -> HttpResponse:
    """The same on paper."""
    row = box_labelled(label)
    language, _large = asked_for(request)
    with override("en" if language == "en" else "zh-hans"):
        content = set_report(_box_report(viewer_of(request), row.docket), language, made=now_of(request))
    return pdf_answer(content, f"{row.label}-custody")


@staff_page(*DESK)
@require_GET
def box_epcis(request: HttpRequest, label: str) -> HttpResponse:
    """The same for systems of others; names nobody."""
    row = box_labelled(label)
    return _json_ld(epcis_of_box(row.docket, _site(request), now=now_of(request)), row.label)


def _box_report(viewer: Viewer, docket: str) -> Report:
    custody = custody_of_box(docket)
    return box_report(custody, numbers_for(viewer, (stay.case for stay in custody.stays)))


def _page(request: HttpRequest, report: Report, ways: list[str], back: str) -> HttpResponse:
    paper, others = ways
    paper += "?lang=en" if page_language() == "en" else ""
    context = {"report": report, "paper": paper, "others": others, "back": back, "made": now_of(request)}
    return render(request, "desk/custody.html", context)


def _site(request: HttpRequest) -> str:
    return settings.DRIFTBOX_SITE or request.build_absolute_uri("/")


def _json_ld(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, "application/ld+json")
    response["Content-Disposition"] = f'attachment; filename="{name}.epcis.jsonld"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def set_report(report: Report, language: Language, *, made: datetime) -> bytes:
    """The report as a PDF, in the language that is active.

    Raises:
        BadFont: it cannot be set in type.
    """
    parts = [
        {"title": part.title, "head": part.head, "seal": _seal(part.seal), "lines": [_row(line) for line in part.lines]}
        for part in report.parts
    ]
    data = {
        "title": report.title, "about": report.about, "summary": report.summary,
        "wrong": bool(report.gaps or report.unsettled), "parts": parts,
        "troubles": [{"words": one.words, "open": one.open} for one in report.troubles],
        "words": {
            "since": gettext("从几时"), "until": gettext("到几时"), "proof": gettext("凭什么"),
            "nothing": gettext("没有"), "rest": gettext("别的对不上的"),
            "made": gettext("{when} 打印").format(when=_moment(made)),
        },
    }  # fmt: skip
    return pdf().render("custody", data, title=f"{report.title} {report.about}", made=made, language=language)


def _seal(number: str) -> str:
    return gettext("封条 {seal}").format(seal=number) if number else ""


def _row(line: Line) -> dict[str, object]:
    return {
        "who": line.who, "since": _moment(line.since),
        "until": _moment(line.until) if line.until else gettext("现在还在"), "proofs": list(line.proofs),
        "wrong": line.wrong, "troubles": [{"words": one.words, "open": one.open} for one in line.troubles],
    }  # fmt: skip


def _moment(moment: datetime) -> str:
    return f"{full_day(moment)} {clock_time(moment)}"
