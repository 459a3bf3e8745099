"""Who is connected to which room, in the memory of the one process that does the signalling.

Nothing here is a fact: facts are in the cases. A process that starts afresh learns it again as the browsers come back.
"""

from typing import Final

from msgspec import Struct, field

from driftbox.domain.docket.sitting_entries import Quality

BURST: Final = 240  # messages at once: a browser that meets five others sends its addresses to each
EACH_SECOND: Final = 60
BURST_BYTES: Final = 1024 * 1024
BYTES_EACH_SECOND: Final = 128 * 1024


class Allowance(Struct):
    """What somebody may still send: a bucket that fills again with time (seconds of the loop's own clock)."""

    messages: float = BURST
    size: float = BURST_BYTES
    seen: float = 0.0

    def takes(self, size: int, moment: float) -> bool:
        """Count one message of ``size`` bytes at ``moment``; False when it is too much."""
        passed = max(0.0, moment - self.seen) if self.seen else 0.0
        self.seen = moment
        self.messages = min(BURST, self.messages + passed * EACH_SECOND) - 1
        self.size = min(BURST_BYTES, self.size + passed * BYTES_EACH_SECOND) - size
        return self.messages >= 0 and self.size >= 0


class Peer(Struct):
    """One browser in a room: over which channel it is reached, and what it last said of itself."""

    seat: int
    part: str
    name: str
    staff: bool
    channel: str
    audio: bool = True
    video: bool = True
    quality: Quality = Quality()

    def told(self) -> dict[str, object]:
        """What the others are told of it."""
        return {"seat": self.seat, "part": self.part, "name": self.name, "staff": self.staff, "audio": self.audio,
                "video": self.video}  # fmt: skip


class Live(Struct):
    """One room: who is connected, who said what of being recorded, who records, and who is pinned (0: nobody)."""

    peers: dict[int, Peer] = field(default_factory=dict)
    consents: dict[int, str] = field(default_factory=dict)
    recording: int = 0
    pinned: int = 0

    def all_agreed(self) -> bool:
        """Whether everybody who is there agreed to be recorded."""
        return all(self.consents.get(seat) == "given" for seat in self.peers)


class Hub(Struct):
    """All rooms of this process."""

    rooms: dict[str, Live] = field(default_factory=dict)

    def room(self, room: str) -> Live:
        """The room of this id, made when somebody comes in first."""
        return self.rooms.setdefault(room, Live())

    def drop_if_empty(self, room: str) -> None:
        """Forget a room that everybody left."""
        if room in self.rooms and not self.rooms[room].peers:
            del self.rooms[room]


HUB: Final = Hub()
