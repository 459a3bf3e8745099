"""The sittings of a docket 视频接待, as its entries make them. Immutable: an effect puts a copy in place."""

from typing import Final

from msgspec import Struct

from driftbox.domain.docket.sitting_entries import Quality

MOST: Final = 6  # who can be in a sitting at the same time
AWAY: Final = 0  # the end of a spell that goes on


class Sitter(Struct, frozen=True, kw_only=True):
    """Somebody in a sitting: from when to when (ms since 1970 UTC, ``AWAY`` while there), and what they said of being
    recorded: nothing, ``given``, ``refused`` or ``withdrawn``; ``gave``: whether they ever agreed.
    """

    seat: int
    part: str
    person: str
    spells: tuple[tuple[int, int], ...]
    quality: Quality = Quality()
    consent: str = ""
    gave: bool = False

    @property
    def here(self) -> bool:
        """Whether they are in the sitting."""
        return self.spells[-1][1] == AWAY

    def here_between(self, since_ms: int, until_ms: int) -> bool:
        """Whether they were there for some of the time."""
        return any(begin < until_ms and (end == AWAY or end > since_ms) for begin, end in self.spells)


class Recording(Struct, frozen=True, kw_only=True):
    """One recording: its own key, its digests, how long (s), who agreed, and until which day it is kept."""

    id: str
    paper: str
    content: str
    seconds: int
    consented: tuple[int, ...]
    until: str
    destroyed: str = ""


class Sitting(Struct, frozen=True, kw_only=True):
    """One sitting. ``shown``: material and digest of what was held to the camera; ``agreed``: digest and seat."""

    id: str
    office: str
    start: str
    opened_ms: int
    sitters: tuple[Sitter, ...] = ()
    recordings: tuple[Recording, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    agreed: tuple[tuple[str, int], ...] = ()
    closed_ms: int = 0
    how: str = ""
    next: str = ""
    by_day: str = ""

    @property
    def open(self) -> bool:
        """Whether it goes on."""
        return not self.closed_ms

    @property
    def here(self) -> tuple[Sitter, ...]:
        """Who is in it now."""
        return tuple(one for one in self.sitters if one.here)

    def sitter(self, seat: int) -> Sitter | None:
        """Who has this seat, there or gone."""
        return next((one for one in self.sitters if one.seat == seat), None)

    def recording(self, key: str) -> Recording | None:
        """The recording under this key."""
        return next((one for one in self.recordings if one.id == key), None)


def sitting_of(sittings: tuple[Sitting, ...], key: str) -> Sitting | None:
    """The sitting of this id."""
    return next((one for one in sittings if one.id == key), None)


def open_sitting(sittings: tuple[Sitting, ...]) -> Sitting | None:
    """The sitting that goes on; a case has one at most."""
    return next((one for one in sittings if one.open), None)
