"""The vocabulary of papers used again: their owner may take that back."""

from typing import Annotated

from msgspec import Meta

from driftbox.domain.log.codes import Code
from driftbox.domain.log.entry import Body


class ReuseWithdrawn(Body, frozen=True):
    """The person does not want papers of this case used in later ones 不再接着用 (PIPL Art. 15)."""

    codes: Annotated[tuple[Code, ...], Meta(min_length=1)]


KINDS: dict[str, type[Body]] = {"reuse.withdrawn": ReuseWithdrawn}
