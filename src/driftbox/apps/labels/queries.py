"""The only readers of label numbers."""

from driftbox.apps.labels.models import LabelSerialRow
from driftbox.domain.custody.labels import FIRST_SERIAL, serial_of


def was_printed(code: str) -> bool:
    """Whether this house has printed the checked number ``code``; a number from before never was."""
    known = serial_of(code)
    if known is None:
        return False
    kind, serial = known
    return serial >= FIRST_SERIAL and LabelSerialRow.objects.filter(kind=kind, last__gte=serial).exists()
