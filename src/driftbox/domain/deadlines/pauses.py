"""Pauses 不计入期限 as a ledger: what opened them, what closed them, and which days they take out."""

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.counting import Span
from driftbox.domain.deadlines.rules import Pause


class Happening(Struct, frozen=True, order=True):
    """One thing that happened and that clocks may care about; ``days`` are those it grants, if it grants any."""

    kind: str
    at: datetime
    days: int = 0


class Held(Struct, frozen=True):
    """Days a pause takes out of a clock, both ends included; ``open``: it has not been closed, the end is today."""

    pause: Pause
    span: Span
    open: bool = False


def ledger(pause: Pause, happenings: Sequence[Happening], calendar: Calendar, until: date) -> tuple[Held, ...]:
    """Pairs of opening and closing, in order of time.

    A pause runs from its opening day to its closing day and **both do not count**: neither is a whole day that the
    office had for the case. An opening while one is open, and a closing while none is, say nothing new. Opening and
    closing at the same instant is a pause of that one day. What stays open holds through ``until``.
    """
    events = [h for h in happenings if h.kind in (pause.opens, pause.closes)]
    events.sort(key=lambda h: (h.at, h.kind != pause.opens))
    held: list[Held] = []
    opened: date | None = None
    for event in events:
        day = calendar.local_date(event.at)
        if event.kind == pause.opens and opened is None:
            opened = day
        elif event.kind == pause.closes and opened is not None:
            held.append(Held(pause, Span(opened, day)))
            opened = None
    if opened is not None:
        held.append(Held(pause, Span(opened, max(opened, until)), open=True))
    return tuple(held)
