"""Mediation between two boats at sea 海上调解: both sides' words, the agreement read back, and both signatures."""

from datetime import datetime

from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.eventlog.actions import together
from driftbox.apps.papers.actions import seal_drawing, seal_sound, seal_text
from driftbox.domain.docket import sea_entries as s
from driftbox.domain.docket.state import Docket


class Statement(Struct, frozen=True):
    """What one side says, and the strokes of their signature; each may be empty."""

    words: str = ""
    sound: bytes = b""
    strokes: str = ""


class Ending(Struct, frozen=True):
    """How it ended: the text that was read back, and the strokes of both signatures."""

    outcome: s.DisputeEnd
    agreement: str = ""
    read_back: bool = False
    first: str = ""
    second: str = ""


def state_side(docket: str, side: s.Side, said: Statement, *, by: str, role: str, now: datetime) -> Docket:
    """Seal what one side says.

    Raises:
        Refused: nothing was said, no mediation is open; nothing was kept.
        BadPaper: a recording or signature that is none.
    """
    with together():
        body = s.MediationStated(
            side=side, paper=_words(docket, said.words, now),
            recording=seal_sound(docket, said.sound, now=now) if said.sound else None,
            signature=_drawing(docket, said.strokes, now),
        )  # fmt: skip
        return record(docket, [body], by=by, role=role, now=now)


def close(docket: str, ending: Ending, *, by: str, role: str, now: datetime) -> Docket:
    """Write down how it ended.

    Raises:
        Refused: an agreement that was not read back, that one side did not sign, or on which one side was not heard.
    """
    with together():
        body = s.MediationClosed(
            outcome=ending.outcome, agreement=_words(docket, ending.agreement, now), read_back=ending.read_back,
            first=_drawing(docket, ending.first, now), second=_drawing(docket, ending.second, now),
        )  # fmt: skip
        return record(docket, [body], by=by, role=role, now=now)


def _words(docket: str, words: str, now: datetime) -> str | None:
    return seal_text(docket, words.strip(), now=now) if words.strip() else None


def _drawing(docket: str, strokes: str, now: datetime) -> str | None:
    return seal_drawing(docket, strokes, now=now) if strokes else None
