"""What people keep asking: topics that rise, words that nothing was found for, matters that ask again and again."""

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST
from msgspec import Struct

from driftbox.apps.figures import queries
from driftbox.apps.figures.actions import refresh
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.words.actions import suggest
from driftbox.apps.words.misses import forget_marks, missed
from driftbox.domain.errors import Refused
from driftbox.domain.figures.tally import merged
from driftbox.domain.figures.topics import FEW, Rising, asked_again, rising
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.figures.views import AT_A_VIEW, STAFF

BEFORE: Final = 3  # months that this one is set against
AGAIN: Final = 12  # months of cases in which papers were asked for again


class Topic(Struct, frozen=True):
    """One matter on the page: its code and name, and how many."""

    code: str
    name: str
    now: int
    before: str = ""


@staff_page(*STAFF)
@require_GET
def topics(request: HttpRequest) -> HttpResponse:
    """Everything that rises, within reach; words are those of everybody, for they know no office."""
    refresh(AT_A_VIEW)
    today = calendar().local_date(now_of(request))
    context = {
        "matters": _matters(request, today), "again": _again(request, today), "missed": _missed(today),
        "choices": [(one.code, said(one.plain)) for one in current_pack().matters.values() if not one.confidential],
        "few": FEW,
    }  # fmt: skip
    return render(request, "figures/topics.html", context)


def _matters(request: HttpRequest, today: date) -> list[Topic]:
    months = queries.months_before(today, BEFORE + 1)
    by_month = queries.read_together(["matters"], viewer_of(request).reach, months[0], months[-1])["matters"].by_month()
    counts = [{code: cell.count for code, cell in by_month[m].cells.items()} if m in by_month else {} for m in months]
    return [Topic(one.topic, _name(one.topic), one.now, f"{one.before:.1f}") for one in rising(counts[-1], counts[:-1])]


def _again(request: HttpRequest, today: date) -> list[tuple[Topic, int]]:
    months = queries.months_before(today, AGAIN)
    found = queries.read_together(["asked_again"], viewer_of(request).reach, months[0], months[-1])["asked_again"]
    cells = merged(found.cells.values()).cells
    told = asked_again((bucket, cell.count) for bucket, cell in cells.items())
    return [(Topic(one.matter, _name(one.matter), one.again), one.done) for one in told]


def _missed(today: date) -> list[tuple[Rising, bool]]:
    """Words of this month that nothing was found for, and which of them rise."""
    now, *before = (missed(month) for month in reversed(queries.months_before(today, BEFORE + 1)))
    risen = {one.topic for one in rising(now, before)}
    return [(Rising(word, count, 0.0), word in risen) for word, count in now.items()]


def _name(code: str) -> str:
    matters = current_pack().matters
    return said(matters[code].plain) if code in matters else code


@staff_page(*STAFF)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Put a word among the suggestions for the word list, with the matter that somebody thinks it means."""
    today = calendar().local_date(now_of(request))
    forget_marks(today)
    word, matter = request.POST.get("word", ""), request.POST.get("matter", "")
    if word not in missed(f"{today:%Y-%m}") or matter not in current_pack().matters:
        raise Refused("topics.form", "说法没有动。从单子里选一个词、一件事，再按一次。")
    if suggest(word, matter, "", names=(), today=today):
        messages.success(request, gettext("放进说法单子了，定下来以前不算数。"))
    else:
        messages.info(request, gettext("这个词已经在说法单子里。"))
    return redirect("desk:words")
