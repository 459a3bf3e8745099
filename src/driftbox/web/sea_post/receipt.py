"""The receipt of what was received at sea: number, code, the moment, what comes next, by when; on screen and paper."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET
from msgspec import Struct

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.queries import load
from driftbox.apps.node import pdf
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.sea_post.drafts import draft
from driftbox.apps.sea_post.post import this_post
from driftbox.apps.sea_post.queries import landing
from driftbox.apps.sea_post.receiving import code_of
from driftbox.domain.deadlines.clocks import Reading
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.log.ids import instant
from driftbox.web.base.middleware import now_of
from driftbox.web.base.pdf_files import pdf_answer
from driftbox.web.base.telling import page_language, said
from driftbox.web.base.templatetags.driftbox import clock_time, day_week, spaced_code
from driftbox.web.sea_post.here import RECEIPT, around

MAILBOX: Final = 16  # digits of whoever left no name


class Received(Struct, frozen=True):
    """A receipt as pages and paper show it. ``clock``: the first that runs, None if the pack starts it later."""

    docket: Docket
    code: str
    anonymous: bool
    at: str
    clock: Reading | None


@require_GET
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of what was handed in last at this screen; the way home takes it off."""
    found = _received(request)
    if found is None:
        return redirect("sea_post:home")
    context = around(request) | {"r": found, "ahead": _ahead(found, request)}
    return render(request, "sea_post/receipt.html", context)


@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The same as a PDF on one sheet.

    Raises:
        NotFound: no receipt is on this screen.
    """
    found = _received(request)
    if found is None:
        raise NotFound("no_receipt", "屏幕上没有回执了。要再印一张，请报编号，驿站的人替您找。")
    title = gettext("海上收件回执")
    data = {
        "title": title, "post": said(this_post().name), "code": found.code, "house": gettext("漂流箱"),
        "facts": _facts(found), "next": gettext("接下来"), "ahead": _ahead(found, request),
        "note": gettext("编号到了岸上也不变，打电话、到窗口报编号就能查。回执码在驿站的屏幕上查时用。"),
    }  # fmt: skip
    content = pdf().render(
        "sea_receipt", data, title=f"{title} {found.docket.number}", made=now_of(request), language=page_language()
    )
    return pdf_answer(content, found.docket.number)


def _received(request: HttpRequest) -> Received | None:
    this_post()
    docket = request.session.get(RECEIPT, "")
    code = code_of(docket) if docket else ""
    if not code or not draft(docket).done:
        return None
    state = load(docket).docket
    at = instant(state.sea.received_ms)
    running = [clock for clock in clocks_of(state, now_of(request)) if clock.due]
    moment = f"{day_week(calendar().local_date(at))} {clock_time(at)}"
    return Received(state, spaced_code(code), len(code) == MAILBOX, moment, running[0] if running else None)


def _facts(found: Received) -> list[list[str]]:
    code = gettext("信箱号（16 位，只给一次）") if found.anonymous else gettext("回执码")
    return [
        [gettext("编号"), found.docket.number], [code, found.code], [gettext("海上收到"), found.at],
        [gettext("收件的驿站"), said(this_post().name)],
    ]  # fmt: skip


def _ahead(found: Received, request: HttpRequest) -> list[str]:
    """What happens next, in order, each as far as it is known."""
    lands, station = landing(now_of(request)), current_pack().offices.get(this_post().parent)
    where = gettext("船一靠岸，就送到代办站")
    if lands:
        day = f"{day_week(calendar().local_date(lands.at))} {clock_time(lands.at)}"
        where = gettext("{when} 靠{pier}，就送上岸").format(when=day, pier=said(lands.pier.name))
    steps = [where, gettext("{station}打开，登记").format(station=said(station.name) if station else gettext("代办站"))]
    if found.clock and found.clock.due:
        steps.append(gettext("最晚 {day} 告诉您谁来办（从海上收到那一刻算，{basis}）").format(
            day=day_week(found.clock.due), basis=found.clock.basis))  # fmt: skip
    return steps
