"""What one agent did 代办台账, line by line from entries, and what is paid back: the sums are those of the lines."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

Deed = Literal["errand", "delivery", "activity", "expense"]


class LedgerLine(Struct, frozen=True, kw_only=True):
    """One deed: on which local day, for which case, how long (minutes), how far (metres), how much (cents 分).

    ``entry`` is the signed entry it comes from, ``proof`` the digest of the photograph or voucher; ``state`` of an
    expense: asked, approved or refused, and by whom it was decided.
    """

    entry: str
    day: date
    number: str
    deed: Deed
    minutes: int = 0
    metres: int = 0
    cents: int = 0
    purpose: str = ""
    proof: str = ""
    state: str = ""
    decided_by: str = ""


class Sums(Struct, frozen=True, kw_only=True):
    """What the lines come to. ``cents``: approved expenses only; ``waiting``: cents that nobody has decided about."""

    errands: int = 0
    deliveries: int = 0
    minutes: int = 0
    metres: int = 0
    cents: int = 0
    waiting: int = 0


def between(lines: Iterable[LedgerLine], since: date, until: date) -> tuple[LedgerLine, ...]:
    """The lines of the days from ``since`` to ``until``, both counted, oldest first."""
    return tuple(sorted((one for one in lines if since <= one.day <= until), key=lambda one: (one.day, one.entry)))


def sums(lines: Iterable[LedgerLine]) -> Sums:
    """The sums of ``lines``; an errand is counted once, whatever was done for it."""
    held = tuple(lines)
    return Sums(
        errands=len({one.number for one in held if one.deed == "errand"}),
        deliveries=sum(one.deed == "delivery" for one in held),
        minutes=sum(one.minutes for one in held),
        metres=sum(one.metres for one in held),
        cents=sum(one.cents for one in held if one.deed == "expense" and one.state == "approved"),
        waiting=sum(one.cents for one in held if one.deed == "expense" and one.state == "asked"),
    )


def payable(lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """The expenses to be paid back: approved by another person."""
    return tuple(one for one in lines if one.deed == "expense" and one.state == "approved")


def yuan(cents: int) -> str:
    """Cents as yuan with two places: no floating point comes near money."""
    return f"{cents // 100}.{cents % 100:02}"
