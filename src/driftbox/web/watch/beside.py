"""Two petitions side by side 可能是同一件事: why they read alike, and a person's decision, which can be undone."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from msgspec import Struct

from driftbox.apps.pack import tables
from driftbox.apps.papers.queries import read_text
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import particulars_of
from driftbox.apps.petitions.alike import alike_to, tell_apart, told_of
from driftbox.apps.petitions.joining import link, merge, unlink, unmerge
from driftbox.domain.consult.alike import compare
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import instant
from driftbox.domain.text import Text
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_page import CHANNELS
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.watch.one import petition_for

STAFF: Final = ("clerk", "director", "officer", "custodian")
LINKING: Final = ("clerk", "director", "officer", "custodian")
DECISIONS: Final = ("repeat", "merge", "apart", "unlink", "unmerge")
DONE: Final = {
    "repeat": gettext_lazy("连上了：以前反映过的。"),
    "merge": gettext_lazy("并起来办了。并错了，随时能解开。"),
    "apart": gettext_lazy("记下了：不是同一件。以后不再并排给您看。"),
    "unlink": gettext_lazy("解开了。"),
    "unmerge": gettext_lazy("解开了，各办各的，日子都没有动。"),
}


class Seen(Struct, frozen=True):
    """One petition as it stands beside another."""

    docket: str
    number: str
    who: str
    at: datetime
    channel: str
    place: str
    stage: str
    words: str


class Pair(Struct, frozen=True):
    """The other one, and why."""

    seen: Seen
    why: tuple[Text, ...]
    same_person: bool
    linked: str


def seen(docket: Docket) -> Seen:
    """A petition as both columns show it, for whoever came through its door."""
    who = particulars_of(docket.beneficiary).name if docket.beneficiary else gettext("没有留名")
    return Seen(
        docket.id, docket.number, who,
        instant(docket.opened_ms), str(CHANNELS[docket.channel]), place_name(docket.office),
        said(tables()[docket.procedure].stages[docket.stage].name),
        read_text(docket.id, docket.said) if docket.said else "",
    )  # fmt: skip


@staff_page(*STAFF)
@require_GET
def beside(request: HttpRequest, docket: UUID) -> HttpResponse:
    """What may be the same as this petition, and what somebody already joined with it."""
    viewer = viewer_of(request)
    state = petition_for(viewer, docket)
    found = [Pair(seen(one.docket), one.alike.why, one.alike.same_person, "") for one in alike_to(state, viewer)]
    context = {"docket": state, "mine": seen(state), "pairs": found, "joined": _joined(state, viewer)}
    return render(request, "watch/beside.html", context)


def _joined(state: Docket, viewer: Viewer) -> list[tuple[str, str, str]]:
    """What is linked as a repeat or merged, as far as ``viewer`` reaches it: docket, number, how."""
    known = state.petition
    hows = {link.docket: "repeat" for link in known.links if link.relation == "repeat"}
    hows |= dict.fromkeys(known.merged, "merged") | ({known.merged_into: "into"} if known.merged_into else {})
    found = []
    for other, how in hows.items():
        try:
            found.append((other, petition_for(viewer, UUID(other)).number, how))
        except Refused:
            continue  # linked by somebody who reaches more
    return found


@staff_page(*STAFF)
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, docket: UUID, other: UUID) -> HttpResponse:
    """The two side by side; a person says what they are to each other."""
    viewer = viewer_of(request)
    one, two = petition_for(viewer, docket), petition_for(viewer, other)
    what = request.POST.get("what", "")
    if request.method == "POST" and what in DECISIONS:
        try:
            _do(what, one, two, viewer, request)
        except Refused as refusal:
            messages.error(request, sentence_of(refusal))
        else:
            messages.success(request, str(DONE[what]))
        return redirect("watch:beside", docket=one.id)
    told = told_of([one, two])
    alike = compare(told[one.id], told[two.id])
    context = {
        "mine": seen(one), "theirs": seen(two), "why": alike.why if alike else (), "how": _how(one, two),
        "chosen": what,
    }  # fmt: skip
    return render(request, "watch/two.html", context, status=400 if request.method == "POST" else 200)


def _how(one: Docket, two: Docket) -> str:
    """What they are to each other already."""
    if one.petition.merged_into == two.id or two.petition.merged_into == one.id:
        return "merged"
    linked = {link.docket for link in one.petition.links if link.relation == "repeat"}
    return "repeat" if two.id in linked else "apart" if two.id in one.petition.apart else ""


def _do(what: str, one: Docket, two: Docket, viewer: Viewer, request: HttpRequest) -> None:
    """Record the decision. Merging puts the newer one into the older.

    Raises:
        Refused: one of them does not allow it, or one is confidential and the other is not.
    """
    if one.confidential != two.confidential:
        raise Refused("one_is_secret", "一件保密，一件不保密，不能连在一起，什么都没有改。请分开办。")
    now, by, role = now_of(request), viewer.person, viewer.role_among(LINKING)
    older, newer = sorted((one, two), key=lambda docket: (docket.opened_ms, docket.id))
    if what == "repeat":
        link(newer.id, older.id, "repeat", by=by, role=role, now=now)
    elif what == "merge":
        merge(newer.id, older.id, by=by, role=role, now=now)
    elif what == "apart":
        tell_apart(one.id, two.id, by=by, role=role, now=now)
    elif what == "unlink":
        holder, held = (one, two) if _how(one, two) == "repeat" else (two, one)
        unlink(holder.id, held.id, "other_facts", by=by, role=role, now=now)
    else:
        merged = one if one.petition.merged_into == two.id else two
        unmerge(merged.id, "other_facts", by=by, role=role, now=now)
