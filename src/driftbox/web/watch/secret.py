"""What was told in confidence 保密件: the custodian's list by number, and letting people see it case by case."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from msgspec import Struct

from driftbox.apps.dockets.queries import entries_of
from driftbox.apps.pack import line_up, tables
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import Colleague, colleagues, colleagues_in
from driftbox.apps.petitions.confidence import grant_access, revoke_access
from driftbox.apps.petitions.watching import secrets_of
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.ids import instant
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import reasons
from driftbox.web.base.supervision import reason_words
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.watch.one import petition_for

LET_IN: Final = frozenset({"clerk", "director", "officer", "supervisor"})  # agents never are (Art. 30)


class GrantForm(forms.Form):
    """Whom to let in: why they asked, and why it is granted."""

    person = forms.ChoiceField(label=_("准谁看？"))
    asked = forms.ChoiceField(label=_("他为什么要看？"))
    reason = forms.ChoiceField(label=_("您为什么准？"))

    def __init__(self, docket: Docket, custodian: str, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "person", [(one.person, named(one)) for one in may_be_let_in(docket, custodian)])
        offer(self, "asked", reasons("access.asked"))
        offer(self, "reason", reasons("access.granted"))


class Held(Struct, frozen=True):
    """Somebody who sees it: by grant, as handler, or by force."""

    person: str
    who: str
    how: str
    may_revoke: bool


class Step(Struct, frozen=True):
    """One line of who asked, was let in, or opened it, with both reasons."""

    entry: str
    at: datetime
    what: str
    who: str
    why: str


def named(one: Colleague) -> str:
    """A colleague with their office."""
    return gettext("{name}（{place}）").format(name=one.name, place=place_name(one.office))


def may_be_let_in(docket: Docket, custodian: str) -> list[Colleague]:
    """Staff whom the custodian may let in: not themselves, nobody complained of or in an office complained of."""
    known = docket.petition
    everybody = {one.person: one for role in sorted(LET_IN) for one in colleagues_in(role)}
    return [
        one
        for one in sorted(everybody.values(), key=lambda one: one.name)
        if one.person not in (custodian, *known.complained) and not _complained(one.office, docket)
    ]


def _complained(office: str, docket: Docket) -> bool:
    """Whether the office, or one above it, is complained of."""
    return bool(set(docket.petition.complained_offices) & set(line_up(office)))


@staff_page("custodian")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The confidential petitions by number only."""
    table = tables()["petition"]
    lines = [(one, said(table.stages[one.stage].name)) for one in secrets_of(viewer_of(request))]
    return render(request, "watch/secrets.html", {"lines": lines})


def _secret_for(viewer: Viewer, docket: UUID) -> Docket:
    state = petition_for(viewer, docket)
    if not state.confidential:
        raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")
    return state


@staff_page("custodian")
@require_GET
def one(request: HttpRequest, docket: UUID) -> HttpResponse:
    """One of them: who asks, who sees it, who opened it, and letting somebody in."""
    viewer = viewer_of(request)
    state = _secret_for(viewer, docket)
    return _page(request, state, _grant_form(state, viewer))


def _grant_form(state: Docket, viewer: Viewer, data: Any = None) -> GrantForm:
    first = state.petition.asking[0] if state.petition.asking else None
    initial = {"person": first.person, "asked": first.reason} if first else {}
    return GrantForm(state, viewer.person, data, initial=initial)


def _page(request: HttpRequest, state: Docket, form: GrantForm) -> HttpResponse:
    staff = colleagues()
    asking = [
        (staff[a.person].name if a.person in staff else "", reason_words("access.asked", a.reason))
        for a in state.petition.asking
    ]
    context = {
        "docket": state, "stage": said(tables()["petition"].stages[state.stage].name), "asking": asking, "form": form,
        "holders": _holders(state), "steps": _steps(state), "reasons": reasons("access.revoked"),
    }  # fmt: skip
    return render(request, "watch/secret.html", context, status=400 if form.is_bound else 200)


def _holders(state: Docket) -> list[Held]:
    staff, known = colleagues(), state.petition
    hows = {known.handler: gettext("承办人")} if known.handler else {}
    hows |= dict.fromkeys(known.access, gettext("准的"))
    hows |= dict.fromkeys(known.opened_by, gettext("紧急打开的"))
    taken = {*known.access, *known.opened_by}
    return [Held(who, staff[who].name if who in staff else "", how, who in taken) for who, how in hows.items()]


def _steps(state: Docket) -> list[Step]:
    staff = colleagues()
    found = [(entry, _told(entry.body)) for entry in entries_of(state.id)]
    return [
        Step(entry.id, instant(entry.happened_ms), told[0], _name(staff, told[1] or entry.by), told[2])
        for entry, told in found if told
    ]  # fmt: skip


def _name(staff: dict[str, Colleague], person: str) -> str:
    return staff[person].name if person in staff else ""


def _told(body: object) -> tuple[str, str, str] | None:
    """What an entry says of access: in words, whom it is about (empty: who recorded it), and why."""
    match body:
        case w.AccessAsked():
            return gettext("申请查看"), body.person, reason_words("access.asked", body.reason)
        case w.AccessGranted():
            asked, why = reason_words("access.asked", body.asked), reason_words("access.granted", body.reason)
            return (
                gettext("准他查看"),
                body.person,
                gettext("他说：{asked}；准的理由：{why}").format(asked=asked, why=why),
            )
        case w.AccessRevoked():
            return gettext("收回"), body.person, reason_words("access.revoked", body.reason)
        case w.AccessForced():
            return gettext("紧急打开"), "", reason_words("access.forced", body.reason)
        case _:
            return None


@staff_page("custodian")
@require_POST
def grant(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Let somebody in."""
    viewer = viewer_of(request)
    state = _secret_for(viewer, docket)
    form = _grant_form(state, viewer, request.POST)
    if not form.is_valid():
        return _page(request, state, form)
    data = form.cleaned_data
    try:
        grant_access(state.id, data["person"], data["asked"], data["reason"], viewer, now=now_of(request))
    except Refused as refusal:
        form.add_error(None, sentence_of(refusal))
        return _page(request, state, form)
    messages.success(request, gettext("准了，两边的理由都记下了。"))
    return redirect("watch:secret", docket=state.id)


@staff_page("custodian")
@require_POST
def revoke(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Take access back."""
    viewer = viewer_of(request)
    state = _secret_for(viewer, docket)
    reason = request.POST.get("reason", "")
    known = dict(reasons("access.revoked"))
    try:
        revoke_access(
            state.id, request.POST.get("person", "")[:40], reason if reason in known else next(iter(known)), viewer,
            now=now_of(request),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, gettext("收回了，从现在起看不到。"))
    return redirect("watch:secret", docket=state.id)
