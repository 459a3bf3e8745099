"""The story 夜里的电话: from a night call to the card at the door, through the same actions that the pages use.

Everybody in it is invented.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from driftbox.apps.custody.actions import register_box
from driftbox.apps.custody.models import BoxRow
from driftbox.apps.deadlines.queries import last_lawful_day
from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.carriage import Sailing, collect, land_box, load_box
from driftbox.apps.errands.casting import cast_staff, first_matter
from driftbox.apps.errands.deposits import Bag, deposit, pack_return
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.intake import Call, give_checklist, take_call
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import Particulars
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body

WORDS = "我爸在对岸住院，钱花光了，屋里呒没收入了，好办点啥补助伐？"
DAUGHTER = Particulars(name="周敏", phone="13800000713")
FATHER = Particulars(name="周大海", phone="13800000714", address="白沙岛")
LABEL = "BX-01"


class Scene(Struct, frozen=True):
    """One moment of the story: when, and the case as it then stands."""

    at: datetime
    docket: Docket


class Stage(Struct):
    """Who and what the story is played with."""

    staff: dict[str, Account]
    start: datetime
    box: str
    origin: str
    destination: str

    def at(self, days: int, clock: str) -> datetime:
        """A local time ``days`` after the call."""
        hour, minute = clock.split(":")
        day = self.start + timedelta(days=days)
        return day.replace(hour=int(hour), minute=int(minute))


def set_stage(start: datetime, *, password: str) -> Stage:
    """The staff and the box, made when missing. ``start`` is the local evening of the call."""
    staff = cast_staff(password, now=start)
    away, home = box_route()
    if not BoxRow.objects.filter(pk=LABEL).exists():
        register_box(LABEL, away, by=staff["hu"].person, role="director", now=start)
    return Stage(staff, start, LABEL, away, home)


def box_route() -> tuple[str, str]:
    """The two piers between which the box travels: as the pack says, or else its first two."""
    piers = tuple(current_pack().piers)
    route = current_pack().settings.get("box_route")
    away, home = route if isinstance(route, tuple) and set(route) <= set(piers) else piers[:2]
    return away, home


def play(stage: Stage) -> Iterator[Scene]:
    """Play the story scene by scene."""
    docket = Docket()
    for scene in ask_once(stage):
        docket = scene.docket
        yield scene
    for part in (over_the_sea, _taken_out, _decided, _home_by_box, _answer_at_the_door):
        for scene in part(stage, docket):
            docket = scene.docket
            yield scene


def ask_once(stage: Stage) -> Iterator[Scene]:
    """A call at night; the one list is told before it ends."""
    clerk, at = stage.staff["lin"], stage.at(0, "21:42")
    call = Call(
        matter=first_matter(), words=WORDS, caller=DAUGHTER, beneficiary=FATHER, relation="child",
        office=clerk.office,
    )  # fmt: skip
    docket = take_call(call, recorder=clerk.person, now=at)
    yield Scene(at, docket)
    at = stage.at(0, "22:05")
    told: tuple[e.Way, ...] = ("voice", "sms")
    answers = frozenset({"serious_illness"})
    docket = give_checklist(docket, answers, told, by=clerk.person, role="clerk", now=at)
    yield Scene(at, docket)


def papers_of(docket: Docket) -> tuple[e.Item, ...]:
    """What the resident was asked for and does not merely show."""
    return tuple(item for item in docket.checklist if item.source == "resident" and item.kind != "shown")


def over_the_sea(stage: Stage, docket: Docket) -> Iterator[Scene]:
    """Into the box, aboard, ashore."""
    agent, crew, papers = stage.staff["chen"], stage.staff["fang"], papers_of(docket)
    at = stage.at(2, "9:40")
    yield Scene(at, deposit(LABEL, Bag(docket.id, papers, "BS-0413"), Hand(by="", role="depositor", now=at)))
    at = stage.at(2, "10:00")
    yield Scene(at, record(docket.id, [e.TaskClaimed(agent=agent.person)], by=agent.person, role="agent", now=at))
    at = stage.at(2, "10:20")
    sailing = Sailing("boat-1020", stage.origin, stage.destination, stage.at(2, "10:50").isoformat())
    load_box(LABEL, sailing, Hand(by=crew.person, role="crew", now=at))
    yield Scene(at, load(docket.id).docket)
    at = stage.at(2, "10:50")
    land_box(LABEL, stage.destination, Hand(by=crew.person, role="crew", now=at))
    yield Scene(at, load(docket.id).docket)


def _taken_out(stage: Stage, docket: Docket) -> Iterator[Scene]:
    agent, parcel, papers = stage.staff["chen"], next(iter(docket.parcels)), papers_of(docket)
    at = stage.at(2, "10:55")
    yield Scene(at, collect(LABEL, parcel, Hand(by=agent.person, role="agent", now=at)))
    at = stage.at(2, "11:10")
    bodies = [e.MaterialsCounted(parcel=parcel, found=papers), e.MaterialsChecked()]
    yield Scene(at, record(docket.id, bodies, by=agent.person, role="agent", now=at))


def _decided(stage: Stage, docket: Docket) -> Iterator[Scene]:
    clerk, officer = stage.staff["lin"], stage.staff["wang"]
    at = stage.at(2, "11:20")
    accepted = record(docket.id, [e.CaseAccepted(receipt=docket.number)], by=clerk.person, role="clerk", now=at)
    yield Scene(at, accepted)
    lawful = last_lawful_day(accepted, at)
    if lawful:
        promise = e.PromiseMade(due=_earlier(lawful, 5).isoformat())
        yield Scene(at, record(docket.id, [promise], by=clerk.person, role="clerk", now=at))
    at = stage.at(10, "9:00")
    notice = [e.PublicityOpened(place=docket.office)]
    yield Scene(at, record(docket.id, notice, by=officer.person, role="officer", now=at))
    at = stage.at(17, "9:00")
    yield Scene(at, record(docket.id, [e.PublicityClosed()], by=officer.person, role="officer", now=at))
    at = stage.at(21, "15:00")
    decided: list[Body] = [e.DecisionMade(outcome="granted", ground="meets_conditions")]
    decided.append(e.ResultIssued(items=(e.Item(code="allowance_card", kind="original"),), place=officer.office))
    yield Scene(at, record(docket.id, decided, by=officer.person, role="officer", now=at))


def _home_by_box(stage: Stage, docket: Docket) -> Iterator[Scene]:
    """The empty box came back long ago; now it brings the card and the originals home."""
    agent, crew, officer = stage.staff["chen"], stage.staff["fang"], stage.staff["wang"]
    sailor = Hand(by=crew.person, role="crew", now=stage.at(21, "16:00"))
    load_box(LABEL, Sailing("boat-1600", stage.destination, stage.origin), sailor)
    land_box(LABEL, stage.origin, Hand(by=crew.person, role="crew", now=stage.at(21, "16:30")))
    at = stage.at(22, "8:30")
    brought = [e.ResultCollected(place=officer.office)]
    docket = record(docket.id, brought, by=agent.person, role="agent", now=at)
    yield Scene(at, docket)
    at = stage.at(22, "9:40")
    bag = Bag(docket.id, (*docket.result, *originals_of(docket)), "BS-0587")
    docket = pack_return(LABEL, bag, Hand(by=agent.person, role="agent", now=at))
    yield Scene(at, docket)
    parcel = list(docket.parcels)[-1]
    at = stage.at(22, "10:20")
    sailing = Sailing("boat-1020", stage.origin, stage.destination, stage.at(22, "10:50").isoformat())
    load_box(LABEL, sailing, Hand(by=crew.person, role="crew", now=at))
    yield Scene(at, load(docket.id).docket)
    at = stage.at(22, "10:50")
    land_box(LABEL, stage.destination, Hand(by=crew.person, role="crew", now=at))
    yield Scene(at, load(docket.id).docket)
    at = stage.at(22, "10:55")
    yield Scene(at, collect(LABEL, parcel, Hand(by=agent.person, role="agent", now=at)))


def originals_of(docket: Docket) -> tuple[e.Item, ...]:
    """The originals that are still with us, as a manifest has them."""
    return tuple(e.Item(code=code, kind="original", count=count) for code, count in docket.originals.items() if count)


def _answer_at_the_door(stage: Stage, docket: Docket) -> Iterator[Scene]:
    clerk, agent = stage.staff["lin"], stage.staff["chen"]
    at = stage.at(22, "16:30")
    signed = seal_text(docket.id, "周大海", now=at)
    bodies: list[Body] = [e.ResultDelivered(to=docket.beneficiary, proof="signature", place="home", paper=signed)]
    if originals_of(docket):
        bodies.append(e.MaterialsReturned(items=originals_of(docket), proof="signature", paper=signed))
    yield Scene(at, record(docket.id, bodies, by=agent.person, role="agent", now=at))
    at = stage.at(22, "19:00")
    rated = e.CaseRated(satisfaction=1, solved="yes", via="phone")
    helper = docket.applicant
    yield Scene(at, record(docket.id, [rated], by=helper, role="helper", for_=docket.beneficiary, now=at))
    at = stage.at(23, "9:00")
    yield Scene(at, record(docket.id, [e.CaseClosed(how="done")], by=clerk.person, role="clerk", now=at))


def _earlier(day: date, working_days: int) -> date:
    while working_days:
        day -= timedelta(days=1)
        working_days -= not calendar().is_rest_day(day)
    return day
