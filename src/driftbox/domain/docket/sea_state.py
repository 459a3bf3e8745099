"""What a docket says of its receipt at sea and of a mediation between boats. Immutable: an effect puts a copy there."""

from msgspec import Struct


class Statement(Struct, frozen=True):
    """What one side said: digests of the words, of the recording and of their signature, or empty."""

    paper: str = ""
    recording: str = ""
    signature: str = ""


class Mediation(Struct, frozen=True):
    """A mediation between two boats. ``outcome`` empty: still open."""

    about: str
    boats: str
    first: Statement | None = None
    second: Statement | None = None
    outcome: str = ""
    agreement: str = ""
    signed: tuple[str, ...] = ()
    closed_ms: int = 0
    by: str = ""


class AtSea(Struct, frozen=True):
    """When (ms since 1970 UTC) and at which post a petition was received at sea; ``post`` empty: it was not."""

    post: str = ""
    received_ms: int = 0
    recording: str = ""
    photos: tuple[str, ...] = ()
    signature: str = ""
    boat: str = ""
    mediation: Mediation | None = None


NOT_AT_SEA = AtSea()
