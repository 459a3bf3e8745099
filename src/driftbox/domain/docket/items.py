"""One line of a checklist or manifest, and how a seal is found."""

from typing import Literal

from msgspec import Struct

from driftbox.domain.log.codes import Code, Count, Day, Key

Seal = Literal["intact", "broken", "absent", "other"]


class Item(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of a checklist or manifest: which material, as what, how many, and who brings it.

    ``held``: nobody brings it; the paper of ``from_case`` is used again, which is good until ``valid_until`` (None:
    it never expires).
    """

    code: Code
    kind: Literal["original", "copy", "form", "photo", "shown"] = "copy"
    count: Count = 1
    source: Literal["resident", "office", "held"] = "resident"
    from_case: Key | None = None
    valid_until: Day | None = None
