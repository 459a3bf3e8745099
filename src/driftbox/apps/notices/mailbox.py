"""The mailbox 信箱 of somebody who leaves no name: found by a number that is shown once and never kept."""

from driftbox.apps.node import keys
from driftbox.apps.notices.models import ReceiptRow
from driftbox.gateways.mailbox_codes import new_mailbox_code


def hand_out_mailbox(docket: str) -> str:
    """Make the sixteen digits of a docket; only their blind index is kept, so nobody can look them up again."""
    code = new_mailbox_code()
    ReceiptRow.objects.create(docket=docket, code_index=keys().blind("mailbox", code), sealed=b"")
    return code


def docket_of_mailbox(code: str) -> str:
    """The docket whose number this is, empty if there is none; ``code`` was read by ``read_mailbox_code``."""
    row = ReceiptRow.objects.filter(code_index=keys().blind("mailbox", code)).first()
    return row.docket if row else ""
