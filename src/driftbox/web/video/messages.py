"""What browsers in a call say to each other through us: every message is one of these, or it is refused.

A message is one JSON object of at most 64 KiB with a ``type`` and an ``id`` that its sender chose; an error names it.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct

from driftbox.domain.docket.sitting_entries import Quality, Seat
from driftbox.domain.log.codes import Code, Digest

MAX_BYTES: Final = 64 * 1024
Name = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Sdp = Annotated[str, Meta(min_length=1, max_length=48_000)]
Permille = Annotated[int, Meta(ge=0, le=1000)]


class Message(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="type"):
    """What every message has."""

    id: Name


class Hello(Message, frozen=True, tag="hello"):
    """I am here; ``again``: after a cut."""

    again: bool = False


class Offer(Message, frozen=True, tag="offer"):
    """A description of a connection (SDP) to one other seat."""

    to: Seat
    sdp: Sdp


class Answer(Message, frozen=True, tag="answer"):
    """The answer to an offer."""

    to: Seat
    sdp: Sdp


class Ice(Message, frozen=True, tag="ice"):
    """One way in which I may be reached (RFC 8445); an empty ``candidate``: there are no more."""

    to: Seat
    candidate: Annotated[str, Meta(max_length=2000)] = ""
    mid: Annotated[str, Meta(max_length=40)] | None = None
    line: Annotated[int, Meta(ge=0, le=99)] | None = None
    fragment: Annotated[str, Meta(max_length=300)] | None = None


class Mute(Message, frozen=True, tag="mute"):
    """Whether my sound and picture are on."""

    audio: bool
    video: bool


class Still(Message, frozen=True, tag="still"):
    """Please hold the paper still and take a sharp picture of it. From staff."""

    to: Seat
    material: Code | Literal[""] = ""


class Share(Message, frozen=True, tag="share"):
    """We all look at this now: a paper of the case, which page of it, and where the finger points (per thousand)."""

    what: Literal["none", "paper", "screen"]
    paper: Digest | Literal[""] = ""
    page: Annotated[int, Meta(ge=0, le=999)] = 0
    x: Permille | None = None
    y: Permille | None = None


class Caption(Message, frozen=True, tag="caption"):
    """Words typed for whoever hears badly; kept nowhere."""

    text: Annotated[str, Meta(max_length=400)]
    final: bool = True


class Pin(Message, frozen=True, tag="pin"):
    """This seat is shown large to everybody, such as whoever signs; 0: nobody. From staff."""

    seat: Annotated[int, Meta(ge=0, le=99)]


class ConsentAsk(Message, frozen=True, tag="consent.ask"):
    """May we record? From staff."""


class ConsentGive(Message, frozen=True, tag="consent.give"):
    """Yes, said and pressed."""


class ConsentRefuse(Message, frozen=True, tag="consent.refuse"):
    """No; the sitting goes on all the same."""


class ConsentWithdraw(Message, frozen=True, tag="consent.withdraw"):
    """Not any more: recording stops at once."""


class RecordStarted(Message, frozen=True, tag="record.started"):
    """I am recording now. From staff."""


class RecordStopped(Message, frozen=True, tag="record.stopped"):
    """I stopped recording. From staff."""


class SignAsk(Message, frozen=True, tag="sign.ask"):
    """Please sign this form with your finger now. From staff."""

    to: Seat
    form: Code


class SignDone(Message, frozen=True, tag="sign.done"):
    """I signed."""

    form: Code


class AgreeAsk(Message, frozen=True, tag="agree.ask"):
    """This is what we agreed, read back; is it right? From staff."""

    text: Annotated[str, Meta(min_length=1, max_length=2000)]


class AgreeYes(Message, frozen=True, tag="agree.yes"):
    """It is right; ``paper`` as it came with the question, so that nobody agrees to other words."""

    paper: Digest


class AgreeNo(Message, frozen=True, tag="agree.no"):
    """It is not right; say it again."""


class Measured(Message, frozen=True, tag="quality"):
    """How good my connection has been since I came in; the last one said is kept when I leave."""

    quality: Quality


class Ping(Message, frozen=True, tag="ping"):
    """Are you there?"""


class Bye(Message, frozen=True, tag="bye"):
    """I am leaving, of my own will."""


class End(Message, frozen=True, tag="end"):
    """The sitting is over for everybody; the desk closes it into the case. From staff."""


Said = (
    Hello | Offer | Answer | Ice | Mute | Still | Share | Caption | Pin | ConsentAsk | ConsentGive | ConsentRefuse
    | ConsentWithdraw | RecordStarted | RecordStopped | SignAsk | SignDone | AgreeAsk | AgreeYes | AgreeNo | Measured
    | Ping | Bye | End
)  # fmt: skip
FROM_STAFF: Final = (Still, Pin, ConsentAsk, RecordStarted, RecordStopped, SignAsk, AgreeAsk, End)
TO_ONE: Final = (Offer, Answer, Ice, Still, SignAsk)
TO_ALL: Final = (Mute, Share, Caption, Pin, ConsentAsk, RecordStopped, SignDone, AgreeNo)
read: Final = msgspec.json.Decoder(Said).decode
