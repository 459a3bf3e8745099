"""The window: who waits, one case with its docket, the one list, the next act."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.custody.queries import boxes
from driftbox.apps.deadlines.queries import calendar_alarm
from driftbox.apps.dockets.access import docket_for, hidden_from
from driftbox.apps.dockets.queries import cases_for
from driftbox.apps.errands.forms import forms_of, progress_of
from driftbox.apps.errands.incident_door import incidents_for
from driftbox.apps.errands.together import answers_for, asked_of, give_whole, whole_list
from driftbox.apps.notices.actions import send_again
from driftbox.apps.notices.queries import count_unsent, outbox, receipt_of
from driftbox.apps.pack import calendar
from driftbox.apps.papers.queries import open_paper, read_text
from driftbox.apps.people.queries import find_people
from driftbox.domain.consult.holdings import AFRESH, FOREVER, objection
from driftbox.domain.docket.entries import Way
from driftbox.gateways.codes import qr_svg
from driftbox.web.base.act_view import answer_act
from driftbox.web.base.acts import acts_for
from driftbox.web.base.beside import beside_of
from driftbox.web.base.cases import shown
from driftbox.web.base.copies import copies_of, marked_copy
from driftbox.web.base.custody_words import ways_of
from driftbox.web.base.listing import one_list
from driftbox.web.base.middleware import now_of
from driftbox.web.base.originals import originals_for
from driftbox.web.base.outlook import outlook_of
from driftbox.web.base.standing import standing_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.desk import petition
from driftbox.web.desk.notices import desk_notices

DESK = ("clerk", "director", "officer", "supervisor")
WAYS: tuple[Way, ...] = ("voice", "sms", "print")


@staff_page(*DESK)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits for this desk, and what alarms."""
    viewer = viewer_of(request)
    rows = shown(cases_for(viewer), calendar().local_date(now_of(request)))
    mine = [row for row in rows if row.next_role in viewer.roles]
    context = {
        "mine": mine,
        "others": [row for row in rows if row.next_role not in viewer.roles],
        "boxes": [box for box in boxes() if box.parcels],
        "missing_years": calendar_alarm(calendar().local_date(now_of(request))),
        "unsent": count_unsent(),
        "odd": len(incidents_for(viewer)) if viewer.roles & {"clerk", "director", "supervisor"} else 0,
        "originals": originals_for(viewer, now_of(request)),
    }
    return render(request, "desk/queue.html", context)


@staff_page(*DESK)
@require_GET
def find(request: HttpRequest) -> HttpResponse:
    """Cases of whoever has this phone number or identity number, as far as this desk reaches."""
    words = request.GET.get("q", "")[:40]
    people = set(find_people(words)) if words else set()
    viewer = viewer_of(request)
    rows = [r for final in (False, True) for r in cases_for(viewer, final=final)]
    found = [row for row in rows if people & set(row.parties.split()) or (words and words in row.number)]
    today = calendar().local_date(now_of(request))
    return render(request, "desk/find.html", {"words": words, "cases": shown(found, today)})


@staff_page(*DESK)
@require_GET
def case(request: HttpRequest, docket: UUID) -> HttpResponse:
    """One case: its docket, its clocks, its one list, the next act."""
    viewer, now = viewer_of(request), now_of(request)
    state = docket_for(viewer, str(docket))
    if state.procedure == "petition":
        return petition.show(request, state, viewer)
    answers = frozenset(request.GET.getlist("answer"))
    listed = whole_list(state, answers, now=now) if not state.checklists else None
    objections = {answer for answer in answers if answer.startswith(AFRESH)}
    unobjected = whole_list(state, answers - objections, now=now) if listed and objections else listed
    usable = unobjected.held if unobjected else ()
    context = {
        "s": standing_of(state, now),
        "said": read_text(state.id, state.said) if state.said else "",
        "acts": acts_for(state, viewer, now=now),
        "outlook": outlook_of(state, now),
        "listed": listed,
        "questions": asked_of(state) if listed else (),
        "beside": beside_of(state, now),
        "forms": [progress_of(state, form) for form in forms_of(state)],
        "answers": answers,
        "usable": [(objection(reuse.code), reuse) for reuse in usable],
        "forever": FOREVER,
        "may_tell": bool(viewer.roles & {"clerk", "director"}),
        "receipt": receipt_of(state.id),
        "written": desk_notices(state, viewer),
        "may_deposit": state.stage in {"told", "lacking"} and bool(viewer.roles & {"clerk", "director"}),
        "ways": ways_of(state),
        "copies": copies_of(state),
        "queue": shown(cases_for(viewer, roles=viewer.roles), calendar().local_date(now))[:12],
    }
    return render(request, "desk/case.html", context)


@staff_page("clerk", "director")
@require_POST
def give(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Tell the one list."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    told = tuple(way for way in WAYS if way in request.POST.getlist("told"))
    answers = frozenset(request.POST.getlist("answer")) & answers_for(state)
    role = viewer.role_among(("clerk", "director"))
    give_whole(state, answers, told, by=viewer.person, role=role, now=now_of(request))
    messages.success(request, gettext("说全了。单子记在卷里，谁再要单子外的，算我们的错。"))
    return redirect("desk:case", docket=state.id)


@staff_page(*DESK)
@require_POST
def act(request: HttpRequest, docket: UUID, kind: str) -> HttpResponse:
    """Do one act."""
    return answer_act(request, str(docket), kind, form_page="desk/act.html", case_page="desk:case")


@staff_page(*DESK)
@require_GET
def print_list(request: HttpRequest, docket: UUID) -> HttpResponse:
    """The one-time notice, to print."""
    state = docket_for(viewer_of(request), str(docket))
    receipt = receipt_of(state.id)
    address = request.build_absolute_uri("/track/find/") + f"?number={state.number}&code={receipt}"
    context = {
        "s": standing_of(state, now_of(request)),
        "listed": one_list(state),
        "receipt": receipt,
        "qr": qr_svg(address),
        "back": reverse("desk:case", args=[state.id]),
    }
    return render(request, "base/notice.html", context)


@staff_page(*DESK, "agent")
@require_GET
def paper(request: HttpRequest, docket: UUID, digest: str) -> HttpResponse:
    """One sealed paper, opened for whoever reaches the case; a photograph bears what it may be used for."""
    state = docket_for(viewer_of(request), str(docket))
    opened = marked_copy(open_paper(state.id, digest), state, now_of(request))
    response = HttpResponse(opened.content, content_type=opened.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@staff_page(*DESK)
@require_GET
def outbox_page(request: HttpRequest) -> HttpResponse:
    """The text messages of the demo; elsewhere there is no such page."""
    if not settings.DRIFTBOX_DEMO:
        raise Http404
    shown_here = [one for one in outbox() if not hidden_from(viewer_of(request), one.context)]
    return render(request, "desk/outbox.html", {"messages_sent": shown_here})


@staff_page(*DESK)
@require_POST
def texts_again(request: HttpRequest) -> HttpResponse:
    """Send the text messages again that did not go out; what they say is shown to nobody."""
    done = send_again()
    words = gettext("补发了 {sent} 条短信。") if not done.left else gettext(
        "补发了 {sent} 条短信，还有 {left} 条发不出去，都留着。过一会儿再按，急的先打电话。"
    )  # fmt: skip
    messages.info(request, words.format(sent=done.sent, left=done.left))
    return redirect("desk:queue")
