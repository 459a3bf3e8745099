"""The next step is always one thing, for one person. Until when is the clocks' to say."""

from msgspec import Struct

from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.table import Table
from driftbox.domain.text import Text

LOAD = Text(zh="等船，箱上船", en="Wait for the boat; the box goes aboard")
AT_SEA = Text(zh="船到了，到码头取件", en="When the boat is in, collect at the pier")
SETTLE = Text(zh="有对不上的，请站长来定", en="Something does not agree; the director decides")
FOLLOW_SEAL = Text(zh="封条不对，拍照留底，两头打电话", en="The seal is wrong: photograph it and phone both ends")


class NextStep(Struct, frozen=True):
    """Who does what next; ``person`` is set when it is one named agent, ``clock`` names the clock that ticks."""

    act: Text
    role: str
    person: str
    clock: str


def next_step(docket: Docket, table: Table) -> NextStep:
    """The one next step of a docket; an open contest comes before all else."""
    stage = table.stages[docket.stage]
    if docket.open_contests:
        return NextStep(SETTLE, "director", "", stage.clock)
    act, role = stage.next_act, stage.next_role
    if docket.stage == "sent":
        where = {parcel.where for parcel in docket.parcels.values()}
        act = LOAD if "box" in where else AT_SEA if "ship" in where else act
    return NextStep(act, role, docket.agent if role == "agent" else "", stage.clock)


def papers_where(docket: Docket) -> str:
    """Where the papers are now: a code of ``state.Where``; ``resident`` while nothing was handed in."""
    if docket.result_with:
        return docket.result_with
    parcels = sorted(docket.parcels.values(), key=lambda parcel: parcel.moved_ms)
    return parcels[-1].where if parcels else "resident"
