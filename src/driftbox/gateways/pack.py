"""What a pack holds once it is read: the data that makes the house Putuo's, or another archipelago's."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from driftbox.domain.arrival.hours import Opening, Rounds
from driftbox.domain.consult.bundle import Bundle
from driftbox.domain.consult.distress import Distress
from driftbox.domain.consult.form import Form
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.paper_kinds import PaperKind
from driftbox.domain.deadlines.rules import ClockRule
from driftbox.domain.docket.notice_form import NoticeForm
from driftbox.domain.docket.petition_guide import PetitionGuide
from driftbox.domain.docket.procedure import Procedure
from driftbox.domain.planning.agents import AgentRules
from driftbox.domain.planning.reception import ReceptionDay
from driftbox.domain.planning.roster import RosterRules
from driftbox.domain.text import Text

OfficeKind = Literal["bureau", "centre", "station", "point", "department", "post"]


class Office(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An office 机构 in one tree: bureau, service centre, station 代办站, point 代办点, department, post at sea 驿站.

    ``parent`` is who sees and hears of its cases, not rank. ``schematic``: the position is spread over the town's
    area for drawing and means nothing; otherwise it is good to ``precision_m`` metres (0: unknown). ``slug`` begins
    the case numbers given out here, such as ``baisha-2026-0086``: small ASCII letters, one office to a slug.
    """

    code: str
    name: Text
    short: Text
    kind: OfficeKind
    slug: str = ""
    parent: str = ""
    level: int = 4  # GB/T 39046 A.2: 4 county, 5 town, 6 village
    island: Text | None = None
    lon: str = ""  # WGS-84 degrees as text: entries and packs know no floats
    lat: str = ""
    precision_m: int = 0
    schematic: bool = False
    pier: str = ""
    phone: str = ""
    illustrative: bool = False  # a choice of the demo, not a published fact


class Pier(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pier 码头 where boxes board and land; ``stop`` is its id in the timetable."""

    code: str
    name: Text
    short: Text
    island: Text
    lon: str
    lat: str
    precision_m: int = 0
    stop: str = ""
    home_of: tuple[str, ...] = ()  # offices whose residents do not make a trip by coming here
    illustrative: bool = False


class Year(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One year of the official calendar: rest days that fall on weekdays or weekends, and make-up working days."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    source: str


class Saying(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How people say it, and which matters they mean, best first."""

    say: str
    matters: tuple[str, ...]


class Pack(Struct, frozen=True, kw_only=True):
    """Everything a pack says, checked and looked up by code."""

    id: str
    name: Text
    region: Text
    zone: str
    hotline: str
    about: Text
    procedures: Mapping[str, Procedure]
    clocks: tuple[ClockRule, ...]
    matters: Mapping[str, Matter]
    offices: Mapping[str, Office]
    piers: Mapping[str, Pier]
    years: Mapping[int, Year]
    sayings: tuple[Saying, ...]
    dialect: Mapping[str, str]
    settings: Mapping[str, str | int | bool | tuple[str, ...]]
    openings: tuple[Opening, ...] = ()
    rounds: Rounds = Rounds()
    guide: PetitionGuide | None = None
    papers: tuple[PaperKind, ...] = ()
    distress: Distress | None = None
    notices: Mapping[str, NoticeForm] = {}
    matter_files: Mapping[str, str] = {}  # which file of the pack speaks of a matter
    bundles: Mapping[str, Bundle] = {}
    forms: Mapping[str, Form] = {}
    agents: AgentRules = AgentRules()
    rosters: Mapping[str, RosterRules] = {}  # by office
    reception_days: tuple[ReceptionDay, ...] = ()
