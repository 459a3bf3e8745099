"""A timetable 船班时刻表 made ready for questions: every hop of every boat, in order of departure.

A *hop* is one boat going from one call to the next. Hops are plain tuples in one long sorted list; for a day those of
the services that run are picked out once and kept, and for half an hour a slice of them is cut by bisection.
"""

from bisect import bisect_left
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date, datetime, time, timedelta
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise
from operator import itemgetter
from typing import Final, Literal, NamedTuple, Self
from zoneinfo import ZoneInfo

from msgspec import structs

from driftbox.domain.ferry.changes import NEVER, Changes, changes_of
from driftbox.domain.ferry.lines import LAST, NO_ALIGHT, NO_BOARD, PLACE, DayLines, Hop, day_lines
from driftbox.domain.ferry.service import DAY, CallShift, DayChange, Sailing, Service, Stop, Suspension, Transfer

SPAN: Final = 1800  # seconds cut out at a time
KEPT_DAYS: Final = 16  # sets of services whose hops are kept
KEPT_LEAST: Final = 256  # places to go to whose least times are kept
KEPT_LINES: Final = 64  # those and single days of which the lines are kept


class Slice(NamedTuple):
    """Hops that depart in one span: ``later`` makes their times Unix seconds, ``shift`` makes their run a key."""

    later: int
    shift: int
    hops: list[Hop]


