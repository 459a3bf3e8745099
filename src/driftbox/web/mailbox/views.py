"""Tell something without a name, keep the sixteen digits, come back with them, leave word and read what was answered.

The digits are shown once, in the answer to what was told, and are kept nowhere: not in the session, not in an address,
not in a log. What opens the mailbox afterwards is the session; 关上 closes it, for a phone that others use too.
"""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.dockets.queries import load
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.pack import current_pack, tables
from driftbox.apps.papers.queries import read_text
from driftbox.apps.petitions.mailbox import keep_receipt, leave_message, messages_of, open_mailbox
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket.next_step import next_step
from driftbox.domain.docket.petition_entries import Sort
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.gateways.mailbox_codes import read_mailbox_code, show_mailbox_code
from driftbox.web.base.act_form import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import words_field
from driftbox.web.base.telling import said

HELD: Final = "mailbox"  # in the session: the docket whose mailbox is open
TAIL: Final = 4
SORTS: Final = [
    ("accusation", _("有人违纪违法，要举报")),
    ("redress", _("有件事，要有人管")),
    ("suggestion", _("有个主意")),
]


class TellForm(forms.Form):
    """What is told without a name."""

    sort = forms.ChoiceField(label=_("想说的是哪一种？"), choices=SORTS, widget=forms.RadioSelect)
    words = words_field(
        _("什么事，在哪里，什么时候"), rows=6, help_text=_("不想让人认出您，就别写自己的名字、电话和住处")
    )
    office = forms.ChoiceField(label=_("是哪里的事？"))
    about = forms.ChoiceField(label=_("说的是哪个单位？"), required=False, help_text=_("选了，它看不到这一件"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offices = list(current_pack().offices.values())
        near = [one for one in offices if one.kind in {"centre", "station"}]
        offer(self, "office", [("", gettext("请选一个")), *((one.code, said(one.name)) for one in near)])
        offer(self, "about", [("", gettext("不是哪个单位")), *((one.code, said(one.name)) for one in offices)])

    def told(self) -> Petitioning:
        """What a valid form tells."""
        data = self.cleaned_data
        sort: Sort = data["sort"]
        about = (data["about"],) if data["about"] else ()
        return Petitioning(
            sort=sort, words=data["words"], office=data["office"], channel="web", complained_offices=about
        )


class SayForm(forms.Form):
    """One word more."""

    words = words_field(_("再说几句"), rows=4)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Tell something without a name; the answer shows the sixteen digits, this once."""
    form = TellForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count_attempt("anonymous", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
        made = register(form.told(), now=now_of(request))
        return _show(request, made.code)
    return render(request, "mailbox/new.html", {"form": form}, status=400 if request.method == "POST" else 200)


def _show(request: HttpRequest, code: str, sentence: str = "") -> HttpResponse:
    context = {"code": code, "groups": show_mailbox_code(code), "sentence": sentence}
    return render(request, "mailbox/keep.html", context, status=400 if sentence else 200)


@never_cache
@sensitive_post_parameters()
@require_POST
def kept(request: HttpRequest) -> HttpResponse:
    """Whoever left no name says that the number is written down, by its last four digits."""
    try:
        docket = _opened(request, request.POST.get("code", "")[:40])
    except Refused as refusal:
        return _not_opened(request, refusal)
    code = read_mailbox_code(request.POST["code"])
    if "".join(request.POST.get("tail", "")[:20].split()) != code[-TAIL:]:
        return _show(request, code, gettext("最后 4 位对不上。号码还在上面，请照着再记一遍。"))
    keep_receipt(docket.id, now=now_of(request))
    request.session[HELD] = docket.id
    messages.success(request, gettext("记下了。以后凭这个号码来看回话。"))
    return redirect("mailbox:box")


def _opened(request: HttpRequest, typed: str) -> Docket:
    count_attempt("mailbox", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
    return open_mailbox(typed)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Come back with the sixteen digits."""
    if request.method == "GET":
        return render(request, "mailbox/enter.html", {})
    try:
        docket = _opened(request, request.POST.get("code", "")[:40])
    except Refused as refusal:
        return _not_opened(request, refusal)
    request.session.cycle_key()
    request.session[HELD] = docket.id
    return redirect("mailbox:box")


def _not_opened(request: HttpRequest, refusal: Refused) -> HttpResponse:
    status = 404 if isinstance(refusal, NotFound) else 429 if refusal.code == "too_many" else 400
    return render(request, "mailbox/enter.html", {"sentence": sentence_of(refusal)}, status=status)


@never_cache
@require_GET
def box(request: HttpRequest) -> HttpResponse:
    """What was told, what was answered, how far it is."""
    held = request.session.get(HELD, "")
    return _page(request, load(held).docket, SayForm()) if held else redirect("mailbox:enter")


def _page(request: HttpRequest, docket: Docket, form: SayForm) -> HttpResponse:
    table = tables()[docket.procedure]
    context = {
        "number": docket.number, "said": read_text(docket.id, docket.said) if docket.said else "",
        "stage": table.stages[docket.stage].name, "step": next_step(docket, table).act,
        "letters": messages_of(docket.id), "form": form, "kept": docket.petition.receipt_kept,
    }  # fmt: skip
    return render(request, "mailbox/box.html", context, status=400 if form.errors else 200)


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Leave word."""
    held = request.session.get(HELD, "")
    if not held:
        return redirect("mailbox:enter")
    form = SayForm(request.POST)
    if not form.is_valid():
        return _page(request, load(held).docket, form)
    leave_message(held, form.cleaned_data["words"], now=now_of(request))
    messages.success(request, gettext("放进信箱了。回话也在这里看。"))
    return redirect("mailbox:box")


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the mailbox on this phone."""
    request.session.pop(HELD, None)
    return redirect("mailbox:enter")
