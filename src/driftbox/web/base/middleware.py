"""Refusals become plain sentences: the right status, what happened, what to do next; never a 500."""

import errno
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from driftbox.apps.pack import pack_as_of
from driftbox.apps.packdesk.queries import changes
from driftbox.domain.errors import BadPaper, DriftboxError, NotAllowed, NotFound
from driftbox.gateways.sentences import sentence_of

__all__ = ["PlainWords", "now_of", "sentence_of"]  # screens take the sentence from here
PAGELESS: Final = re.compile(r"((act|do)/[^/]+|checklist|move|collect|seen|rate|photograph|notify|settle)/$")
STATUS: dict[type[DriftboxError], int] = {NotFound: 404, NotAllowed: 403}
FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
log = logging.getLogger(__name__)


def now_of(request: HttpRequest) -> datetime:
    """The instant at which this request came in; the clock is read once per request, here."""
    moment = request.META.get("driftbox.now")
    if not isinstance(moment, datetime):
        moment = datetime.now(UTC)  # noqa: TID251 - this is the place where the pages read the clock
        request.META["driftbox.now"] = moment
    return moment


def moment_now() -> datetime:
    """The instant at which something came in over an open connection: one has no request of its own."""
    return datetime.now(UTC)  # noqa: TID251 - see ``now_of``


def cannot_write(exception: Exception) -> bool:
    """Whether the store was busy, stood in a ring of waiting acts, or is full; the transaction was undone."""
    return isinstance(exception, OperationalError) or (isinstance(exception, OSError) and exception.errno in FULL)


class PlainWords:
    """Turns what the lower storeys refuse into a page, or into a sentence on the form it came from.

    The whole request sees the pack as of the moment it came in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with pack_as_of(now_of(request), changes):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal, or a store that cannot write just now; anything else is a fault of ours and goes on."""
        if cannot_write(exception):
            log.error("nothing was written at %s: %s", request.resolver_match and request.resolver_match.view_name,
                      type(exception).__name__)  # fmt: skip
            return render(request, "503.html", status=503)
        if not isinstance(exception, DriftboxError):
            return None
        if exception.code == "too_many":
            return render(request, "429.html", {"sentence": sentence_of(exception)}, status=429)
        status = STATUS.get(type(exception))
        if status:
            return render(request, f"{status}.html", {"sentence": sentence_of(exception)}, status=status)
        if request.method != "POST":
            status = 404 if isinstance(exception, BadPaper) else 409
            return render(request, "400.html", {"sentence": sentence_of(exception)}, status=status)
        messages.error(request, sentence_of(exception))
        return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page of the form: doors that only take a POST have none, so the case or the box before them is shown."""
    return PAGELESS.sub("", request.path)
