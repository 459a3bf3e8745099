"""Facts: what one docket adds to the figures. A pure function of its folded state and entries, so that taking out what
it added before and adding what it adds now is the same as counting everything again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from driftbox.domain.custody.state import Box
from driftbox.domain.deadlines.calendar import Calendar
from driftbox.domain.deadlines.clocks import Reading
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.handover_entries import ActivityRecorded
from driftbox.domain.docket.incident import Incident
from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.visit_entries import VisitMade
from driftbox.domain.figures.definition import NONE
from driftbox.domain.figures.journey import boats_of, hours_of
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant
from driftbox.domain.planning.reception import ReceptionBook

MOST_TRIPS: Final = 20
DAY, TWO_DAYS = 24, 48  # hours
Key = tuple[str, str, str, str]  # figure, office, month, bucket
Facts = dict[Key, tuple[int, int]]  # how many, how much


class World(Struct, frozen=True):
    """What the entries do not say and the figures need: the calendar, and who helps without pay."""

    calendar: Calendar
    volunteers: frozenset[str] = frozenset()

    def month(self, ms: int) -> str:
        """The local month of a moment, as ``2026-06``."""
        return f"{self.calendar.local_date(instant(ms)):%Y-%m}"

    def day(self, ms: int) -> date:
        """The local day of a moment."""
        return self.calendar.local_date(instant(ms))


class _Sheet:
    """Facts of one office while they are put together."""

    def __init__(self, office: str) -> None:
        self.office = office
        self._count: Counter[Key] = Counter()
        self._amount: Counter[Key] = Counter()

    def put(self, figure: str, month: str, bucket: str, amount: int = 0, count: int = 1) -> None:
        key = figure, self.office, month, bucket
        self._count[key] += count
        self._amount[key] += amount

    def facts(self) -> Facts:
        return {key: (count, self._amount[key]) for key, count in sorted(self._count.items())}


def case_facts(docket: Docket, entries: Iterable[Entry], clocks: Sequence[Reading], world: World) -> Facts:
    """What a case adds to the figures; nothing as long as it is confidential. ``entries`` in any order, ``clocks`` as
    they read at its last entry.
    """
    sheet = _Sheet(docket.office)
    if not docket.id or docket.confidential:
        return {}
    standing = sorted((one for one in entries if _stands(docket, one)), key=lambda one: (one.happened_ms, one.id))
    sheet.put("opened", world.month(docket.opened_ms), docket.channel)
    sheet.put("matters", world.month(docket.opened_ms), docket.matter)
    _events(sheet, docket, standing, world)
    for one in clocks:
        if one.stopped and one.verdict in {"met", "late"}:
            sheet.put("on_time", f"{one.stopped:%Y-%m}", f"{one.clock}:{one.verdict}")
    closing = [one for one in standing if isinstance(one.body, e.CaseClosed)]
    if docket.how_closed and closing:
        month = world.month(closing[-1].happened_ms)
        sheet.put("closed", month, docket.how_closed)
        if docket.procedure == "petition":
            sheet.put("reopened", month, "yes" if docket.petition.reopened else "no")
        if docket.procedure == "errand" and docket.how_closed == "done":
            _done(sheet, docket, standing, month, world)
    return sheet.facts()


def _stands(docket: Docket, entry: Entry) -> bool:
    contest = docket.contested.get(entry.id)
    return contest is None or contest.verdict == "stands"


def _events(sheet: _Sheet, docket: Docket, standing: Sequence[Entry], world: World) -> None:
    """What counts in the month in which it happened, whatever became of the case."""
    for one in standing:
        month, body = world.month(one.happened_ms), one.body
        if isinstance(body, VisitMade):
            sheet.put("home_visits", month, body.outcome)
        elif isinstance(body, ActivityRecorded):
            who = "volunteer" if one.by in world.volunteers else "staff"
            sheet.put("volunteer_hours", month, who, body.minutes)
        elif isinstance(body, e.MaterialsSent):
            sheet.put("parcels", month, "out")
        elif isinstance(body, e.ReturnPacked):
            sheet.put("parcels", month, "back")
    _incidents(sheet, docket.incidents.values(), world)


def _incidents(sheet: _Sheet, incidents: Iterable[Incident], world: World) -> None:
    for one in incidents:
        sheet.put("custody_incidents", world.month(one.opened_ms), one.what)


def _done(sheet: _Sheet, docket: Docket, standing: Sequence[Entry], month: str, world: World) -> None:
    """What is told of an errand once it is done, in the month in which it was closed."""
    trips = docket.trips_made
    sheet.put("trips_per_case", month, str(min(trips, MOST_TRIPS)), trips)
    sheet.put("trips_saved", month, "", going_oneself(standing) - trips)
    sheet.put("asked_once", month, "no" if docket.second_asks else "yes")
    sheet.put("asked_again", month, f"{docket.matter}:{'yes' if docket.second_asks else 'no'}", docket.second_asks)
    sheet.put("first_time_complete", month, _first_look(standing))
    sheet.put("kept_promises", month, _kept(docket, world))
    sheet.put("solved", month, docket.solved or NONE)
    sheet.put("satisfied", month, str(docket.satisfaction or NONE))
    if docket.promises:
        hours = max(0, docket.promises[0].made_ms - docket.opened_ms) // 3_600_000
        sheet.put("time_to_promise", month, resolved(hours), hours)
    for figure, hours in hours_of(standing).items():
        sheet.put(figure, month, resolved(hours), hours)
    for pair, rides in boats_of(standing).items():
        sheet.put("boats_saved", month, pair, 2 * rides)


def resolved(hours: int) -> str:
    """The bucket of so many hours: whole hours up to two days, whole days of 24 hours from then on."""
    return str(hours if hours < TWO_DAYS else hours // DAY * DAY)


def going_oneself(standing: Iterable[Entry]) -> int:
    """How many trips it would have been without us: one for each time papers were handed in or fetched.

    Questions are not counted, for one may also ask by telephone.
    """
    return sum(isinstance(one.body, e.MaterialsSent | e.ResultDelivered) for one in standing)


def _first_look(standing: Iterable[Entry]) -> str:
    looks = (one.body for one in standing if isinstance(one.body, e.MaterialsChecked | e.MaterialsLacking))
    first = next(looks, None)
    return NONE if first is None else "yes" if isinstance(first, e.MaterialsChecked) else "no"


def _kept(docket: Docket, world: World) -> str:
    """Whether the result was there by the day promised: the one given while boats sailed, or the one they moved."""
    if not docket.promises or not docket.delivered_ms:
        return NONE
    there, given = world.day(docket.delivered_ms).isoformat(), docket.promised_before_boats
    if given and there <= given:
        return "yes"
    return "boats" if docket.waits_for_boats and (there <= docket.promised or docket.promises[-1].open_ended) else "no"


def reception_facts(book: ReceptionBook, office: str, world: World) -> Facts:
    """What the reception log of one office and month adds."""
    sheet = _Sheet(office)
    for contact in book.contacts.values():
        local = contact.at.astimezone(world.calendar.zone)
        sheet.put("reception", f"{local:%Y-%m}", f"{contact.channel}:{local:%H}")
    return sheet.facts()


def box_facts(box: Box, office: str, world: World) -> Facts:
    """What a box adds: incidents that belong to no case."""
    sheet = _Sheet(office)
    _incidents(sheet, box.incidents.values(), world)
    return sheet.facts()


def change(before: Facts, after: Facts) -> Iterator[tuple[Key, int, int]]:
    """What has to be added to the totals when a docket that added ``before`` adds ``after``; in order of the keys."""
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key, (0, 0)), after.get(key, (0, 0))
        if was != now:
            yield key, now[0] - was[0], now[1] - was[1]
