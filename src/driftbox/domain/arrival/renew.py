"""What becomes of a promised day when boats stop and when they go again."""

from datetime import date

from msgspec import Struct, structs

from driftbox.domain.arrival.forecast import World, forecast, latest_decision
from driftbox.domain.arrival.way import Errand


class Renewal(Struct, frozen=True, kw_only=True):
    """The promise as it has to stand now. ``open_ended``: nobody can say when boats sail, ``due`` is the day given
    before. ``halts``: the suspensions that hold it up.
    """

    due: date
    subject_to_boats: bool = False
    open_ended: bool = False
    halts: tuple[str, ...] = ()


def renew(errand: Errand, world: World, promised: date, *, moved: bool) -> Renewal:
    """What becomes of the day ``promised`` while boats sailed; ``moved``: what stands now is a day that boats moved.

    While the department still decides, it is held to the day on which the promise was built. The day never becomes
    earlier than ``promised``, and what other things than boats delay moves no promise.
    """
    if errand.begin == "decide":
        day = latest_decision(errand, world, promised) or world.calendar.local_date(errand.at)
        errand = structs.replace(errand, decide_on=day)
    found = forecast(errand, world)
    if found.subject_to_boats:
        if found.day is None:
            return Renewal(due=promised, subject_to_boats=True, open_ended=True, halts=found.held_by)
        if found.day > promised:
            return Renewal(due=found.day, subject_to_boats=True, halts=found.held_by)
    if moved and found.day is not None:
        return Renewal(due=max(promised, found.day))
    return Renewal(due=promised)
