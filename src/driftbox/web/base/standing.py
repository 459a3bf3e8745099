"""Where a case stands, ready for a page: next step, clocks, where the papers are, the drawn way."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.queries import marked_entries
from driftbox.apps.pack import began_otherwise, calendar, current_pack, matter_of, tables
from driftbox.apps.people.queries import Colleague, colleagues, particulars_of
from driftbox.domain.consult.matter import Matter
from driftbox.domain.deadlines.clocks import Reading
from driftbox.domain.docket.incident import PROCEDURE as INCIDENT
from driftbox.domain.docket.next_step import NextStep, next_step, papers_where
from driftbox.domain.docket.state import Docket, Parcel
from driftbox.domain.log.ids import instant
from driftbox.gateways.pack import Pack
from driftbox.web.base.telling import Line, material_names, place_name, said, tell

WAY = {
    "": ("-60", "-60", "83", False),
    "pier": ("50", "20", "83", False),
    "ship": ("125", "67", "84", True),
    "landing": ("182", "137", "83", False),
    "window": ("236", "195", "83", False),
    "office": ("292", "254", "83", False),
    "door": ("1900", "312", "83", False),
}
STOPS = ("pier", "ship", "landing", "window", "office", "door")


class Way(Struct, frozen=True):
    """The four numbers of the drawn way, and which stop is now."""

    clip: str
    box_x: str
    box_y: str
    hull: bool
    stop: str


class Standing(Struct, frozen=True):
    """Everything that a page about one case says."""

    docket: Docket
    pack: Pack
    matter: Matter
    title: str
    step: NextStep
    step_by: date | None
    whose: str
    agent: Colleague | None
    clocks: tuple[Reading, ...]
    lawful: date | None
    promised: date | None
    delivered: datetime | None
    where: str
    way: Way
    parcels: tuple[Parcel, ...]
    lines: list[Line]
    beneficiary: str
    applicant: str
    today: date
    final: bool
    originals: tuple[str, ...]
    originals_due: date | None
    follows: date | None  # the day whose version of the matter it follows, where today's is another


ROLES = {
    "resident": "您",
    "clerk": "窗口",
    "agent": "代办员",
    "officer": "部门经办人",
    "director": "站长",
}


def standing_of(docket: Docket, now: datetime) -> Standing:
    """A case, ready for a page."""
    pack, table, people = current_pack(), tables()[docket.procedure], colleagues()
    step = next_step(docket, table, tables().get(INCIDENT))
    clocks = clocks_of(docket, now)
    lines = [tell(docket, entry, people, mark) for entry, mark in marked_entries(docket.id)]
    matter = matter_of(docket)
    agent = people.get(docket.agent)
    return Standing(
        docket=docket, pack=pack, matter=matter, title=said(matter.plain), step=step,
        step_by=_due(clocks, step.clock), whose=_whose(step, agent),
        agent=agent, clocks=clocks, lawful=_due(clocks, "statutory") or _due(clocks, "handling"),
        promised=date.fromisoformat(docket.promised) if docket.promised else None, where=where_sentence(docket),
        delivered=instant(docket.delivered_ms) if docket.delivered_ms else None,
        way=way_of(docket, table.stages[docket.stage].stop), parcels=tuple(docket.parcels.values()), lines=lines,
        beneficiary=particulars_of(docket.beneficiary).name, applicant=particulars_of(docket.applicant).name,
        today=calendar().local_date(now), final=table.stages[docket.stage].final,
        originals=tuple(material_names(docket, [code for code, count in docket.originals.items() if count])),
        originals_due=_originals_due(docket, pack), follows=began_otherwise(docket),
    )  # fmt: skip


def _originals_due(docket: Docket, pack: Pack) -> date | None:
    """The day by which originals that we hold must be back: the pack's calendar days after they came in."""
    days = pack.settings.get("originals_back_days")
    if not docket.originals_ms or not isinstance(days, int):
        return None
    return calendar().local_date(instant(docket.originals_ms)) + timedelta(days=days)


def _whose(step: NextStep, agent: Colleague | None) -> str:
    if step.person and agent:
        return agent.name
    return gettext(ROLES[step.role]) if step.role in ROLES else ""


def _due(clocks: tuple[Reading, ...], name: str) -> date | None:
    found = [reading.due for reading in clocks if reading.clock == name and reading.due]
    return found[0] if found else None


def way_of(docket: Docket, stop: str) -> Way:
    """Where the box stands on the drawn line."""
    if stop == "pier":
        places = {parcel.where for parcel in docket.parcels.values()}
        stop = "ship" if "ship" in places else "landing" if "landing" in places else stop
    clip, x, y, hull = WAY[stop]
    return Way(clip, x, y, hull, stop)


def where_sentence(docket: Docket) -> str:
    """Where the papers are, in one sentence."""
    where = papers_where(docket)
    parcels = sorted(docket.parcels.values(), key=lambda parcel: parcel.moved_ms)
    place = place_name(parcels[-1].place) if parcels else ""
    return {
        "resident": gettext("结果在您手里") if docket.delivered_ms else gettext("材料还在您手里"),
        "box": gettext("材料在{place}的漂流箱里").format(place=place),
        "ship": gettext("材料在船上"),
        "landing": gettext("材料到了{place}").format(place=place),
        "agent": gettext("结果在代办员手里") if docket.result_with else gettext("材料在代办员手里"),
        "office": gettext("结果在部门，等代办员去领") if docket.result_with else gettext("材料在窗口"),
        "department": gettext("材料在部门"),
        "returned": gettext("材料还给您了"),
    }[where]
