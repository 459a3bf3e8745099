"""The vocabulary of rosters 排班: the roster of each office has a docket, and what is said of it are its entries.

Words never come in: a hand-over note is a sealed paper, and why somebody is ill or on leave is not written at all.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from driftbox.domain.log.codes import Code, Count, Day, Digest, Key
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import CHANCE_BITS, build_id
from driftbox.domain.planning.roster import Duty, ShiftCode

Month = Annotated[str, Meta(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
Letters = Annotated[str, Meta(pattern=r"^[A-Z.]{28,31}$")]
Weekday = Annotated[int, Meta(ge=1, le=7)]
FREE: Final = "."
MOST_PEOPLE: Final = 100  # so that an entry stays below its size


class Line(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One person's month: a letter for each day, the code of the shift or a full stop."""

    person: Key
    days: Letters


class RosterPublished(Body, frozen=True):
    """The roster of a month 排班表; it takes the place of the one before. ``maker``: ``hand``, ``plain``, ``solver`` or
    ``file``. ``missing``: how many places on shifts it leaves open.
    """

    month: Month
    lines: Annotated[tuple[Line, ...], Meta(max_length=MOST_PEOPLE)]
    maker: Code
    missing: Count = 0


class MemberSet(Body, frozen=True):
    """How somebody is put on duty: always on one shift 固定班, and only on days when they are on the island 船期."""

    person: Key
    fixed: ShiftCode | Literal[""] = ""
    weekdays: Annotated[tuple[Weekday, ...], Meta(min_length=1, max_length=7)] = (1, 2, 3, 4, 5, 6, 7)


class LeaveGranted(Body, frozen=True):
    """Somebody is away 请假 from ``since`` to ``until``, both included."""

    person: Key
    since: Day
    until: Day


class SwapAsked(Body, frozen=True):
    """Whoever signs it asks ``taker`` to take over a shift 换班, and gives ``back_*`` in exchange, if one is named."""

    day: Day
    shift: ShiftCode
    taker: Key
    back_day: Day | Literal[""] = ""
    back_shift: ShiftCode | Literal[""] = ""
    needs_yes: bool = True


class SwapAnswered(Body, frozen=True):
    """The one who was asked says yes or no."""

    swap: Key
    yes: bool


class SwapSettled(Body, frozen=True):
    """The director says yes or no to a swap that both want."""

    swap: Key
    yes: bool


class SickReported(Body, frozen=True):
    """Somebody cannot come to a shift 病假."""

    day: Day
    shift: ShiftCode
    person: Key


class StandInNamed(Body, frozen=True):
    """Somebody takes a shift besides those who have it 顶班."""

    day: Day
    shift: ShiftCode
    person: Key


class ShiftHandedOver(Body, frozen=True):
    """What the next shift has to know 交班; the words are sealed."""

    day: Day
    shift: ShiftCode
    paper: Digest


class HandOverRead(Body, frozen=True):
    """Whoever signs it has read a hand-over note 接班已读."""

    note: Key


KINDS: dict[str, type[Body]] = {
    "roster.published": RosterPublished,
    "roster.member_set": MemberSet,
    "leave.granted": LeaveGranted,
    "swap.asked": SwapAsked,
    "swap.answered": SwapAnswered,
    "swap.settled": SwapSettled,
    "shift.sick": SickReported,
    "shift.stand_in": StandInNamed,
    "shift.handed_over": ShiftHandedOver,
    "shift.read": HandOverRead,
}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}
DECODERS: dict[str, msgspec.json.Decoder[Body]] = {k: msgspec.json.Decoder(b) for k, b in KINDS.items()}


def roster_of(pack: str, office: str) -> str:
    """The docket of the roster of an office: every node writes to the same one without asking."""
    digest = hashlib.sha256(f"roster of {office} in {pack}".encode()).digest()
    return build_id(0, 0, int.from_bytes(digest[:8]) >> (64 - CHANCE_BITS))


def days_of(month: str) -> tuple[date, ...]:
    """The days of a month written as ``2026-06``.

    Raises:
        ValueError: there is no such month.
    """
    day = date.fromisoformat(f"{month}-01")
    days = []
    while day.isoformat()[:7] == month:
        days.append(day)
        day += timedelta(days=1)
    return tuple(days)


def duties_in(lines: Iterable[Line], days: Iterable[date]) -> Iterator[Duty]:
    """The duties that the letters of a month stand for."""
    listed = tuple(days)
    for line in lines:
        for day, letter in zip(listed, line.days, strict=False):
            if letter != FREE:
                yield Duty(day, letter, line.person)


def lines_of(people: Iterable[str], duties: Mapping[tuple[str, date], str], days: Iterable[date]) -> tuple[Line, ...]:
    """The letters of a month for these people, from the shift of each person and day."""
    listed = tuple(days)
    return tuple(
        Line(person=person, days="".join(duties.get((person, day), FREE) for day in listed)) for person in people
    )
