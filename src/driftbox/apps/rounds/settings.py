"""What the pack says of rounds: the weekday, lengths, hours, speeds. A pack that is silent gets the defaults."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

from msgspec import Struct

from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.planning.day import Land, Window

FRIDAY: Final = 5
HOURS: Final = ("08:30-11:30", "13:30-17:00")


class RoundsSettings(Struct, frozen=True, kw_only=True):
    """``weekday``: 1 is Monday. ``minutes``: how long a visit is. ``weeks``: not seen so long is a reason to go.
    ``by_two``: procedures or matters whose visits take two people.
    """

    weekday: int
    minutes: int
    weeks: int
    windows: tuple[Window, ...]
    by_two: frozenset[str]
    land: Land


def rounds_settings() -> RoundsSettings:
    """The settings ``home_visit_weekday`` and ``visit_…`` of the pack in use."""
    said = current_pack().settings
    hours, by_two = said.get("visit_hours", HOURS), said.get("visit_by_two", ())
    usual = Land()
    return RoundsSettings(
        weekday=_number(said, "home_visit_weekday", FRIDAY),
        minutes=_number(said, "visit_minutes", 30),
        weeks=_number(said, "visit_not_seen_weeks", 4),
        windows=tuple(_window(one) for one in (hours if isinstance(hours, tuple) else HOURS)),
        by_two=frozenset(by_two if isinstance(by_two, tuple) else ()),
        land=Land(
            walk=_number(said, "visit_walk_kmh", usual.walk), wheels=_number(said, "visit_wheels_kmh", usual.wheels),
            on_foot=_number(said, "visit_on_foot_metres", usual.on_foot),
            near=_number(said, "visit_near_minutes", usual.near), door=_number(said, "visit_door_minutes", usual.door),
            pier=_number(said, "visit_pier_minutes", usual.pier),
            board=_number(said, "visit_board_minutes", usual.board),
        ),
    )  # fmt: skip


def next_day(today: date) -> date:
    """The next day of rounds from ``today`` on that is no day of rest; the weekday itself where all are."""
    weekday, days = rounds_settings().weekday, [today + timedelta(days=ahead) for ahead in range(7 * 6)]
    right = [day for day in days if day.isoweekday() == weekday]
    return next((day for day in right if not calendar().is_rest_day(day)), right[0])


def _number(said: Mapping[str, object], name: str, usual: int) -> int:
    value = said.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else usual


def _window(text: str) -> Window:
    since, until = (time.fromisoformat(part.strip()) for part in text.split("-"))
    return since.hour * 60 + since.minute, until.hour * 60 + until.minute
