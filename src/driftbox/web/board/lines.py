"""The lines of the board: boats with the boxes that go with them, boxes at sea, and what is suspended or resumed."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import get_language, gettext, ngettext
from msgspec import Struct

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import boxes
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.sailings.queries import ServiceNow, board_of, other_end, stop_of
from driftbox.domain.errors import NotFound
from driftbox.domain.ferry.board import BoardLine, Departure
from driftbox.domain.ferry.book import Halt
from driftbox.domain.log.ids import instant
from driftbox.domain.text import Text
from driftbox.web.base.boats import WHO, day_and_time, halt_words, pier_text, subject_text, trip_halt_words
from driftbox.web.base.templatetags.driftbox import clock_time
from driftbox.web.board.twin import Twin, both, named

SHOWN = 7  # lines that can be read at 5 m
SEA = 2  # boxes at sea that are drawn; the first takes the room of one line, the second of two
SEALS = 2
LOOK = timedelta(hours=12)  # a crossing takes no longer


class Box(Struct, frozen=True):
    """One box: its label, how many bags, under which seals."""

    label: str
    bags: Twin
    seals: str


class Line(Struct, frozen=True, kw_only=True):
    """One boat. ``state``: halted, late, extra, aboard, or nothing to say."""

    depart: str
    was: str
    arrive: str
    origin: Twin
    target: Twin
    boxes: tuple[Box, ...]
    state: str
    status: Twin | None
    then: Twin | None
    known: bool  # when somebody can go after all


class Crossing(Struct, frozen=True, kw_only=True):
    """One box at sea; ``at`` is how far the boat has come, in tenths, where the timetable tells."""

    box: Box
    origin: Twin
    target: Twin
    depart: str
    arrive: str
    at: int


def lines_of(service: ServiceNow, piers: Iterable[str], limit: int) -> tuple[Line, ...]:
    """The next boats from ``piers`` (codes of the pack), in order of departure."""
    held = boxes()
    taken = {row.label: _taken_by(service, row) for row in held}
    found: list[BoardLine] = []
    for pier in piers:
        found += _board(service, stop_of(pier), "", SHOWN)
    if len({line.boat.origin.id for line in found}) > 1:
        found = _first_of_each_way(found, set(taken.values()))
    found.sort(key=lambda line: (line.boat.depart, line.boat.arrive, line.boat.trip))
    return tuple(
        _line(service, one, tuple(_box(row) for row in held if taken[row.label] == _key(one.boat)))
        for one in found[:limit]
    )


def _first_of_each_way(lines: Iterable[BoardLine], boxed: Collection[object]) -> list[BoardLine]:
    """Where all piers are on one board, the frequent ways must not crowd out the rare ones, nor those with a box."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for line in sorted(lines, key=lambda line: line.boat.depart):
        way = line.boat.origin.id, line.boat.target.id
        if way not in seen or _key(line.boat) in boxed:
            kept.append(line)
        seen.add(way)
    return kept


def _board(service: ServiceNow, origin: str, target: str, limit: int) -> tuple[BoardLine, ...]:
    try:
        return board_of(service, origin, target, limit)
    except NotFound:  # a pier at which no boat of this timetable calls
        return ()


def _key(boat: Departure) -> tuple[str, date]:
    return boat.trip, boat.day


def _taken_by(service: ServiceNow, row: BoxRow) -> tuple[str, date] | None:
    """The boat that takes a box: the one it is aboard of, or the next to the other end of its way."""
    target = row.destination if row.where == "ship" else other_end(row.place)
    for line in _board(service, stop_of(row.place), stop_of(target), SHOWN) if target else ():
        aboard = line.boat.trip == row.sailing and line.boat.depart < instant(row.moved) + LOOK
        if aboard if row.where == "ship" else line.halted is None:
            return _key(line.boat)
    return None


def _box(row: BoxRow) -> Box:
    count = len(row.parcels)
    seals = [held["seal"] for held in row.parcels if held.get("seal")]
    more = f" +{len(seals) - SEALS}" if len(seals) > SEALS else ""
    bags = both(lambda: ngettext("{n} 袋", "{n} 袋", count).format(n=count) if count else gettext("空"))
    return Box(row.label, bags, " ".join(seals[:SEALS]) + more)


def _line(service: ServiceNow, one: BoardLine, held: tuple[Box, ...]) -> Line:
    boat, today = one.boat, calendar().local_date(service.at)
    late = service.table.shift_at(boat.trip, boat.day, boat.origin.id).depart // 60
    state, status = _status(service, one, late)
    then, known = _then(service, boat, today) if one.halted else (None, False)
    return Line(
        depart=_clock(boat.depart, today), was=clock_time(boat.depart - timedelta(minutes=late)) if late else "",
        arrive=clock_time(boat.arrive), origin=named(pier_text(boat.origin)), target=named(pier_text(boat.target)),
        boxes=held, state=state, status=status, then=then, known=known,
    )  # fmt: skip


