"""What a forecast is asked and what it answers: the way of a case, step by step."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from driftbox.domain.arrival.hours import Opening
from driftbox.domain.deadlines.rules import Unit
from driftbox.domain.ferry.service import Suspension
from driftbox.domain.ferry.timetable import Timetable
from driftbox.domain.text import Text

Begin = Literal["box", "aboard", "landed", "collected", "window", "decide", "fetch", "carried"]
StepKind = Literal["sail", "walk", "collect", "window", "decide", "fetch", "deliver"]


class Spot(Struct, frozen=True, kw_only=True):
    """A place on the way: its pier in the timetable (``stop`` empty: none is known), the hours of its windows, the
    shifts of its agents.
    """

    name: Text
    stop: str = ""
    windows: tuple[Opening, ...] = ()
    shifts: tuple[Opening, ...] = ()


class Errand(Struct, frozen=True, kw_only=True):
    """Where the papers or the result are at ``at`` (aware), and what still lies before them.

    ``here``: the pier of the box. ``home``: whose agents bring the result to the door. ``sailed``: when a box that is
    aboard left. ``days`` of ``unit`` are what the department takes, at most; None: no figure is known.
    ``decide_on``: the day by which it decides, where that is known already.
    """

    begin: Begin
    at: datetime
    here: Spot
    office: Spot
    department: Spot
    home: Spot
    sailed: datetime | None = None
    days: int | None = None
    unit: Unit = "working"
    decide_on: date | None = None


class Boats(Struct, frozen=True):
    """The boats as they are known to sail: the timetable, and what is suspended, each under its own id."""

    table: Timetable
    suspended: Mapping[str, Suspension]


class Step(Struct, frozen=True, kw_only=True):
    """One step: what happens, from where to where, from when until when, in words, and why only then."""

    what: StepKind
    origin: Text
    target: Text
    start: datetime
    at: datetime
    said: Text
    why: Text | None = None
    route: str = ""
    trip: str = ""
    stops: tuple[str, str] = ("", "")


class Forecast(Struct, frozen=True, kw_only=True):
    """When the result is at the door, and how that comes about.

    ``day`` None: it is not known, and ``unknown`` says why; the steps go as far as is known. ``subject_to_boats``: a
    boat that would have carried it is suspended; ``held_by`` names the suspensions. ``provisional``: it reaches into
    a year whose days off are not known.
    """

    steps: tuple[Step, ...]
    day: date | None
    unknown: Text | None = None
    by_boat: bool = False
    subject_to_boats: bool = False
    held_by: tuple[str, ...] = ()
    provisional: bool = False
