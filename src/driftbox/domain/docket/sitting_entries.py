"""The vocabulary of sittings 视频接待: reception face to face over video. Media never pass through an entry."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from driftbox.domain.log.codes import Code, Count, Day, Digest, Key, MaybeKey
from driftbox.domain.log.entry import Body

Seat = Annotated[int, Meta(ge=1, le=99)]  # the number of a participant in one sitting; never given out twice
Part = Literal["resident", "agent", "clerk", "officer", "interpreter", "relative"]
Start = Literal["now", "appointed"]
Gone = Literal["left", "lost", "ended"]
How = Literal["pressed", "spoken"]
Ended = Literal["done", "cut", "by_phone", "nobody"]
Next = Literal["nothing", "we_act", "they_act", "meet_again"]
Seconds = Annotated[int, Meta(ge=0, le=86_400)]
Share = Annotated[int, Meta(ge=0, le=1000)]  # per thousand


class Quality(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How good a connection was, in whole numbers: seconds there, seconds by sound alone, round trip in ms, packets
    lost and sound made up (concealed) per thousand, kbit/s received, and how often it had to be made anew.
    """

    seconds: Seconds = 0
    sound_only: Seconds = 0
    round_trip: Annotated[int, Meta(ge=0, le=60_000)] = 0
    lost: Share = 0
    concealed: Share = 0
    kbit: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    remade: Count = 0


class SittingOpened(Body, frozen=True):
    """A sitting began 开始视频接待: somebody of ``office`` answered, at once or at an appointed time. It is reception
    on the spot (Regulation on petition work Art. 17 names online channels beside visits), never a trip.
    """

    sitting: Key
    office: Code
    start: Start = "now"


class SittingJoined(Body, frozen=True):
    """Somebody took their seat 进来了; ``person`` is empty for somebody who is no party, such as an interpreter."""

    sitting: Key
    seat: Seat
    part: Part
    person: MaybeKey = ""


class SittingLeft(Body, frozen=True):
    """Somebody left 离开了: by their own will, lost on the way, or because it ended; with the quality they had."""

    sitting: Key
    seat: Seat
    why: Gone = "left"
    quality: Quality = Quality()


class RecordingConsented(Body, frozen=True):
    """Somebody agreed by word and button to be recorded 同意录像 (PIPL Arts. 13, 14, 29)."""

    sitting: Key
    seat: Seat


class RecordingRefused(Body, frozen=True):
    """Somebody does not want to be recorded 不同意录像; the sitting goes on without, and nothing else changes."""

    sitting: Key
    seat: Seat


class RecordingWithdrawn(Body, frozen=True):
    """Somebody took their consent back 收回同意 (PIPL Art. 15): recording stops; what was kept before stays lawful."""

    sitting: Key
    seat: Seat


class RecordingKept(Body, frozen=True):
    """A recording was sealed 留了录像, under the key ``recording`` of its own so that it can be destroyed alone.

    ``paper``: digest of the ciphertext; ``content``: of what was recorded, to be compared when it is played.
    ``began``: seconds after the sitting was opened; ``until``: the day on which it is destroyed.
    """

    sitting: Key
    recording: Key
    paper: Digest
    content: Digest
    began: Seconds
    seconds: Annotated[int, Meta(ge=1, le=86_400)]
    consented: Annotated[tuple[Seat, ...], Meta(min_length=1, max_length=99)]
    until: Day


class RecordingDestroyed(Body, frozen=True):
    """A recording was destroyed 录像销毁了: its day came, or somebody asked for it (PIPL Art. 47)."""

    sitting: Key
    recording: Key
    why: Literal["due", "asked"] = "due"


class PaperShown(Body, frozen=True):
    """A paper held to the camera was kept as a picture 镜头前拍下材料, with the consent of whoever held it.

    ``material``: what it is on the one list; empty for something else.
    """

    sitting: Key
    seat: Seat
    paper: Digest
    how: How
    material: Code | Literal[""] = ""


class SittingAgreed(Body, frozen=True):
    """What was read back was confirmed 读给他听，他说对: ``paper`` holds the words; they pressed, or said so."""

    sitting: Key
    seat: Seat
    paper: Digest
    how: How


class SittingClosed(Body, frozen=True):
    """A sitting ended 视频接待结束: how, what comes next, and by which day, if one was named."""

    sitting: Key
    how: Ended = "done"
    next: Next = "nothing"
    by_day: Day | None = None


KINDS: dict[str, type[Body]] = {
    "sitting.opened": SittingOpened,
    "sitting.joined": SittingJoined,
    "sitting.left": SittingLeft,
    "recording.consented": RecordingConsented,
    "recording.refused": RecordingRefused,
    "recording.withdrawn": RecordingWithdrawn,
    "recording.kept": RecordingKept,
    "recording.destroyed": RecordingDestroyed,
    "sitting.shown": PaperShown,
    "sitting.agreed": SittingAgreed,
    "sitting.closed": SittingClosed,
}
