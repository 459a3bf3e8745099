"""Whether bytes from elsewhere can be believed at all, before it is asked where they belong."""

from collections.abc import Callable, Mapping
from datetime import datetime

from driftbox.apps.eventlog.nodes import Node
from driftbox.apps.eventlog.queries import DECODERS
from driftbox.apps.pack import current_pack
from driftbox.domain.errors import BadEntry
from driftbox.domain.log.entry import Entry, Sealed, decode_entry
from driftbox.domain.log.ids import refuse_time_from_ahead
from driftbox.gateways.keys import algorithm_of, verify

MINUTE_MS = 60_000
CLOCK_MINUTES = 10
Theirs = Callable[[Entry], bool]


def nobody(_entry: Entry) -> bool:
    """Believes no phone: for callers that cannot tell who may do what."""
    return False


class Judge:
    """Judges bytes that ``via`` brought (empty: a file by hand), by the ``known`` nodes and the clock.

    ``offset_ms``: how far the clock of ``via`` was ahead of ours when they met. ``theirs``: whether the person of a
    phone may say this of this docket in this role.
    """

    def __init__(self, known: Mapping[str, Node], now: datetime, via: str, offset_ms: int, theirs: Theirs) -> None:
        self._known, self._now, self._via, self._offset, self._theirs = known, now, via, offset_ms, theirs
        bringer = known.get(via)
        self._relays = bringer is not None and bringer.revoked is None

    def prove(self, raw: bytes) -> Sealed:
        """The entry in ``raw``, if a node that was ever one of ours signed it, and its time has come.

        Raises:
            BadEntry: it has to wait; ``code`` says why.
        """
        sealed = decode_entry(raw, DECODERS)
        entry = sealed.entry
        signer = self._known.get(entry.node)
        if signer is None:
            raise BadEntry("unknown_signer", "不认识记这一条的那台机器，先放一边，等人看过再说。")
        if entry.alg != algorithm_of(signer.public):
            raise BadEntry("forged", "这一条的签名对不上，可能被改过，先放一边，等人看过再说。")
        verify(signer.public, sealed.signature, sealed.unsigned)
        refuse_time_from_ahead(entry.id, self._now)
        return sealed

    def objection(self, entry: Entry) -> str:
        """Why an entry that was proved is not taken from whoever brought it; empty when it is."""
        signer = self._known[entry.node]
        direct = not (self._relays and self._via != signer.name)
        if direct and signer.revoked is not None:
            return "revoked_signer"
        if self._via == signer.name and abs(self._offset) > _clock_limit_ms():
            return "clock_off"
        if signer.role == "phone" and (entry.by != signer.person or (direct and not self._theirs(entry))):
            return "not_theirs"
        return ""


def _clock_limit_ms() -> int:
    """How far a peer's clock may be off (setting ``sync_clock_minutes`` of the pack)."""
    set_minutes = current_pack().settings.get("sync_clock_minutes")
    return (set_minutes if isinstance(set_minutes, int) else CLOCK_MINUTES) * MINUTE_MS
