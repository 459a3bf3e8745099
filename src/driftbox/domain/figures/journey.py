"""Where the time of a case went, and which boats its papers took, from the entries that stand."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.parcel_entries import ParcelBoxed, ReturnPacked
from driftbox.domain.log.entry import Body, Entry

HOUR: Final = 3_600_000  # milliseconds
WAITING, WATER, WINDOW, DEPARTMENT = "papers_waiting", "papers_on_water", "papers_at_window", "papers_at_department"
_WINDOW: Final[Mapping[type[Body], bool]] = {e.MaterialsChecked: True, e.CaseAccepted: False, e.MaterialsLacking: False}
_DEPARTMENT: Final[Mapping[type[Body], bool]] = {e.CaseAccepted: True, e.DecisionMade: False, e.ResultIssued: False}
_WATER: Final[Mapping[type[Body], bool]] = {e.ParcelLoaded: True, e.ParcelLanded: False, e.ParcelCollected: False}


def _waits(body: Any) -> bool | None:
    """Whether a parcel lies and waits from this fact on: in a box, or on the pier; None when it says nothing of it."""
    if isinstance(body, e.MaterialsSent | ReturnPacked):
        return body.via == "box"
    if isinstance(body, ParcelBoxed | e.ParcelLanded):
        return True
    return False if isinstance(body, e.ParcelLoaded | e.ParcelCollected | e.ResultDelivered) else None


def hours_of(standing: Sequence[Entry]) -> dict[str, int]:
    """Whole hours, rounded down, that papers of a case waited, were on the water, at the window and with the
    department; only those of which the entries tell a beginning and an end. ``standing`` in order of happening.

    Several parcels at once count each their own time; what never ended is not counted.
    """
    spans: dict[str, tuple[Callable[[Any], bool | None], bool]] = {
        WAITING: (_waits, True),
        WATER: (lambda body: _WATER.get(type(body)), True),
        WINDOW: (lambda body: _WINDOW.get(type(body)), False),
        DEPARTMENT: (lambda body: _DEPARTMENT.get(type(body)), False),
    }
    found = {figure: _spent(standing, *how) for figure, how in spans.items()}
    return {figure: ms // HOUR for figure, ms in found.items() if ms is not None}


def _spent(standing: Sequence[Entry], reads: Callable[[Any], bool | None], by_parcel: bool) -> int | None:  # noqa: FBT001 - private, and named where it is chosen
    """Milliseconds between beginnings and ends; None if nothing ever ended."""
    since, spent = dict[str, int](), list[int]()
    for one in standing:
        begins = reads(one.body)
        if begins is None:
            continue
        thing = getattr(one.body, "parcel", "") if by_parcel else ""
        started = since.pop(thing, None)
        if started is not None and not begins:
            spent.append(one.happened_ms - started)
        elif started is not None:
            since[thing] = started  # told twice: it began the first time
        if begins and started is None:
            since[thing] = one.happened_ms
    return sum(spent) if spent else None


def boats_of(standing: Sequence[Entry]) -> dict[str, int]:
    """How many sailings carried papers of a case, by piers as ``FROM>TO``; two parcels on one sailing count once."""
    rides = {(one.body.sailing, one.body.origin, one.body.destination) for one in standing
             if isinstance(one.body, e.ParcelLoaded)}  # fmt: skip
    return dict(sorted(Counter(f"{origin}>{target}" for _sailing, origin, target in rides).items()))
