"""Hand-overs, work and money of a case as they stand. Immutable: an effect puts a copy in place."""

from typing import Literal, Protocol

from msgspec import Struct

Standing = Literal["proposed", "accepted", "refused", "done", "revoked", "overtaken"]
OPEN: frozenset[str] = frozenset({"proposed", "accepted"})


class Handover(Struct, frozen=True, kw_only=True):
    """One hand-over 交接: who asked, from whom to whom, why, how it stands. ``overtaken``: the case went elsewhere."""

    entry: str
    by: str
    giver: str
    to: str
    reason: str
    until: str = ""
    state: Standing = "proposed"
    refused: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be answered, or accepted and still to be done."""
        return self.state in OPEN


class Expense(Struct, frozen=True, kw_only=True):
    """Money spent: by whom, cents, what for, voucher, and whether another person approved it."""

    entry: str
    by: str
    cents: int
    purpose: str
    voucher: str
    ms: int
    state: Literal["asked", "approved", "refused"] = "asked"
    decided_by: str = ""


class Activity(Struct, frozen=True, kw_only=True):
    """Work done: by whom, minutes, metres, proof, when (ms since 1970 UTC)."""

    entry: str
    by: str
    minutes: int
    metres: int
    proof: str
    ms: int


class Work(Struct, frozen=True, kw_only=True):
    """All of it for one case; ``hands``: every agent who has ever had it."""

    hands: tuple[str, ...] = ()
    handovers: tuple[Handover, ...] = ()
    activities: tuple[Activity, ...] = ()
    expenses: tuple[Expense, ...] = ()


NO_WORK = Work()


class Worked(Protocol):
    """What these functions need to know of a docket."""

    @property
    def work(self) -> Work: ...


def open_handover(docket: Worked) -> Handover | None:
    """The hand-over that waits for an answer or to be done; at most one does."""
    return next((one for one in docket.work.handovers if one.open), None)


def handover_of(docket: Worked, entry: str) -> Handover | None:
    """The hand-over that this entry proposed."""
    return next((one for one in docket.work.handovers if one.entry == entry), None)


def expense_of(docket: Worked, entry: str) -> Expense | None:
    """The expense that this entry recorded."""
    return next((one for one in docket.work.expenses if one.entry == entry), None)
