"""Shifts as a calendar that common programs subscribe to: iCalendar (RFC 5545), made with ``icalendar``."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event
from msgspec import Struct

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
REFRESH: Final = timedelta(hours=4)  # how often a program asks again (RFC 7986 §5.7)


class FeedShift(Struct, frozen=True, kw_only=True):
    """One shift in a calendar, from when to when (aware); ``uid`` stays the same for the same shift."""

    uid: str
    since: datetime
    until: datetime
    title: str
    place: str


def calendar_of(name: str, shifts: Iterable[FeedShift], *, now: datetime) -> bytes:
    """A calendar with these shifts, in UTC so that no table of time zones is needed."""
    calendar = Calendar()
    calendar.add("prodid", "-//Driftbox//Roster//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for shift in shifts:
        event = Event()
        event.add("uid", shift.uid)
        event.add("dtstamp", _utc(now))
        event.add("dtstart", _utc(shift.since))
        event.add("dtend", _utc(shift.until))
        event.add("summary", shift.title)
        event.add("location", shift.place)
        calendar.add_component(event)
    feed: bytes = calendar.to_ical()
    return feed


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
