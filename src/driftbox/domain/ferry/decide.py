"""Whether something may be recorded of sailings now; refusals say what to do instead.

What is let through folds without being contested (``book``).
"""

from datetime import date, datetime, timedelta
from typing import Final

from driftbox.domain.errors import Refused
from driftbox.domain.ferry import facts as f
from driftbox.domain.ferry.book import Book, halted_by, runs_forward
from driftbox.domain.ferry.timetable import Timetable
from driftbox.domain.log.entry import Body

AHEAD: Final = timedelta(days=400)  # nobody knows further; further off, a date is a slip of the finger
BEHIND: Final = timedelta(days=31)  # what ended longer ago helps nobody


def check(book: Book, body: Body, table: Timetable, now: datetime) -> None:
    """Whether ``body`` may be recorded in ``book`` now, where boats go by ``table``.

    Raises:
        Refused: the boats are unknown, the times impossible, or it is said already.
    """
    if isinstance(body, f.SailingSuspended):
        _check_suspension(book, body, table, now)
    elif isinstance(body, f.SailingResumed):
        if not halted_by(book, body, _moment(body.since, now)):
            raise Refused("sailing.not_suspended", "这里没有记过停航，或者已经复航了，不用再记。")
    elif isinstance(body, f.SailingAdded):
        _check_extra(book, body, table, now)
    elif isinstance(body, f.SailingChanged):
        day = _day(body.day, now)
        calls = len(table.hops_on(body.trip, day)) + 1
        if calls == 1:
            raise Refused("sailing.no_trip", "那天没有这一班，没有记。请对一对日子和班次。")
        if body.calls and len(body.calls) != calls:
            raise Refused("sailing.calls", "这一班停几站，对不上，没有记。请对一对班次。")
    elif isinstance(body, f.TimetableAdopted):
        _day(body.since, now)


def _check_suspension(book: Book, body: f.SailingSuspended, table: Timetable, now: datetime) -> None:
    since = _moment(body.since, now)
    if body.until and _moment(body.until, now) <= since:
        raise Refused("sailing.backwards", "停到的时间要晚于停起的时间。没有记，请改好再按一次。")
    if not table.knows(body.kind, body.id):
        raise Refused("sailing.unknown", "时刻表里没有“{id}”，没有记。请从单子里选。", id=body.id)
    if body.replaces:
        old = book.halts.get(body.replaces)
        if old is None or old.replaced:
            raise Refused("sailing.replaced", "要改的那一条已经改过了。请刷新，再看一眼。")
    for halt in book.halts.values():
        same = (halt.kind, halt.id) == (body.kind, body.id) and halt.said.entry != body.replaces
        if same and halt.covers(since) and (halt.until is None or not body.entity):
            raise Refused("sailing.suspended", "已经记着停航了，不用再记。要改时间或原因，请改原来那一条。")


def _check_extra(book: Book, body: f.SailingAdded, table: Timetable, now: datetime) -> None:
    day = _day(body.day, now)
    for call in body.calls:
        if not table.knows("stop", call.stop):
            raise Refused("sailing.no_stop", "时刻表里没有“{id}”这个码头，没有记。", id=call.stop)
    if not runs_forward(body.calls):
        raise Refused("sailing.time_back", "到的时间要晚于开的时间。没有记，请改好再按一次。")
    if (body.trip, day) not in book.extras and table.times_on(body.trip, day) is not None:
        raise Refused("sailing.trip_twice", "那天已经有这一班了，没有记。")


def _moment(text: str, now: datetime) -> datetime:
    moment = f.moment_of(text)
    if moment is None or not now - BEHIND <= moment <= now + AHEAD:
        raise Refused("sailing.moment", "这个时间不对，没有记。请对一对是哪一天、几点。")
    return moment


def _day(text: str, now: datetime) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not (now - BEHIND).date() <= day <= (now + AHEAD).date():
        raise Refused("sailing.day", "这个日子不对，没有记。请对一对是哪一天。")
    return day
