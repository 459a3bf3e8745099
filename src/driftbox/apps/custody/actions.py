"""The only writers of boxes: load → decide → append → project, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import load_box
from driftbox.apps.eventlog.actions import Draft, append, lock
from driftbox.domain.custody.decide import check
from driftbox.domain.custody.entries import KIND_OF, BoxRegistered
from driftbox.domain.custody.state import Box
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance


def register_box(label: str, pier: str, *, by: str, role: str, now: datetime) -> str:
    """Put a box into service at its pier; returns its docket."""
    docket = next_id("", now, chance())
    record(docket, [BoxRegistered(label=label, pier=pier)], by=by, role=role, now=now)
    return docket


def record(docket: str, bodies: Sequence[Body], *, by: str, role: str, now: datetime) -> Box:
    """Record ``bodies`` about a box, all or none.

    Raises:
        Refused: the first that is not allowed; nothing was written.
    """
    with transaction.atomic():
        lock(docket)
        box = load_box(docket)
        for body in bodies:
            check(box, body)
            append(docket, Draft(kind=KIND_OF[type(body)], body=body, by=by, role=role), now=now)
            box = load_box(docket)
        write(box)
    return box


def write(box: Box) -> None:
    """Write the row of a box from its folded state."""
    parcels = [msgspec.to_builtins(held) for held in box.parcels.values()]
    BoxRow.objects.update_or_create(
        label=box.label,
        defaults={
            "docket": box.id, "pier": box.pier, "where": box.where, "place": box.place, "sailing": box.sailing,
            "destination": box.destination, "parcels": parcels, "contested": len(box.contested),
            "moved": box.moved_ms, "last": box.last,
        },
    )  # fmt: skip
