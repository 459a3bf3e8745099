"""The vocabulary of a petition 信访 beyond that of every case (Regulation on Petition Work 信访工作条例, 2022).

Words said and written are sealed papers; a body holds codes, days, counts and digests. Grounds, doors and reasons are
codes that the pack names (``law/petition_guide.toml``).
"""

from typing import Annotated, Literal

from msgspec import Meta

from driftbox.domain.log.codes import Code, Count, Day, Digest, Key, MaybeKey
from driftbox.domain.log.entry import Body

Sort = Literal["suggestion", "accusation", "redress"]
Route = Literal["", "art31-1", "art31-2", "art31-3", "art31-4", "art31-5", "art31-6"]
Outcome = Literal["supported", "explained", "not_supported"]
Service = Literal["in_person", "agent", "post", "electronic"]
Proof = Literal["signature", "fingerprint", "witness", "photo", "post_receipt", "electronic_receipt"]
Rung = Literal["agreement", "common_superior", "joint_meeting"]


class PetitionRegistered(Body, frozen=True):
    """Entered in the register 登记 (Arts. 21–23): of which sort, and for redress by which route of Art. 31.

    ``answers`` are those given to the guide's questions; ``scan``: the letter as it came; ``petitioners``: how many.
    """

    sort: Sort
    route: Route = ""
    answers: tuple[Code, ...] = ()
    petitioners: Annotated[int, Meta(ge=1, le=9999)] = 1
    anonymous: bool = False
    scan: Digest | None = None


class PetitionClassified(Body, frozen=True):
    """A clerk confirmed or changed sort and route 分类 (Arts. 28–31)."""

    sort: Sort
    route: Route = ""


class PetitionTaken(Body, frozen=True):
    """A suggestion is studied (Art. 29), or an accusation followed up under its own rules (Art. 30) 收下研究."""


class ReplyGiven(Body, frozen=True):
    """The answer to a suggestion or accusation 反馈: whether it was taken up."""

    taken_up: bool
    paper: Digest


class TransferReceived(Body, frozen=True):
    """The body that it was sent to signed for it 签收: from here its own 15 days run (Art. 23)."""


class PetitionObjected(Body, frozen=True):
    """The body it was sent to says that it is not its matter 异议 (Art. 23): within 5 working days, with reasons."""

    reason: Code
    paper: Digest


class PetitionReturned(Body, frozen=True):
    """The objection was agreed to and the papers came back 退回 (Art. 23): how many."""

    papers: Count


class ObjectionRefused(Body, frozen=True):
    """The objection does not hold 异议不成立; the body keeps the petition."""

    reason: Code


class CompetenceAsked(Body, frozen=True):
    """Several bodies are competent, or none says so 争议 (Art. 24): who, and on which rung it is being settled."""

    offices: Annotated[tuple[Code, ...], Meta(min_length=2)]
    rung: Rung = "agreement"


class CompetenceSettled(Body, frozen=True):
    """Which body handles it 确定受理机关 (Art. 24): agreed, named by the next common level, or by the joint meeting."""

    office: Code
    rung: Rung


class PetitionSentOn(Body, frozen=True):
    """It leaves by a door of its own 导入法定途径: litigation to the political-legal bodies, discipline to the
    inspection bodies, and so on (Arts. 22, 28, 30, 31); their own rules say when they answer (Art. 23).
    """

    door: Code
    office: str = ""
    paper: Digest | None = None


class ReportFiled(Body, frozen=True):
    """The body to which it was assigned reported that it is done 办结报告 (Art. 22)."""

    paper: Digest


class HandlerNamed(Body, frozen=True):
    """Who handles it 承办人."""

    person: Key


class InterestDeclared(Body, frozen=True):
    """A person has an interest 利害关系: kin of a party, or of somebody complained of (Art. 28). They step aside."""

    person: Key
    relation: Code


class RecusalAsked(Body, frozen=True):
    """The petitioner asks that somebody step aside 申请回避 (Art. 28)."""

    person: Key
    reason: Code
    paper: Digest | None = None


class RecusalDecided(Body, frozen=True):
    """Whether they step aside 决定回避, decided by somebody else."""

    person: Key
    verdict: Literal["steps_aside", "stays"]
    reason: Code


class PetitionerHeard(Body, frozen=True):
    """The petitioner was heard 听取陈述 (Arts. 31, 32)."""

    paper: Digest
    how: Literal["in_person", "phone", "video", "home"] = "in_person"


class PetitionInvestigated(Body, frozen=True):
    """Looked into 调查核实: the record is sealed."""

    paper: Digest


class MediationAgreed(Body, frozen=True):
    """An agreement was reached 调解协议 (Art. 33). The court may be asked to confirm it within 30 days."""

    paper: Digest
    by_committee: bool = True


class MediationFailed(Body, frozen=True):
    """No agreement 调解不成."""

    reason: Code


