"""The deed: somebody wants to record something now. What the pure storey must be told, because it has no clock."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from driftbox.domain.docket.table import Table


class Deed(Struct, frozen=True, kw_only=True):
    """What somebody wants to record: the person, their role, on which local day.

    ``last_lawful_day``: of the clock that the act must keep. ``on``: the local day it happened, if that is not today;
    ``opened`` and ``accepted``: the local days on which the case came in and was accepted. ``extension_left``: days
    by which the clock may still be extended. ``limits``: counts that the law sets, from the procedure. ``incidents``:
    the pack's procedure for what does not agree. ``open_with_two``: parcels of this matter are opened by two people.
    """

    by: str
    role: str
    today: date
    last_lawful_day: date | None = None
    on: date | None = None
    opened: date | None = None
    accepted: date | None = None
    extension_left: int | None = None
    limits: Mapping[str, int] = {}
    incidents: Table | None = None
    open_with_two: bool = False

    @property
    def day(self) -> date:
        """The local day on which it happened."""
        return self.on or self.today
