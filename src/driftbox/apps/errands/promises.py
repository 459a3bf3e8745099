"""When the result of a case is at the door, and the day that can be promised for it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from msgspec import Struct, structs

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.errands.boats import box_pier, office_spot, pier_spot, world_at
from driftbox.apps.pack import calendar, matter_of
from driftbox.domain.arrival.forecast import World, forecast, latest_decision
from driftbox.domain.arrival.way import Begin, Errand, Forecast
from driftbox.domain.deadlines.counting import compute_due
from driftbox.domain.docket.parcel_effects import awaited
from driftbox.domain.docket.state import Docket, Parcel
from driftbox.domain.log.ids import instant

AT_STAGE: Final[Mapping[str, Begin]] = {
    "asked": "box", "told": "box", "lacking": "box", "sent": "box", "collected": "collected", "counted": "collected",
    "checked": "window", "accepted": "decide", "decided": "fetch", "issued": "fetch", "carried": "carried",
}  # fmt: skip
_FURTHER: Final[Mapping[str, int]] = {"box": 0, "ship": 1, "landing": 2}
_PARCEL: Final[Mapping[str, Begin]] = {"box": "box", "ship": "aboard", "landing": "landed"}


class Proposal(Struct, frozen=True, kw_only=True):
    """A day to promise. ``day`` None: none can be told, or none in time for the law's last day, ``lawful``.

    ``decide_by``: the department has to decide earlier than the law asks for ``day`` to hold.
    """

    forecast: Forecast
    day: date | None
    lawful: date | None
    decide_by: date | None = None


def forecast_for(docket: Docket, now: datetime) -> Forecast | None:
    """When the result is at the door as things stand; None for a case that is over or goes no such way.

    Once a day is promised, the department is held to the day on which that promise was built.
    """
    errand, world = errand_of(docket, now), world_at(now)
    if errand is None:
        return None
    given = docket.promised_before_boats
    if errand.begin == "decide" and given:
        day = latest_decision(errand, world, date.fromisoformat(given))
        errand = structs.replace(errand, decide_on=day) if day else errand
    return forecast(errand, world)


def errand_of(docket: Docket, now: datetime) -> Errand | None:
    """Where the papers of a case are, as a forecast asks it; None when nothing is left to cross."""
    begin = AT_STAGE.get(docket.stage) if docket.procedure == "errand" else None
    if begin is None:
        return None
    parcel = _parcel_on_its_way(docket) if docket.stage == "sent" else None
    begin = _PARCEL.get(parcel.where, "collected") if parcel else begin
    errand = asked(docket.office, matter_of(docket).department, begin, now)
    limit = matter_of(docket).limit
    return structs.replace(
        errand,
        here=pier_spot(parcel.place) if parcel and begin in {"box", "aboard"} else errand.here,
        sailed=instant(parcel.moved_ms) if parcel and begin == "aboard" else None,
        days=None if limit is None else limit.days if limit.promise_days is None else limit.promise_days,
        unit="working" if limit is None else limit.unit,
        decide_on=_decision_due(docket, now) if begin == "decide" else None,
    )


def asked(office: str, department: str, begin: Begin, now: datetime) -> Errand:
    """The errand of any case of ``office`` that ``department`` decides."""
    home = office_spot(office)
    return Errand(
        begin=begin, at=now, here=pier_spot(box_pier()), office=home, department=office_spot(department), home=home
    )


def _parcel_on_its_way(docket: Docket) -> Parcel | None:
    """The parcel that is furthest behind: the office waits for all of them."""
    parcels = awaited(docket)
    return min(parcels, key=lambda one: (_FURTHER.get(one.where, len(_FURTHER)), -one.moved_ms), default=None)


def _decision_due(docket: Docket, now: datetime) -> date | None:
    """The day by which the department decides: what it promised, or else the law's last day; never in the past."""
    due = {reading.clock: reading.due for reading in clocks_of(docket, now) if reading.due}
    day = due.get("promise") or due.get("statutory")
    return max(day, calendar().local_date(now)) if day else None


def promise_for(docket: Docket, now: datetime) -> Proposal | None:
    """The day to promise if the case ``docket`` is taken on at ``now``; None where no such promise is made."""
    limit = matter_of(docket).limit
    if docket.procedure != "errand" or limit is None or limit.days is None:
        return None
    world, today = world_at(now), calendar().local_date(now)
    lawful = compute_due(today, limit.days, limit.unit, calendar()).day
    usual = compute_due(today, limit.promise_days or limit.days, limit.unit, calendar()).day
    department = matter_of(docket).department
    errand = structs.replace(asked(docket.office, department, "decide", now), decide_on=usual)
    return _in_time(errand, world, lawful)


def _in_time(errand: Errand, world: World, lawful: date) -> Proposal:
    """The forecast, with the decision early enough for the door by the law's last day where that is possible."""
    found, decide_by = forecast(errand, world), None
    if found.day is None or found.day > lawful:
        decide_by = latest_decision(errand, world, lawful)
        found = forecast(structs.replace(errand, decide_on=decide_by), world) if decide_by else found
    day = found.day if found.day and found.day <= lawful else None
    return Proposal(forecast=found, day=day, lawful=lawful, decide_by=decide_by)
