"""What a GTFS-Realtime feed says, and which facts that makes in the book of sailings.

The same feed taken in twice makes no second fact; an entity that says something else now makes a correction; what the
planner could not follow is left aside with the reason, never guessed.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.errors import DriftboxError, Refused
from driftbox.domain.ferry import facts as f
from driftbox.domain.ferry.book import Book, Halt
from driftbox.domain.ferry.delays import CallNews, Written, delays_of, is_likely, same_everywhere
from driftbox.domain.ferry.facts import CallChange
from driftbox.domain.ferry.timetable import Timetable
from driftbox.domain.log.entry import Body, digest_of, moment_text
from driftbox.domain.log.ids import instant

WHO: Final = "gtfs_rt"
BEFORE, AFTER = timedelta(hours=6), timedelta(hours=18)  # of a trip's first departure: all of this run, no other
PERSON_IS_RIGHT: Final = timedelta(days=3)  # who stands at the pier knows before the feed does; later it is a new alert

Period = tuple[datetime | None, datetime | None]


class Alert(Struct, frozen=True, kw_only=True):
    """Boats do not go: which, and when; an agency stands for all its routes, and no id for all there are."""

    entity: str
    kind: Literal["route", "trip", "stop", "agency"]
    id: str
    periods: tuple[Period, ...]
    cause: f.Cause


class TripNews(Struct, frozen=True, kw_only=True):
    """What is said of one trip on one day (None: today). ``stops``: of single calls; ``delay`` in seconds: of them all.

    ``calls`` of an added trip: stop, arrival and departure in Unix seconds.
    """

    entity: str
    trip: str
    state: Literal["goes", "cancelled", "added"]
    day: date | None = None
    route: str = ""
    delay: int | None = None
    stops: tuple[CallNews, ...] = ()
    calls: tuple[tuple[str, int, int], ...] = ()


class Aside(Struct, frozen=True):
    """An entity that makes no fact, and why not."""

    entity: str
    why: DriftboxError


class News(Struct, frozen=True, kw_only=True):
    """One feed, read. ``at``: when it was made; ``entities``: the ids of all that it holds."""

    at: datetime | None
    alerts: tuple[Alert, ...] = ()
    trips: tuple[TripNews, ...] = ()
    deleted: tuple[str, ...] = ()
    entities: frozenset[str] = frozenset()
    aside: tuple[Aside, ...] = ()


class Outcome(Struct):
    """The facts that news make, how many are known already, and what is left aside."""

    bodies: list[tuple[str, Body]]
    known: int
    aside: list[Aside]


def facts_of(
    news: News, book: Book, table: Timetable, agencies: Mapping[str, str], now: datetime, *, whole: bool = False
) -> Outcome:
    """The facts that ``news`` make beyond what ``book`` says; ``table`` as written, ``agencies`` by route.

    ``whole``: the feed is all there is, so that a suspension it once brought and no longer holds is over.
    """
    outcome = Outcome([], 0, list(news.aside))
    at = min(news.at or now, now)
    for (entity, kind, id_), alerts in _grouped(news, table, agencies).items():
        _compare(outcome, book, _Wanted(entity, kind, id_, alerts[0].cause, alerts[0].periods), at, now)
    for trip in news.trips:
        _tell_trip(outcome, book, table, trip, now)
    gone = {entity_digest(one) for one in news.deleted}
    held = {entity_digest(one) for one in news.entities}
    for halt in _brought(book, now):
        if halt.entity in gone or (whole and halt.entity not in held):
            outcome.bodies.append(("", _resumed(halt, now)))
    return outcome


def run_window(table: Timetable, trip: str, day: date) -> tuple[datetime, datetime] | None:
    """From when to when a trip has to stand still so that its run of that day does not go, and no other."""
    times = table.times_on(trip, day)
    if times is None:
        return None
    first = instant(times[0] * 1000)
    return first - BEFORE, first + AFTER


class _Wanted(Struct, frozen=True):
    entity: str
    kind: f.Kind
    id: str
    cause: f.Cause
    periods: tuple[Period, ...]


def entity_digest(entity: str) -> str:
    """How an entity of the feed is known again; its id itself may be anything."""
    return digest_of(entity.encode())


def _grouped(
    news: News, table: Timetable, agencies: Mapping[str, str]
) -> Mapping[tuple[str, f.Kind, str], list[Alert]]:
    routes = sorted({route for _trip, route in table.runs})
    found: dict[tuple[str, f.Kind, str], list[Alert]] = {}
    for alert in news.alerts:
        if alert.kind == "agency":
            for route in routes:
                if not alert.id or agencies.get(route, "") in {"", alert.id}:
                    found.setdefault((alert.entity, "route", route), []).append(alert)
        else:
            found.setdefault((alert.entity, alert.kind, alert.id), []).append(alert)
    return found


def _brought(book: Book, now: datetime) -> Iterator[Halt]:
    """The suspensions that a feed brought and that are not over."""
    for halt in book.halts.values():
        if halt.entity and not halt.replaced and (halt.until is None or halt.until > now):
            yield halt


def _compare(outcome: Outcome, book: Book, wanted: _Wanted, at: datetime, now: datetime) -> None:
    """What is new in the periods of one entity for one route, trip or stop against what the book has of it."""
    digest = entity_digest(wanted.entity)
    held = [
        halt for halt in book.halts.values()
        if (halt.entity, halt.kind, halt.id) == (digest, wanted.kind, wanted.id) and not halt.replaced
    ]  # fmt: skip
    fresh: list[Period] = []
    for period in wanted.periods or ((None, None),):
        same = next((halt for halt in held if _same(book, halt, period, wanted.cause, at)), None)
        if same is None:
            fresh.append(period)
        else:
            held.remove(same)
            outcome.known += 1
    lasting = [halt for halt in held if halt.until is None or halt.until > now]
    for number, (start, end) in enumerate(fresh):
        old = lasting[number] if number < len(lasting) else None
        body = _suspended(wanted, start or (old.since if old else at), end, old.said.entry if old else "")
        outcome.bodies.append((wanted.entity, body))
    outcome.bodies += [(wanted.entity, _resumed(halt, now)) for halt in lasting[len(fresh) :]]


def _same(book: Book, halt: Halt, period: Period, cause: f.Cause, at: datetime) -> bool:
    """Whether a suspension says just this. Where a person has ended it since, the feed does not begin it again."""
    start, end = period
    if start is not None and start != halt.since:
        return False
    if halt.ended:
        ended = book.resumed[halt.ended]
        return ended.said.source != "gtfs_rt" and at < ended.since + PERSON_IS_RIGHT
    return (halt.until, halt.cause) == (end, cause)


def _suspended(wanted: _Wanted, since: datetime, until: datetime | None, replaces: str) -> Body:
    return f.SailingSuspended(
        kind=wanted.kind, id=wanted.id, since=moment_text(since), until=moment_text(until) if until else "",
        cause=wanted.cause, who=WHO, source="gtfs_rt", replaces=replaces, entity=entity_digest(wanted.entity),
    )  # fmt: skip


def _resumed(halt: Halt, now: datetime) -> Body:
    return f.SailingResumed(suspension=halt.said.entry, since=moment_text(now), who=WHO, source="gtfs_rt")


def _tell_trip(outcome: Outcome, book: Book, table: Timetable, news: TripNews, now: datetime) -> None:
    if news.state == "added":
        _add(outcome, book, table, news)
        return
    day = news.day or now.astimezone(table.zone).date()
    window = run_window(table, news.trip, day) if len(news.trip) <= 64 else None  # noqa: PLR2004 - TableId
    if window is None:
        _put_aside(outcome, news, Refused("realtime.no_trip", "时刻表里那天没有这一班：{trip}", trip=news.trip[:64]))
    elif table.repeats(news.trip):
        _put_aside(
            outcome, news, Refused("realtime.repeats", "这一班一天走几趟，说不准是哪一趟：{trip}", trip=news.trip)
        )
    elif news.state == "cancelled":
        wanted = _Wanted(news.entity, "trip", news.trip, "other", (window,))
        _compare_trip(outcome, book, wanted)
    else:
        _sail(outcome, book, news.trip, window[0], now)
        _go(outcome, book, news, day, table)


def _compare_trip(outcome: Outcome, book: Book, wanted: _Wanted) -> None:
    """A trip cancelled on one day says nothing of other days under the same entity."""
    since, until = wanted.periods[0]
    known = any(
        (halt.kind, halt.id, halt.since) == ("trip", wanted.id, since) and not halt.replaced and not halt.ended
        for halt in book.halts.values()
    )
    if known or since is None:
        outcome.known += 1
    else:
        outcome.bodies.append((wanted.entity, _suspended(wanted, since, until, "")))


def _changes(table: Timetable, news: TripNews, day: date) -> tuple[CallChange, ...] | None:
    """How each call of a trip changes; None where the news speak of calls that it has not."""
    hops = table.hops_on(news.trip, day)
    ends = [(hops[0][0], hops[0][1]), *((target, arrive) for _origin, _depart, target, arrive in hops)]
    leaves = [*(depart for _origin, depart, _target, _arrive in hops), hops[-1][3]]
    numbers = table.numbers_of(news.trip)
    numbers = numbers if len(numbers) == len(ends) else (None,) * len(ends)
    calls = [
        Written(stop, arrive, depart, number)
        for (stop, arrive), depart, number in zip(ends, leaves, numbers, strict=True)
    ]
    return delays_of(calls, news.stops, news.delay or 0)


def _sail(outcome: Outcome, book: Book, trip: str, since: datetime, now: datetime) -> None:
    """A trip that a feed cancelled and that goes after all is resumed."""
    for halt in _brought(book, now):
        if (halt.kind, halt.id, halt.since) == ("trip", trip, since):
            outcome.bodies.append(("", _resumed(halt, min(now, since))))


def _go(outcome: Outcome, book: Book, news: TripNews, day: date, table: Timetable) -> None:
    """A trip whose delays changed is late by the new ones. Minutes are whole and never more than said, so that nobody
    comes too late.
    """
    if news.delay is None and all(one.state == "unknown" for one in news.stops):
        outcome.known += 1
        return
    changes = _changes(table, news, day)
    if changes is None:
        _put_aside(outcome, news, Refused("realtime.stop", "说的码头，这一班不停：{trip}", trip=news.trip))
        return
    if not is_likely(changes):
        most = max((one.depart for one in changes), key=abs) // 60
        _put_aside(outcome, news, Refused("realtime.delay", "晚得不像真的：{minutes} 分钟", minutes=most))
        return
    same = same_everywhere(changes)
    minutes = max(late for one in changes for late in (one.arrive, one.depart)) // 60 if same is None else same // 60
    calls = changes if same is None else ()
    old = book.late.get((news.trip, day))
    if (old.minutes if old else 0, old.calls if old else ()) == (minutes, calls):
        outcome.known += 1
    elif len(calls) > f.MOST_CALLS:
        _put_aside(outcome, news, Refused("realtime.long", "停的码头太多，一站一站的记不下：{trip}", trip=news.trip))
    else:
        body = f.SailingChanged(
            trip=news.trip, day=day.isoformat(), minutes=minutes, calls=calls, who=WHO, source="gtfs_rt"
        )
        outcome.bodies.append((news.entity, body))


def _add(outcome: Outcome, book: Book, table: Timetable, news: TripNews) -> None:
    if not 2 <= len(news.calls) <= f.MOST_CALLS or len(news.trip) > 64:  # noqa: PLR2004 - see SailingAdded
        _put_aside(outcome, news, Refused("realtime.calls", "加的这一班没有写全哪几站、几点"))
        return
    day = news.day or instant(news.calls[0][2] * 1000).astimezone(table.zone).date()
    midnight = table.midnight(day)
    calls = tuple((stop, arrive - midnight, depart - midnight) for stop, arrive, depart in news.calls)
    if any(not 0 <= time <= 240 * 3600 for call in calls for time in call[1:]):
        _put_aside(outcome, news, Refused("realtime.day", "加的这一班，钟点和日子对不上"))
        return
    old = book.extras.get((news.trip, day))
    if old is not None and [(call.stop, call.arrive, call.depart) for call in old.calls] == list(calls):
        outcome.known += 1
        return
    body = f.SailingAdded(
        trip=news.trip, route=news.route[:64], day=day.isoformat(), calls=_extra_calls(calls), who=WHO,
        source="gtfs_rt",
    )  # fmt: skip
    outcome.bodies.append((news.entity, body))


def _extra_calls(calls: Sequence[tuple[str, int, int]]) -> tuple[f.ExtraCall, ...]:
    return tuple(f.ExtraCall(stop=stop, arrive=arrive, depart=depart) for stop, arrive, depart in calls)


def _put_aside(outcome: Outcome, news: TripNews, why: Refused) -> None:
    outcome.aside.append(Aside(news.entity, why))
