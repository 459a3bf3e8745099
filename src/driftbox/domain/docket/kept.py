"""Which papers of a case stayed with us and were found complete: what a later case may use instead of asking again.

Not kept are originals and what was only shown (they went back), what was lacking or never came, anything of a case
that was withdrawn or not taken on, and anything confidential (Regulation on petition work Art. 30).
"""

from typing import Final

from msgspec import Struct

from driftbox.domain.docket.entries import Item
from driftbox.domain.docket.state import Docket

STAYS: Final[frozenset[str]] = frozenset({"copy", "form", "photo"})
ENDED_WITHOUT: Final = frozenset({"withdrawn", "lapsed", "told_the_door"})


class Kept(Struct, frozen=True):
    """One paper that stayed: its material and kind, and when it was handed in (ms since 1970 UTC).

    ``withdrawn``: the person does not want it used again.
    """

    item: Item
    given_ms: int
    withdrawn: bool


def kept_papers(docket: Docket) -> tuple[Kept, ...]:
    """The papers of ``docket`` that stayed with us, each once, as it came last, in the order they came."""
    if docket.confidential or docket.outcome == "declined" or docket.how_closed in ENDED_WITHOUT:
        return ()
    absent = {*docket.lacking, *docket.follows}
    found: dict[str, Kept] = {}
    for parcel in docket.parcels.values():
        for item in parcel.found or () if parcel.checked else ():
            if item.kind in STAYS and item.count and item.code not in absent:
                found[item.code] = Kept(item, parcel.sent_ms, item.code in docket.reuse_withdrawn)
    return tuple(found.values())
