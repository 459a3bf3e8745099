"""The only readers of boxes."""

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.eventlog.queries import since
from driftbox.domain.custody.state import Box, fold
from driftbox.domain.errors import NotFound


def load_box(docket: str) -> Box:
    """The box as the log has it now."""
    return fold(read.entry for read in since(docket))


def box_labelled(label: str) -> BoxRow:
    """The box with this label; needs no account, and shows no names.

    Raises:
        NotFound: no such label.
    """
    row = BoxRow.objects.filter(label=label.upper()[:20]).first()
    if row is None:
        raise NotFound("no_box", "没有这只箱。请对一对箱上的号，或打电话问站里。")
    return row


def boxes() -> list[BoxRow]:
    """All boxes by label."""
    return list(BoxRow.objects.order_by("label"))
