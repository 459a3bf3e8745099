"""Foretell the day at the door: sailings, shifts, opening hours, working days, in that order; never a guess.

Each step takes the first chance from the moment the step before ends. No step that begins later ends earlier, so
taking a boat away never makes the day earlier.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from msgspec import Struct, structs

from driftbox.domain.arrival import words
from driftbox.domain.arrival.crossing import Crossings
from driftbox.domain.arrival.hours import Rounds, next_common, next_open
from driftbox.domain.arrival.way import Begin, Boats, Errand, Forecast, Spot, Step
from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.counting import compute_due
from driftbox.domain.ferry.plan import Leg
from driftbox.domain.ferry.service import Suspension
from driftbox.domain.text import Text

_AGENT: Final = Text(zh="代办员", en="the agent")
_WINDOW: Final = Text(zh="窗口", en="the window")
_DOOR: Final = Text(zh="家门口", en="the door")
_FIRST: Final[dict[Begin, int]] = {
    "box": 0, "aboard": 0, "landed": 1, "collected": 2, "window": 2, "decide": 3, "fetch": 4, "carried": 5,
}  # fmt: skip


class World(Struct, frozen=True, kw_only=True):
    """What holds for every errand: boats, the official calendar, and how long handling takes."""

    crossings: Crossings
    calendar: Calendar
    rounds: Rounds


def forecast(errand: Errand, world: World) -> Forecast:
    """When the result of ``errand`` is at the door, and by which steps."""
    found = _Way(errand, world).walk()
    if not found.by_boat and found.unknown is None:
        return found
    boats = world.crossings.boats
    written = _written(errand, world) if boats.suspended else found
    if (found.day, found.steps) == (written.day, written.steps):
        return found
    held_by = tuple(key for key, one in boats.suspended.items() if _hits(one, written, boats))
    return structs.replace(found, subject_to_boats=True, held_by=held_by or tuple(boats.suspended))


def latest_decision(errand: Errand, world: World, by: date) -> date | None:
    """The last working day on which the department may decide so that the result is at the door on ``by``, all boats
    sailing; None when it is too late for that even if it decides today.
    """
    today = world.calendar.local_date(errand.at)
    day = by
    while day >= today:
        asked = structs.replace(errand, begin="decide", decide_on=day)
        at_door = None if world.calendar.is_rest_day(day) else _written(asked, world).day
        if at_door is not None and at_door <= by:
            return day
        day -= timedelta(days=1)
    return None


def _written(errand: Errand, world: World) -> Forecast:
    """The forecast if all boats sailed as the timetable has them."""
    return _Way(errand, structs.replace(world, crossings=world.crossings.as_written)).walk()


def _hits(one: Suspension, written: Forecast, boats: Boats) -> bool:
    """Whether a suspension takes a boat out of the way as it was written."""
    return any(step.what == "sail" and _touches(one, step, boats) for step in written.steps)


def _touches(one: Suspension, step: Step, boats: Boats) -> bool:
    if step.at < one.since or (one.until is not None and step.start >= one.until):
        return False
    if one.kind == "stop":
        ends = boats.table.places(step.stops[0]) | boats.table.places(step.stops[1])
        return not ends.isdisjoint(boats.table.places(one.id))
    return one.id == (step.route if one.kind == "route" else step.trip)


class _UnknownError(Exception):
    """The way is not known any further; ``why`` says what is missing."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class _Way:
    """Walks the steps one after the other; ``at`` is how far it has come."""

    def __init__(self, errand: Errand, world: World) -> None:
        self.errand, self.world, self.zone = errand, world, world.calendar.zone
        self.now = self.at = errand.at.astimezone(self.zone)
        self.accepted: date | None = None
        self.steps: list[Step] = []

    def walk(self) -> Forecast:
        """All steps that lie ahead, or as many as are known."""
        parts = (self._come, self._collect, self._take_in, self._decide, self._fetch, self._bring_home)
        day, unknown = None, None
        try:
            for part in parts[_FIRST[self.errand.begin] :]:
                part()
            day = self.at.date()
        except _UnknownError as stop:
            unknown = stop.why
        return Forecast(
            steps=tuple(self.steps),
            day=day,
            unknown=unknown,
            by_boat=any(step.what == "sail" for step in self.steps),
            provisional=any(not self.world.calendar.covers(step.at.year) for step in self.steps),
        )

    def _come(self) -> None:
        """The box comes over the sea to the pier of the window."""
        here, office = self.errand.here, self.errand.office
        if self.errand.begin == "aboard":
            self.at = self.errand.sailed or self.now
            self._cross(here, office, 0, box=True)
            self.at = max(self.at, self.now)
        else:
            self._cross(here, office, self.world.rounds.box_closes, box=True)

    def _collect(self) -> None:
        """An agent on shift takes the parcel out of the box."""
        ready = self.at + timedelta(minutes=self.world.rounds.pickup)
        there = self._shift(self.errand.office, ready)
        when = words.moment_text(there, self.zone)
        said = Text(zh=f"代办员 {when.zh} 取件", en=f"The agent collects it on {when.en}")
        why = words.off_shift_text(ready, there, self.world.calendar)
        self._add(Step(what="collect", origin=self.errand.office.name, target=_AGENT, start=ready, at=there, said=said,
                       why=why))  # fmt: skip

    def _take_in(self) -> None:
        """The window is open and takes the case on; the clock of the law starts."""
        way = 0 if self.errand.begin == "window" else self.world.rounds.window
        ready = self.at + timedelta(minutes=way)
        office = self.errand.office
        there = next_open(office.windows, ready, self.world.calendar)
        if there is None:
            raise _UnknownError(words.fill(words.NO_HOURS, name=office.name))
        when = words.moment_text(there, self.zone)
        said = Text(zh=f"{when.zh} 窗口收下", en=f"The window takes it on {when.en}")
        self._add(Step(what="window", origin=_AGENT, target=_WINDOW, start=ready, at=there, said=said,
                       why=words.shut_text(_WINDOW, ready, there, self.world.calendar)))  # fmt: skip
        self.accepted = there.date()

    def _decide(self) -> None:
        """The department has until the end of its last day."""
        errand = self.errand
        if errand.decide_on is None and errand.days is None:
            raise _UnknownError(words.NO_DAYS)
        day, why = errand.decide_on, None
        if day is None and errand.days is not None:
            first = self.accepted or self.now.date()
            day = compute_due(first, errand.days, errand.unit, self.world.calendar).day
            amount = words.unit_text(errand.days, errand.unit)
            why = Text(zh=f"给部门 {amount.zh}，收下的第二天起算", en=f"The department has {amount.en} after that")
        last = day or self.now.date()
        evening = max(self.at, datetime.combine(last + timedelta(days=1), time.min, self.zone))
        named = words.day_text(last)
        said = Text(zh=f"部门最晚 {named.zh} 定好", en=f"The department decides by {named.en}")
        self._add(Step(what="decide", origin=_WINDOW, target=errand.department.name, start=self.at, at=evening,
                       said=said, why=why))  # fmt: skip

    def _fetch(self) -> None:
        """An agent on shift fetches the result while the department is open."""
        place, calendar = self.errand.department, self.world.calendar
        there = next_common(place.windows, place.shifts, self.at, calendar)
        if there is None:
            raise _UnknownError(words.fill(words.NO_HOURS, name=place.name))
        when = words.moment_text(there, self.zone)
        said = Text(zh=f"代办员 {when.zh} 去领", en=f"The agent fetches it on {when.en}")
        why = words.shut_text(place.name, self.at, there, calendar)
        self._add(Step(what="fetch", origin=place.name, target=_AGENT, start=self.at, at=there, said=said, why=why))

    def _bring_home(self) -> None:
        """The result comes over the sea, and an agent on shift brings it to the door."""
        rounds, home = self.world.rounds, self.errand.home
        if self.errand.begin != "carried":
            self.at += timedelta(minutes=rounds.window)
        sailed = self._cross(self.errand.department, home, rounds.box_closes)
        ready = self.at + timedelta(minutes=rounds.pickup if sailed else 0)
        round_ = self._shift(home, ready)
        there = round_ + timedelta(minutes=rounds.door)
        named = words.day_text(there.date())
        said = Text(zh=f"{named.zh} 送到家门口", en=f"At the door on {named.en}")
        why = words.off_shift_text(ready, round_, self.world.calendar)
        self._add(Step(what="deliver", origin=home.name, target=_DOOR, start=ready, at=there, said=said, why=why))

    def _shift(self, place: Spot, ready: datetime) -> datetime:
        there = next_open(place.shifts, ready, self.world.calendar)
        if there is None:
            raise _UnknownError(words.fill(words.NO_SHIFT, name=place.name))
        return there

    def _cross(self, origin: Spot, target: Spot, closes: int, *, box: bool = False) -> bool:
        """Whether there was anything to cross; each stretch becomes a step. A ``box`` does not walk to another pier
        while there is a line of its own.
        """
        for place in (origin, target):
            if not place.stop:
                raise _UnknownError(words.fill(words.NO_PIER, name=place.name))
        if origin.stop == target.stop:
            return False
        ready = self.at + timedelta(minutes=closes)
        legs = self.world.crossings.legs(origin.stop, target.stop, ready, box=box)
        if legs is None:
            raise _UnknownError(words.fill(words.NO_BOAT, origin=origin.name, target=target.name))
        for leg in legs:
            self._add(self._leg(leg, closes))
        return True

    def _leg(self, leg: Leg, closes: int) -> Step:
        origin, target = _stop_name(leg.origin.names), _stop_name(leg.target.names)
        said = words.sail_text(origin, target, leg.depart, leg.arrive, self.zone)
        first = not any(step.what == "sail" for step in self.steps)
        why = words.closes_text(leg.depart - timedelta(minutes=closes), self.zone) if closes and first else None
        if not leg.trip:
            said, why = words.walk_text(origin, target, leg.depart, leg.arrive, self.zone), None
        return Step(
            what="sail" if leg.trip else "walk", origin=origin, target=target, start=leg.depart, at=leg.arrive,
            said=said, why=why, route=leg.route, trip=leg.trip, stops=(leg.origin.id, leg.target.id),
        )  # fmt: skip

    def _add(self, step: Step) -> None:
        self.steps.append(step)
        self.at = step.at.astimezone(self.zone)


def _stop_name(names: tuple[str, ...]) -> Text:
    """A stop by the timetable's names: the first is the pier's own; the English one, where it is told, follows."""
    english = next((name for name in names[1:] if name.isascii()), names[0])
    return Text(zh=names[0], en=english)
