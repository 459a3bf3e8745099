"""The story 一件信访: from the window to the final review and what comes after, through the actions that the pages use.

Everybody in it is invented.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.casting import cast_staff, first_matter
from driftbox.apps.errands.night_call import Scene
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.actions import issue_opinion, serve
from driftbox.apps.petitions.carrying import Asking
from driftbox.apps.petitions.chain import request_review
from driftbox.apps.petitions.joining import link, open_aid
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body

WORDS = "码头边的滑道塌了半边，船拉不上来，问了几家都说不归他管。"
PETITIONER = Particulars(name="周大海", phone="13800000714", address="白沙岛")
NEIGHBOUR = Particulars(name="金阿毛", phone="13800000715")


class PetitionStage(Struct):
    """Who plays, and the local morning on which it begins."""

    staff: dict[str, Account]
    start: datetime

    def at(self, days: int, clock: str = "10:00") -> datetime:
        """A local time ``days`` after the first morning."""
        hour, minute = clock.split(":")
        return (self.start + timedelta(days=days)).replace(hour=int(hour), minute=int(minute))

    def day(self, days: int) -> date:
        """A local day ``days`` after the first."""
        return (self.start + timedelta(days=days)).date()

    def does(self, name: str, docket: Docket, bodies: list[Body], days: int, role: str = "") -> Scene:
        """``name`` records ``bodies`` on the ``days``-th day."""
        account, at = self.staff[name], self.at(days)
        state = record(
            docket.id, bodies, by=account.person, role=role or account.roles[0], now=at, for_=docket.beneficiary
        )
        return Scene(at, state)

    def paper(self, docket: Docket, words: str, days: int) -> str:
        """``words`` sealed."""
        return seal_text(docket.id, words, now=self.at(days))


def set_petition_stage(start: datetime, *, password: str) -> PetitionStage:
    """The staff, made when missing. ``start`` is the local morning of the visit."""
    return PetitionStage(cast_staff(password, now=start), start)


def play_petition(stage: PetitionStage) -> Iterator[Scene]:
    """Play the story scene by scene; the scenes of a review are of its own docket."""
    docket = Docket()
    for act in (_register, _find_the_body, _handle, _review, _final_review, _rate):
        for scene in act(stage, docket):
            docket = scene.docket
            yield scene
    yield from _again(stage, docket)


def _register(stage: PetitionStage, _docket: Docket) -> Iterator[Scene]:
    clerk = stage.staff["lin"]
    told = Petitioning(
        sort="redress", route="art31-6", words=WORDS, office=clerk.office, channel="visit", petitioner=PETITIONER,
        others=(NEIGHBOUR,), representatives=(PETITIONER,), answers=("own_matter", "none", "no", "asked"),
        appeared=clerk.office,
    )  # fmt: skip
    docket = register(told, recorder=clerk.person, now=stage.at(0)).docket
    yield Scene(stage.at(0), docket)
    yield stage.does("lin", docket, [p.PetitionClassified(sort="redress", route="art31-6")], 0)


def _find_the_body(stage: PetitionStage, docket: Docket) -> Iterator[Scene]:
    first, second = stage.staff["wang"].office, stage.staff["he"].office  # whom it is asked of, and who takes it on
    yield stage.does("lin", docket, [e.PetitionTransferred(office=first)], 1)
    reason = stage.paper(docket, "滑道归渔业管，不是我们修的。", 3)
    objected: list[Body] = [p.TransferReceived(), p.PetitionObjected(reason="not_ours", paper=reason)]
    yield stage.does("wang", docket, objected, 3)
    yield stage.does("lin", docket, [p.PetitionReturned(papers=1)], 4)
    yield stage.does("lin", docket, [e.PetitionTransferred(office=second)], 4)
    handler = stage.staff["he"].person
    yield stage.does("he", docket, [p.TransferReceived(), p.HandlerNamed(person=handler), e.PetitionAccepted()], 8,
                     "officer")  # fmt: skip


def _handle(stage: PetitionStage, docket: Docket) -> Iterator[Scene]:
    heard = p.PetitionerHeard(paper=stage.paper(docket, "到滑道边听他说，看了塌的地方。", 12), how="in_person")
    yield stage.does("he", docket, [heard], 12, "officer")
    looked = p.PetitionInvestigated(paper=stage.paper(docket, "2011 年修的，图纸在库里。", 20))
    yield stage.does("he", docket, [looked], 20, "officer")
    yield stage.does("he", docket, [p.ExtensionAsked(days=20, reason="expert_awaited")], 40, "officer")
    told = stage.paper(docket, "等鉴定，延 20 天，当面告诉他了。", 41)
    yield stage.does("hu", docket, [p.PetitionExtended(days=20, reason="expert_awaited", paper=told)], 41)
    yield _issue(stage, docket, "he", "explained", 60)
    yield _serve(stage, docket, "he", 62)


def _issue(stage: PetitionStage, docket: Docket, name: str, outcome: str, days: int) -> Scene:
    account = stage.staff[name]
    parts = ("滑道塌了，年久失修。", "列入下一批修缮，先拉警戒线。", "渔港管理的规定。")
    role = "officer" if "officer" in account.roles else account.roles[0]
    after = issue_opinion(docket.id, outcome, *parts, by=account.person, role=role, now=stage.at(days))
    return Scene(stage.at(days), after)


def _serve(stage: PetitionStage, docket: Docket, name: str, days: int) -> Scene:
    account = stage.staff[name]
    role = "officer" if "officer" in account.roles else account.roles[0]
    after = serve(docket.id, "signature", "in_person", PETITIONER.name, stage.day(days), by=account.person, role=role,
                  now=stage.at(days, "15:00"))  # fmt: skip
    return Scene(stage.at(days, "15:00"), after)


def _review(stage: PetitionStage, docket: Docket) -> Iterator[Scene]:
    asking = Asking(by=docket.beneficiary, recorder=stage.staff["lin"].person)
    asked = request_review(docket.id, "下一批是哪年？没有写。", asking, now=stage.at(75)).docket
    yield Scene(stage.at(75), load(docket.id).docket)
    yield Scene(stage.at(75), asked)
    yield stage.does("zhao", asked, [p.HandlerNamed(person=stage.staff["wang"].person)], 76)
    yield _issue(stage, asked, "wang", "upheld", 95)
    yield _serve(stage, asked, "wang", 97)


def _final_review(stage: PetitionStage, docket: Docket) -> Iterator[Scene]:
    asking = Asking(by=docket.beneficiary)
    asked = request_review(docket.id, "还是没有写哪年。", asking, now=stage.at(110)).docket
    yield Scene(stage.at(110), load(docket.id).docket)
    yield Scene(stage.at(110), asked)
    yield stage.does("hu", asked, [p.HandlerNamed(person=stage.staff["zhao"].person)], 111)
    yield stage.does("zhao", asked, [p.HearingOpened(place=asked.office)], 118)
    yield stage.does("zhao", asked, [p.HearingClosed()], 119)
    yield _issue(stage, asked, "zhao", "changed", 130)
    yield _serve(stage, asked, "lin", 132)
    done = p.ExecutionReported(state="partly", paper=stage.paper(asked, "警戒线拉了，石料已到。", 140))
    yield stage.does("he", asked, [done], 140, "officer")


def _rate(stage: PetitionStage, docket: Docket) -> Iterator[Scene]:
    person = docket.beneficiary
    bad: list[Body] = [e.CaseRated(satisfaction=4, solved="partly", via="phone")]
    yield Scene(stage.at(141), record(docket.id, bad, by=person, role="resident", now=stage.at(141)))
    yield stage.does("lin", docket, [w.CallbackMade()], 142)
    mended = w.MendingReported(paper=stage.paper(docket, "滑道修好了，请他看过。", 150))
    yield stage.does("he", docket, [mended], 150, "officer")
    good: list[Body] = [e.CaseRated(satisfaction=2, solved="yes", via="phone")]
    yield Scene(stage.at(151), record(docket.id, good, by=person, role="resident", now=stage.at(151)))


def _again(stage: PetitionStage, ended: Docket) -> Iterator[Scene]:
    """The same facts once more: registered, not accepted, told why and what help remains; aid is opened beside it."""
    clerk = stage.staff["lin"]
    told = Petitioning(sort="redress", words=WORDS, office=clerk.office, channel="phone", petitioner=PETITIONER)
    docket = register(told, recorder=clerk.person, now=stage.at(160)).docket
    yield Scene(stage.at(160), docket)
    linked = link(docket.id, ended.id, "repeat", by=clerk.person, role="clerk", now=stage.at(160, "10:20"))
    yield Scene(stage.at(160, "10:20"), linked)
    open_aid(docket.id, [first_matter()], by=clerk.person, role="clerk", now=stage.at(161))
    paper = stage.paper(docket, "复核过了，不再受理；补助的事我们替您另开了一件。", 161)
    yield stage.does("lin", docket, [e.CaseDeclined(ground="ended_after_rereview", door="help", paper=paper)], 161)
