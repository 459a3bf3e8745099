"""What came from elsewhere and does not count yet: why, who can mend it, and letting it in by a decision."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.directory.taking import directory_state
from driftbox.apps.dockets.access import docket_for, hidden_from
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import reached_among
from driftbox.apps.eventlog import waiting
from driftbox.apps.eventlog.nodes import Node, nodes
from driftbox.apps.eventlog.waiting import Apart
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import Colleague, colleagues
from driftbox.apps.sync.intake import release as let_in
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.reasons import why
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import TITLES, said
from driftbox.web.base.viewer import staff_page, viewer_of

LOOK_AFTER = ("director", "supervisor")
AT_ONCE = 200
UNPROVEN = frozenset({"unknown_signer", "forged"})  # who did it is only what the bytes say
_DIGEST = re.compile(r"[A-Za-z0-9_-]{43}")


class Row(NamedTuple):
    """One entry ready for the page; nothing of it is said where the case is not the viewer's to see."""

    digest: str
    title: str
    who: str
    machine: str
    case: CaseRow | None
    since: datetime
    until: datetime | None
    hidden: bool
    releasable: bool


class Group(NamedTuple):
    """Entries that wait for one reason."""

    code: str
    said: str
    remedy: str
    rows: list[Row]
    releasable: bool


class _Names:
    """Says who and what the rows of one page are about."""

    def __init__(self, viewer: Viewer, found: Sequence[Apart]) -> None:
        self._viewer, self._known, self._people = viewer, nodes(), colleagues()
        self._cases = {row.docket: row for row in reached_among(viewer, (one.docket for one in found))}

    def row(self, one: Apart) -> Row:
        hidden = hidden_from(self._viewer, one.docket)
        title = "" if hidden else str(TITLES.get(one.kind, ""))
        recorded_at = machine(one.node, self._known, self._people)
        return Row(
            one.digest, title, "" if hidden else self._who(one), recorded_at, self._cases.get(one.docket), one.since,
            one.until, hidden, one.releasable and not hidden,
        )  # fmt: skip

    def _who(self, one: Apart) -> str:
        person = self._people.get(one.by)
        if person is None:
            return ""
        return gettext("说是{who}").format(who=person.name) if one.code in UNPROVEN else person.name


def machine(name: str, known: dict[str, Node], people: dict[str, Colleague]) -> str:
    """What people call a machine: whose phone, which office's; one that nobody knows by the start of its name."""
    node = known.get(name)
    if node is None:
        return name[:9]
    if node.role == "phone":
        owner = people.get(node.person)
        return gettext("{who}的手机").format(who=owner.name if owner else name[:9])
    office = current_pack().offices.get(node.office)
    if office is not None:
        return said(office.name)
    return gettext("总站") if node.role == "hub" else name[:9]


def _groups(viewer: Viewer, found: Sequence[Apart]) -> list[Group]:
    names = _Names(viewer, found)
    ordered = sorted(found, key=lambda one: (not one.releasable, one.code))
    groups = []
    for code, those in groupby(ordered, key=lambda one: one.code):
        rows, reason = [names.row(one) for one in those], why(code)
        said_so, remedy = gettext(reason.said), gettext(reason.remedy)
        groups.append(Group(code, said_so, remedy, rows, any(row.releasable for row in rows)))
    return groups


@staff_page(*LOOK_AFTER)
@require_GET
def arrivals(request: HttpRequest) -> HttpResponse:
    """What does not count yet, by reason; machines that are there twice; what came late to what the viewer decided."""
    viewer, now = viewer_of(request), now_of(request)
    known, people = nodes(), colleagues()
    context = {
        "groups": _groups(viewer, waiting.apart()),
        "alarms": [(row, machine(row.node, known, people)) for row in waiting.alarms()],
        "directory": directory_state(now),
    }
    return render(request, "desk/arrivals.html", context)


@staff_page(*LOOK_AFTER)
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest) -> HttpResponse:
    """Look once more at what was picked; then let it in, under the viewer's name."""
    viewer = viewer_of(request)
    picked = (request.GET if request.method == "GET" else request.POST).getlist("d")[:AT_ONCE]
    found = waiting.apart([digest for digest in picked if _DIGEST.fullmatch(digest)])
    groups = [group for group in _groups(viewer, found) if group.releasable]
    rows = [row for group in groups for row in group.rows if row.releasable]
    if not rows:
        messages.error(request, gettext("没有选中能放行的，什么都没变。请在前面打勾再按。"))
        return redirect("desk:arrivals")
    if request.method == "GET":
        return render(request, "desk/release.html", {"groups": groups})
    done = sum(_let_in(row.digest, viewer.person, request) for row in rows)
    if done:
        told = ngettext("放进来 {n} 条，记在您名下。", "放进来 {n} 条，记在您名下。", done)
        messages.success(request, told.format(n=done))
    return redirect("desk:arrivals")


def _let_in(digest: str, by: str, request: HttpRequest) -> bool:
    try:
        let_in(digest, by=by, now=now_of(request))
    except NotFound:
        return False  # it came in meanwhile, with one of those before it
    except Refused as refusal:
        messages.error(request, gettext(refusal.sentence))
        return False
    return True


@staff_page(*LOOK_AFTER)
@require_POST
def alarm_seen(request: HttpRequest, row: int) -> HttpResponse:
    """Somebody has seen to a machine that is there twice."""
    waiting.see_alarm(row, by=viewer_of(request).person, now=now_of(request))
    messages.success(request, gettext("记下了，是您看的。"))
    return redirect("desk:arrivals")


@staff_page("clerk", "director", "officer", "supervisor")
@require_POST
def late_seen(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The viewer has seen what came late to a case on which they had decided."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    waiting.see_late(state.id, viewer.person, now=now_of(request))
    return redirect("desk:case", docket=state.id)
