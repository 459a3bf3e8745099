"""Hold, photograph, tell both ends, settle: one step after the other, each with whose it is."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from msgspec import Struct

from driftbox.apps.custody.queries import box_of
from driftbox.apps.errands.incident_door import holder_for, incident_for, incidents_for, numbers_reached
from driftbox.apps.errands.overdue import open_overdue
from driftbox.apps.pack import tables
from driftbox.apps.papers.queries import open_paper
from driftbox.apps.parcels.models import IncidentRow
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues, particulars_of
from driftbox.domain.custody.state import Box
from driftbox.domain.docket.incident import BOTH, PROCEDURE, Incident, stage_of
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.log.ids import instant
from driftbox.web.base.hand import hand_of, say_notes
from driftbox.web.base.incident_words import ENDS, HOW, REASONS, detail_of, what_words, who_words
from driftbox.web.base.middleware import now_of
from driftbox.web.base.number_fields import read_out
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.incidents.forms import FORMS, Holder, OpenForm, form_of

ROLES: Final = ("crew", "agent", "clerk", "director", "supervisor")
ACTORS: Final = ("agent", "clerk", "director", "crew")
NEXT: Final = {"hold": "photograph", "look": "notify", "photographed": "notify", "notified": "settle"}


class Line(Struct, frozen=True):
    """One incident in the list."""

    docket: str
    entry: str
    what: str
    about: str
    next_act: str
    whose: str
    mine: bool
    since: datetime


@staff_page(*ROLES)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What does not agree and nobody has settled; what waits for whoever looks comes first."""
    viewer = viewer_of(request)
    open_overdue(now_of(request))
    numbers = numbers_reached(viewer)
    lines = [_line(row, numbers.get(row.docket, ""), viewer) for row in incidents_for(viewer)]
    lines.sort(key=lambda line: not line.mine)
    return render(request, "incidents/list.html", {"lines": lines, **_frame(viewer)})


def _frame(viewer: Viewer) -> dict[str, Any]:
    """Which page surrounds it: the desk's, or the pocket's."""
    desk = bool(viewer.roles & {"clerk", "director", "supervisor"})
    return {"layout": "base/desk.html" if desk else "base/pocket.html", "desk": desk}


def _line(row: IncidentRow, number: str, viewer: Viewer) -> Line:
    stage = tables()[PROCEDURE].stages[row.stage]
    box = box_of(row.docket) if row.of_box else None
    about = _box_words(box.label) if box else number
    return Line(
        row.docket, row.entry, what_words(row.what), about, said(stage.next_act), who_words(row.next_role),
        row.next_role in viewer.roles, instant(row.opened),
    )  # fmt: skip


def _box_words(label: str) -> str:
    if label.startswith("?"):
        return gettext("没登记过的 {label}").format(label=label[1:])
    return gettext("{label} 号漂流箱").format(label=label)


@staff_page(*ROLES)
@require_GET
def incident(request: HttpRequest, docket: UUID, entry: UUID) -> HttpResponse:
    """One incident: what it is, how far it has come, what is next and whose it is."""
    viewer = viewer_of(request)
    holder, one = incident_for(viewer, str(docket), str(entry))
    return _page(request, viewer, str(docket), holder, one)


def _page(
    request: HttpRequest, viewer: Viewer, docket: str, holder: Holder, one: Incident, *, sent: Any = None
) -> HttpResponse:  # fmt: skip
    stage = stage_of(one, tables()[PROCEDURE])
    case = holder if isinstance(holder, Docket) else None
    parcel = holder.parcels.get(one.parcel)
    context = {
        "docket": docket, "one": one, "case": case, "what": what_words(one.what), "detail": detail_of(one, case),
        "about": case.number if case else _about_box(docket), "since": instant(one.opened_ms),
        "seal": read_out(parcel.seal) if parcel else "", "place": place_name(one.place) if one.place else "",
        "claimed": _claimed(one), "next_act": said(stage.next_act), "whose": who_words(stage.next_role),
        "told": [str(ENDS[end]) for end in one.told],
        "how": str(HOW.get(one.how, "")), "reason": str(REASONS.get(one.reason, one.reason)),
        "ends": _ends(case) if case and not one.settled else [],
        "parts": [(what, _sent_or_new(what, one, viewer, sent)) for what in _open_to(one, viewer)],
        **_frame(viewer),
    }  # fmt: skip
    return render(request, "incidents/incident.html", context, status=400 if sent else 200)


