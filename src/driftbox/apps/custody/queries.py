"""The only readers of boxes."""

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.eventlog.queries import since
from driftbox.apps.eventlog.shelf import Loaded, Shelf
from driftbox.apps.pack import tables
from driftbox.domain.custody.entries import KINDS
from driftbox.domain.custody.state import Box, extend, fold, fork
from driftbox.domain.errors import NotFound
from driftbox.domain.log.entry import Entry

UNKNOWN = "?"  # begins the row of a label that was only seen, so that it never takes the place of a box
IN_SERVICE = ("in_use", "retired")
_shelf = Shelf(lambda entries: fold(entries, tables()), lambda box, later: extend(fork(box), later, tables()))


def spare_label(label: str, docket: str) -> str:
    """Under which label a second docket of one label is kept; nobody types it."""
    return f"{label[:11]}~{docket[-8:]}"


def entries_of(docket: str) -> list[Entry]:
    """The entries of a box in id order."""
    return sorted((read.entry for read in since(docket)), key=lambda entry: entry.id)


def load(docket: str) -> Loaded[Box]:
    """The box as the log has it now, and where this node has to go on. Folded states are kept: see ``Shelf``."""
    return _shelf.load(docket)


def load_box(docket: str) -> Box:
    """The box as the log has it now; it belongs to nobody else and may be folded further."""
    return fork(load(docket).book)


def forget(docket: str = "") -> None:
    """Drop a kept box, or all of them, so that the next reader folds it afresh."""
    _shelf.forget(docket)


def is_box(docket: str) -> bool:
    """Whether ``docket`` is that of a box, or of a label that was only seen."""
    return BoxRow.objects.filter(docket=docket).exists()


def holds_box(docket: str) -> bool:
    """Whether every entry of ``docket`` is about a box, so that it is no case."""
    return all(read.entry.kind in KINDS for read in since(docket))


def docket_labelled(label: str) -> str:
    """The docket of a label, registered or only seen; empty when nobody has seen it."""
    rows = {row.label: row.docket for row in BoxRow.objects.filter(label__in=[label, (UNKNOWN + label)[:20]])}
    return rows.get(label) or next(iter(rows.values()), "")


def box_labelled(label: str) -> BoxRow:
    """The box with this label; needs no account, and shows no names.

    Raises:
        NotFound: no such label.
    """
    named = label.upper()[:20].replace("\0", "")  # PostgreSQL refuses a NUL where SQLite finds nothing
    row = BoxRow.objects.filter(label=named, status__in=IN_SERVICE).first()
    if row is None:
        raise NotFound("no_box", "没有这只箱。请对一对箱上的号，或打电话问站里。")
    return row


def box_of(docket: str) -> BoxRow | None:
    """The row of a box by its docket."""
    return BoxRow.objects.filter(docket=docket).first()


def boxes() -> list[BoxRow]:
    """All boxes in service by label."""
    return list(BoxRow.objects.filter(status="in_use").order_by("label"))
