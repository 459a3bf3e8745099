"""The calendar 日历 that deadlines are counted on: rest days, make-up working days, and the local date of a moment."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Final

from msgspec import Struct

SATURDAY: Final = 5  # as ``date.weekday`` counts
_NONE: Final[frozenset[date]] = frozenset()


class Calendar(Struct, frozen=True):
    """The official calendar of one place.

    ``off``: days off of a year, as the State Council announces them each autumn; ``work``: the weekend days of that
    year that are worked instead 调休. A year in neither is not covered: only its weekends are known, and whoever
    counts in it must call the result provisional.
    """

    zone: tzinfo
    off: Mapping[int, frozenset[date]]
    work: Mapping[int, frozenset[date]]

    def local_date(self, moment: datetime) -> date:
        """The date on the wall calendar of the place at the aware ``moment``; nodes record UTC, the law counts days."""
        return moment.astimezone(self.zone).date()

    def is_rest_day(self, day: date) -> bool:
        """Whether ``day`` is a day off 休息日; make-up working days are not, whatever their weekday."""
        if day in self.work.get(day.year, _NONE):
            return False
        return day in self.off.get(day.year, _NONE) or day.weekday() >= SATURDAY

    def covers(self, year: int) -> bool:
        """Whether the official arrangement of ``year`` is known."""
        return year in self.off or year in self.work
