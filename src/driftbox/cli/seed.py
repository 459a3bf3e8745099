"""``driftbox seed demo``: an invented Putuo, ready to click, made through the same actions that the pages use."""

import argparse
import sys
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from driftbox.apps.agents.squad import authorise, make_squad
from driftbox.apps.custody.actions import register_box
from driftbox.apps.custody.queries import boxes
from driftbox.apps.errands.carriage import Sailing, land_box, load_box
from driftbox.apps.errands.casting import CAST, cast_staff
from driftbox.apps.errands.deposits import Bag, deposit
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.intake import Call, give_checklist, take_call
from driftbox.apps.errands.night_call import DAUGHTER, FATHER, LABEL, Stage, play, set_stage
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.pack import current_pack
from driftbox.apps.people.queries import Particulars, account_named
from driftbox.apps.serving.actions import Issuing, Service, issue, serve
from driftbox.apps.serving.queries import offered
from driftbox.cli.clock_now import now
from driftbox.cli.manage import prepare
from driftbox.cli.seed_months import fill_months, storm_coming
from driftbox.cli.seed_petitions import seed_petitions
from driftbox.cli.seed_roster import seed_roster
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused

PASSWORD = "piaoliuxiang-demo"  # noqa: S105 - the demo's password is printed on purpose
NEIGHBOURS = (
    ("贺阿根", "13800000721", "身份证掉海里了，要补一张"),
    ("庄秀英", "13800000722", "老了走不动，有没有人上门照顾"),
    ("丁老大", "13800000723", "渔船年检到期了"),
    ("沈阿婆", "13800000724", "老人优待证怎么办"),
)
MOST_DAYS = 400
AGAIN = ("JT-DAOMIN", "我爸常要坐船去对岸看病，岛上人买船票好便宜点的，怎么办？")
HERE = "http://127.0.0.1:8000/"
MATTERS = ("GA-SHENFEN", "MZ-JUJIA", "YY-CHUANJIAN", "LL-YOUDAI")


def register(subparsers: Any) -> None:
    """Add the command."""
    seed = subparsers.add_parser("seed", help="fill an empty data folder")
    seed.add_argument("what", choices=["demo"])
    seed.add_argument("--days", type=int, default=0, help="how many days of an invented past to live through first")
    seed.set_defaults(func=run)


def run(arguments: argparse.Namespace) -> int:
    """Make the demo, once; prints the logins by role.

    Raises:
        Refused: a number of days that cannot be, or a demo that was broken off half-way.
    """
    if not 0 <= arguments.days <= MOST_DAYS:
        raise Refused("seed.days", "天数要在 0 到 {most} 之间，什么都没有做。", most=MOST_DAYS)
    prepare()
    known = {box.label for box in boxes()}
    if LABEL in known:
        sys.stdout.write("演示已经在了 The demo is already there.\n")
    elif known:
        raise Refused("seed.half", "演示上回只做了一半。请换一个空的 DRIFTBOX_HOME，或把旧的删掉再来。")
    else:
        moment = now().astimezone(ZoneInfo(current_pack().zone))
        if arguments.days:
            fill_months(moment, arguments.days, PASSWORD)
        with together():  # whole or not at all, and one wait for the disk instead of hundreds
            _fill(moment)
        if arguments.days:
            storm_coming(account_named("lin").person, moment)
    _print_logins()
    return 0


def _fill(moment: datetime) -> None:
    _finished(moment)
    _squad(moment)
    stage = set_stage(moment, password=PASSWORD)
    _under_way(stage, moment)
    _asked_again(stage, moment)
    seed_petitions(PASSWORD, now=moment)
    seed_roster(stage.staff["hu"], now=moment)


