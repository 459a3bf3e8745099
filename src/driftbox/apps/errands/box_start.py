"""A box with a printed label is put into service 启用."""

from datetime import datetime

from django.db import transaction

from driftbox.apps.custody.actions import register_box
from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.eventlog.actions import lock
from driftbox.apps.labels.queries import was_printed
from driftbox.apps.pack import current_pack
from driftbox.domain.custody.labels import read_label, serial_of
from driftbox.domain.errors import NotFound, Refused


def start_box(text: str, pier: str, *, by: str, role: str, now: datetime) -> str:
    """Put the box labelled ``text`` into service at ``pier``; returns its label.

    Raises:
        Refused: not a number, not one that we printed, no such pier, or the box serves already; nothing was changed.
    """
    label = read_label(text, "box")
    if pier not in current_pack().piers:
        raise Refused("no_pier", "还没选放在哪个码头。请选一个。")
    known = serial_of(label)
    if known is None or known[0] != "box" or not was_printed(label):
        raise Refused("not_printed", "这不是这里印的箱标签，没有启用。请先打印一张，贴上再来。")
    with transaction.atomic():
        lock(f"label:{label}")
        if serves(label):
            raise Refused("registered_twice", "这只箱已经启用过了。")
        register_box(label, pier, by=by, role=role, now=now)
    return label


def serves(label: str) -> bool:
    """Whether a box with this label is in service."""
    try:
        box_labelled(label)
    except NotFound:
        return False
    return True
