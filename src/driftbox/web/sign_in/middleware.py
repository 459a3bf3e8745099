"""Where a second factor is required, staff who have none set it up before anything else."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from driftbox.apps.people.queries import factor_of

FREE: Final = frozenset({"sign_in:second_factor", "sign_in:out", "base:mode", "base:language"})


def required() -> bool:
    """Whether this installation asks every member of staff for a second factor (``DRIFTBOX_SECOND_FACTOR``)."""
    return bool(settings.DRIFTBOX_SECOND_FACTOR == "required")


class SecondFactorFirst:
    """Leads staff without a second factor to the page where they set it up; the switches and the way out stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """Send on whoever must set it up; costs one query on staff's requests, and none where it is optional."""
        if not required() or not request.user.is_authenticated:
            return None
        at = request.resolver_match.view_name if request.resolver_match else ""
        if at in FREE or factor_of(request.user.person).since:
            return None
        return redirect("sign_in:second_factor")
