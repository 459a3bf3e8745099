"""Sailings as the desk reads them: boats of the next day, and all that was said, by whom, since when."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext, ngettext
from msgspec import Struct

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.queries import colleagues
from driftbox.apps.sailings.models import FactRow
from driftbox.apps.sailings.queries import ServiceNow, board_of, facts
from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.board import Departure
from driftbox.domain.log.ids import instant
from driftbox.web.base.boats import CAUSES, SOURCES, WHO, day_and_time, pier_text, subject_text
from driftbox.web.base.telling import said

AHEAD: Final = timedelta(hours=24)
MOST: Final = 80


class Boat(Struct, frozen=True):
    """One boat of the next hours, in words."""

    boat: Departure
    text: str


class Fact(Struct, frozen=True, kw_only=True):
    """One thing that was said of boats. ``over``: it does not count any more."""

    entry: str
    what: str
    detail: str
    who: str
    source: str
    recorder: str
    recorded: datetime
    over: bool
    can_change: bool


def boats_ahead(service: ServiceNow) -> list[Boat]:
    """The boats from all piers of the pack in the next 24 hours and those that left in the last two."""
    today = calendar().local_date(service.at)
    found: dict[tuple[str, date], Departure] = {}
    for pier in current_pack().piers.values():
        for boat in _from(service, pier.stop) if pier.stop else ():
            if boat.depart < service.at + AHEAD:
                found.setdefault((boat.trip, boat.day), boat)
    ordered = sorted(found.values(), key=lambda boat: (boat.depart, boat.trip))[:MOST]
    return [Boat(boat, f"{day_and_time(boat.depart, today)} {_ends(boat)}") for boat in ordered]


def _from(service: ServiceNow, stop: str) -> Iterator[Departure]:
    try:
        lines = board_of(service, stop, "", 40, service.at - timedelta(hours=2))
    except NotFound:
        return
    yield from (line.boat for line in lines)


def _ends(boat: Departure) -> str:
    return f"{said(pier_text(boat.origin))} → {said(pier_text(boat.target))}"


def subject_of(service: ServiceNow, kind: str, id_: str) -> str:
    """A line, a pier or a trip by name."""
    name = said(subject_text(service, kind, id_))
    return gettext("{trip} 这一班").format(trip=name) if kind == "trip" else name


def history(service: ServiceNow) -> list[Fact]:
    """What was said, the latest first."""
    people = {person: colleague.name for person, colleague in colleagues().items()}
    return [_fact(service, row, people) for row in facts(100)]


def _fact(service: ServiceNow, row: FactRow, people: dict[str, str]) -> Fact:
    what, detail = _TELLERS[row.fact](service, row)
    until = instant(row.until) if row.until else None
    halt = row.fact == "halt"
    over = bool(row.replaced) or (halt and until is not None and until <= service.at)
    return Fact(
        entry=row.entry, what=what, detail=detail, who=str(WHO.get(row.who, people.get(row.who, row.who))),
        source=str(SOURCES.get(row.source, "")), recorder=people.get(row.by, ""), recorded=instant(row.recorded),
        over=over, can_change=halt and not over,
    )  # fmt: skip


def _span(service: ServiceNow, row: FactRow) -> str:
    today = calendar().local_date(service.at)
    since = day_and_time(instant(row.since), today)
    if not row.until:
        return gettext("{since} 起").format(since=since)
    return gettext("{since} 到 {until}").format(since=since, until=day_and_time(instant(row.until), today))


def _halt(service: ServiceNow, row: FactRow) -> tuple[str, str]:
    what = gettext("停航：{what}").format(what=subject_of(service, row.kind, row.subject))
    cause = CAUSES.get(row.cause, row.cause)
    detail = gettext("{cause}，{span}").format(cause=cause, span=_span(service, row))
    return what, detail + (gettext("（后来改过）") if row.replaced else "")


def _resumption(service: ServiceNow, row: FactRow) -> tuple[str, str]:
    return gettext("复航"), _span(service, row)


def _extra(service: ServiceNow, row: FactRow) -> tuple[str, str]:
    one = next((x for x in service.added if (x.trip, x.day.isoformat()) == (row.subject, row.day)), None)
    if one is None:
        return gettext("加班"), f"{row.subject} {row.day}"
    clock = [f"{time // 3600:02}:{time // 60 % 60:02}" for time in (one.calls[0].depart, one.calls[-1].arrive)]
    ends = [subject_of(service, "stop", call.stop) for call in (one.calls[0], one.calls[-1])]
    return gettext("加班"), f"{row.day} {clock[0]} {ends[0]} → {clock[1]} {ends[1]}"


def _late(_service: ServiceNow, row: FactRow) -> tuple[str, str]:
    words = gettext("照点开")
    if row.minutes > 0:
        words = ngettext("晚 {n} 分钟", "晚 {n} 分钟", row.minutes).format(n=row.minutes)
    elif row.minutes < 0:
        words = ngettext("早 {n} 分钟", "早 {n} 分钟", -row.minutes).format(n=-row.minutes)
    return gettext("晚点"), f"{row.day} {row.subject} {words}"


def _timetable(_service: ServiceNow, row: FactRow) -> tuple[str, str]:
    return gettext("换时刻表"), gettext("{day} 起").format(day=row.day)


_TELLERS: Final[dict[str, Any]] = {
    "halt": _halt,
    "resumption": _resumption,
    "extra": _extra,
    "late": _late,
    "timetable": _timetable,
}
