"""Bring two boats together: hear the other side, write down what was agreed, read it back, have both sign."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.papers.queries import read_text
from driftbox.apps.sea_post.mediating import Ending, Statement, close, state_side
from driftbox.apps.sea_post.post import this_post
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import DriftboxError, NotFound
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.sea_post.forms import ABOUT, PAD, SoundField, StrokesField
from driftbox.web.sea_post.here import around
from driftbox.web.sea_post.staff import STAFF

ENDS: Final = (
    ("agreed", _("谈拢了")), ("partly", _("谈拢了一部分")),
    ("not_agreed", _("没谈拢")), ("broken_off", _("谈到一半停了")),
)  # fmt: skip
FIRST: Final = _("先说的这边，手指在这里签名")
SECOND: Final = _("另一边，手指在这里签名")


class SideForm(forms.Form):
    """What the other boat says."""

    recording = SoundField(
        label=_("录一段话"), required=False, widget=forms.FileInput(attrs={"accept": "audio/*", "capture": ""})
    )
    words = forms.CharField(
        label=_("对方的船怎么说"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    strokes = StrokesField(required=False, widget=forms.HiddenInput(attrs=PAD))


class EndForm(forms.Form):
    """How it ended, and both signatures."""

    outcome = forms.ChoiceField(label=_("谈得怎么样？"), choices=ENDS, widget=forms.RadioSelect)
    agreement = forms.CharField(
        label=_("说好了什么，一条一条写"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    read_back = forms.BooleanField(label=_("念给两边听过，都说对"), required=False)
    first = StrokesField(
        required=False, widget=forms.HiddenInput(attrs=PAD | {"data-pad": _("先说的这边，手指在这里签名")})
    )
    second = StrokesField(
        required=False, widget=forms.HiddenInput(attrs=PAD | {"data-pad": _("另一边，手指在这里签名")})
    )


@staff_page(*STAFF)
@require_http_methods(["GET", "POST"])
def mediate(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The mediation of one petition, from the second statement to the signatures.

    Raises:
        NotFound: not theirs to see, or no mediation was asked for.
    """
    this_post()
    state = docket_for(viewer_of(request), str(docket))
    if state.sea.mediation is None:
        raise NotFound("no_mediation", "这一件还没有开始调解。请先写明是哪两条船、为了什么。")
    ending = request.POST.get("what") == "end"
    forms_ = (SideForm(*_sent(request, wanted=not ending)), EndForm(*_sent(request, wanted=ending)))
    if request.method == "POST" and forms_[ending].is_valid():
        try:
            _record(request, state, forms_[ending].cleaned_data, ending=ending)
        except DriftboxError as refusal:
            forms_[ending].add_error(None, sentence_of(refusal))
        else:
            messages.success(request, gettext("记下了，封好了。"))
            return redirect("sea_post:mediation", docket=state.id)
    known = state.sea.mediation
    boats = read_text(state.id, known.boats).splitlines() if known.boats else []
    context = around(request) | {
        "state": state, "known": known, "side": forms_[0], "end": forms_[1], "boats": boats,
        "about": dict(ABOUT).get(known.about, ""), "outcome": dict(ENDS).get(known.outcome, ""),
        "agreement": read_text(state.id, known.agreement) if known.agreement else "",
    }  # fmt: skip
    return render(request, "sea_post/mediation.html", context, status=400 if request.method == "POST" else 200)


def _sent(request: HttpRequest, *, wanted: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" and wanted else (None, None)


def _record(request: HttpRequest, state: Docket, data: dict[str, Any], *, ending: bool) -> None:
    viewer, now = viewer_of(request), now_of(request)
    role = viewer.role_among(STAFF)
    if ending:
        close(state.id, Ending(**data), by=viewer.person, role=role, now=now)
        return
    said = Statement(words=data["words"], sound=data["recording"], strokes=data["strokes"])
    state_side(state.id, "second", said, by=viewer.person, role=role, now=now)
