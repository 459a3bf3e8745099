"""Who has a case, and who is asked to take it."""

from typing import Any

from django import template

from driftbox.apps.pack import tables
from driftbox.apps.people.queries import colleagues
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.docket.state import Docket

register = template.Library()


@register.inclusion_tag("base/_handover.html", takes_context=True)
def who_has(context: dict[str, Any], docket: Docket) -> dict[str, Any]:
    """The agent of a case, who is asked, and the way to give it out for whoever may."""
    user = context["request"].user
    mine = set(getattr(user, "roles", ()))
    over = tables()[docket.procedure].stages[docket.stage].final
    names, waits = colleagues(), open_handover(docket)
    may = "director" in mine or ("agent" in mine and docket.agent == getattr(user, "person", ""))
    return {
        "docket": docket.id,
        "holder": names.get(docket.agent),
        "asked": names.get(waits.to) if waits else None,
        "waits": waits,
        "may_give": may and not waits and not docket.confidential and not over,
    }
