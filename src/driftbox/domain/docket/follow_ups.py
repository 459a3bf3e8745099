"""What follows from an entry by itself: a wrong seal or a wrong count opens an incident in the same act."""

from driftbox.domain.docket import entries as e
from driftbox.domain.docket.incident_entries import IncidentOpened, What
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Entry


def follow_ups(docket: Docket, entry: Entry) -> tuple[IncidentOpened, ...]:
    """The incidents that ``entry`` opens, once folded into ``docket``: none that is open already."""
    body = entry.body
    found: list[tuple[What, tuple[str, ...]]] = []
    if isinstance(body, e.ParcelCollected) and not body.seal_intact:
        found.append(("broken_seal", (body.seal or "broken",)))
    if isinstance(body, e.MaterialsCounted):
        parcel = docket.parcels[body.parcel]
        found += [("shortage", parcel.shortage()), ("surplus", parcel.surplus())]
    if not isinstance(body, e.ParcelCollected | e.MaterialsCounted):
        return ()
    known = {(one.what, one.parcel) for one in docket.open_incidents}
    return tuple(
        IncidentOpened(what=what, parcel=body.parcel, codes=codes, about=(entry.id,))
        for what, codes in found
        if codes and (what, body.parcel) not in known
    )
