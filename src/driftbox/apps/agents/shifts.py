"""When an agent is on shift: by the published roster, else by their own week in the register, else by their office."""

from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import Struct

from driftbox.apps.agents.queries import Known, week_of
from driftbox.apps.errands.boats import office_spot
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.roster.shifts import Rosters, Spans
from driftbox.domain.arrival.hours import holds_on
from driftbox.domain.planning.dispatch import AWAY
from driftbox.domain.text import Text

DAYS_AHEAD: Final = 31  # further ahead no roster is published
OFF: Final = {
    "revoked": Text(zh="已经不是代办员", en="is no agent any more"),
    "authorisation": Text(zh="代办资格没有登记或过期了", en="authorisation not recorded, or over"),
    "off": Text(zh="这天不当班", en="not on shift on that day"),
    **AWAY,
}


class DayOf(Struct, frozen=True):
    """One agent on one day: their minutes on shift; where there are none, why, as a code of ``OFF``."""

    spans: Spans
    why: str = ""


def day_on(one: Known, day: date, rosters: Rosters) -> DayOf:
    """When ``one`` is on shift on ``day``, or why they are not."""
    if not one.agent or one.revoked is not None:
        return DayOf((), "revoked")
    if not one.serves_on(day):
        return DayOf((), "authorisation")
    why = "leave" if rosters.on_leave(one.person, day) else one.away_on(day)
    if why:
        return DayOf((), why)
    spans = rosters.spans(one.person, day)
    found = _usual(one, day) if spans is None else spans
    return DayOf(found, "" if found else "ill" if rosters.is_ill(one.person, day) else "off")


def _usual(one: Known, day: date) -> Spans:
    """Their own week; else the hours of agents of their office as the pack has them."""
    if one.shifts:
        own = sorted((shift.since, shift.until) for shift in week_of(one) if shift.weekday == day.isoweekday())
        return tuple(own)
    if one.office not in current_pack().offices:
        return ()
    rows = [row for row in office_spot(one.office).shifts if holds_on(row, day, calendar())]
    return tuple(sorted((_minute(row.since), _minute(row.until)) for row in rows))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def rostered_from(one: Known, now: datetime, rosters: Rosters) -> datetime | None:
    """The first moment from ``now`` (aware) on at which somebody whom a roster names is on shift; None within a month:
    never.
    """
    local = now.astimezone(calendar().zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    for ahead in range(DAYS_AHEAD):
        start = midnight + timedelta(days=ahead)
        for since, until in day_on(one, start.date(), rosters).spans:
            if start + timedelta(minutes=until) > local:
                return max(local, start + timedelta(minutes=since))
    return None
