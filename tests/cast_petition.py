"""A petition from registration to re-review, as entries. Nobody in it exists."""

import itertools
from datetime import timedelta

from tests.cast import DAUGHTER, FATHER, HU, LIN, NIGHT, NODE, TABLES, WANG, key

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import notice_entries as n
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket import sea_entries as s
from driftbox.domain.docket.fold import fold
from driftbox.domain.log.entry import Body, Entry
from driftbox.domain.log.ids import build_id, millis

ZHAO, QIAN, OFFICIAL, NEIGHBOUR, KEEPER = key(16), key(17), key(18), key(4), key(19)  # supervisor, second officer …
FIRST, REVIEW, REREVIEW, ACCUSATION, TWIN = key(41), key(42), key(43), key(44), key(45)
WORDS = "w" * 43

PETITION = TABLES["petition"]


def opened(matter="XF-QIUJUE", number="baisha-2026-0101", **more):
    return e.CaseOpened(procedure="petition", matter=matter, channel="visit", office="C-BS", number=number, **more)


ISSUED = p.OpinionIssued(outcome="supported", facts=WORDS, grounds=WORDS, basis=WORDS, serial="2026-1")
SERVED = e.OpinionServed(outcome="supported", paper=WORDS, to=FATHER)


def noticed(kind="acceptance", serial="baisha-2026-n0001", about=51):
    """A notice as issued, with one file."""
    return n.NoticeIssued(notice=kind, serial=serial, office="C-BS", about=key(about), mark=WORDS,
                          copies=(n.NoticeCopy(paper=WORDS, content=WORDS),))  # fmt: skip


Act = tuple[Body, str, str]

HANDLED: tuple[Act, ...] = (
    (opened(), FATHER, "resident"),
    (e.PartyNamed(person=FATHER, part="beneficiary"), LIN, "clerk"),
    (e.PartyNamed(person=FATHER, part="representative"), LIN, "clerk"),
    (e.PartyNamed(person=NEIGHBOUR, part="petitioner"), LIN, "clerk"),
    (e.PartyNamed(person=OFFICIAL, part="complained_of"), LIN, "clerk"),
    (p.PetitionRegistered(sort="redress", answers=("own_matter", "none"), petitioners=2), LIN, "clerk"),
    (p.PetitionClassified(sort="redress", route="art31-6"), LIN, "clerk"),
    (w.DocketLinked(docket=TWIN, relation="duplicate"), LIN, "clerk"),
    (w.DocketUnlinked(docket=TWIN, reason="other_facts"), LIN, "clerk"),
    (w.PetitionMerged(into=TWIN), LIN, "clerk"),
    (w.PetitionUnmerged(into=TWIN, reason="other_facts"), LIN, "clerk"),
    (w.PetitionsToldApart(docket=TWIN), LIN, "clerk"),
    (e.PetitionTransferred(office="D-ZJ"), LIN, "clerk"),
    (p.TransferReceived(), WANG, "officer"),
    (p.PetitionObjected(reason="not_ours", paper=WORDS), WANG, "officer"),
    (p.PetitionReturned(papers=3), LIN, "clerk"),
    (p.CompetenceAsked(offices=("D-ZJ", "D-JT")), LIN, "clerk"),
    (p.CompetenceSettled(office="D-JT", rung="agreement"), HU, "director"),
    (e.PetitionTransferred(office="D-JT", how="assign", report_by="2026-08-01"), LIN, "clerk"),
    (p.TransferReceived(), WANG, "officer"),
    (p.PetitionObjected(reason="not_ours", paper=WORDS), WANG, "officer"),
    (p.ObjectionRefused(reason="is_theirs"), LIN, "clerk"),
    (p.HandlerNamed(person=QIAN), LIN, "clerk"),
    (p.RecusalAsked(person=QIAN, reason="kin"), FATHER, "resident"),
    (p.RecusalDecided(person=QIAN, verdict="steps_aside", reason="kin"), HU, "director"),
    (p.HandlerNamed(person=WANG), HU, "director"),
    (e.PetitionAccepted(), WANG, "officer"),
    (noticed(), LIN, "clerk"),
    (n.NoticeServed(serial="baisha-2026-n0001", way="agent", to=FATHER, paper=WORDS), LIN, "clerk"),
    (p.PetitionerHeard(paper=WORDS), WANG, "officer"),
    (p.PetitionInvestigated(paper=WORDS), WANG, "officer"),
    (p.HearingOpened(place="C-BS"), WANG, "officer"),
    (p.HearingClosed(paper=WORDS), WANG, "officer"),
    (p.MediationFailed(reason="no_terms"), WANG, "officer"),
    (p.MediationAgreed(paper=WORDS), WANG, "officer"),
    (p.ConfirmationAsked(), FATHER, "resident"),
    (p.ExtensionAsked(days=10, reason="storm"), WANG, "officer"),
    (p.ExtensionRefused(reason="not_needed"), HU, "director"),
    (p.ExtensionAsked(days=20, reason="complex"), WANG, "officer"),
    (p.PetitionExtended(days=20, reason="complex", paper=WORDS), HU, "director"),
    (w.SupervisionReminded(office="D-JT", ground="stands_still"), ZHAO, "supervisor"),
    (w.SupervisionMet(office="D-JT", day="2026-06-02", paper=WORDS), ZHAO, "supervisor"),
    (w.SupervisionTakenOver(office="PT", ground="beyond_office"), ZHAO, "supervisor"),
    (w.SupervisionOpened(ground="art40-2"), ZHAO, "supervisor"),
    (w.CardIssued(colour="yellow", office="D-JT", ground="shirking"), ZHAO, "supervisor"),
    (w.MessageLeft(paper=WORDS), FATHER, "resident"),
    (w.MessageAnswered(paper=WORDS), WANG, "officer"),
    (w.ReceiptKept(), FATHER, "resident"),
    (ISSUED, WANG, "officer"),
    (noticed("opinion", "baisha-2026-n0002", 52), WANG, "officer"),
    (p.ServiceFailed(cause="not_home", next_day="2026-07-01"), WANG, "officer"),
    (p.ServiceConsented(), FATHER, "resident"),
    (SERVED, WANG, "officer"),
    (p.ReportFiled(paper=WORDS), WANG, "officer"),
    (p.ExecutionReported(state="partly", paper=WORDS), WANG, "officer"),
    (e.CaseRated(satisfaction=5, solved="no"), FATHER, "resident"),
    (w.CallbackMade(), LIN, "clerk"),
    (w.MendingReported(paper=WORDS), WANG, "officer"),
    (e.CaseRated(satisfaction=4, solved="partly"), FATHER, "resident"),
    (p.ReviewOpened(docket=REVIEW), FATHER, "resident"),
    (e.CaseClosed(how="answered"), LIN, "clerk"),
    (w.ReopenAsked(reason="not_done"), FATHER, "resident"),
    (w.ReopenDecided(verdict="reopened", reason="not_done"), ZHAO, "supervisor"),
    (w.PetitionReopened(), ZHAO, "supervisor"),
)