def _clock(moment: datetime, today: date) -> str:
    return both(lambda: day_and_time(moment, today)).first


def _status(service: ServiceNow, one: BoardLine, late: int) -> tuple[str, Twin | None]:
    boat, halt = one.boat, one.halted
    today = calendar().local_date(service.at)
    if halt is not None:
        if halt.kind == "trip":
            return "halted", both(lambda: trip_halt_words(halt))
        return "halted", both(lambda: halt_words(halt, today))
    if any((extra.trip, extra.day) == _key(boat) for extra in service.added):
        return "extra", both(lambda: gettext("加班"))
    if late > 0:
        return "late", both(lambda: ngettext("晚 {n} 分钟", "晚 {n} 分钟", late).format(n=late))
    if late < 0:
        return "late", both(lambda: ngettext("早 {n} 分钟", "早 {n} 分钟", -late).format(n=-late))
    return "", None


def _then(service: ServiceNow, boat: Departure, today: date) -> tuple[Twin, bool]:
    """When somebody can go after all, and whether that is known."""
    lines = _board(service, boat.origin.id, boat.target.id, 24)
    going = next((line.boat for line in lines if line.halted is None), None)
    if going is None:
        return both(lambda: gettext("复航等通知")), False
    return both(lambda: day_and_time(going.depart, today)), True


def crossings_of(service: ServiceNow) -> tuple[Crossing, ...]:
    """The boxes that are at sea now, with the times of their boat where the timetable has it."""
    return tuple(_crossing(service, row) for row in boxes() if row.where == "ship")[:SEA]


def _crossing(service: ServiceNow, row: BoxRow) -> Crossing:
    left = instant(row.moved)
    trip = service.trip(stop_of(row.place), stop_of(row.destination), days=1)
    boat = next((one for one in _sailed(service, trip.origin, trip.target, left) if one.trip == row.sailing), None)
    at = 4
    if boat is not None and boat.arrive > boat.depart:
        at = round(10 * (service.at - boat.depart) / (boat.arrive - boat.depart))
    piers = current_pack().piers
    unknown = Text(zh=row.place, en=row.place), Text(zh=row.destination, en=row.destination)
    ends = [piers[code].short if code in piers else other
            for code, other in zip((row.place, row.destination), unknown, strict=True)]  # fmt: skip
    return Crossing(
        box=_box(row), origin=named(ends[0]), target=named(ends[1]), depart=clock_time(boat.depart if boat else left),
        arrive=clock_time(boat.arrive) if boat else "", at=max(0, min(10, at)),
    )  # fmt: skip


def _sailed(service: ServiceNow, origin: str, target: str, left: datetime) -> Iterator[Departure]:
    """Boats that left around the moment when a box went aboard."""
    for line in _board_at(service, origin, target, left - timedelta(hours=1)):
        if line.boat.depart <= left + LOOK:
            yield line.boat


def _board_at(service: ServiceNow, origin: str, target: str, at: datetime) -> tuple[BoardLine, ...]:
    try:
        return board_of(service, origin, target, SHOWN, at)
    except NotFound:
        return ()


class Notice(Struct, frozen=True):
    """What is suspended or resumed, in one sentence."""

    state: str
    said: Twin


def notices_of(service: ServiceNow) -> tuple[Notice, ...]:
    """What stands still now and what goes again since a short while; single trips stand in their own line."""
    today = calendar().local_date(service.at)
    halts = [Notice("halted", _told(service, halt, today)) for halt in service.halts if halt.kind != "trip"]
    again = [Notice("resumed", _again(service, halt, today)) for halt in service.resumed if halt.kind != "trip"]
    return (*halts, *again)[:4]


def _told(service: ServiceNow, halt: Halt, today: date) -> Twin:
    def say() -> str:
        who = WHO.get(halt.said.who)
        words = gettext("{what}：{why}").format(what=_subject(service, halt), why=halt_words(halt.as_suspension, today))
        return words + (gettext("（{who}）").format(who=who) if who else "")

    return both(say)


def _again(service: ServiceNow, halt: Halt, today: date) -> Twin:
    since = halt.until or service.at
    return both(
        lambda: gettext("{what}：{since} 起").format(what=_subject(service, halt), since=day_and_time(since, today))
    )


def _subject(service: ServiceNow, halt: Halt) -> str:
    return subject_text(service, halt.kind, halt.id).in_language(get_language() or "zh-hans")
