"""The desk's side of sittings 视频接待: who waits, start one, send a link, answer, close it into the case."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.pack import calendar
from driftbox.apps.sittings import queries, recordings, rooms
from driftbox.apps.sittings.invitations import invite, send_link
from driftbox.apps.sittings.models import RoomRow
from driftbox.apps.sittings.rooms import ANSWERING, STAFF
from driftbox.domain.errors import NotFound, Refused
from driftbox.gateways.codes import qr_svg
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.video.forms import CloseForm, InviteForm, LocalMoment

REFRESH: Final = 15  # seconds after which the queue asks again by itself
MONTH: Final = timedelta(days=30)
SEES: Final = (*STAFF, "supervisor")


@staff_page(*SEES)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits, the first in line first; what goes on, what is appointed, and a month in numbers."""
    viewer, now = viewer_of(request), now_of(request)
    context = {
        "waiting": queries.queue_of(viewer, now=now), "open": queries.going_on(viewer, now=now),
        "coming": queries.not_there_yet(viewer, now=now), "refresh": REFRESH, "place_name": place_name(viewer.office),
        "figures": queries.figures(viewer, now - MONTH, now), "may_answer": bool(viewer.roles & set(ANSWERING)),
        "answering": queries.answering_at(viewer.office, now),
    }  # fmt: skip
    return render(request, "video/queue.html", context)


@staff_page(*STAFF)
@require_POST
def start(request: HttpRequest, docket: UUID) -> HttpResponse:
    """A room for this case, at once or by appointment; the one that is open already, if there is."""
    viewer, now = viewer_of(request), now_of(request)
    form = LocalMoment(request.POST)
    if not form.is_valid():
        raise Refused("sitting_when", "时间看不懂，没有约。请从日历上选一个。")
    docket_for(viewer, str(docket))
    try:
        room = rooms.start(str(docket), viewer, starts=form.cleaned_data["starts"], now=now)
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("video:queue")
    return redirect("video:desk", room.pk)


@staff_page(*STAFF)
@require_GET
def desk(request: HttpRequest, room: UUID) -> HttpResponse:
    """One room at the desk: its seats, links to send, and how it ended."""
    viewer = viewer_of(request)
    row = rooms.room_for(viewer, str(room))
    return render(request, "video/desk.html", _context(request, row))


def _context(request: HttpRequest, row: RoomRow, **forms: Any) -> dict[str, Any]:
    viewer = viewer_of(request)
    link = request.session.pop(_kept(row), "")
    return {
        "room": row, "case": docket_for(viewer, row.docket), "link": link, "qr": qr_svg(link) if link else "",
        "seats": [(seat, queries.shown_name(seat)) for seat in queries.seats_of(row)],
        "invite": InviteForm(auto_id="invite_%s"), "appoint": LocalMoment(auto_id="appoint_%s"),
        "end": CloseForm(auto_id="end_%s"), "may_answer": bool(viewer.roles & set(ANSWERING)),
        "phone": queries.phone_instead(row, now_of(request)), **forms,
    }  # fmt: skip


def _kept(row: RoomRow) -> str:
    return f"video-link-{row.pk}"


@staff_page(*STAFF)
@require_POST
def send(request: HttpRequest, room: UUID) -> HttpResponse:
    """Give out one seat: by a text message, or as a code to be scanned, which is shown this once."""
    viewer, now = viewer_of(request), now_of(request)
    row = rooms.room_for(viewer, str(room))
    form = InviteForm(request.POST, auto_id="invite_%s")
    if not form.is_valid():
        return render(request, "video/desk.html", _context(request, row, invite=form), status=400)
    data, site = form.cleaned_data, settings.DRIFTBOX_SITE or request.build_absolute_uri("/")
    try:
        invitation = invite(row.pk, data["part"], viewer, name=data["name"], now=now)
        if data["way"] == "sms":
            send_link(row, invitation, phone=data["phone"], site=site, now=now)
            messages.success(request, gettext("短信发出去了。收到的人点开就行。"))
    except Refused as refusal:
        form.add_error(None, sentence_of(refusal))
        return render(request, "video/desk.html", _context(request, row, invite=form), status=400)
    if data["way"] == "show":
        request.session[_kept(row)] = f"{site.rstrip('/')}/v/{invitation.token}/"
    return redirect("video:desk", row.pk)


@staff_page(*ANSWERING)
@require_POST
def answer(request: HttpRequest, room: UUID) -> HttpResponse:
    """Answer whoever waits; whoever comes second is told who was first."""
    viewer, now = viewer_of(request), now_of(request)
    try:
        seat = rooms.answer(str(room), viewer, now=now)
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("video:queue")
    return redirect("video:room", seat.room.pk)


@staff_page(*STAFF)
@require_POST
def enter(request: HttpRequest, room: UUID) -> HttpResponse:
    """Come in beside whoever answered, or wait with the resident."""
    seat = rooms.enter(str(room), viewer_of(request))
    return redirect("video:room", seat.room.pk)


@staff_page(*STAFF)
@require_POST
def close(request: HttpRequest, room: UUID) -> HttpResponse:
    """Close a room into its case."""
    viewer, now = viewer_of(request), now_of(request)
    row = rooms.room_for(viewer, str(room))
    form = CloseForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return render(request, "video/desk.html", _context(request, row, end=form), status=400)
    data = form.cleaned_data
    try:
        rooms.close(
            row.pk, viewer, how=data["how"], next_=data["next"], words=data["words"], confirmed=data["confirmed"],
            by_day=data["by_day"].isoformat() if data["by_day"] else None, now=now,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, sentence_of(refusal))
        return render(request, "video/desk.html", _context(request, row, end=form), status=400)
    messages.success(request, gettext("记进卷宗了。"))
    return redirect(reverse("desk:case", args=[row.docket]) if "clerk" in viewer.roles else "video:queue")


@staff_page(*SEES)
@require_GET
def recording(request: HttpRequest, docket: UUID, recording: UUID) -> HttpResponse:
    """Play a recording; whether it is what was recorded is said in a header and checked before."""
    played = recordings.play(viewer_of(request), str(docket), str(recording))
    if not played.whole:
        raise NotFound("recording_altered", "这段录像跟记下的对不上，不放。请告诉站长。")
    response = HttpResponse(played.content, content_type=played.media_type)
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'inline; filename="{calendar().local_date(now_of(request))}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