REVIEWED: tuple[Act, ...] = (
    (opened("XF-FUCHA", "putuo-2026-0001"), FATHER, "resident"),
    (w.DocketLinked(docket=FIRST, relation="reviewed"), FATHER, "resident"),
    (p.ReviewRequested(of=FIRST, late=True, barred=(WANG,), paper=WORDS), FATHER, "resident"),
    (p.LatenessExcused(reason="at_sea"), ZHAO, "supervisor"),
    (p.InterestDeclared(person=HU, relation="kin"), HU, "director"),
    (p.HandlerNamed(person=QIAN), ZHAO, "supervisor"),
    (p.OpinionIssued(outcome="upheld", facts=WORDS, grounds=WORDS, basis=WORDS), QIAN, "officer"),
    (p.ReviewServed(outcome="upheld", to=FATHER), QIAN, "officer"),
    (p.ReviewOpened(docket=REREVIEW), FATHER, "resident"),
)

REREVIEWED: tuple[Act, ...] = (
    (opened("XF-FUHE", "putuo-2026-0002"), FATHER, "resident"),
    (p.RereviewRequested(of=REVIEW, barred=(WANG, QIAN), paper=WORDS), FATHER, "resident"),
    (p.HandlerNamed(person=ZHAO), HU, "director"),
    (p.HearingOpened(place="PT"), ZHAO, "supervisor"),
    (p.HearingClosed(paper=WORDS), ZHAO, "supervisor"),
    (p.OpinionIssued(outcome="changed", facts=WORDS, grounds=WORDS, basis=WORDS), ZHAO, "supervisor"),
    (p.RereviewServed(outcome="changed", paper=WORDS, to=FATHER), ZHAO, "supervisor"),
    (p.ExecutionReported(state="done", paper=WORDS), WANG, "officer"),
)

