"""The vocabulary of a case docket 卷宗: every fact that can happen to a case, one strict body per kind."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from driftbox.domain.docket import (
    form_entries,
    handover_entries,
    incident_entries,
    items,
    notice_entries,
    parcel_entries,
    petition_entries,
    petition_watch_entries,
    reuse_entries,
    sitting_entries,
    visit_entries,
)
from driftbox.domain.log.codes import Code, Count, Day, Digest, Key, MaybeKey
from driftbox.domain.log.entry import Body

Channel = Literal["phone", "window", "web", "visit", "home", "video", "sea", "letter", "fax"]
Part = Literal["beneficiary", "applicant", "helper", "contact", "petitioner", "representative", "complained_of"]
MandateForm = Literal["written", "spoken", "kin"]
Way = Literal["voice", "print", "sms", "web"]
Via = Literal["box", "agent", "window", "post"]
Basis = Literal["chosen", "forecast", "boats"]
Proof = Literal["signature", "fingerprint", "witness", "photo"]
Seal = items.Seal
Item = items.Item
ReturnPacked = parcel_entries.ReturnPacked


class CaseOpened(Body, frozen=True):
    """A case began 收件. ``said`` is the caller's own words, sealed. ``appeared``: where the resident had to go."""

    procedure: Code
    matter: Code
    channel: Channel
    office: Code
    number: Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{3,40}$")]
    said: Digest | None = None
    appeared: str = ""
    confidential: bool = False


class PartyNamed(Body, frozen=True):
    """Who takes part 当事人: the person it is for, the one who asks, the one who helps, the petitioners of a joint
    petition and their representatives. ``complained_of``: a person, or an ``office`` and everybody in it.
    """

    part: Part
    person: MaybeKey = ""
    relation: str = ""
    office: str = ""


class MandateGranted(Body, frozen=True):
    """One may act for another 授权委托 (Civil Code Art. 165): for which acts, until which day, on what proof."""

    principal: Key
    agent: Key
    acts: tuple[Code, ...]
    form: MandateForm
    until: Day | None = None
    proof: Digest | None = None


class MandateRevoked(Body, frozen=True):
    """A mandate ended before its term 撤销授权 (Civil Code Art. 173)."""

    mandate: Key


class ChecklistGiven(Body, frozen=True):
    """The one-time notice 一次性告知: the one list, how and to whom it was told."""

    items: tuple[Item, ...]
    told: tuple[Way, ...]
    to: tuple[Key, ...] = ()
    answers: tuple[Code, ...] = ()


class MaterialsAsked(Body, frozen=True):
    """A second ask 再次要材料. Every cause but a change at the resident's side counts as a fault of ours."""

    items: tuple[Item, ...]
    cause: Literal["missed", "damaged", "law_changed", "resident_changed"]


class NoteWritten(Body, frozen=True):
    """A note 记事, its words sealed in a paper."""

    paper: Digest
    about: Code = "case"


class EntryCorrected(Body, frozen=True):
    """A correction 更正: both stay; the words of the correction are sealed."""

    entry: Key
    paper: Digest


class TaskClaimed(Body, frozen=True):
    """An agent took the case 认领; a second claim does not stand while the first does."""

    agent: Key


class TaskReleased(Body, frozen=True):
    """The agent gave the case back 交回, or a director took it over."""

    agent: Key
    cause: Code = "handed_back"


class MaterialsSent(Body, frozen=True):
    """Papers left the resident's hands 交件: what, in which parcel, by which way, under which seal."""

    parcel: Key
    items: tuple[Item, ...]
    via: Via
    place: Code
    box: str = ""
    seal: str = ""
    photos: tuple[Digest, ...] = ()
    appeared: str = ""


class ParcelLoaded(Body, frozen=True):
    """A parcel's box went aboard 装船: which sailing, from where to where, due when."""

    parcel: Key
    sailing: Code
    origin: Code
    destination: Code
    due: str = ""


