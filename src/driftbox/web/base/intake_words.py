"""A new case at the desk: whose it is now, or who could be asked, with the reasons that were weighed."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from driftbox.apps.agents.dispatching import assign_new
from driftbox.domain.docket.state import Docket
from driftbox.domain.planning.dispatch import Reason
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import said


def reasons_said(reasons: Iterable[Reason]) -> str:
    """Reasons in a row, in the order in which they are weighed; what the case does not ask for is left out."""
    return " · ".join(said(reason.words) for reason in reasons if reason.asked)


def assign_and_tell(request: HttpRequest, docket: Docket) -> None:
    """Give a new errand out where the pack says so, and tell the desk to whom and why; or who could be asked."""
    found = assign_new(docket, now_of(request))
    if found is None:
        return
    gaps = {"name": found.first.agent.name, "why": reasons_said(found.first.reasons)}
    if found.assigned:
        messages.info(request, gettext("派给{name}了：{why}。不合适，站长可以收回来另派。").format(**gaps))
    elif docket.procedure == "petition":
        messages.info(request, gettext("可以请{name}：{why}。信访要他点头，请站长来派。").format(**gaps))
