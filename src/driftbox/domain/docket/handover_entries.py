"""The vocabulary of handing a case over 交接, of work done for it, and of money spent on it.

Names of persons are ids; why is a code; a voucher is a sealed paper.
"""

from typing import Annotated, Final

from msgspec import Meta

from driftbox.domain.log.codes import Code, Day, Digest, Key, MaybeKey
from driftbox.domain.log.entry import Body

REASONS: Final = ("dispatch", "nearer", "knows_them", "ashore", "ill", "leave", "ended", "asked", "other")
REFUSALS: Final = ("full", "too_far", "related", "ill", "off_shift", "not_fit", "other")


class HandoverProposed(Body, frozen=True):
    """Somebody is asked to take the case 提请交接. ``giver``: who has it now (empty: nobody); ``until``: only as a
    stand-in 顶班, up to that day.
    """

    to: Key
    giver: MaybeKey = ""
    reason: Code = "dispatch"
    until: Day | None = None


class HandoverAccepted(Body, frozen=True):
    """Who was asked says yes 愿意接."""

    proposal: Key


class HandoverRefused(Body, frozen=True):
    """Who was asked says no, and why 不接; the case stays where it is."""

    proposal: Key
    reason: Code


class HandoverDone(Body, frozen=True):
    """What was in hand has changed hands 交接完; from now on it is theirs."""

    proposal: Key


class HandoverRevoked(Body, frozen=True):
    """The proposal was taken back before it was done 收回提请."""

    proposal: Key


class ActivityRecorded(Body, frozen=True):
    """Work done for the case 代办活动: minutes and metres as told, and a photograph as proof, if any."""

    minutes: Annotated[int, Meta(ge=0, le=1440)]
    metres: Annotated[int, Meta(ge=0, le=500_000)] = 0
    proof: Digest | None = None


class ExpenseRecorded(Body, frozen=True):
    """Money spent for the case 垫付: cents (分), what for, and the voucher 凭证."""

    cents: Annotated[int, Meta(ge=1, le=10_000_000)]
    purpose: Code
    voucher: Digest


class ExpenseApproved(Body, frozen=True):
    """Another person has looked at the voucher and approved the expense 核准."""

    expense: Key


class ExpenseRefused(Body, frozen=True):
    """Another person did not approve it, and why 不予核准."""

    expense: Key
    reason: Code


KINDS: dict[str, type[Body]] = {
    "handover.proposed": HandoverProposed,
    "handover.accepted": HandoverAccepted,
    "handover.refused": HandoverRefused,
    "handover.done": HandoverDone,
    "handover.revoked": HandoverRevoked,
    "activity.recorded": ActivityRecorded,
    "expense.recorded": ExpenseRecorded,
    "expense.approved": ExpenseApproved,
    "expense.refused": ExpenseRefused,
}
