"""Doing one act from a page: the same at the desk and in the pocket."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from driftbox.apps.dockets.access import docket_for
from driftbox.web.base.acts import do, filled
from driftbox.web.base.hand import hand_of, say_notes
from driftbox.web.base.middleware import now_of
from driftbox.web.base.standing import standing_of
from driftbox.web.base.viewer import viewer_of


def answer_act(request: HttpRequest, docket: str, kind: str, *, form_page: str, case_page: str) -> HttpResponse:
    """Do the act ``kind`` with what was sent; an unfinished form is shown again and nothing is recorded."""
    viewer = viewer_of(request)
    state = docket_for(viewer, docket)
    form = filled(state, kind, request.POST, request.FILES, viewer)
    if not form.is_valid():
        form.foresee(now_of(request))
        return render(request, form_page, {"s": standing_of(state, now_of(request)), "form": form}, status=400)
    hand = hand_of(request, by=viewer.person)
    do(form, viewer, now=now_of(request), hand=hand)
    say_notes(request, hand)
    messages.success(request, gettext("记好了。"))
    return redirect(case_page, docket=state.id)
