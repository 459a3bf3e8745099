"""Clock rules as a pack states them: dated, cited rows. Counting is in ``clocks``."""

from datetime import date
from typing import Literal

from msgspec import Struct

from driftbox.domain.text import Text

Unit = Literal["calendar", "working"]


class Pause(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Days that do not count: from one kind of entry to another (such as a hearing, or a public notice)."""

    opens: str
    closes: str
    reason: Text
    article: str


class MatterLimit(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A limit that one matter has of its own. ``days`` is None where the source gives no figure: no date is shown."""

    days: int | None = None
    unit: Unit
    basis: str
    promise_days: int | None = None


class ClockRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One statutory clock 时限 of one procedure, with its source and its dates in force.

    ``limit`` days of ``unit`` run from the first entry of kind ``starts``; the day of that entry is not counted
    (Civil Code Art. 201). They end with the first entry of one of ``stops``. An entry of kind ``extends`` adds its
    own days, at most ``extension_max``. ``rolls``: a last day that is a rest day moves to the next day that is not
    (Civil Code Art. 203). ``by_matter``: the limit comes from the matter, not from ``limit``. ``again``: an entry of
    this kind undoes what was; the clock counts from the first ``starts`` after it, once there is one.
    """

    id: str
    procedure: str
    name: Text
    starts: str
    stops: tuple[str, ...]
    unit: Unit
    basis: str
    in_force_from: date
    in_force_to: date | None = None
    limit: int | None = None
    by_matter: bool = False
    extends: str | None = None
    extension_max: int = 0
    again: str | None = None
    pauses: tuple[Pause, ...] = ()
    rolls: bool = True
    warn_at: tuple[int, ...] = (50, 80)  # percent of the days used
    warns: str = "clerk"  # the role told first; then up the office tree
    profile: str = "national"  # provincial profiles may be present but off
