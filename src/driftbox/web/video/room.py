"""The door of a link, the waiting room, the page of the call, and what is uploaded from it."""

from datetime import timedelta
from typing import Any, Final, cast
from urllib.parse import urlsplit
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.forms import form_named, forms_of
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.people.models import Account
from driftbox.apps.sittings import presence, queries
from driftbox.apps.sittings.invitations import open_link, seat_behind
from driftbox.apps.sittings.models import SeatRow
from driftbox.apps.sittings.recordings import keep_recording
from driftbox.apps.sittings.rooms import room_for
from driftbox.domain.errors import DriftboxError, NotFound, Refused
from driftbox.gateways.calendar_feed import MEDIA_TYPE, FeedShift, calendar_of
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import material_names, page_language, place_name
from driftbox.web.base.theirs import opens_theirs
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.video.facts import find_seat
from driftbox.web.video.forms import CloseForm, RecordingForm, StillForm
from driftbox.web.video.seat_cookie import device_of, give_device

REFRESH: Final = 8  # seconds after which the waiting room asks again by itself


@require_http_methods(["GET", "POST"])
def door(request: HttpRequest, token: str) -> HttpResponse:
    """A link. A look at it changes nothing, so that no program that peeks into messages takes the seat."""
    now = now_of(request)
    try:
        seat = seat_behind(token[:80], now=now)
    except NotFound:
        count_attempt("sitting", request.META.get("REMOTE_ADDR", ""), now=now)
        raise
    if request.method == "GET" and not device_of(request, seat.room.pk):
        context = {
            "room": seat.room,
            "phone": queries.phone_instead(seat.room, now),
            "office_name": place_name(seat.room.office),
        }
        return render(request, "video/door.html", context)
    try:
        opened = open_link(token[:80], device_of(request, seat.room.pk), now=now)
    except Refused as refusal:
        context = {"sentence": sentence_of(refusal), "phone": queries.phone_instead(seat.room, now), "room": seat.room}
        return render(request, "video/door.html", context, status=409)
    return give_device(redirect("video:room", seat.room.pk), seat.room.pk, opened.device)


def seat_of(request: HttpRequest, room: str) -> SeatRow:
    """The seat of this browser in the room.

    Raises:
        NotFound: it has none.
    """
    person = request.user.person if isinstance(request.user, Account) else ""
    return find_seat(room, person, device_of(request, room))


@require_GET
def room(request: HttpRequest, room: UUID) -> HttpResponse:
    """The waiting room until somebody answers; then the call; then that it is over."""
    now, seat = now_of(request), seat_of(request, str(room))
    row = seat.room
    context = {
        "room": row,
        "seat": seat,
        "phone": queries.phone_instead(row, now),
        "office_name": place_name(row.office),
    }
    if row.closed:
        return render(request, "video/over.html", context | {"held": presence.held(row)})
    if not row.answered:
        presence.wait(seat, now=now)
        row.refresh_from_db()
        context |= {"turn": queries.turn_of(row, now=now), "refresh": REFRESH}
        return render(request, "video/waiting.html", context)
    return _call(request, seat, context)


def _call(request: HttpRequest, seat: SeatRow, context: dict[str, Any]) -> HttpResponse:
    row, staff = seat.room, not seat.token_index
    address, case = signalling_address(request, row.pk), load(row.docket).docket
    codes, passed = [item.code for item in case.checklist], now_of(request) - (row.answered or now_of(request))
    context |= {
        "signalling": address, "staff": staff, "name": queries.shown_name(seat), "case": case,
        "materials": list(zip(codes, material_names(case, codes), strict=True)),
        "elapsed": int(passed.total_seconds()),
    }  # fmt: skip
    if staff:
        end = CloseForm(auto_id="end_%s")
        del end.fields["words"], end.fields["confirmed"]  # read back and pressed in the call itself
        language = page_language()
        signable = [(form.code, form.title.in_language(language)) for form in forms_of(case)]
        context |= {"end": end, "signable": signable}
    parts = urlsplit(address)
    response = render(request, "video/call_desk.html" if staff else "video/call.html", context)
    return _may_connect(request, response, f"{parts.scheme}://{parts.netloc}")


