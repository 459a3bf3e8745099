"""The demo's petitions: one that went the whole way, one past its last day, one of today, one told in confidence."""

from datetime import datetime, timedelta

from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.registering import Petitioning, register
from driftbox.apps.petitions.story import play_petition, set_petition_stage
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.entries import PetitionAccepted
from driftbox.domain.log.entry import Body

AGO = 210  # days: the whole story takes 161


class Told(Struct, frozen=True):
    """One petition of the demo: what was said, by whom, as what, and how many days ago."""

    sort: p.Sort
    words: str
    name: str
    phone: str
    days: int
    route: p.Route = ""


TOLD = (
    Told("redress", "码头的路灯坏了大半年，晚上拢洋看不见跳板。", "乐阿福", "13800000731", 68, "art31-6"),
    Told("redress", "自来水管断了十来天，问了两家都说不是他们管的。", "江美英", "13800000732", 2, "art31-6"),
    Told("suggestion", "候船室里放两条长凳，老人等船好坐。", "姚根土", "13800000733", 6),
    Told("accusation", "村里修路的账目贴出来的和花掉的对不上。", "柳成", "13800000734", 9),
)


def seed_petitions(password: str, *, now: datetime) -> None:
    """Play the whole petition, and register the others; the first of them is past its last day."""
    stage = set_petition_stage((now - timedelta(days=AGO)).replace(hour=10, minute=0), password=password)
    for _scene in play_petition(stage):
        pass
    for told in TOLD:
        _tell(told, stage.staff, now - timedelta(days=told.days))


def _tell(told: Told, staff: dict[str, Account], at: datetime) -> None:
    clerk, officer = staff["lin"], staff["he"]
    petitioning = Petitioning(
        sort=told.sort, route=told.route, words=told.words, office=clerk.office, channel="visit",
        petitioner=Particulars(name=told.name, phone=told.phone), appeared=clerk.office,
    )  # fmt: skip
    docket = register(petitioning, recorder=clerk.person, now=at).docket
    if told is TOLD[0]:
        day = at + timedelta(days=3)
        named: list[Body] = [p.PetitionClassified(sort="redress", route="art31-6")]
        record(docket.id, named, by=clerk.person, role="clerk", now=day)
        taken: list[Body] = [p.HandlerNamed(person=officer.person), PetitionAccepted()]
        record(docket.id, taken, by=officer.person, role="officer", now=day)
