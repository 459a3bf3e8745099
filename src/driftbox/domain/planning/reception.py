"""The reception log 接待登记: every contact is an entry, in a docket for each office and month.

What was said stands in the case that it is about, never here.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta, Struct, field, structs

from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.errors import BadEntry, Refused
from driftbox.domain.ferry.facts import Moment, moment_of
from driftbox.domain.log.codes import Code, Key
from driftbox.domain.log.entry import Body, Entry
from driftbox.domain.log.ids import CHANCE_BITS, build_id, instant
from driftbox.domain.text import Text

Channel = Literal["phone", "window", "visit", "home", "video", "sea", "letter"]
Outcome = Literal["answered", "opened", "noted", "passed_on"]
CHANNELS: Final[tuple[Channel, ...]] = ("phone", "window", "visit", "home", "video", "sea", "letter")
AHEAD: Final = timedelta(days=31)  # later, a promised call is a slip of the finger


class ContactLogged(Body, frozen=True):
    """Somebody came, called or wrote 接待. ``docket``: the case that it is about: an enquiry ``answered`` on the spot,
    a case ``opened`` for it, or an open one in which it is ``noted``. ``call_back``: when a call back was promised.
    """

    channel: Channel
    outcome: Outcome
    docket: Key
    shift: Code | Literal[""] = ""
    call_back: Moment | Literal[""] = ""


class CalledBack(Body, frozen=True):
    """A promised call back 回电 was tried; ``again``: the new time when nobody was reached."""

    contact: Key
    reached: bool
    again: Moment | Literal[""] = ""


KINDS: dict[str, type[Body]] = {"contact.logged": ContactLogged, "contact.called_back": CalledBack}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}
DECODERS: dict[str, msgspec.json.Decoder[Body]] = {k: msgspec.json.Decoder(b) for k, b in KINDS.items()}


class Contact(Struct, frozen=True, kw_only=True):
    """One contact as it stands: by whom it was taken, and whether a call back is still owed, until when."""

    entry: str
    at: datetime
    by: str
    channel: Channel
    outcome: Outcome
    docket: str
    shift: str
    due: datetime | None = None
    tries: int = 0
    reached: datetime | None = None

    @property
    def owed(self) -> bool:
        """Whether somebody waits for a call back."""
        return self.due is not None and self.reached is None


class ReceptionBook(Struct):
    """All contacts of one office and month. ``contested``: entries that cannot stand, each with the reason."""

    contacts: dict[str, Contact] = field(default_factory=dict)
    contested: dict[str, str] = field(default_factory=dict)


def reception_of(pack: str, office: str, month: str) -> str:
    """The docket of an office's contacts in a month such as ``2026-06``."""
    digest = hashlib.sha256(f"reception of {office} in {pack} in {month}".encode()).digest()
    return build_id(0, 0, int.from_bytes(digest[:8]) >> (64 - CHANCE_BITS))


def fold(entries: Iterable[Entry]) -> ReceptionBook:
    """The book that ``entries`` make, whatever order they come in and however often each is repeated."""
    book = ReceptionBook()
    unique = {entry.id: entry for entry in entries}
    for key in sorted(unique):
        effect = _EFFECTS.get(type(unique[key].body))
        reason = effect(book, unique[key], unique[key].body) if effect else "not_here"
        if reason:
            book.contested[key] = reason
    return book


def _log(book: ReceptionBook, entry: Entry, body: ContactLogged) -> str:
    due = moment_of(body.call_back) if body.call_back else None
    if body.call_back and due is None:
        return "bad_moment"
    book.contacts[entry.id] = Contact(
        entry=entry.id, at=instant(entry.happened_ms), by=entry.by, due=due, channel=body.channel,
        outcome=body.outcome, docket=body.docket, shift=body.shift,
    )  # fmt: skip
    return ""


def _call_back(book: ReceptionBook, entry: Entry, body: CalledBack) -> str:
    contact = book.contacts.get(body.contact)
    if contact is None or not contact.owed:
        return "not_owed"
    again = moment_of(body.again) if body.again else None
    if body.again and again is None:
        return "bad_moment"
    reached = instant(entry.happened_ms) if body.reached else None
    due = contact.due if body.reached else again or contact.due
    book.contacts[contact.entry] = structs.replace(contact, tries=contact.tries + 1, reached=reached, due=due)
    return ""


def check(book: ReceptionBook, body: Body, now: datetime) -> None:
    """Whether ``body`` may be recorded in ``book`` now; what is let through folds without being contested.

    Raises:
        Refused: the promised time lies behind or too far ahead, or no call back is owed.
    """
    if isinstance(body, ContactLogged):
        _check_moment(body.call_back, now)
    elif isinstance(body, CalledBack):
        contact = book.contacts.get(body.contact)
        if contact is None or not contact.owed:
            raise Refused("contact.not_owed", "这个电话已经回过了，不用再记。请刷新看看。")
        _check_moment(body.again, now)
    else:
        raise BadEntry("contact.not_here", "这一条记不到接待登记里，没有记。")


def _check_moment(text: str, now: datetime) -> None:
    moment = moment_of(text) if text else now + AHEAD
    if moment is None or not now <= moment <= now + AHEAD:
        raise Refused("contact.due", "回电的时间要晚于现在，一个月以内。没有记，请改好再按一次。")


class ReceptionDay(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``[[reception_day]]`` of the pack: when a leader receives whoever comes 领导接待日, and who that is.

    On a ``weekday`` (1 is Monday) of every week, or on one day of every month; a day of rest moves it to the next
    working day (Regulation on petition work Art. 10 asks for it and names no days).
    """

    office: str
    who: Text
    since: time
    until: time
    weekday: Annotated[int, Meta(ge=0, le=7)] = 0
    month_day: Annotated[int, Meta(ge=0, le=28)] = 0
    illustrative: bool = False  # a choice of the demo, not a published fact


def reception_dates(row: ReceptionDay, since: date, days: int, calendar: Calendar) -> tuple[date, ...]:
    """The days on which a leader receives people, of ``days`` days from ``since`` on."""
    found = []
    for ahead in range(-AHEAD.days, days):
        day = since + timedelta(days=ahead)
        if row.weekday == day.isoweekday() or row.month_day == day.day:
            found.append(_working(day, calendar))
    return tuple(sorted({day for day in found if since <= day < since + timedelta(days=days)}))


def _working(day: date, calendar: Calendar) -> date:
    while calendar.is_rest_day(day):
        day += timedelta(days=1)
    return day


_EFFECTS: Final[Mapping[type, Callable[[ReceptionBook, Entry, Any], str]]] = {
    ContactLogged: _log,
    CalledBack: _call_back,
}
