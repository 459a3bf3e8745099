"""What the page of a petition shows of this screen, loaded by its name so that screens stay strangers."""

from typing import Any

from django import template
from django.http import HttpRequest

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.petitions.alike import alike_to
from driftbox.apps.petitions.watching import is_discontent
from driftbox.domain.docket.state import Docket
from driftbox.web.base.viewer import viewer_of

register = template.Library()


@register.inclusion_tag("watch/_around.html")
def around(docket: Docket, request: HttpRequest) -> dict[str, Any]:
    """What waits around a petition, what may be the same, and the way to both pages; nothing for an errand."""
    viewer = viewer_of(request)
    if docket.procedure != "petition":
        return {"show": False}
    docket_for(viewer, docket.id)
    known = docket.petition
    return {
        "show": True, "docket": docket, "custodian": docket.confidential and "custodian" in viewer.roles,
        "alike": len(alike_to(docket, viewer)) if not known.merged_into else 0, "letters": known.unanswered,
        "merged": len(known.merged), "into": bool(known.merged_into), "cards": len(known.cards_standing),
        "pressed": sum(not one.answered for one in known.pressed), "reopening": known.reopening is not None,
        "discontent": is_discontent(docket) and not known.mended,
    }  # fmt: skip