class ParcelLanded(Body, frozen=True):
    """A parcel's box came ashore 卸船."""

    parcel: Key
    place: Code


class ParcelCollected(Body, frozen=True):
    """An agent or clerk took the parcel out of the box 取件 and looked at its seal."""

    parcel: Key
    place: Code
    seal_intact: bool
    seal: Seal | None = None


class MaterialsCounted(Body, frozen=True):
    """The parcel was opened and counted against its manifest 清点."""

    parcel: Key
    found: tuple[Item, ...]


class MaterialsChecked(Body, frozen=True):
    """The papers were read against the one list and are complete 核对齐全; ``follows`` may come later 容缺."""

    follows: tuple[Code, ...] = ()


class MaterialsLacking(Body, frozen=True):
    """The papers were read and something on the one list is missing 缺件: named all at once, with a day."""

    lacking: Annotated[tuple[Code, ...], Meta(min_length=1)]
    until: Day | None = None


class MaterialsReturned(Body, frozen=True):
    """Originals went back to their owner 退还原件, with proof; ``picture``: the drawn signature or the photograph."""

    items: tuple[Item, ...]
    proof: Proof
    paper: Digest | None = None
    picture: Digest | None = None


class CaseAccepted(Body, frozen=True):
    """Taken on 受理: the statutory clock starts; ``follows``: what may come later 容缺."""

    receipt: Code
    appeared: str = ""


class CaseDeclined(Body, frozen=True):
    """Not taken on 不予受理: the ground and the proper door, in writing."""

    ground: Code
    paper: Digest | None = None
    door: str = ""


class PromiseMade(Body, frozen=True):
    """The day we promise 承诺: never later than the law's last day, but for boats that do not sail.

    ``basis``: chosen by a person, foretold from sailings and hours, or moved because of boats; then ``halts`` are the
    suspensions 停航 that moved it. ``open_ended``: nobody can say when boats sail; ``due`` is the day given before.
    """

    due: Day
    subject_to_boats: bool = False
    open_ended: bool = False
    basis: Basis = "chosen"
    halts: tuple[Code, ...] = ()


class PublicityOpened(Body, frozen=True):
    """Public notice in the village began 公示开始; its days are not counted."""

    place: Code


class PublicityClosed(Body, frozen=True):
    """Public notice ended 公示结束."""

    objections: Count = 0


class ClockExtended(Body, frozen=True):
    """A clock was extended 延期 with approval, and the reason was told."""

    clock: Code
    days: Annotated[int, Meta(ge=1, le=90)]
    approver: Key
    reason: Code


class DecisionMade(Body, frozen=True):
    """The department decided 决定."""

    outcome: Literal["granted", "partly", "refused"]
    paper: Digest | None = None
    ground: Code = "as_asked"


class ResultIssued(Body, frozen=True):
    """The card or document came back from the department 出证."""

    items: tuple[Item, ...]
    place: Code


class ResultCollected(Body, frozen=True):
    """The agent took the result to bring it home 领取结果."""

    place: Code


class DeliveryFailed(Body, frozen=True):
    """Nobody there, or refused 送达未成: why, and when next."""

    cause: Literal["not_home", "refused", "weather", "wrong_address"]
    next_day: Day | None = None


class ResultDelivered(Body, frozen=True):
    """The result reached the person 送达: to whom, on what proof. ``appeared``: where they had to fetch it.

    ``paper``: who signed, and the witnesses; ``picture``: the drawn signature or the photograph.
    """

    to: Key
    proof: Proof
    place: Code
    paper: Digest | None = None
    appeared: str = ""
    picture: Digest | None = None


class CaseRated(Body, frozen=True):
    """What the family thinks 评价, GB/T 39046 A.8: 1 very content … 5 very discontent; solved is asked apart."""

    satisfaction: Annotated[int, Meta(ge=1, le=5)]
    solved: Literal["yes", "partly", "no"] = "yes"
    via: Channel = "web"


