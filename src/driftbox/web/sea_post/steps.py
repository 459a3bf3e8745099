"""The steps of an intake at sea: every one is written down before the next is shown."""

from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods
from msgspec import structs

from driftbox.apps.papers.queries import open_paper
from driftbox.apps.sea_post.drafts import Draft, draft, drop_photo, keep, keep_photos, keep_signature, keep_sound
from driftbox.apps.sea_post.post import sound_limit
from driftbox.apps.sea_post.receiving import receive
from driftbox.domain.errors import DriftboxError, NotFound, Refused
from driftbox.gateways.thumbnails import thumbnail
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.sent import sent
from driftbox.web.sea_post.forms import ABOUT, FORMS, KINDS, STEPS, DisputeForm
from driftbox.web.sea_post.here import DRAFT, RECEIPT, around, telling

WORDS: Final = 4000
TITLES: Final = {
    "what": gettext_lazy("要说哪一种事？"),
    "words": gettext_lazy("请慢慢说"),
    "photos": gettext_lazy("有照片吗？"),
    "who": gettext_lazy("怎么找您？"),
    "sign": gettext_lazy("签个名"),
    "check": gettext_lazy("看一遍，对不对？"),
}


@require_http_methods(["GET", "POST"])
def say(request: HttpRequest, step: str) -> HttpResponse:
    """One step: show it, or write it down and show the next.

    Raises:
        NotFound: no such step, or no post.
    """
    held = telling(request)
    if step not in STEPS:
        raise NotFound("no_step", "没有这一步。请回到上一页，接着说。")
    if held is None:
        messages.info(request, gettext("放下有一会儿了，屏幕先收起来了。说过的都锁好了，请驿站的人替您找回来。"))
        return redirect("sea_post:home")
    if step == "check":
        return _check(request, held)
    if request.method == "POST" and request.POST.get("keep"):
        return _keep_words(request, held)
    if request.method == "POST" and request.POST.get("less"):
        drop_photo(held.docket, now=now_of(request))
        return redirect("sea_post:say", step="photos")
    return _step(request, held, step)


def _step(request: HttpRequest, held: Draft, step: str) -> HttpResponse:
    made = DisputeForm if step == "who" and held.told.kind == "dispute" else FORMS[step]
    form = made(*sent(request), initial=structs.asdict(held.told) | {"recording": None, "photos": None})
    if request.method == "POST" and form.is_valid():
        try:
            SAVING.get(step, _fields)(held, form, now_of(request))
            _require_words(held.docket, step)
        except DriftboxError as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            again = step == "photos" and request.POST.get("more")
            return redirect("sea_post:say", step=step if again else _after(step))
    return _page(request, draft(held.docket), step, form)


def _require_words(docket: str, step: str) -> None:
    told = draft(docket).told
    if step == "words" and not told.words.strip() and not told.recording:
        raise Refused("nothing_told", "还没说，也没写。说几句或写几句，再往下走。")


def _page(request: HttpRequest, held: Draft, step: str, form: forms.Form | None) -> HttpResponse:
    at = STEPS.index(step)
    context = around(request) | {
        "d": held, "told": held.told, "step": step, "form": form, "title": TITLES[step], "kinds": KINDS.items(),
        "at": at + 1, "of": len(STEPS), "before": STEPS[at - 1] if at else "", "pictures": _pictures(held),
        "seconds": int(sound_limit().total_seconds()),
        "kind": KINDS.get(held.told.kind, ""), "about": dict(ABOUT).get(held.told.about, ""),
    }  # fmt: skip
    name = "sea_post/check.html" if step == "check" else "sea_post/say.html"
    return render(request, name, context, status=400 if request.method == "POST" else 200)


def _pictures(held: Draft) -> list[str]:
    """The photographs as addresses that hold them: nothing that could be asked for from elsewhere."""
    found = [open_paper(held.docket, digest) for digest in held.told.photos]
    return [f"data:image/jpeg;base64,{b64encode(thumbnail(one.content)).decode()}" for one in found]


def _check(request: HttpRequest, held: Draft) -> HttpResponse:
    if request.method == "POST":
        try:
            receive(held.docket, now=now_of(request))
        except DriftboxError as refusal:
            messages.error(request, sentence_of(refusal))
        else:
            request.session.pop(DRAFT, None)
            request.session[RECEIPT] = held.docket
            return redirect("sea_post:receipt")
    return _page(request, held, "check", None)


def _keep_words(request: HttpRequest, held: Draft) -> HttpResponse:
    """What was typed so far, sent by the page itself every few seconds."""
    words = request.POST.get("words", "")[:WORDS]
    keep(held.docket, structs.replace(held.told, words=words), now=now_of(request))
    return HttpResponse(status=204)


def _fields(held: Draft, form: forms.Form, now: datetime) -> None:
    keep(held.docket, structs.replace(held.told, **form.cleaned_data), now=now)


def _words(held: Draft, form: forms.Form, now: datetime) -> None:
    keep(held.docket, structs.replace(held.told, words=form.cleaned_data["words"]), now=now)
    if form.cleaned_data["recording"]:
        keep_sound(held.docket, form.cleaned_data["recording"], now=now)


def _photos(held: Draft, form: forms.Form, now: datetime) -> None:
    keep_photos(held.docket, form.cleaned_data["photos"], now=now)


def _sign(held: Draft, form: forms.Form, now: datetime) -> None:
    keep_signature(held.docket, form.cleaned_data["strokes"], form.cleaned_data["signed"], now=now)


def _after(step: str) -> str:
    return STEPS[STEPS.index(step) + 1]


SAVING: Final[dict[str, Callable[[Draft, Any, datetime], None]]] = {
    "words": _words, "photos": _photos, "sign": _sign,
}  # fmt: skip
