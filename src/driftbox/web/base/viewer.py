"""Who is looking at a staff page, and whether they may."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from driftbox.apps.people.access import Viewer, staff_viewer
from driftbox.apps.people.models import Account
from driftbox.domain.errors import NotAllowed

View = Callable[..., HttpResponse]


def viewer_of(request: HttpRequest) -> Viewer:
    """The member of staff who is signed in."""
    return staff_viewer(cast("Account", request.user))


def staff_page(*roles: str) -> Callable[[View], View]:
    """Only for members of staff with one of ``roles``; others are sent to sign in, or told whose page it is."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not viewer_of(request).roles & set(roles):
                raise NotAllowed("not_your_page", "这一页不归您看。要看，请站长给您开。")
            return view(request, *args, **kwargs)

        return cast("View", login_required(guarded))

    return guard
