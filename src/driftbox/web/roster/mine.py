"""My shifts on a phone, swaps that wait for me, and my calendar for other programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.roster import queries
from driftbox.domain.errors import NotFound
from driftbox.domain.planning.roster import DAY, Duty, Slot, slot_of
from driftbox.domain.planning.roster_book import Swap
from driftbox.gateways.calendar_feed import MEDIA_TYPE, FeedShift, calendar_of
from driftbox.web.base.duty import hours_of, names_of, person_name, shift_name
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.roster.acts import STAFF
from driftbox.web.roster.choices import my_choices
from driftbox.web.roster.forms import FORMS, offered
from driftbox.web.roster.words import swap_words

BEHIND, AHEAD = 31 * DAY, 92 * DAY  # what a calendar shows


@staff_page(*STAFF, "crew")
@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """My next shifts, what colleagues ask of me, and what I can say."""
    viewer, now = viewer_of(request), now_of(request)
    office = viewer.office
    if office not in current_pack().rosters:
        return render(request, "roster/mine.html", {"office": "", "viewer": viewer})
    today = calendar().local_date(now)
    choices = dict(my_choices(office, viewer.person, today))
    swaps = [one for one in queries.load(office).book.swaps.values() if viewer.person in {one.giver, one.taker}]
    asked = [one for one in swaps if one.taker == viewer.person and one.state == "asked"]
    context = {
        "office": office, "viewer": viewer, "slots": queries.next_duties(viewer.person, office, today),
        "asked": [_told(office, one) for one in asked],
        "swaps": [_told(office, one) for one in reversed(swaps) if one not in asked][:6],
        "swap": offered(FORMS["swap"](auto_id="swap_%s"), choices),
        "sick": offered(FORMS["sick"](auto_id="sick_%s"), choices), "may_swap": bool(choices["slot"]),
        "feeds": len(queries.feeds_of(office, viewer.person)),
    }  # fmt: skip
    return render(request, "roster/mine.html", context)


def _told(office: str, swap: Swap) -> dict[str, Any]:
    """A swap for a page."""
    back = swap.back
    return {
        "entry": swap.entry, "giver": person_name(swap.giver), "taker": person_name(swap.taker),
        "day": swap.given.day, "shift": shift_name(office, swap.given.shift), "state": swap_words(swap),
        "back_day": back.day if back else None, "back_shift": shift_name(office, back.shift) if back else "",
    }  # fmt: skip


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """A calendar by its secret link; a revoked one is there no more."""
    row = queries.feed_of(token[:64])
    if row is None:
        raise NotFound("roster.no_feed", "这个日历链接作废了，或者不全。请在“我的班”里重新要一个。")
    now = now_of(request)
    rules, book, today = queries.rules_of(row.office), queries.load(row.office).book, calendar().local_date(now)
    duties = [duty for duty in sorted(book.duties) if today - BEHIND <= duty.day <= today + AHEAD]
    if row.person:
        duties = [duty for duty in duties if duty.person == row.person]
    pairs = [(duty, slot) for duty in duties if (slot := slot_of(rules, duty))]
    place = said(current_pack().offices[row.office].name)
    shifts = [_event(duty, slot, place, whose=bool(row.person)) for duty, slot in pairs]
    response = HttpResponse(calendar_of(gettext("{place}排班").format(place=place), shifts, now=now))
    response["Content-Type"] = MEDIA_TYPE
    response["Cache-Control"] = "private, no-store"
    return response


def _event(duty: Duty, slot: Slot, place: str, *, whose: bool) -> FeedShift:
    zone = calendar().zone
    title = said(slot.shift.name)
    if not whose:
        title = gettext("{shift}：{name}").format(shift=title, name=names_of((duty.person,))[0])
    return FeedShift(
        uid=f"{duty.day:%Y%m%d}-{duty.shift}-{duty.person}@driftbox", since=slot.since.replace(tzinfo=zone),
        until=slot.until.replace(tzinfo=zone), title=f"{title} {hours_of(slot)}", place=place,
    )  # fmt: skip
