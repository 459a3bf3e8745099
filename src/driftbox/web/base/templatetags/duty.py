"""Tags that say who is on duty; error pages may ask them too."""

from datetime import date
from typing import Any, Final

from django import template
from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.pack import current_pack
from driftbox.domain.planning.roster import Slot
from driftbox.web.base.duty import answering_office, duty_now, hours_of
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import viewer_of

SHORT_WEEKDAYS: Final = ("一", "二", "三", "四", "五", "六", "日")
register = template.Library()


@register.simple_tag(takes_context=True)
def who_answers(context: dict[str, Any]) -> str:
    """The office that answers the house's number now; empty when nobody is rostered, or it cannot be looked up."""
    request = context.get("request")
    if not isinstance(request, HttpRequest):
        return ""
    try:
        return answering_office(now_of(request))
    except DatabaseError:  # the page that says that the store does not answer needs the number most
        return ""


@register.inclusion_tag("base/_duty.html", takes_context=True)
def on_duty_now(context: dict[str, Any]) -> dict[str, Any]:
    """Who is on duty at the viewer's office, and the notes that the last shift left for them."""
    request = context["request"]
    return {
        "duty": duty_now(viewer_of(request), now_of(request)),
        "request": request,
        "csrf_token": context["csrf_token"],
    }


@register.filter
def shift_hours(slot: Slot) -> str:
    """From when to when a shift goes."""
    return hours_of(slot)


@register.filter
def matter_said(row: CaseRow) -> str:
    """What a case in a list is about, as residents say it; nothing for a matter that the pack knows no more."""
    matter = current_pack().matters.get(row.matter)
    return said(matter.plain) if matter else ""


@register.filter
def weekday_short(day: date) -> str:
    """A weekday in one or two letters, for the head of a narrow column: 五, or Fr."""
    return gettext(SHORT_WEEKDAYS[day.weekday()])
