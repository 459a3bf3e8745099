"""Find a case by its receipt; read what was sent."""

from datetime import datetime

import msgspec
from msgspec import Struct

from driftbox.apps.node import keys
from driftbox.apps.notices.models import MessageRow, ReceiptRow
from driftbox.apps.papers.queries import key_of
from driftbox.domain.errors import BadPaper
from driftbox.gateways.keys import unseal


def docket_of_receipt(code: str) -> str:
    """The docket whose receipt code this is, empty if there is none; ``code`` was read by ``read_receipt_code``."""
    row = ReceiptRow.objects.filter(code_index=keys().blind("receipt", code)).first()
    return row.docket if row else ""


def receipt_of(docket: str) -> str:
    """The receipt code of a case, to be printed again; empty when it was erased or never made."""
    row = ReceiptRow.objects.filter(pk=docket).first()
    if row is None:
        return ""
    try:
        return unseal(key_of(docket), bytes(row.sealed), docket).decode()
    except BadPaper:
        return ""


class Message(Struct, frozen=True):
    """One message as the outbox shows it; ``context``: the docket or person it was about; ``unsent``: it did not go."""

    phone: str
    text: str
    sent: datetime
    context: str = ""
    unsent: bool = False


def count_unsent() -> int:
    """How many text messages did not go out and wait to be sent again."""
    return MessageRow.objects.filter(unsent=True).count()


def outbox(limit: int = 50) -> list[Message]:
    """The newest messages, opened; the page that shows them exists in the demo only."""
    messages = []
    for row in MessageRow.objects.order_by("-sent")[:limit]:
        try:
            content = msgspec.json.decode(unseal(key_of(row.context), bytes(row.sealed), row.context))
        except BadPaper:
            continue
        messages.append(Message(content["phone"], content["text"], row.sent, row.context, row.unsent))
    return messages
