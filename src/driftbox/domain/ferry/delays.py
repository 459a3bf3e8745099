"""How late a boat is at each of its calls, as a realtime feed tells it (GTFS Realtime, *Trip Updates*): a delay holds
for every later call until another one is told, also past calls that are skipped; no data means as written.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct

from driftbox.domain.ferry.facts import MOST_LATE, CallChange

MOST_EARLY: Final = 180 * 60  # seconds


class CallNews(Struct, frozen=True, kw_only=True):
    """What is said of one call: by ``sequence`` or else by ``stop``; ``late`` in seconds or ``at`` in Unix seconds,
    each for arrival and departure.
    """

    sequence: int | None = None
    stop: str = ""
    state: Literal["told", "skipped", "unknown"] = "told"
    arrive_late: int | None = None
    arrive_at: int | None = None
    depart_late: int | None = None
    depart_at: int | None = None


class Written(Struct, frozen=True):
    """One call as the timetable has it, in Unix seconds; ``sequence``: its number in the feed, where that is known."""

    stop: str
    arrive: int
    depart: int
    sequence: int | None = None


def delays_of(calls: Sequence[Written], news: Sequence[CallNews], late: int = 0) -> tuple[CallChange, ...] | None:
    """How each of ``calls`` changes by ``news``; ``late`` where nothing is said of any. None: of a call that the boat
    has not.
    """
    told = _placed(calls, news)
    if told is None:
        return None
    found, going = [], 0 if news else late
    for place, call in enumerate(calls):
        said = told.get(place)
        arrive = depart = going
        if said is not None and said.state == "unknown":
            arrive = depart = 0
        elif said is not None and said.state == "told":
            arrive = _one(said.arrive_late, said.arrive_at, call.arrive, going)
            known = said.arrive_late is not None or said.arrive_at is not None
            depart = _one(said.depart_late, said.depart_at, call.depart, arrive if known else going)
        going = depart
        found.append(CallChange(arrive=arrive, depart=depart, skipped=said is not None and said.state == "skipped"))
    return tuple(found)


def is_likely(changes: Sequence[CallChange]) -> bool:
    """Whether no call is hours early or days late, as no boat is."""
    return all(-MOST_EARLY <= late <= MOST_LATE for one in changes for late in (one.arrive, one.depart))


def same_everywhere(changes: Sequence[CallChange]) -> int | None:
    """The delay of a boat that is late by the same at every call and skips none; else None."""
    felt = {one.depart for one in changes[:-1]} | {one.arrive for one in changes[1:]}
    return felt.pop() if len(felt) == 1 and not any(one.skipped for one in changes) else None


def _one(late: int | None, at: int | None, written: int, otherwise: int) -> int:
    """A time goes before a delay."""
    return at - written if at is not None else otherwise if late is None else late


def _placed(calls: Sequence[Written], news: Sequence[CallNews]) -> Mapping[int, CallNews] | None:
    """The news by the place of its call; a boat that calls twice at a stop is told of in its order."""
    by_number = {call.sequence: place for place, call in enumerate(calls) if call.sequence is not None}
    told: dict[int, CallNews] = {}
    begin = 0
    for one in news:
        place = by_number.get(one.sequence) if one.sequence is not None and by_number else None
        if place is None and one.stop:
            place = next((at for at in range(begin, len(calls)) if calls[at].stop == one.stop), None)
        if place is None:
            return None
        told[place] = one
        begin = place + 1
    return told
