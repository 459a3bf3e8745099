"""What grows out of a case at the window: a review, the petition that an errand becomes, the aid beside a petition."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.petitions.carrying import Asking
from driftbox.apps.petitions.chain import request_review
from driftbox.apps.petitions.joining import open_aid, petition_from_errand
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import words_field
from driftbox.web.base.sent import sent
from driftbox.web.base.standing import standing_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of

WINDOW = ("clerk", "director")


class ReviewForm(forms.Form):
    """Why the petitioner disagrees, and how they said so."""

    words = words_field(_("他为什么不服？"), help_text=_("照他的原话写"))
    channel = forms.ChoiceField(
        label=_("怎么来的"), choices=[("window", _("窗口")), ("phone", _("电话")), ("letter", _("来信")),
                                      ("home", _("上门")), ("video", _("视频"))],
    )  # fmt: skip


class BecomeForm(forms.Form):
    """What went wrong with the errand."""

    words = words_field(_("哪里没办成，他要什么？"), help_text=_("照他的原话写"))


class AidForm(forms.Form):
    """The matters that are opened beside it."""

    matters = forms.MultipleChoiceField(label=_("替他另开哪几件？"), widget=forms.CheckboxSelectMultiple)


@staff_page(*WINDOW)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The petitioner asks at the window that it be looked at again one level up."""
    viewer = viewer_of(request)
    state = _petition(viewer, docket)
    form = ReviewForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        asking = Asking(by=state.beneficiary, recorder=viewer.person, channel=data["channel"])
        try:
            asked = request_review(state.id, data["words"], asking, now=now_of(request))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            _tell(request, asked.docket.number, asked.code)
            if asked.late:
                messages.warning(request, gettext("过了 30 天才申请，记下了，也告诉他了。问一问有没有正当理由。"))
            return redirect("desk:case", docket=state.id)
    return _page(request, state, form, gettext("他不服，申请再看一遍"), gettext("登记申请，另立一件"))


@staff_page(*WINDOW)
@require_http_methods(["GET", "POST"])
def become(request: HttpRequest, docket: UUID) -> HttpResponse:
    """An errand that failed becomes a petition in one act, with its papers."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    if state.procedure == "petition":
        raise Http404
    form = BecomeForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        asking = Asking(by=state.beneficiary, recorder=viewer.person)
        try:
            made = petition_from_errand(state.id, form.cleaned_data["words"], asking, now=now_of(request))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            _tell(request, made.number, receipt_of(made.id))
            return redirect("desk:case", docket=made.id)
    return _page(request, state, form, gettext("没办成，转成信访"), gettext("转成信访，材料一起带过去"))


@staff_page(*WINDOW)
@require_http_methods(["GET", "POST"])
def aid(request: HttpRequest, docket: UUID) -> HttpResponse:
    """A petition that is really hardship: open the aid matters beside it (Regulation on Petition Work Art. 37)."""
    viewer = viewer_of(request)
    state = _petition(viewer, docket)
    form = AidForm(*sent(request))
    errands = [matter for matter in current_pack().matters.values() if matter.procedure == "errand"]
    offer(form, "matters", [(one.code, said(one.plain)) for one in errands])
    if request.method == "POST" and form.is_valid():
        role = viewer.role_among(WINDOW)
        try:
            made = open_aid(state.id, form.cleaned_data["matters"], by=viewer.person, role=role, now=now_of(request))
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            for one in made:
                _tell(request, one.number, receipt_of(one.id))
            return redirect("desk:case", docket=state.id)
    return _page(request, state, form, gettext("家里有难处，另外替他办"), gettext("开这几件"))


def _petition(viewer: Viewer, docket: UUID) -> Docket:
    state = docket_for(viewer, str(docket))
    if state.procedure != "petition":
        raise NotFound("no_petition", "这一件不是信访，没有这一页。请回到这件事。")
    return state


def _tell(request: HttpRequest, number: str, code: str) -> None:
    sentence = gettext("另立了一件，编号 {number}，回执码 {receipt}，请念给他听。")
    messages.success(request, sentence.format(number=number, receipt=code))


def _page(request: HttpRequest, state: Docket, form: forms.Form, title: str, button: str) -> HttpResponse:
    context = {"s": standing_of(state, now_of(request)), "form": form, "title": title, "button": button}
    return render(request, "desk/beside.html", context, status=400 if request.method == "POST" else 200)
