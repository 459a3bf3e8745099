"""What an entry about a notice does to its docket: see ``effects`` for the rules that hold for every effect."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from driftbox.domain.docket.notice_entries import NoticeIssued, NoticeServed
from driftbox.domain.docket.notice_state import Notice
from driftbox.domain.docket.state import Docket, Reason
from driftbox.domain.log.entry import Body, Entry

Effect = Callable[[Docket, Entry, Any], Reason | None]


def _issued(docket: Docket, entry: Entry, body: NoticeIssued) -> Reason | None:
    if notice_of(docket, body.serial) is not None:
        return "already_said"
    docket.notices += (
        Notice(entry.id, body.notice, body.serial, body.office, body.about, body.mark, body.copies, entry.happened_ms),
    )
    return None


def _served(docket: Docket, entry: Entry, body: NoticeServed) -> Reason | None:
    notice = notice_of(docket, body.serial)
    if notice is None:
        return "unknown_entry"
    if notice.served_ms:
        return "already_said"
    _replace(docket, notice, entry, body)
    return None


def note_opinion_served(docket: Docket, entry: Entry, body: Any) -> None:
    """The written opinion was handed over: so was the notice that set the last one in type."""
    written = [moment.ms for moment in docket.moments if moment.kind == "opinion.issued"]
    for notice in docket.notices:
        of_the_last = bool(written) and notice.issued_ms >= written[-1]
        if notice.is_opinion and of_the_last and not notice.served_ms:
            _replace(docket, notice, entry, body)


def _replace(docket: Docket, notice: Notice, entry: Entry, body: Any) -> None:
    served = structs.replace(
        notice, served_ms=entry.happened_ms, way=body.way, proof=body.proof, proof_paper=body.paper or "",
        picture=getattr(body, "picture", None) or "",
    )  # fmt: skip
    docket.notices = tuple(served if one is notice else one for one in docket.notices)


def notice_of(docket: Docket, serial: str) -> Notice | None:
    """The notice of this serial number on ``docket``."""
    return next((notice for notice in docket.notices if notice.serial == serial), None)


NOTICE_EFFECTS: dict[type[Body], Effect] = {NoticeIssued: _issued, NoticeServed: _served}
