"""What the ledger says of petitions: warnings, what is overdue and why, emergency openings, and the year's figures.

Nothing here counts, ranks or lists by petitioner.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import msgspec
from msgspec import Struct

from driftbox.apps.deadlines.queries import answer_verdict, clocks_of
from driftbox.apps.dockets.queries import load_many, petitions_between, petitions_reached
from driftbox.apps.pack import calendar, current_pack, line_up, tables
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import seats
from driftbox.domain.deadlines.clocks import Reading
from driftbox.domain.docket import petition_warnings as warnings
from driftbox.domain.docket.next_step import next_step
from driftbox.domain.docket.petition_step import PROMISING
from driftbox.domain.docket.petition_warnings import Warned
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import millis
from driftbox.domain.text import Text

BATCH = 200


def warnings_due(docket: Docket, now: datetime) -> tuple[Warned, ...]:
    """The warnings of a petition that are due at ``now``: first to the person named, then up the tree."""
    line = line_up(docket.petition.office or docket.office)
    return warnings.warnings_due(docket, _with_roles(clocks_of(docket, now)), line)


def warnings_for(viewer: Viewer, now: datetime) -> list[tuple[str, str, Warned]]:
    """The warnings that reach ``viewer`` at ``now``: docket, case number and warning, for the person named, or for
    whoever has its role at its office; where nobody has, at the nearest office above, so that none is lost.
    """
    taken = seats()
    return [
        (docket.id, docket.number, one)
        for docket in _dockets(petitions_reached(viewer, over=False))
        for one in warnings_due(docket, now)
        if one.person == viewer.person or (not one.person and _falls_to(one, viewer, taken))
    ]


def _falls_to(one: Warned, viewer: Viewer, taken: frozenset[tuple[str, str]]) -> bool:
    """Whether a warning for a role goes to the viewer's office: the nearest up the tree in which anybody has it."""
    nearest = next((office for office in line_up(one.office) if (office, one.role) in taken), "")
    return one.role in viewer.roles and viewer.office == nearest


def _with_roles(readings: Iterable[Reading]) -> Iterator[tuple[Reading, str]]:
    """Each reading with the role that its rule warns first."""
    roles = {(rule.id, rule.basis): rule.warns for rule in current_pack().clocks}
    for reading in readings:
        yield reading, roles.get((reading.clock, reading.basis), "clerk")


class Overdue(Struct, frozen=True, kw_only=True):
    """One petition whose time ran out, and why: what it waits for, and whose step that is.

    ``extended``: days it was given already; ``waits_for``: the next act; ``merged_into``: it is handled with another.
    """

    docket: str
    number: str
    clock: str
    due: date
    days: int
    waits_for: Text
    role: str
    person: str
    extended: int
    merged_into: str


def overdue(viewer: Viewer, now: datetime) -> list[Overdue]:
    """The petitions that ``viewer`` reaches and whose time ran out, longest first; a petitioner's own time is not."""
    found = [one for docket in _dockets(petitions_reached(viewer, over=False)) for one in _run_out(docket, now)]
    return sorted(found, key=lambda one: (-one.days, one.number))


def _run_out(docket: Docket, now: datetime) -> Iterator[Overdue]:
    today = calendar().local_date(now)
    step = next_step(docket, tables()[docket.procedure])
    ends = [
        (reading.clock, reading.due, reading.extended)
        for reading, role in _with_roles(clocks_of(docket, now))
        if reading.verdict == "overdue" and reading.due and role != "resident"
    ]
    report = warnings.report_overdue(docket, today)
    ends += [("report", report, 0)] if report else []
    for clock, due, extended in ends:
        yield Overdue(
            docket=docket.id, number=docket.number, clock=clock, due=due, days=(today - due).days, waits_for=step.act,
            role=step.role, person=step.person, extended=extended, merged_into=docket.petition.merged_into,
        )  # fmt: skip


def forced_openings(viewer: Viewer) -> list[tuple[str, str]]:
    """Emergency openings among the petitions that ``viewer`` reaches: case number, and the person who opened it."""
    return [(d.number, person) for d in _dockets(petitions_reached(viewer)) for person in d.petition.opened_by]


