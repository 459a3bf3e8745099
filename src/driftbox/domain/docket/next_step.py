"""The next step is always one thing, for one person. Until when is the clocks' to say."""

from msgspec import Struct

from driftbox.domain.docket.petition_step import waited_for
from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.table import Table
from driftbox.domain.text import Text

LOAD = Text(zh="等船，箱上船", en="Wait for the boat; the box goes aboard")
AT_SEA = Text(zh="船到了，到码头取件", en="When the boat is in, collect at the pier")
FETCH = Text(zh="到码头取件，看封条", en="Collect at the pier and look at the seal")
LEGS = {"sent": "out", "carried": "back"}
SETTLE = Text(zh="有对不上的，请站长来定", en="Something does not agree; the director decides")


class NextStep(Struct, frozen=True):
    """Who does what next; ``person``: one named agent or handler; ``clock`` names the clock that ticks."""

    act: Text
    role: str
    person: str
    clock: str


def next_step(docket: Docket, table: Table, incidents: Table | None = None) -> NextStep:
    """The one next step of a docket; an open contest comes before all else, then what keeps a parcel on hold."""
    stage = table.stages[docket.stage]
    if docket.open_contests:
        return NextStep(SETTLE, "director", "", stage.clock)
    if docket.on_hold and incidents:
        held = incidents.stages[docket.on_hold[0].stage]
        return NextStep(held.next_act, held.next_role, docket.agent if held.next_role == "agent" else "", stage.clock)
    waiting = waited_for(docket) if docket.procedure == "petition" else None
    act, role = (waiting.act, waiting.role) if waiting else (stage.next_act, stage.next_role)
    way = LEGS.get(docket.stage)
    where = {parcel.where for parcel in docket.parcels.values() if parcel.way == way}
    act = LOAD if "box" in where else AT_SEA if "ship" in where else FETCH if "landing" in where else act
    person = docket.agent if role == "agent" else docket.petition.handler if role == "officer" else ""
    return NextStep(act, role, person, stage.clock)


def papers_where(docket: Docket) -> str:
    """Where the papers are now: a code of ``state.Where``; ``resident`` while nothing was handed in."""
    if docket.result_with:
        return docket.result_with
    parcels = sorted(docket.parcels.values(), key=lambda parcel: parcel.moved_ms)
    return parcels[-1].where if parcels else "resident"
