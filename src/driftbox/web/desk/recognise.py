"""Photograph a paper in the window, and have it recognised before it is ticked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from driftbox.apps.dockets.access import docket_for
from driftbox.web.base.recognise import photo_page, send_page, staff_corner
from driftbox.web.base.viewer import staff_page, viewer_of

READERS = ("clerk", "director", "officer")


@staff_page(*READERS)
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Send a photograph of a paper of this case."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    return send_page(request, state, staff_corner("desk", state, viewer.person))


@staff_page(*READERS)
@require_http_methods(["GET", "POST"])
def photo(request: HttpRequest, docket: UUID, photo: UUID) -> HttpResponse:
    """One photograph: how far it is, and what was read on it; for whoever sent it."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    return photo_page(request, state, str(photo), staff_corner("desk", state, viewer.person))