def to_carry_out(viewer: Viewer) -> list[tuple[str, str, str]]:
    """What was supported and is not carried out yet (Arts. 32, 40): docket, case number, how far it is."""
    found = _dockets(petitions_reached(viewer, outcomes=tuple(PROMISING)))
    return [(d.id, d.number, d.petition.execution or "not_reported") for d in found if d.petition.execution != "done"]


class Annual(Struct, frozen=True, kw_only=True):
    """The figures of one year (Art. 41), counts only: petitions by the year they came in, wherever they are by now.

    ``fields`` are matters; ``complained_offices`` leaves out what was told in confidence. ``in_time`` counts the
    answers by the verdict of their clock: met, late, running, overdue, paused.
    """

    year: int
    total: int
    sorts: dict[str, int]
    routes: dict[str, int]
    channels: dict[str, int]
    offices: dict[str, int]
    fields: dict[str, int]
    outcomes: dict[str, int]
    in_time: dict[str, int]
    complained_offices: dict[str, int]
    tiers: dict[str, int]
    joint: int
    transferred: int
    assigned: int
    supervised: int
    cards: dict[str, int]
    mediated: int
    reopened: int
    solved: dict[str, int]
    satisfaction: dict[str, int]


def annual(year: int, now: datetime) -> Annual:
    """The annual report's content (Art. 41) for ``year``, from the ledger as it stands at ``now``."""
    zone = calendar().zone
    first, last = (datetime(one, 1, 1, tzinfo=zone).astimezone(UTC) for one in (year, year + 1))
    counts: dict[str, Counter[str]] = {name: Counter() for name in Annual.__struct_fields__}
    for docket in _dockets(petitions_between(millis(first), millis(last))):
        for name, value, how_many in _facts(docket, now):
            counts[name][value] += how_many
    made = {name: _in_order(counts[name]) for name in GROUPED}
    sums = {name: counts[name].total() for name in SUMMED}
    return msgspec.convert({"year": year, **made, **sums}, Annual)


GROUPED = ("sorts", "routes", "channels", "offices", "fields", "outcomes", "in_time", "complained_offices", "tiers",
           "cards", "solved", "satisfaction")  # fmt: skip
SUMMED = ("total", "joint", "transferred", "assigned", "supervised", "mediated", "reopened")


def _in_order(counted: Counter[str]) -> dict[str, int]:
    return {name: counted[name] for name in sorted(counted) if counted[name]}


def _facts(docket: Docket, now: datetime) -> Iterator[tuple[str, str, int]]:
    """What one petition adds to the year: which figure, under which name, by how much."""
    known = docket.petition
    yield "total", "", 1
    yield "sorts", known.sort or "unsorted", 1
    yield "routes", known.route or "none", 1
    yield "channels", docket.channel, 1
    yield "offices", docket.office, 1
    yield "fields", docket.matter, 1
    yield "outcomes", docket.outcome or "open", 1
    yield "tiers", ("first", "review", "rereview")[known.tier], 1
    verdict = answer_verdict(docket, now)
    yield "in_time", verdict, int(bool(verdict))
    for office in () if docket.confidential else known.complained_offices:
        yield "complained_offices", office, 1
    yield "joint", "", int(known.petitioners > 1)
    yield "transferred", "", known.transfers
    yield "assigned", "", int(bool(known.report_by))
    yield "supervised", "", len(known.pressed)
    for card in known.cards_standing:
        yield "cards", card.colour, 1
    yield "mediated", "", int(known.mediated)
    yield "reopened", "", known.reopened
    yield "solved", docket.solved, int(bool(docket.solved))
    yield "satisfaction", str(docket.satisfaction), int(bool(docket.satisfaction))


def _dockets(ids: list[str]) -> Iterator[Docket]:
    """Folded dockets, a batch at a time."""
    for at in range(0, len(ids), BATCH):
        for loaded in load_many(ids[at : at + BATCH]).values():
            yield loaded.docket
