"""Written notices at the window: preview, issue, print, and record that one reached the person."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import current_pack, tables
from driftbox.apps.people.access import Viewer
from driftbox.apps.serving import actions, queries
from driftbox.apps.serving.actions import Issuing, Service
from driftbox.domain.docket.notice_form import NoticeForm
from driftbox.domain.docket.petition_entries import Proof
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import DriftboxError, NotFound, Refused
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.pdf_files import asked_for, pdf_answer
from driftbox.web.base.signing import Seal, Signed
from driftbox.web.base.standing import standing_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.base.written import Written, written_of

ISSUERS = ("clerk", "director", "officer", "supervisor")
SERVERS = (*ISSUERS, "agent")
BY_HAND = frozenset({"in_person", "agent"})
RECEIPTS: dict[str, Proof] = {"post": "post_receipt", "electronic": "electronic_receipt"}


class Desk(Struct, frozen=True):
    """The notices of a case at the window: issued, and what may be issued now."""

    issued: list[Written]
    offered: list[NoticeForm]
    may_issue: bool
    may_serve: bool
    electronic: bool


class ServeForm(Signed):
    """How a notice reached the person: by hand with a signature, by post, or electronically."""

    field_order = ("way", "day")
    way = forms.ChoiceField(
        label=_("怎么送到的？"), choices=list(queries.WAYS.items()),
        error_messages={"required": _("还没选怎么送到的。"), "invalid_choice": _("还没选怎么送到的。")},
    )  # fmt: skip
    day = forms.DateField(
        label=_("哪天送到的？"), required=False, help_text=_("就是今天，空着就行"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("日子看不懂。请选一天，或空着。")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].required = self.fields["signed"].required = False
        self.fields["signed"].help_text = _("邮寄的，写邮件号；手机上收的不用写")

    def clean(self) -> dict[str, Any]:
        """By hand, somebody signs; a letter and a telephone bring a receipt of their own."""
        data = super().clean()
        if data.get("way") in BY_HAND:
            for name, lacks in (("proof", _("还没选怎么签收的。")), ("signed", _("还没写谁收的。"))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, lacks)
        return data

    def service(self, seal: Seal) -> Service:
        """What was served, with its proof sealed."""
        data = self.cleaned_data
        if data["way"] not in BY_HAND:
            paper = seal.words(data["signed"]) if data["signed"] else None
            return Service(way=data["way"], proof=RECEIPTS[data["way"]], day=data["day"], paper=paper)
        proved = self.evidence(seal)
        return Service(way=data["way"], proof=proved.proof, day=data["day"], paper=proved.paper, picture=proved.picture)


def desk_notices(docket: Docket, viewer: Viewer) -> Desk | None:
    """The section of the case's page; None where the procedure knows no notices."""
    kinds = tables()[docket.procedure].kinds
    if "notice.issued" not in kinds:
        return None
    may_issue = bool(viewer.roles & set(kinds["notice.issued"].roles))
    return Desk(
        written_of(docket), [form for form, _entry in queries.offered(docket)] if may_issue else [], may_issue,
        bool(viewer.roles & set(kinds["notice.served"].roles)), docket.petition.electronic,
    )  # fmt: skip


def _role(docket: Docket, viewer: Viewer, kind: str) -> str:
    arrow = tables()[docket.procedure].kinds.get(kind)
    if arrow is None:
        raise NotFound("no_such_notice", "现在没有这份文书可出：那一步还没到，或者已经出过了。")
    return viewer.role_among(arrow.roles)


@staff_page(*ISSUERS)
@require_GET
def preview(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """How a notice would look; nothing is recorded."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    language, large = asked_for(request)
    content = queries.preview(state, kind, language, office=viewer.office, large=large, now=now_of(request))
    return pdf_answer(content, f"preview-{state.number}")


@staff_page(*ISSUERS)
@require_POST
def issue(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """Issue a notice under its number."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    if kind not in current_pack().notices:
        raise NotFound("no_such_notice", "现在没有这份文书可出：那一步还没到，或者已经出过了。")
    site = settings.DRIFTBOX_SITE or request.build_absolute_uri("/")
    role = _role(state, viewer, "notice.issued")
    issuing = Issuing(by=viewer.person, role=role, office=viewer.office, site=site)
    try:
        notice = actions.issue(state.id, kind, issuing, now=now_of(request))
    except DriftboxError as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        said = gettext("出好了，编号 {serial}。打印、盖章，送到以后记送达。").format(serial=notice.serial)
        messages.success(request, said)
    return redirect("desk:case", docket=state.id)


@staff_page(*SERVERS)
@require_GET
def sheet(request: HttpRequest, docket: UUID, serial: str) -> HttpResponse:
    """A notice as it was issued, to print."""
    state = docket_for(viewer_of(request), str(docket))
    language, large = asked_for(request)
    return pdf_answer(queries.pdf_of(state, serial, language, large=large), serial)


@staff_page(*SERVERS)
@require_GET
def proof(request: HttpRequest, docket: UUID, serial: str) -> HttpResponse:
    """The proof of service: to be signed, or as signed."""
    state = docket_for(viewer_of(request), str(docket))
    language, _large = asked_for(request)
    return pdf_answer(queries.proof_of(state, serial, language, now=now_of(request)), f"{serial}-proof")


@staff_page(*SERVERS)
@require_http_methods(["GET", "POST"])
def serve(request: HttpRequest, docket: UUID, serial: str) -> HttpResponse:
    """Record that a notice reached the person."""
    viewer, now = viewer_of(request), now_of(request)
    state = docket_for(viewer, str(docket))
    notice = queries.issued(state, serial)
    sent = request.method == "POST"
    form, sentence = ServeForm(request.POST if sent else None, request.FILES if sent else None), ""
    if sent and form.is_valid():
        role = _role(state, viewer, "notice.served")
        try:
            with together():
                service = form.service(Seal(state.id, now))
                actions.serve(state.id, serial, service, by=viewer.person, role=role, now=now)
        except Refused as refusal:
            sentence = sentence_of(refusal)
        else:
            messages.success(request, gettext("送达记好了。"))
            return redirect(_home(viewer), docket=state.id)
    may_consent = not state.petition.electronic and bool(viewer.roles & {"clerk", "director"})
    context = {
        "s": standing_of(state, now), "form": form, "sentence": sentence, "serial": notice.serial,
        "may_consent": may_consent, "back": reverse(_home(viewer), args=[state.id]),
    }  # fmt: skip
    return render(request, "desk/serve.html", context, status=400 if sent else 200)


def _home(viewer: Viewer) -> str:
    return "desk:case" if viewer.roles & set(ISSUERS) else "pocket:case"


@staff_page("clerk", "director")
@require_POST
def consent(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The person agreed to be served electronically."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    role = _role(state, viewer, "service.consented")
    try:
        actions.consent(state.id, by=viewer.person, role=role, now=now_of(request))
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, gettext("记下了：他同意用手机收文书。"))
    return redirect("desk:case", docket=state.id)
