"""The sheet of rounds at the desk: propose, move, lock, leave out, plan anew, send out, print."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.dockets.queries import rows_numbered
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.rounds import actions
from driftbox.apps.rounds.queries import sheet_of
from driftbox.apps.rounds.settings import next_day
from driftbox.apps.rounds.sheet import Held, Sheet
from driftbox.apps.rounds.world import Crew, crew_on
from driftbox.apps.sailings.queries import service_now
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.domain.planning.day import Plan
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.rounds.forms import ChangeForm, WishForm, locked
from driftbox.web.rounds.words import VisitLine, clock, idle_lines, off_lines, sheet_lines

DESK = ("director", "clerk")
WEEK = timedelta(weeks=1)
FIRST = "first"  # dropped before all other visits of a round


@staff_page(*DESK)
@require_GET
def next_one(request: HttpRequest) -> HttpResponse:
    """The next day of rounds."""
    return redirect("rounds:sheet", day=next_day(calendar().local_date(now_of(request))).isoformat())


@staff_page(*DESK)
@require_GET
def sheet(request: HttpRequest, day: str) -> HttpResponse:
    """The sheet of a day as it stands."""
    return _page(request, _day(day))


def _page(request: HttpRequest, day: date, *, opened: str = "", form: ChangeForm | None = None, status: int = 200,
          ask: WishForm | None = None) -> HttpResponse:  # fmt: skip
    viewer, now = viewer_of(request), now_of(request)
    found = sheet_of(viewer, day)
    lines, crew = sheet_lines(viewer, found or Sheet(plan=Plan())), crew_on(viewer, day)
    context = {
        "day": day, "iso": day.isoformat(), "before": (day - WEEK).isoformat(), "after": (day + WEEK).isoformat(),
        "sheet": found, "version": found.version if found else 0, "lines": lines, "opened": opened,
        "idle": idle_lines(crew, lines), "off": off_lines(crew),
        "forms": _forms(crew, lines.left + tuple(_visits(lines.rounds)), opened, form),
        "ask": ask or WishForm(), "over": day < calendar().local_date(now), "today": calendar().local_date(now),
        "demo": service_now(now).is_demo, "place": current_pack().offices[viewer.office].short,
    }  # fmt: skip
    return render(request, "rounds/sheet.html", context, status=status)


def _visits(rounds: tuple[Any, ...]) -> list[VisitLine]:
    return [step.visit for one in rounds for step in one.steps if step.visit]


def _forms(crew: Crew, visits: tuple[VisitLine, ...], opened: str, form: ChangeForm | None) -> dict[str, ChangeForm]:
    """The form of each visit, filled with how it is planned; the one that was refused as it was typed."""
    made = {}
    for one in visits:
        first, second = (*one.agents, *one.held.agents, "", "")[:2]
        initial = {
            "agent": first,
            "second": second if second != first else "",
            "begin": one.begin and one.begin.zfill(5),
            "people": one.held.people,
        }
        made[one.docket] = ChangeForm(crew, initial=initial, auto_id=f"id_{one.docket}_%s")
    if form is not None:
        made[opened] = form
    return made


@staff_page(*DESK)
@require_POST
def plan(request: HttpRequest, day: str) -> HttpResponse:
    """Propose rounds, around everything that is fixed."""
    when = _day(day)

    def act(viewer: Viewer) -> None:
        found = actions.propose(viewer, when, version=_version(request), now=now_of(request))
        messages.success(request, gettext("排好了，{n} 家没排上。").format(n=len(found.plan.left)))

    return _done(request, when, act)


@staff_page(*DESK)
@require_POST
def send(request: HttpRequest, day: str) -> HttpResponse:
    """Send the sheet out."""
    when = _day(day)

    def act(viewer: Viewer) -> None:
        actions.send(viewer, when, version=_version(request), now=now_of(request))
        messages.success(request, gettext("发下去了，代办员手机上都看得到。"))

    return _done(request, when, act)


@staff_page(*DESK)
@require_POST
def change(request: HttpRequest, day: str, docket: UUID) -> HttpResponse:
    """Fix one visit: as it is, as the form says, not this time, or free again."""
    viewer, when, visit, what = viewer_of(request), _day(day), str(docket), request.POST.get("do", "")
    form = ChangeForm(crew_on(viewer, when), request.POST, auto_id=f"id_{visit}_%s")
    found = sheet_of(viewer, when)
    if found is None:
        raise NotFound("rounds.no_sheet", "这一天还没有排。请先排一排。")
    if what == "move" and not form.is_valid():
        return _page(request, when, opened=visit, form=form, status=400)
    held = {"lock": locked(found, visit), "free": Held(), "strike": Held(struck=True)}.get(what)
    try:
        after = actions.change(
            viewer, when, visit, held or _asked(form), version=_version(request), now=now_of(request),
            after=_behind(request.POST.get("after", "")),
        )  # fmt: skip
    except (NotFound, NotAllowed):
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
        return _page(request, when, opened=visit, form=form, status=409)
    begin = next((call.begin for _round, call in after.calls() if call.visit == visit), None)
    said = gettext("改好了。") if begin is None else gettext("改好了，{time} 到这一家。").format(time=clock(begin))
    messages.success(request, said)
    return redirect(f"{reverse('rounds:sheet', args=[when.isoformat()])}#v-{visit}")


def _behind(text: str) -> str | None:
    """Behind which visit it was dropped; empty: before all of them. None: it was not dropped anywhere."""
    return "" if text == FIRST else text[:36] or None


def _asked(form: ChangeForm) -> Held:
    return form.held() if form.is_valid() else Held()


@staff_page(*DESK)
@require_POST
def ask(request: HttpRequest, day: str) -> HttpResponse:
    """Record that somebody wants a visit, regular visits, or none any more."""
    viewer, when, form = viewer_of(request), _day(day), WishForm(request.POST)
    if not form.is_valid():
        return _page(request, when, ask=form, status=400)
    found = rows_numbered(form.cleaned_data["number"])
    try:
        if not found:
            raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")
        actions.wish(viewer, found[0], form.cleaned_data["wish"], now=now_of(request))
    except Refused as refusal:
        form.add_error("number", sentence_of(refusal))
        return _page(request, when, ask=form, status=400)
    messages.success(request, gettext("记下了。再排一排，就在单子上。"))
    return redirect("rounds:sheet", day=when.isoformat())


@staff_page(*DESK)
@require_GET
def paper(request: HttpRequest, day: str) -> HttpResponse:
    """The sheet on paper, one round to a page."""
    viewer, when = viewer_of(request), _day(day)
    found = sheet_of(viewer, when)
    if found is None:
        raise NotFound("rounds.no_sheet", "这一天还没有排。请先排一排。")
    context = {"day": when, "iso": when.isoformat(), "lines": sheet_lines(viewer, found), "sent": found.sent}
    return render(request, "rounds/print.html", context)


def _done(request: HttpRequest, day: date, act: Callable[[Viewer], None]) -> HttpResponse:
    """Do it and show the sheet; a refusal is told above the newest sheet."""
    try:
        act(viewer_of(request))
    except (NotFound, NotAllowed):
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
        return _page(request, day, status=409)
    return redirect("rounds:sheet", day=day.isoformat())


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotFound("rounds.no_day", "没有这一天。请从“走访”重新进来。") from error
    if text != day.isoformat() or not 2000 <= day.year <= 2999:  # noqa: PLR2004 - years that people mean
        raise NotFound("rounds.no_day", "没有这一天。请从“走访”重新进来。")
    return day


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1  # noqa: PLR2004 - fits the column
