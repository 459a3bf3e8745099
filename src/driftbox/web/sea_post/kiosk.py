"""The kiosk: what to do, going on after a power cut, and the public screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.sea_post.drafts import Draft, Told, begin, clear, fresh, give_up
from driftbox.apps.sea_post.post import this_post
from driftbox.apps.sea_post.receiving import forget_receipt
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import page_language
from driftbox.web.sea_post.here import DRAFT, RECEIPT, around, telling

HERE = ("127.0.0.1", "::1")  # the screen of this machine itself


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What to do at the post. Coming here takes a receipt off the screen."""
    shown = around(request)
    done = request.session.pop(RECEIPT, "")
    if done:
        forget_receipt(done)
    clear(now_of(request))
    going_on = telling(request) is not None or _before_the_cut(request) is not None
    return render(request, "sea_post/home.html", {**shown, "going_on": going_on})


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Begin to tell something, spoken or written."""
    this_post()
    told = Told(spoken=request.POST.get("how") != "write", language=page_language())
    request.session[DRAFT] = begin(told, now=now_of(request))
    return redirect("sea_post:say", step="what")


@require_POST
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with what was being told a moment ago, such as before the power went."""
    held = telling(request) or _before_the_cut(request)
    if held is None:
        messages.info(request, gettext("没有没说完的话。放下久了的，请驿站的人替您找回来。"))
        return redirect("sea_post:home")
    request.session[DRAFT] = held.docket
    return redirect("sea_post:say", step="words" if held.told.kind else "what")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Put it down for later, or erase it."""
    held = telling(request)
    request.session.pop(DRAFT, None)
    if held is not None and request.POST.get("erase"):
        give_up(held.docket, now=now_of(request))
        messages.info(request, gettext("删掉了，一个字也没留。"))
    return redirect("sea_post:home")


@require_GET
def screen(request: HttpRequest) -> HttpResponse:
    """How the post stands, for everybody: nothing on it leads to a person."""
    return render(request, "sea_post/screen.html", around(request))


def _before_the_cut(request: HttpRequest) -> Draft | None:
    """What was being told on the screen of this machine; nothing for a phone that only reached it by network."""
    return fresh(now_of(request)) if request.META.get("REMOTE_ADDR") in HERE else None
