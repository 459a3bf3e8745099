"""What is said of a roster, one address for each kind; a refusal is a sentence on the page it came from."""

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from driftbox.apps.pack import calendar
from driftbox.apps.people.access import Viewer
from driftbox.apps.roster import actions
from driftbox.apps.roster.access import acting_role, may_direct, require_reach
from driftbox.apps.roster.queries import load, rules_of
from driftbox.domain.errors import NotAllowed, NotFound, Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.planning.roster import Duty
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.roster.choices import choices_for
from driftbox.web.roster.forms import FORMS, NoteForm, SwapAnswerForm, offered

STAFF: Final = ("clerk", "director", "agent", "supervisor")
DONE: Final = {
    "swap": "问了，等对方回话。", "answer": "记下了。", "settle": "记下了。",
    "sick": "记下了。请安心休息，这一班另找人。",
    "stand_in": "记下了，多谢顶班的人。", "leave": "假记下了。已经排上的班，请另找人或重排。",
    "member": "记下了，下次排班照这个来。",
    "note": "交班条封好了，下一班看得到。", "read": "记下了，您看过了。", "feed_close": "旧链接作废了。",
}  # fmt: skip


@staff_page(*STAFF)
@require_POST
def act(request: HttpRequest, office: str, kind: str) -> HttpResponse:
    """Say one thing of the roster of ``office``."""
    viewer = viewer_of(request)
    require_reach(viewer, office)
    handler = _HANDLERS.get(kind)
    if handler is None and kind not in FORMS:
        raise NotFound("roster.no_act", "没有这一步。请刷新，再看一眼。")
    try:
        if handler:
            handler(request, viewer, office)
        else:
            _record(request, viewer, office, _body(request, viewer, office, kind))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        if kind in DONE:
            messages.success(request, gettext(DONE[kind]))
    return redirect(_back(request, office))


def _back(request: HttpRequest, office: str) -> str:
    """The page that the form stood on: one of ours, never an address from outside."""
    month = request.POST.get("month", "")
    pages = {reverse("roster:mine"), reverse("roster:notes", args=[office]), reverse("desk:queue")}
    asked = request.POST.get("back", "")
    if asked in pages:
        return asked
    if len(month) == len("2026-06"):
        return reverse("roster:month", args=[office, month])
    return reverse("roster:mine")


def _today(request: HttpRequest) -> date:
    return calendar().local_date(now_of(request))


def _body(request: HttpRequest, viewer: Viewer, office: str, kind: str) -> Body:
    form = offered(FORMS[kind](request.POST), dict(choices_for(office, _today(request))))
    if not form.is_valid():
        raise Refused("roster.form", "有一样没有选，或者选得不对。没有记，请再选一遍。")
    return form.body(viewer.person, needs_yes=rules_of(office).swap_needs_yes)


def _record(request: HttpRequest, viewer: Viewer, office: str, body: Body) -> None:
    role = acting_role(viewer, office)
    actions.record(office, [body], by=viewer.person, role=role, now=now_of(request))


def _swap(request: HttpRequest) -> tuple[str, bool]:
    form = SwapAnswerForm(request.POST)
    if not form.is_valid():
        raise Refused("roster.form", "有一样没有选，或者选得不对。没有记，请再选一遍。")
    return str(form.cleaned_data["swap"]), form.says_yes()


def _answer(request: HttpRequest, viewer: Viewer, office: str) -> None:
    swap, yes = _swap(request)
    _record(request, viewer, office, f.SwapAnswered(swap=swap, yes=yes))


def _settle(request: HttpRequest, viewer: Viewer, office: str) -> None:
    swap, yes = _swap(request)
    _record(request, viewer, office, f.SwapSettled(swap=swap, yes=yes))


def _note(request: HttpRequest, viewer: Viewer, office: str) -> None:
    form = offered(NoteForm(request.POST), dict(choices_for(office, _today(request))))
    if not form.is_valid():
        raise Refused("roster.no_words", "交班条是空的，或者太长。没有记，请写好再交。")
    day, shift = form.split("slot")
    duty = Duty(date.fromisoformat(day), shift, viewer.person)
    words = form.cleaned_data["words"]
    actions.hand_over(office, duty, words, role=acting_role(viewer, office), now=now_of(request))


def _read(request: HttpRequest, viewer: Viewer, office: str) -> None:
    note = load(office).book.notes.get(request.POST.get("note", ""))
    if note is None:
        raise Refused("roster.no_note", "没有这张交班条。请刷新，再看一眼。")
    _record(request, viewer, office, f.HandOverRead(note=note.entry))


def _feed_open(request: HttpRequest, viewer: Viewer, office: str) -> None:
    token = actions.open_feed(office, _whose(request, viewer, office), by=viewer.person, now=now_of(request))
    link = request.build_absolute_uri(reverse("roster:feed", args=[token]))
    messages.success(
        request, gettext("日历链接只显示这一次，请现在就加进手机日历：{link} 旧的链接作废了。").format(link=link)
    )  # fmt: skip


def _feed_close(request: HttpRequest, viewer: Viewer, office: str) -> None:
    actions.close_feed(office, _whose(request, viewer, office), now=now_of(request))


def _whose(request: HttpRequest, viewer: Viewer, office: str) -> str:
    """Whose calendar is meant: one's own, or for a director that of the office (nobody's)."""
    if request.POST.get("whose") != "office":
        return viewer.person
    if not may_direct(viewer, office):
        raise NotAllowed("roster.director", "排班、准假、批换班归站长。没有记，请告诉站长。")
    return ""


_HANDLERS: Final = {
    "answer": _answer, "settle": _settle, "note": _note, "read": _read, "feed_open": _feed_open,
    "feed_close": _feed_close,
}  # fmt: skip
