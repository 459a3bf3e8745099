"""Entry ids: UUIDv7 (RFC 9562) whose time part is a hybrid logical clock, so id order is causal order.

48 bits: milliseconds since 1970 UTC · 12 bits: logical counter · 62 bits: chance, so that nodes never collide.
The text form sorts as the number does, so fold order is plain string order.
"""

import re
from datetime import UTC, datetime, timedelta

from driftbox.domain.errors import BadEntry

CHANCE_BITS = 62
COUNTER_LIMIT = 1 << 12
TOLERANCE = timedelta(minutes=5)
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def millis(moment: datetime) -> int:
    """Whole milliseconds since 1970 UTC of an aware ``moment``."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def instant(ms: int) -> datetime:
    """The aware UTC instant of ``ms`` milliseconds since 1970."""
    return _EPOCH + timedelta(milliseconds=ms)


def build_id(ms: int, counter: int, chance: int) -> str:
    """The UUIDv7 text of a time in milliseconds, a logical counter (< 4096) and 62 bits of chance."""
    number = (ms << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | chance
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def is_id(text: str) -> bool:
    """Whether ``text`` is the canonical form of a UUIDv7."""
    return _UUID7.fullmatch(text) is not None


def id_millis(entry_id: str) -> int:
    """The recorded time of an entry id, in milliseconds since 1970 UTC."""
    return int(entry_id[:8] + entry_id[9:13], 16)


def id_counter(entry_id: str) -> int:
    """The logical counter of an entry id: how many ids share its millisecond before it."""
    return int(entry_id[15:18], 16)


def next_id(after: str, now: datetime, chance: int) -> str:
    """Mint an id later than ``after`` (empty: none yet), at ``now`` or, if the clock stepped back, just after it.

    ``chance`` is 62 random bits, given by the caller because this storey has none.
    """
    ms = millis(now)
    if not after or ms > id_millis(after):
        return build_id(ms, 0, chance)
    ms, counter = id_millis(after), id_counter(after) + 1
    if counter == COUNTER_LIMIT:  # a full millisecond borrows from the next one
        ms, counter = ms + 1, 0
    return build_id(ms, counter, chance)


def refuse_time_from_ahead(entry_id: str, now: datetime) -> None:
    """Refuse an id more than five minutes ahead of ``now``: a wrong remote clock must not drag ours along.

    Raises:
        BadEntry: with code ``clock_ahead``; the entry waits in quarantine until its time has come.
    """
    if id_millis(entry_id) > millis(now + TOLERANCE):
        raise BadEntry("clock_ahead", "这一条的时间比现在还晚，先放一边，等人看过再说。")
