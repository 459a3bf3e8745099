"""The two-way mailbox 信箱 of a petition: word may be left and answered, with a name or without."""

from datetime import datetime

from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.mailbox import docket_of_mailbox
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.papers.queries import read_text
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.ids import instant
from driftbox.gateways.mailbox_codes import read_mailbox_code


class Word(Struct, frozen=True):
    """One message: when, what, and whether staff wrote it. Who wrote it is not said."""

    at: datetime
    text: str
    from_staff: bool


def open_mailbox(code: str) -> Docket:
    """The petition of somebody without a name, by the sixteen digits they kept. Count attempts before asking.

    Raises:
        Refused: a digit is wrong.
        NotFound: no such number.
    """
    docket = docket_of_mailbox(read_mailbox_code(code))
    if not docket:
        raise NotFound("no_mailbox", "没有这个号码。请对着您记下的再看一遍。")
    return load(docket).docket


def keep_receipt(docket: str, *, now: datetime, by: str = "") -> Docket:
    """Whoever left no name says that the number is written down."""
    return record(docket, [w.ReceiptKept()], by=by, role="resident", now=now)


def leave_message(docket: str, words: str, *, now: datetime, by: str = "", role: str = "resident") -> Docket:
    """The petitioner leaves word; ``by`` is empty when they left no name.

    Raises:
        Refused: nothing was written.
    """
    with together():
        body = w.MessageLeft(paper=seal_text(docket, _words(words), now=now))
        return record(docket, [body], by=by, role=role, now=now)


def answer_message(docket: str, words: str, *, by: str, role: str, now: datetime) -> Docket:
    """Staff leave word.

    Raises:
        Refused: nothing was written.
    """
    with together():
        body = w.MessageAnswered(paper=seal_text(docket, _words(words), now=now))
        return record(docket, [body], by=by, role=role, now=now)


def messages_of(docket: str) -> list[Word]:
    """What was left and answered, in order."""
    return [
        Word(instant(entry.happened_ms), read_text(docket, entry.body.paper), isinstance(entry.body, w.MessageAnswered))
        for entry in entries_of(docket)
        if isinstance(entry.body, w.MessageLeft | w.MessageAnswered)
    ]


def _words(words: str) -> str:
    if not words.strip():
        raise Refused("nothing_said", "还没写什么事。写几句，或者附上来信，都行。")
    return words.strip()