def _squad(moment: datetime) -> None:
    """Agents enough to see coverage: as many as the pack says there are, none of whom exists."""
    cast = cast_staff(PASSWORD, now=moment)
    authorise({cast["chen"].person: "care", cast["yu"].person: ""}, now=moment)
    total = current_pack().settings.get("agents_total")
    agents = sum("agent" in account.roles for account in cast.values())
    make_squad((total if isinstance(total, int) else 0) - agents, now=moment)


def _finished(moment: datetime) -> None:
    """One case from last month, from the call to the door; then the empty box goes back to its pier."""
    stage = set_stage(moment - timedelta(days=40), password=PASSWORD)
    for scene in play(stage):
        if scene.docket.stage == "accepted" and not scene.docket.notices:
            _in_writing(stage, scene.docket, scene.at)
    crew = stage.staff["fang"].person
    back = Sailing("boat-home", stage.destination, stage.origin)
    load_box(stage.box, back, Hand(by=crew, role="crew", now=stage.at(23, "13:00")))
    land_box(stage.box, stage.origin, Hand(by=crew, role="crew", now=stage.at(23, "13:30")))


def _in_writing(stage: Stage, docket: Docket, at: datetime) -> None:
    """That it was taken on is told in writing, and handed over the same day."""
    clerk = stage.staff["lin"]
    who = Issuing(by=clerk.person, role="clerk", office=clerk.office, site=settings.DRIFTBOX_SITE or HERE)
    kinds = [form.code for form, _entry in offered(docket)]
    if kinds:
        notice = issue(docket.id, kinds[0], who, now=at)
        by_hand = Service(way="agent", proof="signature")
        serve(docket.id, notice.serial, by_hand, by=clerk.person, role="clerk", now=at)


def _under_way(stage: Stage, moment: datetime) -> None:
    """Cases that wait at different stages today."""
    pack, clerk = current_pack(), stage.staff["lin"]
    known = [code for code in MATTERS if code in pack.matters] or list(islice(pack.matters, 4))
    for place, ((name, phone, words), matter) in enumerate(zip(NEIGHBOURS, known, strict=False)):
        at = moment - timedelta(days=3, hours=place)
        caller = Particulars(name=name, phone=phone)
        call = Call(matter=matter, words=words, caller=caller, office=clerk.office)
        docket = take_call(call, recorder=clerk.person, now=at)
        if place == 0:
            continue
        docket = give_checklist(docket, frozenset(), ("voice", "sms"), by=clerk.person, role="clerk", now=at)
        if place == 1:
            _hand_in(docket, moment - timedelta(hours=2))
    other = [code for code in pack.piers if code not in {stage.origin, stage.destination}]
    for number, pier in enumerate(other[:3], start=2):
        register_box(f"BX-{number:02}", pier, by=stage.staff["hu"].person, role="director", now=moment)


def _asked_again(stage: Stage, moment: datetime) -> None:
    """The family of the finished case calls once more: what they gave then is still good and is not asked for."""
    clerk, pack = stage.staff["lin"], current_pack()
    if AGAIN[0] in pack.matters:
        call = Call(
            matter=AGAIN[0], words=AGAIN[1], caller=DAUGHTER, beneficiary=FATHER, relation="child",
            office=clerk.office,
        )  # fmt: skip
        take_call(call, recorder=clerk.person, now=moment - timedelta(hours=1))


def _hand_in(docket: Docket, at: datetime) -> None:
    papers = tuple(item for item in docket.checklist if item.source == "resident" and item.kind != "shown")
    if papers:
        deposit("BX-01", Bag(docket.id, papers, "BS-0421"), Hand(by="", role="depositor", now=at))
        sys.stdout.write(f"试试 Try: {docket.number} 回执码 receipt {receipt_of(docket.id)}\n")


def _print_logins() -> None:
    sys.stdout.write("登录 Logins（密码 password: " + PASSWORD + "）\n")
    for role in CAST:
        sys.stdout.write(f"  {role.username:<6} {role.name} {', '.join(role.roles)}\n")
    sys.stdout.flush()
