"""The agent's round on a phone: the way, each door, and what came of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.pack import calendar
from driftbox.apps.people.access import Viewer
from driftbox.apps.rounds import actions
from driftbox.apps.rounds.queries import sent_to
from driftbox.apps.rounds.settings import next_day
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.domain.log.ids import instant
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.rounds.forms import OUTCOMES, MadeForm
from driftbox.web.rounds.words import RoundLines, round_lines

POCKET = ("agent", "officer", "director")


@staff_page(*POCKET)
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """The round of whoever is signed in: today's, or else the one of the next day of rounds."""
    return _page(request)


def _page(request: HttpRequest, *, opened: str = "", form: MadeForm | None = None, status: int = 200) -> HttpResponse:
    viewer, today = viewer_of(request), calendar().local_date(now_of(request))
    day = today
    found = sent_to(viewer.person, today)
    if found is None:
        day = next_day(today)
        found = sent_to(viewer.person, day)
    lines = round_lines(viewer, *found) if found else None
    context = {
        "day": day, "today": today, "round": lines, "came": _came(viewer, lines, today),
        "forms": _forms(lines, opened, form), "opened": opened,
    }  # fmt: skip
    return render(request, "rounds/mine.html", context, status=status)


def _forms(lines: RoundLines | None, opened: str, form: MadeForm | None) -> dict[str, MadeForm]:
    visits = [step.visit.docket for step in lines.steps if step.visit] if lines else []
    made = {docket: MadeForm(auto_id=f"id_{docket}_%s") for docket in visits}
    return made | {opened: form} if form is not None else made


def _came(viewer: Viewer, lines: RoundLines | None, today: date) -> dict[str, str]:
    """What came of the visits that were made today, in words, by docket."""
    words, found = dict(OUTCOMES), dict[str, str]()
    for step in lines.steps if lines else ():
        if step.visit and step.visit.number:
            visits = docket_for(viewer, step.visit.docket).visits
            if visits.made_ms and calendar().local_date(instant(visits.made_ms)) == today:
                found[step.visit.docket] = str(words[visits.outcome])
    return found


@staff_page(*POCKET)
@require_POST
def made(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Record what came of a visit."""
    visit = str(docket)
    docket_for(viewer_of(request), visit)
    form = MadeForm(request.POST, auto_id=f"id_{visit}_%s")
    if not form.is_valid():
        return _page(request, opened=visit, form=form, status=400)
    try:
        actions.made(viewer_of(request), visit, form.body(), now=now_of(request))
    except (NotFound, NotAllowed):
        raise
    except Refused as refusal:
        form.add_error(None, sentence_of(refusal))
        return _page(request, opened=visit, form=form, status=400)
    messages.success(request, gettext("记下了。"))
    return redirect("rounds:mine")
