"""The only writers of boxes: load → decide → append → project, in one transaction."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import UNKNOWN, docket_labelled, forget, load, load_box, spare_label
from driftbox.apps.eventlog.actions import Draft, append, lock
from driftbox.apps.eventlog.columns import fitted
from driftbox.apps.eventlog.queries import Head
from driftbox.apps.pack import tables
from driftbox.apps.papers.actions import make_key
from driftbox.apps.parcels.actions import write as write_rows
from driftbox.apps.parcels.projector import project_box
from driftbox.domain.custody.decide import check
from driftbox.domain.custody.entries import KIND_OF, BoxRegistered, BoxSighted
from driftbox.domain.custody.scan import clean
from driftbox.domain.custody.state import Box, extend, fork
from driftbox.domain.docket.incident import PROCEDURE
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance


def register_box(label: str, pier: str, *, by: str, role: str, now: datetime) -> str:
    """Put a box into service at its pier; returns its docket, which holds what was seen of its label before.

    Raises:
        Refused: the label is in use.
    """
    docket = docket_of_label(label, now=now)
    record(docket, [BoxRegistered(label=label, pier=pier)], by=by, role=role, now=now)
    return docket


def docket_of_label(label: str, *, now: datetime) -> str:
    """The docket of a label; begins one, with a key of its own, for a label that nobody has seen yet."""
    known = docket_labelled(label)
    if known:
        return known
    docket = next_id("", now, chance())
    make_key(docket, now=now)
    return docket


def record(
    docket: str, bodies: Sequence[Body], *, by: str, role: str, now: datetime, recorder: str = "",
    at: datetime | None = None,
) -> Box:  # fmt: skip
    """Record ``bodies`` about a box, all or none.

    Raises:
        Refused: the first that is not allowed; nothing was written.
    """
    with transaction.atomic():
        lock(docket)
        loaded = load(docket)
        box, head = fork(loaded.book), loaded.head
        before = project_box(docket, box)
        for body in bodies:
            check(box, body, role, tables().get(PROCEDURE))
            draft = Draft(kind=KIND_OF[type(body)], body=body, by=by, role=role, recorder=recorder, at=at)
            written = append(docket, draft, now=now, head=head)
            head, box = Head(written.entry.id, written.digest), extend(box, [written.entry], tables())
        write(docket, box)
        write_rows(docket, project_box(docket, box), before)
    return box


def row_of(docket: str, box: Box) -> dict[str, object]:
    """The row of a box, by column name: a pure function of its folded state. A label only seen stands after ``?``."""
    seen = [one.body.label for one in box.sightings.values() if one.body.label]
    label = box.label or (UNKNOWN + (seen[0] if seen else docket))[:20]
    return fitted(BoxRow, {
        "docket": docket, "label": label, "pier": box.pier,
        "where": box.where, "place": box.place, "sailing": box.sailing, "destination": box.destination,
        "parcels": [msgspec.to_builtins(held) for held in box.parcels.values()], "contested": len(box.contested),
        "moved": box.moved_ms, "last": box.last, "incidents": len(box.open_incidents),
        "status": "retired" if box.retired else "in_use" if box.id else "unknown",
    })  # fmt: skip


def write(docket: str, box: Box) -> None:
    """Write the row of a box from its folded state. Where two nodes began a docket each for one label, the one with the
    smaller id has the label and the other a spare one, the same on every node.
    """
    row = row_of(docket, box)
    label = str(row.pop("label"))
    if BoxRow.objects.filter(label=label, docket=docket).update(**row):
        return
    other = BoxRow.objects.filter(label=label).first()
    if other and other.docket < docket:
        label = spare_label(label, docket)
    elif other:
        BoxRow.objects.filter(docket=other.docket).update(label=spare_label(label, other.docket))
    BoxRow.objects.filter(docket=docket).exclude(label=label).delete()
    BoxRow.objects.update_or_create(label=label, defaults=row)


def rebuild(docket: str) -> None:
    """Fold a box afresh and write its rows again."""
    forget(docket)
    box = load_box(docket)
    with transaction.atomic():
        write(docket, box)
        write_rows(docket, project_box(docket, box))


def see_unknown(label: str, seen: BoxSighted, *, by: str, role: str, now: datetime) -> str:
    """Keep what was seen of a label that is on no box of ours; returns the docket it is kept in.

    Raises:
        Refused: there is nothing readable on the label.
    """
    typed = clean(label)[:19]
    if not typed:
        raise Refused("no_label", "箱号看不出来。请照着箱上印的再填一遍，字母和数字。")
    docket = docket_of_label(typed, now=now)
    record(docket, [seen], by=by, role=role, now=now)
    return docket