class ConfirmationAsked(Body, frozen=True):
    """The court was asked to confirm the agreement 申请司法确认 (People's Mediation Law Art. 33)."""


class HearingOpened(Body, frozen=True):
    """A hearing began 听证开始 (Arts. 31, 36); its days are not counted in a re-review."""

    place: Code
    public: bool = True


class HearingClosed(Body, frozen=True):
    """The hearing ended 听证结束."""

    paper: Digest | None = None


class ExtensionAsked(Body, frozen=True):
    """The handler asks for more days 申请延期 (Art. 34)."""

    days: Annotated[int, Meta(ge=1, le=90)]
    reason: Code


class PetitionExtended(Body, frozen=True):
    """More days were approved 批准延期 by somebody other than who asked, and the petitioner was told why (Art. 34)."""

    days: Annotated[int, Meta(ge=1, le=90)]
    reason: Code
    paper: Digest


class ExtensionRefused(Body, frozen=True):
    """No more days 不准延期."""

    reason: Code


class OpinionIssued(Body, frozen=True):
    """The written opinion 信访处理意见书 (Art. 32): facts, grounds and legal basis, each sealed; its serial number."""

    outcome: Literal["supported", "explained", "not_supported", "upheld", "changed"]
    facts: Digest
    grounds: Digest
    basis: Digest
    serial: str = ""


class ServiceFailed(Body, frozen=True):
    """The written answer did not reach the person 送达未成."""

    cause: Literal["not_home", "refused", "weather", "wrong_address", "moved"]
    next_day: Day | None = None


class ServiceConsented(Body, frozen=True):
    """The petitioner agrees to be served electronically 同意电子送达."""

    paper: Digest | None = None


class ExecutionReported(Body, frozen=True):
    """What became of a request that was supported 执行情况 (Arts. 32, 40)."""

    state: Literal["done", "partly", "not_done"]
    paper: Digest


class ReviewRequested(Body, frozen=True):
    """One level up is asked to look again 申请复查 (Art. 35): which docket, whether the 30 days were over, and who
    handled it before and may not now.
    """

    of: Key
    late: bool = False
    barred: tuple[Key, ...] = ()
    paper: Digest | None = None


class RereviewRequested(ReviewRequested, frozen=True):
    """One more level up, for the last time 申请复核 (Art. 36)."""


class ReviewOpened(Body, frozen=True):
    """On the docket that is looked at again: the docket in which that happens 另立复查、复核卷."""

    docket: Key
    late: bool = False


class LatenessExcused(Body, frozen=True):
    """There was good reason for asking late 有正当理由 (Arts. 35, 36)."""

    reason: Code


class ReviewServed(Body, frozen=True):
    """The review opinion was handed over 送达复查意见书 (Art. 35); starts the time to ask for the re-review."""

    outcome: Literal["upheld", "changed"]
    paper: Digest | None = None
    proof: Proof = "signature"
    way: Service = "in_person"
    to: MaybeKey = ""
    picture: Digest | None = None
    signed: Digest | None = None


class RereviewServed(ReviewServed, frozen=True):
    """The re-review opinion was handed over 送达复核意见书 (Art. 36): the chain ends."""


KINDS: dict[str, type[Body]] = {
    "petition.registered": PetitionRegistered,
    "petition.classified": PetitionClassified,
    "petition.taken": PetitionTaken,
    "reply.given": ReplyGiven,
    "transfer.received": TransferReceived,
    "petition.objected": PetitionObjected,
    "petition.returned": PetitionReturned,
    "objection.refused": ObjectionRefused,
    "competence.asked": CompetenceAsked,
    "competence.settled": CompetenceSettled,
    "petition.sent_on": PetitionSentOn,
    "report.filed": ReportFiled,
    "handler.named": HandlerNamed,
    "interest.declared": InterestDeclared,
    "recusal.asked": RecusalAsked,
    "recusal.decided": RecusalDecided,
    "petitioner.heard": PetitionerHeard,
    "petition.investigated": PetitionInvestigated,
    "mediation.agreed": MediationAgreed,
    "mediation.failed": MediationFailed,
    "confirmation.asked": ConfirmationAsked,
    "hearing.opened": HearingOpened,
    "hearing.closed": HearingClosed,
    "extension.asked": ExtensionAsked,
    "petition.extended": PetitionExtended,
    "extension.refused": ExtensionRefused,
    "opinion.issued": OpinionIssued,
    "service.failed": ServiceFailed,
    "service.consented": ServiceConsented,
    "execution.reported": ExecutionReported,
    "review.requested": ReviewRequested,
    "rereview.requested": RereviewRequested,
    "review.opened": ReviewOpened,
    "lateness.excused": LatenessExcused,
    "review.served": ReviewServed,
    "rereview.served": RereviewServed,
}
