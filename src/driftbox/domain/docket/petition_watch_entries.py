"""The vocabulary around a petition 信访: what it is linked to, who may see a confidential one, the mailbox, supervision
督办, and what the petitioner thinks of it (Regulation on Petition Work, Arts. 30, 37, 40).
"""

from typing import Literal

from driftbox.domain.docket import sea_entries
from driftbox.domain.log.codes import Code, Digest, Key
from driftbox.domain.log.entry import Body

Relation = Literal[
    "repeat",
    "duplicate",
    "review",
    "reviewed",
    "arisen_from",
    "became_petition",
    "aid",
    "aid_for",
    "related",
    "bundle",
    "bundle_of",
]


class DocketLinked(Body, frozen=True):
    """Another docket belongs to this one 关联; ``ended``: it went through re-review. ``papers``: copied from there.

    ``bundle``: asked in one go with this one, which carries the bag for both; ``bundle_of``: the other way round.
    """

    docket: Key
    relation: Relation
    ended: bool = False
    papers: tuple[Digest, ...] = ()


class DocketUnlinked(Body, frozen=True):
    """They do not belong together after all 取消关联."""

    docket: Key
    reason: Code


class PetitionMerged(Body, frozen=True):
    """A person decided that it is the same as another 并案; it keeps its own clocks and can be taken apart again."""

    into: Key
    reason: Code = "same_facts"


class PetitionUnmerged(Body, frozen=True):
    """They were taken apart again 撤销并案."""

    into: Key
    reason: Code


class PetitionsToldApart(Body, frozen=True):
    """A person looked at two petitions that read alike: they are not the same 不是同一件."""

    docket: Key
    reason: Code = "other_facts"


class AccessAsked(Body, frozen=True):
    """Somebody asks to see a confidential petition 申请查看, and why."""

    person: Key
    reason: Code


class AccessGranted(Body, frozen=True):
    """The identity custodian 保密专管员 lets one person see this petition: why they asked, and why it is granted."""

    person: Key
    asked: Code
    reason: Code


class AccessRevoked(Body, frozen=True):
    """The person sees it no more 收回查看."""

    person: Key
    reason: Code


class AccessForced(Body, frozen=True):
    """Opened in an emergency without the custodian 紧急打开: by whom, why; the custodian is told at once."""

    reason: Code
    paper: Digest


class ReceiptKept(Body, frozen=True):
    """Somebody without a name says that they have written down their number 记下了."""


class MessageLeft(Body, frozen=True):
    """The petitioner left word in the mailbox 留言."""

    paper: Digest


class MessageAnswered(Body, frozen=True):
    """Staff left word in the mailbox 回信."""

    paper: Digest


class CardIssued(Body, frozen=True):
    """A yellow or red card 黄牌、红牌 to an office that let time run out, or shirks."""

    colour: Literal["yellow", "red"]
    office: Code
    ground: Code
    clock: str = ""


class CardWithdrawn(Body, frozen=True):
    """The card was a mistake, or what it was for is mended 撤牌."""

    card: Key
    reason: Code


class SupervisionOpened(Body, frozen=True):
    """The petition office presses for it 督办 (Art. 40): against the rules; shirking; opinion not carried out."""

    ground: Literal["art40-1", "art40-2", "art40-3"]
    paper: Digest | None = None


class SupervisionReminded(Body, frozen=True):
    """Whoever supervises reminds the office that has the case 提醒, and why; on a case of any procedure."""

    office: Code
    ground: Code
    paper: Digest | None = None


class SupervisionTakenOver(Body, frozen=True):
    """The office above, ``office``, sees to the case itself from now on 提级盯办. Who records which step stays as the
    procedure says; what changes is who answers for it.
    """

    office: Code
    ground: Code
    paper: Digest | None = None


class SupervisionMet(Body, frozen=True):
    """They met about the case 碰头会: with which office, on which day; ``paper`` is what was agreed."""

    office: Code
    day: str
    paper: Digest


class SupervisionAnswered(Body, frozen=True):
    """The body answered 督办反馈: a pressing, a reminder, a taking over, a meeting or a card, by its entry."""

    supervision: Key
    paper: Digest


class ReopenAsked(Body, frozen=True):
    """Somebody asks that a closed petition be taken up again 申请重办."""

    reason: Code
    paper: Digest | None = None


class ReopenDecided(Body, frozen=True):
    """Whether it is taken up again 决定重办; not by who handled it."""

    verdict: Literal["reopened", "stays"]
    reason: Code


class PetitionReopened(Body, frozen=True):
    """It is taken up again 重办."""


class CallbackMade(Body, frozen=True):
    """Somebody called a petitioner who is not content 回访."""

    reached: bool = True
    paper: Digest | None = None


class MendingReported(Body, frozen=True):
    """What was mended after a bad rating 整改; one further rating may follow."""

    paper: Digest


KINDS: dict[str, type[Body]] = {
    "docket.linked": DocketLinked,
    "docket.unlinked": DocketUnlinked,
    "petition.merged": PetitionMerged,
    "petition.unmerged": PetitionUnmerged,
    "petition.told_apart": PetitionsToldApart,
    "access.asked": AccessAsked,
    "access.granted": AccessGranted,
    "access.revoked": AccessRevoked,
    "access.forced": AccessForced,
    "receipt.kept": ReceiptKept,
    "message.left": MessageLeft,
    "message.answered": MessageAnswered,
    "card.issued": CardIssued,
    "card.withdrawn": CardWithdrawn,
    "supervision.opened": SupervisionOpened,
    "supervision.reminded": SupervisionReminded,
    "supervision.taken_over": SupervisionTakenOver,
    "supervision.met": SupervisionMet,
    "supervision.answered": SupervisionAnswered,
    "reopen.asked": ReopenAsked,
    "reopen.decided": ReopenDecided,
    "petition.reopened": PetitionReopened,
    "callback.made": CallbackMade,
    "mending.reported": MendingReported,
    **sea_entries.KINDS,
}
