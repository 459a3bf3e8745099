"""A day of rounds 走访日: who goes out, from where and until when; who is visited, where, how long, at which hours.

Clock times are whole minutes since midnight at the place. A place is a point, an office or a pier, never a door:
addresses are sealed, so the way to a door is counted from the point that the case belongs to.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from msgspec import Struct

from driftbox.domain.ferry.service import Suspension
from driftbox.domain.ferry.timetable import Timetable
from driftbox.domain.text import Text

MIDNIGHT: Final = 24 * 60
Window = tuple[int, int]


class Place(Struct, frozen=True, kw_only=True):
    """Where somebody is visited or an agent is at home. ``stop``: its pier in the timetable. ``at``: longitude and
    latitude, where the position means something.
    """

    code: str
    name: Text
    island: str
    stop: str = ""
    at: tuple[float, float] | None = None


class Agent(Struct, frozen=True, kw_only=True):
    """Who goes out: from ``start`` at ``since`` on, and back at ``home`` by ``until``."""

    person: str
    start: str
    since: int
    until: int
    home: str


class Visit(Struct, frozen=True, kw_only=True):
    """One visit at home 走访: how long, inside which hours, by how many ``people`` together.

    ``agents``: only they may make it (empty: anyone). ``begin``: it is fixed to this minute. ``why``: codes of
    ``visits.REASONS``. ``outside``: the address that was told is on none of these islands, so nobody is sent.
    """

    id: str
    place: str
    minutes: int
    windows: tuple[Window, ...]
    people: int = 1
    agents: tuple[str, ...] = ()
    begin: int | None = None
    why: tuple[str, ...] = ()
    outside: bool = False

    def begins(self, ready: int) -> int | None:
        """The first minute from ``ready`` on at which it may begin; None when it is too late for it."""
        if self.begin is not None:
            return self.begin if ready <= self.begin and self._fits(self.begin) else None
        for opens, shuts in self.windows:
            start = max(ready, opens)
            if start + self.minutes <= shuts:
                return start
        return None

    def _fits(self, begin: int) -> bool:
        return any(opens <= begin and begin + self.minutes <= shuts for opens, shuts in self.windows)


class Land(Struct, frozen=True, kw_only=True):
    """How one gets about on an island: kilometres an hour on foot and on wheels, how many metres one walks, by how many
    per cent roads are longer than the straight line. In minutes: ``near`` between two places whose positions are not
    known, ``door`` between two doors of one place, ``pier`` between a place and its pier, ``board`` to be there before
    a boat leaves.
    """

    walk: int = 4
    wheels: int = 25
    on_foot: int = 1500
    detour: int = 40
    near: int = 20
    door: int = 10
    pier: int = 20
    board: int = 10


class Day(Struct, frozen=True, kw_only=True):
    """All that a plan is made from. ``suspended``: boats that do not go."""

    date: date
    zone: tzinfo
    places: Mapping[str, Place]
    agents: tuple[Agent, ...]
    visits: tuple[Visit, ...]
    table: Timetable
    suspended: tuple[Suspension, ...] = ()
    land: Land = Land()

    def moment(self, minute: int) -> datetime:
        """A minute of the day as an instant."""
        return datetime(self.date.year, self.date.month, self.date.day, tzinfo=self.zone) + timedelta(minutes=minute)

    def minute(self, moment: datetime) -> float:
        """An instant as minutes since midnight of the day."""
        return (moment - self.moment(0)) / timedelta(minutes=1)


class Move(Struct, frozen=True, kw_only=True):
    """One stretch of a round: on foot, on wheels, or aboard. ``ends``: codes of places, or stops as ``pier:ID``."""

    how: str
    ends: tuple[str, str]
    names: tuple[Text, Text]
    depart: int
    arrive: int
    trip: str = ""
    route: str = ""


class Call(Struct, frozen=True, kw_only=True):
    """One visit as it is planned in a round."""

    visit: str
    place: str
    arrive: int
    begin: int
    end: int


class Round(Struct, frozen=True, kw_only=True):
    """The round of one agent, from leaving until being back."""

    agent: str
    leave: int
    back: int
    moves: tuple[Move, ...] = ()
    calls: tuple[Call, ...] = ()


class Left(Struct, frozen=True):
    """A visit that is not in the plan, and why not."""

    visit: str
    why: Text


class Plan(Struct, frozen=True):
    """The rounds of a day. Agents who need not go out have none; ``stuck`` are under way and cannot come home."""

    rounds: tuple[Round, ...] = ()
    left: tuple[Left, ...] = ()
    stuck: tuple[str, ...] = ()

    @property
    def away(self) -> int:
        """How many minutes all agents together are out."""
        return sum(one.back - one.leave for one in self.rounds)
