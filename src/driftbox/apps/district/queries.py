"""The only readers for the district page: counts over open cases, what runs out, who is there, which nodes are away.

Counts are made from the index of open cases that are not confidential and say nothing of any one; every list goes
through ``reached_by``, so it may show fewer. How many cases there ever were does not matter to any of them.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from msgspec import Struct

from driftbox.apps.agents.queries import STATIONS, Known, register
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import reached_by
from driftbox.apps.eventlog.models import EntryRow, NodeRow, QuarantineRow, TurnRow, WaitingRow
from driftbox.apps.node import keys
from driftbox.apps.pack import calendar, disk_pack, line_up
from driftbox.apps.parcels.models import IncidentRow
from driftbox.apps.people.access import Viewer
from driftbox.apps.sync.models import PeerRow

DAYS: Final = 10  # days ahead that the strip of clocks shows
SHOWN: Final = 100  # cases in one list
LONG: Final = timedelta(hours=24)  # a station that has not met for longer is named


class Tally(Struct, frozen=True, kw_only=True):
    """Open cases of some offices: all of them, past their day, due today, with something contested, waiting for boats,
    and with supervision that nobody has answered.
    """

    open: int = 0
    late: int = 0
    today: int = 0
    contested: int = 0
    boats: int = 0
    pressed: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})


class Away(Struct, frozen=True, kw_only=True):
    """A node that has not met us for long: ``met`` None: never."""

    node: str
    role: str
    office: str
    met: datetime | None


class Arrived(Struct, frozen=True):
    """What came from elsewhere and does not count yet: in quarantine, and waiting for its cause."""

    quarantined: int
    waiting: int


class Cover(Struct, frozen=True, kw_only=True):
    """Who is there: stations and points with at least one agent whose authorisation is in force, and those without."""

    stations: tuple[str, ...]
    points: tuple[str, ...]
    empty: tuple[str, ...]  # codes of those without
    agents: Mapping[str, int]  # by kind
    serving: Mapping[str, int]  # by office


def open_cases(viewer: Viewer) -> QuerySet[CaseRow]:
    """The open cases of the offices that ``viewer`` reaches, confidential ones left out: for counting only."""
    rows = CaseRow.objects.filter(final=False, confidential=False)
    if viewer.reach >= disk_pack().offices.keys():
        return rows
    return rows.filter(Q(office__in=viewer.reach) | Q(department__in=viewer.reach))


def by_office(viewer: Viewer, today: date) -> dict[str, Tally]:
    """The open cases of each office."""
    day = today.isoformat()
    rows = open_cases(viewer).values_list("office").annotate(
        open=Count("pk"), late=Count("pk", filter=Q(due__lt=day) & ~Q(due="")), today=Count("pk", filter=Q(due=day)),
        contested=Count("pk", filter=Q(contested__gt=0)), boats=Count("pk", filter=Q(waits_for_boats=True)),
        pressed=Count("pk", filter=Q(pressed__gt=0)),
    )  # fmt: skip
    names = ("open", "late", "today", "contested", "boats", "pressed")
    return {row[0]: Tally(**dict(zip(names, row[1:], strict=True))) for row in rows}


def by_station(counts: Mapping[str, Tally]) -> dict[str, Tally]:
    """The same, of each station with everything below it; ``""``: cases of no station."""
    offices, found = disk_pack().offices, dict[str, Tally]()
    for office, tally in counts.items():
        line = [code for code in line_up(office) if offices[code].kind in STATIONS]
        station = line[-1] if line else ""
        found[station] = found.get(station, Tally()) + tally
    return found


def by_day(viewer: Viewer, today: date) -> list[tuple[date, int]]:
    """How many cases are due on each of the next days; the first is today with everything that is late."""
    last = (today + timedelta(days=DAYS - 1)).isoformat()
    rows = open_cases(viewer).filter(~Q(due=""), due__lte=last).values_list("due").annotate(n=Count("pk"))
    counts = Counter[str]()
    for due, count in rows:
        counts[max(due, today.isoformat())] += count
    days = [today + timedelta(days=one) for one in range(DAYS)]
    return [(day, counts[day.isoformat()]) for day in days]


def by_whereabouts(viewer: Viewer) -> Counter[str]:
    """How many cases have their papers where: with the resident, in a box, aboard, and so on."""
    return Counter(dict(open_cases(viewer).values_list("where").annotate(n=Count("pk"))))


def listed(viewer: Viewer, what: str, place: str, today: date) -> list[CaseRow]:
    """The cases behind a mark, those that ``viewer`` reaches, the most pressing first; one more than is shown.

    ``what``: open, late, today, contested, boats, pressed, a day (ISO), or where papers are; ``place``: the office
    whose cases and those below it are meant, or empty.
    """
    day = today.isoformat()
    wanted = {
        "open": Q(), "late": Q(due__lt=day) & ~Q(due=""), "today": Q(due=day), "contested": Q(contested__gt=0),
        "boats": Q(waits_for_boats=True), "pressed": Q(pressed__gt=0), "due": ~Q(due=""),
    }  # fmt: skip
    asked = wanted.get(what) if what in wanted else Q(due=what) if _is_day(what) else Q(where=what[:12])
    rows = CaseRow.objects.filter(Q(final=False) & (asked or Q()) & reached_by(viewer))
    if place:
        rows = rows.filter(office__in=[code for code in disk_pack().offices if place in line_up(code)])
    dated = rows.filter(~Q(due="")).order_by("due", "docket")[: SHOWN + 1]
    found = list(dated)
    if len(found) <= SHOWN:
        found += rows.filter(due="").order_by("docket")[: SHOWN + 1 - len(found)]
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def most_pressing(viewer: Viewer, count: int) -> list[CaseRow]:
    """The cases whose day comes first, those that are past it among them."""
    rows = CaseRow.objects.filter(Q(final=False, confidential=False) & ~Q(due="") & reached_by(viewer))
    return list(rows.order_by("due", "docket")[:count])


def supervised(viewer: Viewer, count: int) -> list[CaseRow]:
    """Cases with supervision that nobody has answered, those touched longest ago first; confidential ones left out."""
    rows = CaseRow.objects.filter(Q(pressed__gt=0, confidential=False) & reached_by(viewer))
    return list(rows.order_by("touched", "docket")[:count])


def incidents_open(viewer: Viewer) -> int:
    """How many incidents are not settled: those of cases that the viewer reaches, and those of boxes."""
    dockets = list(IncidentRow.objects.values_list("docket", flat=True)[:2000])
    cases = set(CaseRow.objects.filter(pk__in=dockets).values_list("pk", flat=True))
    mine = set(CaseRow.objects.filter(reached_by(viewer), pk__in=cases).values_list("pk", flat=True))
    return sum(one in mine or one not in cases for one in dockets)


def arrived() -> Arrived:
    """What came from elsewhere and does not count yet."""
    return Arrived(QuarantineRow.objects.filter(released=None).count(), WaitingRow.objects.count())


def away(now: datetime) -> list[Away]:
    """Nodes in force, phones apart, that have not met us within a day, the longest away first."""
    met = dict(PeerRow.objects.values_list("node", "met"))
    nodes = NodeRow.objects.filter(revoked=None).exclude(name=keys().node).exclude(role="phone")
    found = [Away(node=one.name, role=one.role, office=one.office, met=met.get(one.name)) for one in nodes]
    return sorted(
        (one for one in found if one.met is None or now - one.met > LONG),
        key=lambda one: ("" if one.met is None else one.met.isoformat(), one.node),
    )


def cover(offices: Collection[str], now: datetime) -> Cover:
    """Who is there in these offices today, from the register alone."""
    today, tree = calendar().local_date(now), disk_pack().offices
    here: list[Known] = [one for one in register(offices) if one.serves_on(today)]
    serving = Counter(one.office for one in here)
    for one in here:  # an agent of a point stands at its station too
        for above in line_up(one.office)[1:]:
            serving[above] += tree[above].kind in STATIONS
    stations = tuple(code for code in tree if code in offices and tree[code].kind == "station")
    points = tuple(code for code in tree if code in offices and tree[code].kind == "point")
    empty = tuple(code for code in (*stations, *points) if not serving[code])
    return Cover(stations=stations, points=points, empty=empty, agents=Counter(one.kind for one in here),
                 serving=serving)  # fmt: skip


def version() -> str:
    """What changes when anything of the page may have changed: how far the log is, and what of it counts anew."""
    last = EntryRow.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    return f"{last}.{TurnRow.objects.count()}.{QuarantineRow.objects.filter(released=None).count()}"