def _about_box(docket: str) -> str:
    row = box_of(docket)
    return _box_words(row.label) if row else ""


def _claimed(one: Incident) -> datetime | None:
    return datetime.fromisoformat(one.claimed) if one.claimed else None


def _open_to(one: Incident, viewer: Viewer) -> list[str]:
    """The acts that ``viewer`` may do now; the one that is next first."""
    may = [what for what, kind in FORMS.items() if not one.settled and viewer.roles & _roles_for(kind, one)]
    following = "notify" if one.stage == "notified" and len(one.told) < BOTH else NEXT.get(one.stage)
    return sorted(may, key=lambda what: what != following)


def _roles_for(kind: str, one: Incident) -> frozenset[str]:
    arrows = tables()[PROCEDURE].arrows
    exact = arrows.get((kind, one.stage))
    misread = arrows.get((f"{kind}:misread", one.stage))
    return frozenset(role for arrow in (exact, misread) if arrow for role in arrow.roles)


def _sent_or_new(what: str, one: Incident, viewer: Viewer, sent: Any) -> Any:
    if sent and sent[0] == what:
        return sent[1]
    return form_of(what, one, only=_hows(one, viewer))


def _hows(one: Incident, viewer: Viewer) -> tuple[str, ...]:
    """Only a misreading can be settled before both ends were told, or by an agent."""
    arrow = tables()[PROCEDURE].arrows.get(("incident.settled", one.stage))
    return () if arrow and viewer.roles & set(arrow.roles) else ("misread",)


def _ends(case: Docket) -> list[tuple[str, str]]:
    """Whom to phone: names and numbers of the family and of the agent."""
    family = [particulars_of(person) for person in dict.fromkeys((case.beneficiary, case.applicant)) if person]
    agent = colleagues().get(case.agent)
    told = [(one.name, one.phone) for one in family if one.phone]
    return [*told, *([(agent.name, agent.phone)] if agent and agent.phone else [])]


@staff_page(*ACTORS)
@require_POST
def act(request: HttpRequest, docket: UUID, entry: UUID, what: str) -> HttpResponse:
    """Do one step."""
    viewer = viewer_of(request)
    holder, one = incident_for(viewer, str(docket), str(entry))
    form = form_of(what, one, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, viewer, str(docket), holder, one, sent=(what, form))
    hand = hand_of(request, by=viewer.person, role=_role(what, one, viewer))
    form.carry_out(str(docket), str(entry), hand)
    say_notes(request, hand)
    messages.success(request, gettext("记好了。"))
    return redirect("incidents:incident", docket=docket, entry=entry)


def _role(what: str, one: Incident, viewer: Viewer) -> str:
    """The role in which ``viewer`` does it; whoever has none is told so by the procedure itself."""
    arrow = tables()[PROCEDURE].arrows.get((FORMS[what], one.stage))
    fitting = [role for role in ("director", "clerk", "agent", "crew") if role in viewer.roles]
    wanted = [role for role in fitting if arrow and role in arrow.roles]
    return (wanted or fitting)[0]


@staff_page(*ACTORS)
@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Say that something does not agree."""
    viewer = viewer_of(request)
    holder = holder_for(viewer, str(docket))
    form = OpenForm(holder, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        hand = hand_of(request, by=viewer.person, role=viewer.role_among(ACTORS))
        form.carry_out(str(docket), hand)
        say_notes(request, hand)
        return _to_newest(request, viewer, str(docket))
    about = _about_box(str(docket)) if isinstance(holder, Box) else holder.number
    context = {"form": form, "about": about, **_frame(viewer)}
    return render(request, "incidents/open.html", context, status=400 if request.method == "POST" else 200)


def _to_newest(request: HttpRequest, viewer: Viewer, docket: str) -> HttpResponse:
    messages.success(request, gettext("记下了。先放着，一步一步来。"))
    newest = list(holder_for(viewer, docket).open_incidents)[-1]
    return redirect("incidents:incident", docket=docket, entry=newest.entry)


@staff_page(*ROLES)
@require_GET
def photo(request: HttpRequest, docket: UUID, entry: UUID, digest: str) -> HttpResponse:
    """One photograph of an incident."""
    _holder, one = incident_for(viewer_of(request), str(docket), str(entry))
    if digest not in one.papers:
        raise NotFound("no_photo", "没有这张照片。请回到上一页再看一眼。")
    opened = open_paper(str(docket), digest)
    response = HttpResponse(opened.content, content_type=opened.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