class Timetable:
    """All sailings of one feed, ready to be asked."""

    def __init__(
        self,
        stops: Sequence[Stop],
        sailings: Sequence[Sailing],
        services: Mapping[str, Service],
        transfers: Sequence[Transfer],
        zone: str,
    ) -> None:
        self.stops = tuple(stops)
        self.zone = ZoneInfo(zone)
        self.runs: list[tuple[str, str]] = []  # trip and route of each run
        self._place = {stop.id: place for place, stop in enumerate(self.stops)}
        self._services = dict(services)
        self._transfers = tuple(transfers)
        self._runs_under: list[str] = []  # service of each run
        self._hops = [hop for sailing in sailings for hop in self._add(sailing)]
        self._hops.sort(key=itemgetter(0, 5))
        self._first = self._hops[0][0] if self._hops else 0
        self._last = max((hop[1] for hop in self._hops), default=0)
        self._days: OrderedDict[frozenset[str], tuple[list[int], list[Hop]]] = OrderedDict()
        self._midnights: dict[date, int] = {}
        self._active: dict[date, frozenset[str]] = {}
        self._changes: dict[int, Changes] = {}
        self._late: dict[date, DayChange] = {}
        self._numbers: dict[str, tuple[int | None, ...]] = {
            one.trip: tuple(call.sequence for call in one.calls) for one in sailings
        }
        self._extra: dict[date, list[Hop]] = {}
        self._special: dict[date, tuple[list[int], list[Hop]]] = {}
        self._lines: OrderedDict[frozenset[str] | date, DayLines] = OrderedDict()
        self.dimmed: OrderedDict[tuple[tuple[Suspension, ...], date], DayLines] = OrderedDict()  # kept by ``suspended``
        self._names = _names(self.stops)
        self._quickest: dict[int, dict[int, int]] = {}  # to a stop, from the ones before it: seconds
        self._least: OrderedDict[tuple[frozenset[int], int], Sequence[int]] = OrderedDict()
        self._hasten(self._hops)

    def _add(self, sailing: Sailing) -> Iterator[Hop]:
        """Each run of a sailing as hops; marks hold their place, so that hops of one minute keep their order."""
        last = len(sailing.calls) - 2
        for run in sailing.runs:
            number = len(self.runs)
            self.runs.append((sailing.trip, sailing.route))
            self._runs_under.append(sailing.service)
            for place, (here, there) in enumerate(pairwise(sailing.calls)):
                marks = (
                    place * PLACE
                    + (0 if here.board else NO_BOARD)
                    + (0 if there.alight else NO_ALIGHT)
                    + (LAST if place == last else 0)
                )
                ends = self._place[here.stop], self._place[there.stop]
                yield (here.depart + run, there.arrive + run, *ends, number, marks)

    def changed(self, days: Mapping[date, DayChange]) -> Self:
        """This timetable with single days as they really go; all other days are shared with it, not copied.

        Extra sailings that call at a stop which is not in the timetable are left out.
        """
        other = copy(self)
        other._change(days)  # noqa: SLF001 - it is our own
        return other

    def _change(self, days: Mapping[date, DayChange]) -> None:
        """Make a copy differ from what it was copied from, without touching what the two share."""
        self.runs, self._runs_under = list(self.runs), list(self._runs_under)
        self._quickest = {place: dict(near) for place, near in self._quickest.items()}
        self._least = OrderedDict()
        self._late = dict(days)
        self._extra, self._special = {}, {}
        self.dimmed = OrderedDict()
        self._lines = OrderedDict((key, held) for key, held in self._lines.items() if not isinstance(key, date))
        for cached in ("_known", "_trips"):
            self.__dict__.pop(cached, None)
        for day, change in days.items():
            placed = [one for one in change.extra if all(call.stop in self._place for call in one.calls)]
            self._extra[day] = [hop for one in placed for hop in self._add(one)]
            self._hasten(self._extra[day])
            self._first = min([self._first, *(hop[0] for hop in self._extra[day])])
            self._last = max([self._last, *(hop[1] for hop in self._extra[day])])
            self._hasten(self._called(day, change))
        late = [0, *(seconds for change in days.values() for seconds in change.late.values())]
        late += [
            seconds for change in days.values() for calls in change.calls.values()
            for call in calls for seconds in call[:2]
        ]  # fmt: skip
        self._first, self._last = self._first + min(late), self._last + max(late)

    def _hasten(self, hops: Iterable[Hop]) -> None:
        """Learn how long it takes at least from one call to the next."""
        for depart, arrive, origin, target, _run, _marks in hops:
            near = self._quickest.setdefault(target, {})
            near[origin] = min(near.get(origin, NEVER), max(0, arrive - depart))

    def knows(self, kind: Literal["route", "trip", "stop"], id_: str) -> bool:
        """Whether a route, trip or stop of that id is in the timetable."""
        return bool(self.places(id_)) if kind == "stop" else (kind, id_) in self._known

    @cached_property
    def _known(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for trip, route in self.runs for pair in (("trip", trip), ("route", route)))

    def times_on(self, trip: str, day: date) -> tuple[int, int] | None:
        """The first departure and the last arrival of a trip on a service day (Unix seconds); None: it does not go."""
        hops = self.hops_on(trip, day)
        return (min(hop[1] for hop in hops), max(hop[3] for hop in hops)) if hops else None

    def hops_on(self, trip: str, day: date) -> tuple[tuple[str, int, str, int], ...]:
        """How a trip goes on a service day: from stop, departure, to stop, arrival (Unix seconds), in order."""
        later = self.midnight(day)
        mine = sorted((hop for hop in self._day(day)[1] if self.runs[hop[4]][0] == trip), key=itemgetter(4, 5))
        return tuple(
            (self.stops[origin].id, depart + later, self.stops[target].id, arrive + later)
            for depart, arrive, origin, target, _run, _marks in mine
        )

    def repeats(self, trip: str) -> bool:
        """Whether a trip goes more than once a day."""
        return self._trips[trip] > 1

    @cached_property
    def _trips(self) -> Counter[str]:
        return Counter(trip for trip, _route in self.runs)

    def places(self, called: str) -> frozenset[int]:
        """The stops of that id or name; all berths for a pier. Empty when there is none."""
        return self._names.get(called) or self._names.get(called.strip().casefold(), frozenset())

    def changes(self, usual: int) -> Changes:
        """The ways to change, where ``usual`` seconds are needed when the timetable does not say."""
        if usual not in self._changes:
            self._changes[usual] = changes_of(self.stops, self._transfers, usual)
        return self._changes[usual]

    def at_least(self, targets: frozenset[int], usual: int) -> Sequence[int]:
        """The seconds that it takes at least from each stop to one of ``targets``, by boats at whatever times; NEVER
        where no chain of boats and ways leads there. ``usual``: as for ``changes``.
        """
        held = self._least.get((targets, usual))
        if held is None:
            held = self._least[targets, usual] = self._shortest(targets, self.changes(usual))
            if len(self._least) > KEPT_LEAST:
                self._least.popitem(last=False)
        return held

    def _shortest(self, targets: frozenset[int], changes: Changes) -> Sequence[int]:
        least = [NEVER] * len(self.stops)
        heap = [(0, target) for target in targets]
        for target in targets:
            least[target] = 0
        while heap:
            so_far, here = heappop(heap)
            if so_far > least[here]:
                continue
            for there, seconds in (*self._quickest.get(here, {}).items(), *changes.inward[here]):
                if so_far + seconds < least[there]:
                    least[there] = so_far + seconds
                    heappush(heap, (so_far + seconds, there))
        return least

    def midnight(self, day: date) -> int:
        """Noon minus twelve hours of a service day, in Unix seconds; on most days this is midnight."""
        known = self._midnights.get(day)
        if known is None:
            known = int(datetime.combine(day, time(12), self.zone).timestamp()) - DAY // 2
            self._midnights[day] = known
        return known

    def days(self, since: int, until: int) -> Iterator[date]:
        """The service days that may have boats between two instants, in order."""
        day = self._date(since - self._last) - timedelta(days=1)
        while self.begins(day) < until:
            if self.ends(day) >= since:
                yield day
            day += timedelta(days=1)

    def begins(self, day: date) -> int:
        """Before this instant no boat of a service day leaves; days begin in their order."""
        return self.midnight(day) + self._first

    def ends(self, day: date) -> int:
        """After this instant no boat of a service day arrives; days end in their order."""
        return self.midnight(day) + self._last

    def hops_of(self, day: date) -> Sequence[Hop]:
        """The hops of one service day as they go, in order of departure, counted from its midnight."""
        return self._day(day)[1]

    def lines_of(self, day: date) -> DayLines:
        """The boats of one service day as they go, sorted into lines; kept by set of services."""
        key = day if day in self._late else self._services_on(day)
        held = self._lines.get(key)
        if held is None:
            held = self._lines[key] = day_lines(self._day(day)[1])
            if len(self._lines) > KEPT_LINES:
                self._lines.popitem(last=False)
        return held

    def spans(self, since: int, days: int) -> Iterator[Slice]:
        """The hops that depart from the instant ``since`` on, span by span, for so many days."""
        for start in range(since, since + days * DAY, SPAN):
            yield from self._between(start, start + SPAN)

    def _between(self, start: int, end: int) -> Iterator[Slice]:
        found: list[Slice] = []
        for day in self.days(start, end):
            later = self.midnight(day)
            departs, hops = self._day(day)
            low, high = bisect_left(departs, start - later), bisect_left(departs, end - later)
            if low < high:
                found.append(Slice(later, day.toordinal() * len(self.runs), hops[low:high]))
        if len(found) > 1:
            yield _merged(found)
        else:
            yield from found

    def _date(self, instant: int) -> date:
        return datetime.fromtimestamp(instant, self.zone).date()

    def _day(self, day: date) -> tuple[list[int], list[Hop]]:
        """The hops of one service day as they go, and their departures."""
        if day not in self._late:
            return self._as_written(day)
        held = self._special.get(day)
        if held is None:
            change = self._late[day]
            whole = (*self._as_written(day)[1], *self._extra.get(day, ()))
            hops = [self._shifted(hop, change.late) for hop in whole if self.runs[hop[4]][0] not in change.calls]
            hops += self._called(day, change)
            hops.sort(key=itemgetter(0, 5))
            held = self._special[day] = [hop[0] for hop in hops], hops
        return held

    def _shifted(self, hop: Hop, late: Mapping[str, int]) -> Hop:
        seconds = late.get(self.runs[hop[4]][0], 0)
        return (hop[0] + seconds, hop[1] + seconds, *hop[2:]) if seconds else hop

    def _services_on(self, day: date) -> frozenset[str]:
        active = self._active.get(day)
        if active is None:
            active = frozenset(id_ for id_, service in self._services.items() if service.runs_on(day))
            self._active[day] = active
        return active

    def _called(self, day: date, change: DayChange) -> list[Hop]:
        """The hops of the boats that differ call by call; none leaves before it has come."""
        boats: dict[int, list[Hop]] = {}
        for hop in self._as_written(day)[1] if change.calls else ():
            if self.runs[hop[4]][0] in change.calls:
                boats.setdefault(hop[4], []).append(hop)
        return [hop for run, boat in boats.items() for hop in _called(boat, change.calls[self.runs[run][0]])]

    def shift_at(self, trip: str, day: date, stop: str) -> CallShift:
        """How the call of a trip at a stop differs on a service day; nothing does where it does not call."""
        change = self._late.get(day, DayChange())
        late = change.late.get(trip, 0)
        if trip not in change.calls:
            return CallShift(late, late)
        mine = (hop for hop in self._as_written(day)[1] if self.runs[hop[4]][0] == trip)
        ends = ((hop[2 + end], hop[5] // PLACE + end) for hop in mine for end in (0, 1))
        places = [place for there, place in ends if self.stops[there].id == stop]
        return _of(change.calls[trip], min(places)) if places else CallShift(0, 0)

    def without_skips(self) -> Self:
        """This timetable as if boats called at every stop; itself where they do."""
        if not any(call.skipped for change in self._late.values() for calls in change.calls.values() for call in calls):
            return self
        return self.changed({
            day: structs.replace(change, calls={
                trip: tuple(call._replace(skipped=False) for call in calls) for trip, calls in change.calls.items()
            }) for day, change in self._late.items()
        })  # fmt: skip

    def numbers_of(self, trip: str) -> tuple[int | None, ...]:
        """What the calls of a trip are numbered in the feed."""
        return self._numbers.get(trip, ())

    def _as_written(self, day: date) -> tuple[list[int], list[Hop]]:
        """The hops of one service day as the timetable has them; kept by set of services, safe between threads."""
        active = self._services_on(day)
        held = self._days.get(active)
        if held is None:
            runs = [service in active for service in self._runs_under]
            hops = [hop for hop in self._hops if runs[hop[4]]] if active else []
            held = self._days[active] = [hop[0] for hop in hops], hops
            if len(self._days) > KEPT_DAYS:
                self._days.popitem(last=False)
        return held


def _of(calls: Sequence[CallShift], place: int) -> CallShift:
    return calls[min(place, len(calls) - 1)]


def _called(boat: list[Hop], calls: Sequence[CallShift]) -> Iterator[Hop]:
    """The hops of one boat as its calls shift; where it does not call nobody boards or alights."""
    clock: int | None = None
    for depart, arrive, origin, target, run, marks in sorted(boat, key=itemgetter(5)):
        here, there = _of(calls, marks // PLACE), _of(calls, marks // PLACE + 1)
        leaves = depart + here.depart if clock is None else max(clock, depart + here.depart)
        clock = max(leaves, arrive + there.arrive)
        skipped = (NO_BOARD if here.skipped else 0) | (NO_ALIGHT if there.skipped else 0)
        yield leaves, clock, origin, target, run, marks | skipped


def _merged(slices: Sequence[Slice]) -> Slice:
    """Hops of several service days in one order: yesterday's boat of 25:10 goes after today's of 01:00."""
    first = slices[0]
    hops = [
        (depart + late, arrive + late, origin, target, run + shift, marks)
        for later, own, day in slices
        for late, shift in [(later - first.later, own - first.shift)]
        for depart, arrive, origin, target, run, marks in day
    ]
    hops.sort(key=itemgetter(0, 5))
    return Slice(first.later, first.shift, hops)


def _names(stops: Sequence[Stop]) -> Mapping[str, frozenset[int]]:
    """Everything a stop may be called to its places; an id goes before a name."""
    ids: dict[str, set[int]] = defaultdict(set)
    names: dict[str, set[int]] = defaultdict(set)
    for place, stop in enumerate(stops):
        ids[stop.id].add(place)
        ids[stop.station].add(place)
        for name in stop.names:
            names[name].add(place)
            names[name.strip().casefold()].add(place)
    for id_ in list(ids):
        names.setdefault(id_.casefold(), ids[id_])
    return {called: frozenset(places) for called, places in (names | ids).items()}
