"""Tags that say on the window's pages what came from elsewhere and needs somebody."""

from typing import Any

from django import template

from driftbox.apps.dockets.queries import reached_among
from driftbox.apps.eventlog import waiting
from driftbox.apps.eventlog.queries import gaps_in
from driftbox.web.base.telling import TITLES
from driftbox.web.base.viewer import viewer_of
from driftbox.web.desk.arrivals import LOOK_AFTER

register = template.Library()


@register.inclusion_tag("desk/_arrivals.html", takes_context=True)
def what_arrived(context: dict[str, Any]) -> dict[str, Any]:
    """What does not count yet, for those who look after it; what came late to what the viewer had decided."""
    viewer = viewer_of(context["request"])
    late = {row.docket for row in waiting.late_for(viewer.person)}
    looks_after = bool(viewer.roles & set(LOOK_AFTER))
    return {
        "apart": waiting.count_apart() if looks_after else 0,
        "alarms": len(waiting.alarms()) if looks_after else 0,
        "late": reached_among(viewer, late) if late else (),
    }


@register.inclusion_tag("desk/_late.html", takes_context=True)
def what_came_late(context: dict[str, Any], docket: str) -> dict[str, Any]:
    """What came to this case after the viewer, or this node, had decided without it; and what has not come yet."""
    rows = waiting.late_on(docket, viewer_of(context["request"]).person)
    late = [(str(TITLES.get(row.kind, row.kind)), str(TITLES.get(row.decided_kind, row.decided_kind))) for row in rows]
    gaps = gaps_in(docket)
    return {"late": late, "gaps": gaps, "docket": docket, "csrf_token": context["csrf_token"]}
