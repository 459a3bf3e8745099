"""Numbers as the district page writes them, and what desks show of supervision, loaded by its name."""

from typing import Any, Final

from django import template

from driftbox.apps.district.queries import supervised
from driftbox.domain.docket.state import Docket
from driftbox.web.base.viewer import viewer_of

SHOWN: Final = 5

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands apart: 1,284."""
    return f"{number:,}"


@register.inclusion_tag("district/_pressed.html", takes_context=True)
def what_is_pressed(context: dict[str, Any]) -> dict[str, Any]:
    """Cases of this desk with supervision that nobody has answered, for whoever has to answer."""
    return {"lines": supervised(viewer_of(context["request"]), SHOWN)}


@register.inclusion_tag("district/_asked.html")
def asked_of_case(docket: Docket) -> dict[str, Any]:
    """What was asked of one case and not answered yet."""
    return {"docket": docket.id, "waits": docket.petition.waiting_supervision}
