"""Read the clocks of a case, with the pack's rules and calendar."""

from datetime import date, datetime, time
from functools import cache, lru_cache

from driftbox.apps.pack import calendar, current_pack, known_matter
from driftbox.domain.deadlines.clocks import Happening, Reading, read_clocks
from driftbox.domain.docket.state import Docket, Moment
from driftbox.domain.log.ids import instant, millis

RUNNING = frozenset({"running", "overdue", "paused"})


def clocks_of(docket: Docket, now: datetime) -> tuple[Reading, ...]:
    """Every clock of ``docket`` that has started, as it reads at ``now``."""
    pack = current_pack()
    rules = [rule for rule in pack.clocks if rule.procedure == docket.procedure]
    matter = known_matter(docket)
    happenings = [Happening(moment.kind, instant(moment.ms), moment.days) for moment in docket.moments]
    return read_clocks(rules, happenings, calendar(), now, matter.limit if matter else None, profiles())


def profiles() -> tuple[str, ...]:
    """Whose rules apply here (setting ``clock_profiles`` of the pack): the nation's, and a province's if it is on."""
    named = current_pack().settings.get("clock_profiles", ("national",))
    return named if isinstance(named, tuple) else ("national",)


def nearest_due(docket: Docket, now: datetime) -> tuple[str, str]:
    """The due day (ISO) and name of the clock that ends first among those still running; empty if none runs."""
    heard = _heard(docket.procedure)
    moments = _by_day([moment for moment in docket.moments if moment.kind in heard])
    return _nearest(docket.procedure, docket.matter, moments, calendar().local_date(now))


def _by_day(moments: list[Moment]) -> tuple[Moment, ...]:
    """The same happenings at noon of their days, in the same order: clocks count days, so that cases alike share what
    was counted once.
    """
    rank = {ms: place for place, ms in enumerate(sorted({moment.ms for moment in moments}))}
    return tuple(Moment(one.kind, _noon(calendar().local_date(instant(one.ms))) + rank[one.ms], one.days)
                 for one in sorted(moments, key=lambda one: (one.ms, one.kind, one.days)))  # fmt: skip


@lru_cache(maxsize=4096)
def _noon(day: date) -> int:
    return millis(datetime.combine(day, time(12), calendar().zone))


@cache
def _heard(procedure: str) -> frozenset[str]:
    """The kinds of entry that any clock of ``procedure`` listens to; the rest cannot move a due day."""
    kinds: set[str] = set()
    for rule in current_pack().clocks:
        if rule.procedure == procedure:
            kinds |= {rule.starts, rule.extends or rule.starts, rule.again or rule.starts, *rule.stops}
            kinds |= {kind for pause in rule.pauses for kind in (pause.opens, pause.closes)}
    return frozenset(kinds)


@lru_cache(maxsize=4096)
def _nearest(procedure: str, matter: str, moments: tuple[Moment, ...], today: date) -> tuple[str, str]:
    evening = datetime.combine(today, time.max, calendar().zone)
    docket = Docket(procedure=procedure, matter=matter, moments=list(moments))
    running = [(r.due, r.clock) for r in clocks_of(docket, evening) if r.verdict in RUNNING and r.due]
    return (min(running)[0].isoformat(), min(running)[1]) if running else ("", "")


DECIDING = frozenset({"statutory", "handling"})
ANSWERING = frozenset({"handling", "review", "rereview"})


def last_lawful_day(docket: Docket, now: datetime, clocks: frozenset[str] = DECIDING) -> date | None:
    """The law's last day for the decision, or of the first of ``clocks`` that has started."""
    due = [r.due for r in clocks_of(docket, now) if r.clock in clocks and r.due]
    return due[0] if due else None


def answer_verdict(docket: Docket, now: datetime) -> str:
    """The verdict of the clock by which a petition is answered: handling, review or re-review; empty before it runs."""
    found = [r.verdict for r in clocks_of(docket, now) if r.clock in ANSWERING]
    return found[-1] if found else ""


def extension_left(docket: Docket, now: datetime) -> int | None:
    """Days by which the handling of a petition may still be extended (Art. 34); None before it runs."""
    reading = next((r for r in clocks_of(docket, now) if r.clock == "handling"), None)
    if reading is None:
        return None
    rules = [rule for rule in current_pack().clocks if rule.id == "handling" and rule.basis == reading.basis]
    return max(rule.extension_max for rule in rules) - reading.extended


def calendar_alarm(today: date) -> tuple[int, ...]:
    """Years that clocks may reach within twelve months and for which no official calendar is loaded."""
    return tuple(year for year in (today.year, today.year + 1) if not calendar().covers(year))
