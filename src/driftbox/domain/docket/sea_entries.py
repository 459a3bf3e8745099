"""The vocabulary of the petition post at sea 海上信访驿站: what was received there, and mediation between two boats.

Names of boats, words said and agreements are sealed papers; a body holds codes and digests. What boats quarrel about
and how it can end are codes.
"""

from typing import Annotated, Literal

from msgspec import Meta

from driftbox.domain.log.codes import Code, Digest
from driftbox.domain.log.entry import Body

Side = Literal["first", "second"]
DisputeEnd = Literal["agreed", "partly", "not_agreed", "broken_off"]
PHOTOS = 6  # of one receipt at sea, at most


class SeaReceived(Body, frozen=True):
    """A post at sea took a petition in 海上收件: at which post, what was spoken, photographed and signed there, and
    from which ``boat``, by its name.

    When this was recorded is when it was received: evidence of the day, before any shore knew of it.
    """

    post: Code
    recording: Digest | None = None
    photos: Annotated[tuple[Digest, ...], Meta(max_length=PHOTOS)] = ()
    signature: Digest | None = None
    boat: Digest | None = None


class MediationOpened(Body, frozen=True):
    """Two boats ask to be brought together 海上调解 (People's Mediation Law Art. 17): about what; ``boats``: which."""

    about: Code
    boats: Digest


class MediationStated(Body, frozen=True):
    """What one side says 陈述: written, spoken, or both; ``signature``: their own."""

    side: Side
    paper: Digest | None = None
    recording: Digest | None = None
    signature: Digest | None = None


class MediationClosed(Body, frozen=True):
    """How it ended 调解结果 (People's Mediation Law Arts. 26, 28, 29): agreements are read back to both, signed."""

    outcome: DisputeEnd
    agreement: Digest | None = None
    read_back: bool = False
    first: Digest | None = None
    second: Digest | None = None


KINDS: dict[str, type[Body]] = {
    "sea.received": SeaReceived,
    "mediation.opened": MediationOpened,
    "mediation.stated": MediationStated,
    "mediation.closed": MediationClosed,
}
