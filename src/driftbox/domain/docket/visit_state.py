"""What a docket says of visits at home 走访. Immutable: an effect puts a copy in place."""

from msgspec import Struct


class Visits(Struct, frozen=True):
    """The wish for visits, the one that is planned (``day`` empty: none), and how the last one went.

    ``begin``: minute since midnight. ``seen_ms``: when somebody was last received at home. ``next_day``: agreed.
    """

    wish: str = ""
    day: str = ""
    agents: tuple[str, ...] = ()
    begin: int = 0
    outcome: str = ""
    made_ms: int = 0
    seen_ms: int = 0
    next_day: str = ""


NO_VISITS = Visits()
