"""What every page says of a petition: its class and way, its clocks with the share that is used, and its links."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext_lazy
from msgspec import Struct

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import row_of
from driftbox.apps.pack import calendar, current_pack, tables
from driftbox.apps.people.queries import GONE, Colleague, colleagues, particulars_of_all
from driftbox.domain.deadlines.clocks import Reading
from driftbox.domain.docket.petition_effects import DISCONTENT
from driftbox.domain.docket.petition_guide import GuideRoute
from driftbox.domain.docket.petition_step import waited_for
from driftbox.domain.docket.state import Docket
from driftbox.web.base.petition_form import way_of_docket
from driftbox.web.base.telling import place_name, said

RELATIONS: Final = {
    "review": gettext_lazy("复查、复核另立的一件"),
    "reviewed": gettext_lazy("要再看一遍的原来那件"),
    "arisen_from": gettext_lazy("没办成的那件事"),
    "became_petition": gettext_lazy("由它提起的信访"),
    "aid": gettext_lazy("同时替他办的"),
    "aid_for": gettext_lazy("由这件信访开的"),
    "repeat": gettext_lazy("以前反映过的"),
    "duplicate": gettext_lazy("并进来的"),
    "related": gettext_lazy("有关的"),
}
CHANNELS: Final = {
    "phone": gettext_lazy("电话"),
    "window": gettext_lazy("窗口"),
    "web": gettext_lazy("网上"),
    "visit": gettext_lazy("走访"),
    "home": gettext_lazy("上门"),
    "video": gettext_lazy("视频"),
    "sea": gettext_lazy("海上"),
    "letter": gettext_lazy("来信"),
    "fax": gettext_lazy("传真"),
}


class Running(Struct, frozen=True):
    """One clock as a page shows it: ``used`` and ``whole`` are calendar days from its start, for the bar."""

    reading: Reading
    used: int
    whole: int


class Beside(Struct, frozen=True):
    """Another docket that belongs to this one: how, under which number and title, at which stage; ``opens``: whether
    whoever looks may open it.
    """

    docket: str
    how: str
    opens: bool
    number: str
    title: str
    stage: str


class Who(Struct, frozen=True):
    """One person or office that takes part."""

    part: str
    name: str


class Petitioned(Struct, frozen=True):
    """What a page says of a petition beyond where it stands. ``waits``: it waits for something beside its stage, which
    the day of the stage does not limit. ``ended``: the clocks that have stopped.
    """

    way: GuideRoute | None
    channel: str
    confirmed: bool
    stage: str
    waits: bool
    clocks: tuple[Running, ...]
    ended: tuple[Running, ...]
    links: tuple[Beside, ...]
    parties: tuple[Who, ...]
    handler: Colleague | None
    office: str
    may_ask_review: bool
    may_rate: bool
    report_by: date | None


def petitioned(docket: Docket, now: datetime, links: Iterable[Beside] = ()) -> Petitioned:
    """A petition, ready for a page; ``links``: what ``beside`` found for whoever looks."""
    known, found = docket.petition, running(docket, now)
    return Petitioned(
        way=way_of_docket(docket), channel=str(CHANNELS[docket.channel]), confirmed=known.confirmed,
        stage=said(tables()[docket.procedure].stages[docket.stage].name), waits=waited_for(docket) is not None,
        clocks=tuple(one for one in found if not one.reading.stopped),
        ended=tuple(one for one in found if one.reading.stopped),
        links=tuple(links), parties=_parties(docket), handler=colleagues().get(known.handler),
        office=place_name(known.office or docket.office), may_ask_review=may_ask_review(docket),
        may_rate=may_rate(docket),
        report_by=date.fromisoformat(known.report_by) if known.report_by and not known.reported else None,
    )  # fmt: skip


def may_rate(docket: Docket) -> bool:
    """Whether the petitioner may say now how content they are: once, and once more after something was mended."""
    known = docket.petition
    here = ("case.rated", docket.stage) in tables()[docket.procedure].arrows
    return here and (not known.ratings or (known.ratings == 1 and known.mended and docket.satisfaction >= DISCONTENT))


def may_ask_review(docket: Docket) -> bool:
    """Whether the petitioner may ask that it be looked at again one level up (Arts. 35, 36)."""
    table = tables()[docket.procedure]
    return (
        ("review.opened", docket.stage) in table.arrows
        and not docket.petition.review
        and docket.petition.tier < len(("review", "rereview"))
    )


def running(docket: Docket, now: datetime) -> tuple[Running, ...]:
    """The clocks that have started."""
    today = calendar().local_date(now)
    return tuple(_running(reading, today) for reading in clocks_of(docket, now))


def _running(reading: Reading, today: date) -> Running:
    whole = (reading.due - reading.starts).days if reading.due else 0
    used = ((reading.stopped or today) - reading.starts).days
    return Running(reading, max(0, min(used, whole)), whole)


def beside(docket: Docket, opens: Callable[[str], bool], *, own: bool = False) -> tuple[Beside, ...]:
    """The dockets that are linked to this one, the review chain among them; ``opens`` says which may be opened.

    A confidential one that may not be opened is not told of. ``own``: only those of the same beneficiary, because
    somebody else's petition about the same matter is nobody's to see.
    """
    known = docket.petition
    linked = {link.docket: link.relation for link in known.links}
    linked |= {known.review: "review"} if known.review else {}
    linked |= {known.reviewed: "reviewed"} if known.reviewed else {}
    found = []
    for other, relation in linked.items():
        row = row_of(other)
        if row is None or (own and row.beneficiary != docket.beneficiary):
            continue
        if opens(other) or not row.confidential:
            found.append(_beside(row, relation, opens=opens(other)))
    return tuple(found)


def _beside(row: CaseRow, relation: str, *, opens: bool) -> Beside:
    title, stage = current_pack().matters[row.matter].plain, tables()[row.procedure].stages[row.stage]
    return Beside(row.docket, str(RELATIONS.get(relation, relation)), opens, row.number, said(title), said(stage.name))


PARTS: Final = {
    "beneficiary": gettext_lazy("信访人"),
    "representative": gettext_lazy("代表"),
    "petitioner": gettext_lazy("一起反映的"),
    "helper": gettext_lazy("帮忙的人"),
}
NAMED: Final = gettext_lazy("说到了")


def _parties(docket: Docket) -> tuple[Who, ...]:
    """Who takes part, the petitioner first, whoever is complained of last."""
    known = docket.petition
    people, staff = particulars_of_all({*docket.parties, *known.complained}), colleagues()
    parts = {who: part for who, part in docket.parties.items() if part in PARTS}
    parts |= dict.fromkeys(known.representatives, "representative") | {docket.beneficiary: "beneficiary"}
    order = list(PARTS)
    rows = [
        Who(str(PARTS[part]), people.get(who, GONE).name)
        for who, part in sorted(parts.items(), key=lambda pair: order.index(pair[1]))
        if who
    ]
    named = [staff[who].name if who in staff else people.get(who, GONE).name for who in known.complained]
    named += [place_name(office) for office in known.complained_offices]
    return tuple(rows + [Who(str(NAMED), name) for name in named])
