"""Photograph papers at the box before they go in. Only the browser that sent a photograph sees what was read on it."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.dockets.queries import load
from driftbox.apps.recognition.queries import ticked_among
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.web.base.deposit_form import papers_of
from driftbox.web.base.recognise import Corner, photo_page, send_page

MINE: Final = "photos"  # what this browser sent, in its session
PAGE: Final = "box/recognise.html"


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, label: str) -> HttpResponse:
    """Send a photograph of a paper that goes into the bag."""
    box = box_labelled(label)
    docket = request.session.get("deposit", "")
    if not docket:
        return redirect("box:label", label=box.label)
    state = load(docket).docket
    return send_page(request, state, _corner(request, box.label, state))


@require_http_methods(["GET", "POST"])
def photo(request: HttpRequest, label: str, photo: UUID) -> HttpResponse:
    """One photograph: how far it is, and what was read on it."""
    box = box_labelled(label)
    docket = request.session.get("deposit", "")
    if not docket:
        return redirect("box:label", label=box.label)
    if str(photo) not in request.session.get(MINE, []):
        raise NotFound("no_photo", "没有这张照片，或者已经删了。请再拍一张。")
    state = load(docket).docket
    return photo_page(request, state, str(photo), _corner(request, box.label, state))


def ticked_here(request: HttpRequest, docket: str) -> tuple[str, ...]:
    """The materials that this browser confirmed from photographs for this case."""
    return ticked_among(docket, request.session.get(MINE, []))


def _corner(request: HttpRequest, label: str, state: Docket) -> Corner:
    def sent(one: str) -> str:
        request.session[MINE] = [*request.session.get(MINE, [])[-40:], one]
        return reverse("box:photo", args=[label, one])

    return Corner(
        page=PAGE,
        over=gettext("{label} 号漂流箱").format(label=label),
        send=reverse("box:read", args=[label]),
        back=reverse("box:deposit", args=[label]),
        by="",
        choices=papers_of(state),
        sent=sent,
    )