def _may_connect(request: HttpRequest, response: HttpResponse, to: str) -> HttpResponse:
    """Let the page of a call connect to its signalling, and play what it recorded; no other page may."""
    update = csp_update({"connect-src": ["'self'", to], "media-src": ["'self'", "blob:"]})
    return cast("HttpResponse", update(lambda _request: response)(request))


def signalling_address(request: HttpRequest, room: str) -> str:
    """Where the page connects to: beside the pages in development, under the same address behind a proxy."""
    port, secure = settings.DRIFTBOX_WS_PORT, request.is_secure() or settings.SESSION_COOKIE_SECURE
    host = request.get_host()
    if port and not secure:
        host = f"{urlsplit('//' + host).hostname or 'localhost'}:{port}"
    return f"{'wss' if secure else 'ws'}://{host}/ws/video/{room}/"


@require_GET
def invitation(request: HttpRequest, room: UUID) -> HttpResponse:
    """The appointment as a file that any calendar takes (iCalendar, RFC 5545)."""
    now, row = now_of(request), seat_of(request, str(room)).room
    if row.starts is None:
        raise NotFound("no_appointment", "这一次没有约时间，等着就行。")
    until = row.starts + timedelta(minutes=queries.whole("sitting_minutes", 15))
    place = f"{place_name(row.office)} {queries.phone_instead(row, now)}"
    title = gettext("漂流箱视频面谈")
    event = FeedShift(uid=f"{row.pk}@driftbox", since=row.starts, until=until, title=title, place=place)
    response = HttpResponse(calendar_of(title, [event], now=now), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = 'attachment; filename="driftbox.ics"'
    return response


@require_GET
def sign(request: HttpRequest, room: UUID, code: str) -> HttpResponse:
    """Lead whoever was asked in a call to the form they are to sign, which proves who they are before they do."""
    row = seat_of(request, str(room)).room
    form = form_named(load(row.docket).docket, code)
    if not opens_theirs(request, row.docket):
        return redirect("sign_in:resident")
    return redirect("forms:fill", docket=row.docket, code=form.code)


@require_POST
def still(request: HttpRequest, room: UUID) -> JsonResponse:
    """Keep a picture of a paper that this browser held to its camera; pressing was the consent."""
    seat, form = seat_of(request, str(room)), StillForm(request.POST, request.FILES)
    if not form.is_valid():
        return _said("bad_still", gettext("照片没有收到，什么都没有记。请再拍一张。"), 400)
    data = form.cleaned_data
    try:
        paper = presence.keep_still(seat, data["still"].read(), data["material"], now=now_of(request))
    except DriftboxError as refusal:
        return _said(refusal.code, sentence_of(refusal), 409)
    return JsonResponse({"paper": paper})


@staff_page("clerk", "director", "officer", "agent")
@require_POST
def record(request: HttpRequest, room: UUID) -> JsonResponse:
    """Seal a recording that everybody who was there agreed to."""
    row, form = room_for(viewer_of(request), str(room)), RecordingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _said("bad_recording", gettext("录像没有收到，什么都没有留。请再传一次。"), 400)
    data = form.cleaned_data
    try:
        kept = keep_recording(
            row.pk, data["recording"].read(), viewer_of(request), began=data["began"], seconds=data["seconds"],
            now=now_of(request),
        )  # fmt: skip
    except NotFound:
        raise
    except DriftboxError as refusal:
        return _said(refusal.code, sentence_of(refusal), 409)
    return JsonResponse({"recording": kept.recording, "content": kept.content, "until": kept.until})


def _said(code: str, sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"code": code, "sentence": sentence}, status=status)
