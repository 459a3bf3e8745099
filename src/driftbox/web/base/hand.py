"""Who acts from a page, with which clock in the pocket; and what they are told about a scan that was odd."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from driftbox.apps.errands.hands import Hand
from driftbox.apps.pack import calendar
from driftbox.web.base.middleware import now_of


def hand_of(request: HttpRequest, *, by: str, role: str = "", recorder: str = "") -> Hand:
    """The hand of ``by``, with the device's time of the act and of handing in where a page sent them."""
    return Hand(
        by=by, role=role, now=now_of(request), claimed=_moment(request, "claimed"), sent=_moment(request, "sent"),
        recorder=recorder,
    )  # fmt: skip


def _moment(request: HttpRequest, name: str) -> datetime | None:
    """A device's time; rubbish is as good as none."""
    try:
        moment = datetime.fromisoformat(request.POST.get(name, "")[:40])
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=calendar().zone)


def say_notes(request: HttpRequest, hand: Hand) -> None:
    """Tell, on the next page, what was odd."""
    for note in hand.notes:
        messages.warning(request, gettext(note.sentence))
