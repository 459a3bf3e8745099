"""Written notices for the people they belong to: those that reached them, to read again and to keep."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from driftbox.apps.serving.queries import issued, pdf_of
from driftbox.domain.errors import NotFound
from driftbox.web.base.pdf_files import asked_for, pdf_answer
from driftbox.web.base.theirs import theirs


@require_GET
def notice(request: HttpRequest, docket: UUID, serial: str) -> HttpResponse:
    """A notice that was served, as it was issued.

    Raises:
        NotFound: not theirs, or not served yet: what starts a time limit is handed over first.
    """
    state = theirs(request, str(docket))
    if not issued(state, serial).served_ms:
        raise NotFound("not_served", "这份文书还没送到您手里。送到了，这里就能看；急的话打电话。")
    language, large = asked_for(request)
    return pdf_answer(pdf_of(state, serial, language, large=large), serial)
