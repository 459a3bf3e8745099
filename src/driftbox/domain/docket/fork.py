"""A copy of a docket that can be folded further without touching the one it came from."""

from copy import copy

from driftbox.domain.docket.state import Docket


def fork(docket: Docket) -> Docket:
    """A copy of ``docket`` with containers of its own; what is immutable is shared."""
    twin = copy(docket)
    twin.parties, twin.relations = dict(docket.parties), dict(docket.relations)
    twin.mandates, twin.contested = dict(docket.mandates), dict(docket.contested)
    twin.parcels = {key: copy(parcel) for key, parcel in docket.parcels.items()}
    twin.originals, twin.originals_since = dict(docket.originals), dict(docket.originals_since)
    twin.incidents = dict(docket.incidents)
    twin.promises, twin.trips, twin.moments = docket.promises[:], docket.trips[:], docket.moments[:]
    return twin
