"""Where a petition stands, for the people whose it is."""

from typing import Any

from django.http import HttpRequest

from driftbox.domain.docket.state import Docket
from driftbox.web.base.middleware import now_of
from driftbox.web.base.petition_answer import answered_of, told_of
from driftbox.web.base.petition_page import beside, petitioned
from driftbox.web.base.standing import standing_of
from driftbox.web.base.theirs import opens_theirs, remember_case
from driftbox.web.base.written import written_of
from driftbox.web.track.after import may_reopen
from driftbox.web.track.recusal import asked_to_step_aside, may_ask_recusal


def petition_page(request: HttpRequest, state: Docket) -> dict[str, Any]:
    """What the page says; whoever may open a petition may open what grew out of it one level up, and back."""
    for other in filter(None, (state.petition.review, state.petition.reviewed)):
        if not opens_theirs(request, other):
            remember_case(request, other)
    now = now_of(request)
    links = beside(state, lambda other: opens_theirs(request, other), own=True)
    return {
        "s": standing_of(state, now), "pt": petitioned(state, now, links), "told": told_of(state),
        "answered": answered_of(state), "notices": written_of(state, served_only=True),
        "again": may_reopen(state), "recusal": may_ask_recusal(state), "stepping": asked_to_step_aside(state),
    }  # fmt: skip
