"""An incident 对不上的 as its entries make it, and what may be recorded about it: hold, photograph, tell, settle.

The pack's procedure ``incident`` says who may do what and what comes next. An arrow for ``kind:variant``, such as
``incident.opened:clock_off`` or ``incident.settled:misread``, comes before the arrow for ``kind``, and one for
``incident.settled:what:how`` before both.
"""

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, structs

from driftbox.domain.docket import incident_entries as i
from driftbox.domain.docket.procedure import Arrow, Stage
from driftbox.domain.docket.table import Table
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body, Entry

PROCEDURE = "incident"
BOTH = 2
Unfit = Literal["not_here", "not_role", "unknown_entry"]


class Incident(Struct, frozen=True):
    """One incident: what does not agree, how far it has come, and how it was settled."""

    entry: str
    what: i.What
    stage: str
    opened_ms: int
    parcel: str = ""
    codes: tuple[str, ...] = ()
    place: str = ""
    about: tuple[str, ...] = ()
    claimed: str = ""
    papers: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    how: str = ""
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether a person has decided."""
        return bool(self.how)

    @property
    def holds(self) -> bool:
        """Whether its parcel must not go on before it is settled."""
        return not self.how and bool(self.parcel) and self.what not in i.PATIENT


def holding(incidents: Mapping[str, Incident]) -> tuple[Incident, ...]:
    """The open incidents that put a parcel on hold, oldest first."""
    return tuple(one for one in incidents.values() if one.holds)


def open_ones(incidents: Mapping[str, Incident]) -> tuple[Incident, ...]:
    """The incidents that are not settled, oldest first."""
    return tuple(one for one in incidents.values() if not one.settled)


def stage_of(incident: Incident, table: Table) -> Stage:
    """Where an incident stands, with what comes next and whose it is."""
    return table.stages[incident.stage]


def apply(incidents: dict[str, Incident], entry: Entry, body: i.IncidentBody, table: Table | None) -> Unfit | None:
    """Fold one entry into ``incidents``; returns the reason why it cannot stand, or None. Never raises."""
    if table is None:
        return "not_here"
    arrow = _arrow(incidents, body, entry.kind, table)
    if isinstance(arrow, str):
        return arrow
    if entry.role not in arrow.roles:
        return "not_role"
    if isinstance(body, i.IncidentOpened):
        incidents[entry.id] = Incident(
            entry.id, body.what, arrow.to or table.procedure.first, entry.happened_ms, body.parcel or "", body.codes,
            body.place or "", body.about, body.claimed,
        )  # fmt: skip
        return None
    held = incidents[body.incident]
    incidents[body.incident] = structs.replace(held, stage=arrow.to or held.stage, **_change(held, body))
    return None


def _change(held: Incident, body: i.IncidentBody) -> dict[str, Any]:
    if isinstance(body, i.IncidentPhotographed):
        return {"papers": held.papers + body.papers}
    if isinstance(body, i.IncidentNotified):
        return {"told": tuple(dict.fromkeys(held.told + body.to))}
    if isinstance(body, i.IncidentSettled):
        return {"how": body.how, "reason": body.reason}
    return {}


def _arrow(incidents: Mapping[str, Incident], body: i.IncidentBody, kind: str, table: Table) -> Arrow | Unfit:
    variants: tuple[str, ...]
    if isinstance(body, i.IncidentOpened):
        variants, stage = (f"{kind}:{body.what}",), table.procedure.first
    else:
        held = incidents.get(body.incident)
        if held is None:
            return "unknown_entry"
        variants, stage = (f"{kind}:{held.what}",), held.stage
        if isinstance(body, i.IncidentSettled):
            variants = f"{kind}:{held.what}:{body.how}", f"{kind}:{body.how}"
    found = (table.arrows.get((variant, stage)) for variant in (*variants, kind))
    return next((arrow for arrow in found if arrow), "not_here")


def check(incidents: Mapping[str, Incident], body: i.IncidentBody, role: str, table: Table | None) -> None:
    """Whether ``role`` may record ``body`` about an incident now.

    Raises:
        NotAllowed: the role never records this.
        Refused: no such incident, or something else comes first; the sentence says what.
    """
    kind = KIND_OF[type(body)]
    arrow: Arrow | Unfit = "not_here" if table is None else _arrow(incidents, body, kind, table)
    if arrow == "unknown_entry":
        raise Refused("unknown_incident", "没有这一处对不上的，什么都没有改。请回到卷里再看一眼。")
    if isinstance(arrow, str):
        held = None if isinstance(body, i.IncidentOpened) else incidents.get(body.incident)
        if held is None or table is None or held.settled:
            raise Refused("incident_settled", "这一处已经定过了，什么都没有改。再有对不上的，请另记一处。")
        step = table.stages[held.stage].next_act.zh
        raise Refused("incident_not_yet", "还轮不到这一步，什么都没有改。接下来该做的是：{next}。", next=step)
    if isinstance(body, i.IncidentSettled) and arrow.kind == kind:  # a row of its own needs no telephone
        require_both_ends_told(incidents[body.incident])
    if role not in arrow.roles:
        raise NotAllowed("not_role", "这一步不归您记。请交给能记的人，或打电话问站里。")


def require_both_ends_told(incident: Incident) -> None:
    """Who handed it over and who waits for it both know, before anybody decides."""
    if len(incident.told) < BOTH:
        raise Refused("one_end", "还差一头没有说到，先不定，什么都没有改。请给交的人和收的人都打个电话，再来定。")


KIND_OF: dict[type[Body], str] = {body: kind for kind, body in i.KINDS.items()}