class CaseClosed(Body, frozen=True):
    """Nothing is left to do 办结归档."""

    how: Literal["done", "answered", "lapsed", "told_the_door"]


class CaseWithdrawn(Body, frozen=True):
    """The resident does not want it any more 撤回; the papers go back."""

    reason: Code = "own_wish"


class TripMade(Body, frozen=True):
    """The resident had to appear somewhere 跑动 that no other entry tells of."""

    place: Code
    cause: Code


class ContestSettled(Body, frozen=True):
    """A person decided about a contested entry 裁定: it stands, or it is void."""

    entry: Key
    verdict: Literal["stands", "void"]
    reason: Code


class PetitionAccepted(Body, frozen=True):
    """Accepted 受理 (Regulation on petition work Art. 22–23)."""

    route: Code = "art31-6"


class PetitionTransferred(Body, frozen=True):
    """Forwarded or assigned 转送、交办 to the body with competence; who is assigned it reports by a day (Art. 22)."""

    office: Code
    how: Literal["transfer", "assign"] = "transfer"
    report_by: Day | None = None


class OpinionServed(Body, frozen=True):
    """The written answer was handed over 送达答复, to whom, how, on what proof; starts the time to ask for review."""

    outcome: petition_entries.Outcome
    paper: Digest | None = None
    proof: petition_entries.Proof = "signature"
    way: petition_entries.Service = "in_person"
    to: MaybeKey = ""
    picture: Digest | None = None
    signed: Digest | None = None


class AnswerGiven(Body, frozen=True):
    """An enquiry was answered 答复."""

    paper: Digest
    told: tuple[Way, ...] = ("voice",)


KINDS: dict[str, type[Body]] = {
    "case.opened": CaseOpened,
    "party.named": PartyNamed,
    "mandate.granted": MandateGranted,
    "mandate.revoked": MandateRevoked,
    "checklist.given": ChecklistGiven,
    "materials.asked": MaterialsAsked,
    "note.written": NoteWritten,
    "entry.corrected": EntryCorrected,
    "task.claimed": TaskClaimed,
    "task.released": TaskReleased,
    "materials.sent": MaterialsSent,
    "parcel.loaded": ParcelLoaded,
    "parcel.landed": ParcelLanded,
    "parcel.collected": ParcelCollected,
    "materials.counted": MaterialsCounted,
    "materials.checked": MaterialsChecked,
    "materials.lacking": MaterialsLacking,
    "materials.returned": MaterialsReturned,
    "case.accepted": CaseAccepted,
    "case.declined": CaseDeclined,
    "promise.made": PromiseMade,
    "publicity.opened": PublicityOpened,
    "publicity.closed": PublicityClosed,
    "clock.extended": ClockExtended,
    "decision.made": DecisionMade,
    "result.issued": ResultIssued,
    "result.collected": ResultCollected,
    "delivery.failed": DeliveryFailed,
    "result.delivered": ResultDelivered,
    "case.rated": CaseRated,
    "case.closed": CaseClosed,
    "case.withdrawn": CaseWithdrawn,
    "trip.made": TripMade,
    "contest.settled": ContestSettled,
    "petition.accepted": PetitionAccepted,
    "petition.transferred": PetitionTransferred,
    "opinion.served": OpinionServed,
    "answer.given": AnswerGiven,
    **petition_entries.KINDS,
    **petition_watch_entries.KINDS,
    **notice_entries.KINDS,
    **parcel_entries.KINDS,
    **incident_entries.KINDS,
    **reuse_entries.KINDS,
    **form_entries.KINDS,
    **visit_entries.KINDS,
    **handover_entries.KINDS,
    **sitting_entries.KINDS,
}
KIND_OF: dict[type[Body], str] = {body: kind for kind, body in KINDS.items()}
DECODERS: dict[str, msgspec.json.Decoder[Body]] = {k: msgspec.json.Decoder(b) for k, b in KINDS.items()}
