"""What was in a box 箱里放过什么: each stay of each parcel, from when to when, under which seal, found how."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, structs

from driftbox.domain.custody import entries as e
from driftbox.domain.custody import state as boxes
from driftbox.domain.custody.state import Box
from driftbox.domain.docket.table import Table
from driftbox.domain.log.entry import Entry


class Stay(Struct, frozen=True):
    """One time that a parcel lay in the box (``until_ms`` 0: still); ``intact``: how its seal was when taken out.

    ``put_by`` and ``taken_by`` are persons; empty when a depositor was not identified.
    """

    parcel: str
    case: str
    count: int
    seal: str
    way: str
    put_at: str
    since_ms: int
    put_by: str
    taken_at: str = ""
    until_ms: int = 0
    taken_by: str = ""
    intact: bool | None = None


def stays(entries: Iterable[Entry], tables: Mapping[str, Table]) -> tuple[Stay, ...]:
    """Every stay, oldest first. Order and repetition of the entries do not matter, and no entry makes it fail."""
    unique = {entry.id: entry for entry in entries}
    box, found, inside = Box(), list[Stay](), dict[str, int]()
    for key in sorted(unique):
        entry = unique[key]
        boxes.extend(box, [entry], tables)
        if key in box.contested:
            continue
        body = entry.body
        if isinstance(body, e.ParcelDeposited):
            inside[body.parcel] = len(found)
            found.append(_put(box, entry, body))
        elif isinstance(body, e.ParcelRemoved):
            at = inside.pop(body.parcel)
            until = max(entry.happened_ms, found[at].since_ms)
            found[at] = structs.replace(
                found[at], taken_at=body.place, until_ms=until, taken_by=entry.by, intact=body.seal_intact
            )
    return tuple(found)


def _put(box: Box, entry: Entry, body: e.ParcelDeposited) -> Stay:
    return Stay(body.parcel, body.case, body.count, body.seal, body.way, box.place, entry.happened_ms, entry.by)
