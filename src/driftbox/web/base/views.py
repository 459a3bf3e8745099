"""The two switches that stand on every resident page. Plain links, so they work without script."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

MODE_COOKIE: Final = "driftbox_mode"
ELDER: Final = "elder"
_YEAR: Final = 365 * 24 * 3600  # seconds


@require_safe
def mode(request: HttpRequest, name: str) -> HttpResponse:
    """Read in large type 长辈版, or as usual; kept for a year in a cookie that says nothing else."""
    return _remember(request, MODE_COOKIE, name)


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Read in Chinese or in English."""
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, code)


def _remember(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(_next(request))
    secure = bool(settings.SESSION_COOKIE_SECURE)
    response.set_cookie(cookie, value, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def _next(request: HttpRequest) -> str:
    """Where the visitor was; home when the address is missing or leads out of the house."""
    asked = request.GET.get("next", "")
    at_home = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if at_home else "/"
