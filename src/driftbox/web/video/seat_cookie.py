"""The cookie by which a browser that opened a link keeps its seat: one for each room, unreadable to scripts."""

from collections.abc import Mapping
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

LIFE: Final = 40 * 24 * 3600  # seconds: past the furthest appointment; the seat itself ends before
LONGEST: Final = 64


def _name(room: str) -> str:
    return f"seat-{room}"


def device_in(cookies: Mapping[str, str], room: str) -> str:
    """The secret that this browser holds for ``room``; empty when it has none."""
    return cookies.get(_name(room), "")[:LONGEST]


def device_of(request: HttpRequest, room: str) -> str:
    """The secret in the cookies of a request."""
    return device_in(request.COOKIES, room)


def give_device(response: HttpResponse, room: str, device: str) -> HttpResponse:
    """Let this browser keep its seat in ``room``."""
    response.set_cookie(
        _name(room), device, max_age=LIFE, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