ACCUSED: tuple[Act, ...] = (
    (opened("XF-JUBAO", "baisha-2026-0102", confidential=True), "", "resident"),
    (p.PetitionRegistered(sort="accusation", anonymous=True), "", "resident"),
    (e.PartyNamed(part="complained_of", office="ST09"), "", "resident"),
    (w.AccessAsked(person=WANG, reason="handling"), WANG, "officer"),
    (w.AccessGranted(person=WANG, asked="handling", reason="handling"), KEEPER, "custodian"),
    (w.AccessForced(reason="life_at_risk", paper=WORDS), HU, "director"),
    (w.AccessRevoked(person=HU, reason="done"), KEEPER, "custodian"),
    (p.PetitionTaken(), WANG, "officer"),
    (p.ReplyGiven(taken_up=True, paper=WORDS), WANG, "officer"),
)

SENT_ON: tuple[Act, ...] = (
    (opened(number="baisha-2026-0103"), DAUGHTER, "resident"),
    (p.PetitionRegistered(sort="redress", route="art31-1"), LIN, "clerk"),
    (p.PetitionSentOn(door="litigation", office="D-SF"), LIN, "clerk"),
)

AT_SEA: tuple[Act, ...] = (
    (opened(number="haishang-2026-0001", said=WORDS), FATHER, "resident"),
    (p.PetitionRegistered(sort="redress"), FATHER, "resident"),
    (s.SeaReceived(post="PS01", recording=WORDS, photos=(WORDS,), signature=WORDS, boat=WORDS), FATHER, "resident"),
    (s.MediationOpened(about="gear", boats=WORDS), FATHER, "resident"),
    (s.MediationStated(side="first", paper=WORDS, recording=WORDS, signature=WORDS), FATHER, "resident"),
    (s.MediationStated(side="second", paper=WORDS, signature=WORDS), LIN, "clerk"),
    (s.MediationClosed(outcome="agreed", agreement=WORDS, read_back=True, first=WORDS, second=WORDS), LIN, "clerk"),
)


def entries_for(docket: str, acts: tuple[Act, ...], *, days: float = 0, apart: int = 60) -> list[Entry]:
    """``acts`` as entries, ``apart`` seconds after one another, the first ``days`` after the night call."""
    made = []
    start = millis(NIGHT + timedelta(days=days))
    for number, (body, by, role) in zip(itertools.count(), acts, strict=False):
        entry_id = build_id(start + number * apart * 1000, 0, number)
        made.append(Entry(id=entry_id, docket=docket, kind=e.KIND_OF[type(body)], by=by, role=role, for_=FATHER,
                          node=NODE, body=body))  # fmt: skip
    return with_answers(made)


def with_answers(made: list[Entry]) -> list[Entry]:
    """Followed by the answers to cards and supervision, which name the entry they answer."""
    more: list[Act] = []
    for one in made:
        if isinstance(one.body, w.CardIssued):
            more.append((w.CardWithdrawn(card=one.id, reason="mended"), ZHAO, "supervisor"))
        if isinstance(
            one.body,
            w.SupervisionOpened | w.SupervisionReminded | w.SupervisionTakenOver | w.SupervisionMet | w.CardIssued,
        ):
            more.append((w.SupervisionAnswered(supervision=one.id, paper=WORDS), WANG, "officer"))
    last = millis(NIGHT) + 10**9
    for number, (body, by, role) in enumerate(more):
        entry_id = build_id(last + number, 0, number)
        made.append(Entry(id=entry_id, docket=made[0].docket, kind=e.KIND_OF[type(body)], by=by, role=role,
                          for_=FATHER, node=NODE, body=body))  # fmt: skip
    return made


STORIES = {
    FIRST: entries_for(FIRST, HANDLED),
    REVIEW: entries_for(REVIEW, REVIEWED, days=60),
    REREVIEW: entries_for(REREVIEW, REREVIEWED, days=120),
    ACCUSATION: entries_for(ACCUSATION, ACCUSED),
    key(46): entries_for(key(46), SENT_ON),
    key(47): entries_for(key(47), AT_SEA),
}


def until(story: list[Entry], kind: type[Body], place: int = 0):
    """The docket of ``story`` up to and with the ``place``-th body of type ``kind``."""
    at = [number for number, one in enumerate(story) if type(one.body) is kind][place]
    return fold(story[: at + 1], TABLES)
