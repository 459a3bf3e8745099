"""What other pages of the desk show of changed matters: the way there, and what could not be used."""

from typing import Any

from django import template
from django.template import Context

from driftbox.apps.pack import laid_now
from driftbox.apps.packdesk.access import may_change
from driftbox.apps.packdesk.queries import waiting
from driftbox.web.base.viewer import viewer_of

register = template.Library()


@register.inclusion_tag("packdesk/_way.html", takes_context=True)
def changed_matters(context: Context) -> dict[str, Any]:
    """A way to the desk for matters, for whoever may change them; a loud note for all when a version is left out."""
    may = may_change(viewer_of(context["request"]))
    submitted = sum(state == "submitted" for state in waiting().values()) if may else 0
    return {"may": may, "submitted": submitted, "left_out": len(laid_now().left_out)}
