"""What follows from an entry by itself: a wrong seal, a wrong count, or a result handed over that was still in a box
opens an incident in the same act, and originals that are back end the one about their day.
"""

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.incident_entries import IncidentOpened, IncidentSettled, What
from driftbox.domain.docket.parcel_effects import RIDING
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Entry


def follow_ups(docket: Docket, entry: Entry) -> tuple[IncidentOpened | IncidentSettled, ...]:
    """The incidents that ``entry`` opens, once folded into ``docket``, and those that it ends: none twice."""
    if isinstance(entry.body, e.MaterialsReturned):
        return _over(docket)
    body = entry.body
    found: list[tuple[What, tuple[str, ...]]] = []
    if isinstance(body, e.ParcelCollected) and not body.seal_intact:
        found.append(("broken_seal", (body.seal or "broken",)))
    if isinstance(body, e.MaterialsCounted):
        parcel = docket.parcels.get(body.parcel)
        found += [("shortage", parcel.shortage()), ("surplus", parcel.surplus())] if parcel else []
    parcel_id = body.parcel if isinstance(body, e.ParcelCollected | e.MaterialsCounted) else ""
    opened = [(what, parcel_id, codes) for what, codes in found if codes]
    if isinstance(body, e.ResultDelivered):
        riding = [one for one in docket.parcels.values() if one.way == "back" and one.where in RIDING]
        opened = [("out_of_place", one.id, ("handed_over",)) for one in riding]
    known = {(one.what, one.parcel) for one in docket.open_incidents}
    return tuple(
        IncidentOpened(what=what, parcel=parcel, codes=codes, about=(entry.id,))
        for what, parcel, codes in opened
        if (what, parcel) not in known
    )


def _over(docket: Docket) -> tuple[IncidentSettled, ...]:
    """The incidents about originals that should be back, once they are."""
    return tuple(
        IncidentSettled(incident=one.entry, how="returned", reason="signed_for")
        for one in docket.open_incidents
        if one.what == "originals_overdue"
        and not any(docket.originals.get(code) for code in one.codes or docket.originals)
    )
