"""Sayings 说法: what a search missed; a director adds it to the word list, from a day on, or puts it away."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.words.actions import adopt, dismiss
from driftbox.apps.words.queries import suggestions
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.act_forms import offer
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of


class AdoptForm(forms.Form):
    """Which matter the saying means, and from which day on."""

    matter = forms.ChoiceField(label=_("说的是哪件事"))
    since = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}))


def _form(data: QueryDict | None = None, **initial: str) -> AdoptForm:
    form = AdoptForm(data, initial=initial, auto_id=False)
    matters = sorted(current_pack().matters.values(), key=lambda matter: matter.featured or 99)
    offer(form, "matter", [(matter.code, said(matter.plain)) for matter in matters])
    return form


def _chosen(typed: QueryDict) -> tuple[str, date]:
    form = _form(typed)
    if not form.is_valid():
        raise Refused("words.form", "说法没有动。选一件事，写上从哪天起。")
    return form.cleaned_data["matter"], form.cleaned_data["since"]


@staff_page("director", "supervisor")
@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """What waits, and what was added."""
    today = calendar().local_date(now_of(request))
    waiting = [(one, _form(matter=one.matter.code, since=today.isoformat())) for one in suggestions("open")]
    return render(request, "desk/words.html", {"waiting": waiting, "added": suggestions("adopted")})


@staff_page("director", "supervisor")
@require_POST
def settle(request: HttpRequest, row: int) -> HttpResponse:
    """Add one saying to the word list, or put it away."""
    by = viewer_of(request).person
    try:
        if request.POST.get("do") == "dismiss":
            dismiss(row, by=by)
            messages.success(request, gettext("收起来了，以后不再问。"))
        else:
            adopt(row, *_chosen(request.POST), by=by)
            messages.success(request, gettext("加进说法了，从那天起就找得到。"))
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
    return redirect("desk:words")
