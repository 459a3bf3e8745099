"""The only readers of figures: totals for pages, the cases behind a number, and what of it may be published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Sum
from msgspec import Struct

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import reached_by
from driftbox.apps.eventlog.queries import dockets as all_dockets
from driftbox.apps.figures.counting import facts_of
from driftbox.apps.figures.models import EVERYWHERE, FactRow, TodoRow, TotalRow
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.domain.figures.definition import NONE, Figure
from driftbox.domain.figures.disclosure import Published, publish
from driftbox.domain.figures.listed import FIGURES
from driftbox.domain.figures.tally import Cell, Tally, merged

Where = tuple[str, str]  # office, month
MOST = 200


class Reading(Struct, frozen=True):
    """One figure for some offices and months: by office and month, and all together."""

    figure: Figure
    cells: Mapping[Where, Tally]

    @property
    def whole(self) -> Tally:
        """All offices and months together."""
        return merged(self.by_month().values())

    def by_office(self) -> dict[str, Tally]:
        """All months of each office together."""
        return self._along(0)

    def by_month(self) -> dict[str, Tally]:
        """All offices of each month together, in order of time."""
        return dict(sorted(self._along(1).items()))

    def _along(self, place: int) -> dict[str, Tally]:
        found: dict[str, list[Tally]] = {}
        for where, tally in self.cells.items():
            found.setdefault(where[place], []).append(tally)
        return {key: merged(tallies) for key, tallies in found.items()}


def read(codes: Iterable[str], offices: Iterable[str], since: str, until: str) -> dict[str, Reading]:
    """The figures ``codes`` for ``offices`` in the months from ``since`` to ``until`` (``2026-06``, both included)."""
    wanted, places = list(codes), set(offices)
    cells: dict[str, dict[Where, Tally]] = {code: {} for code in wanted}
    rows = TotalRow.objects.filter(figure__in=wanted, month__gte=since, month__lte=until)
    rows = rows.exclude(office=EVERYWHERE) if EVERYWHERE not in places else rows.filter(office=EVERYWHERE)
    for code, office, month, bucket, count, amount in rows.values_list(
        "figure", "office", "month", "bucket", "count", "amount"
    ):
        if office in places:
            cells[code].setdefault((office, month), Tally()).cells[bucket] = Cell(count, amount)
    return {code: Reading(FIGURES[code], cells[code]) for code in wanted}


def read_together(codes: Iterable[str], offices: Iterable[str], since: str, until: str) -> dict[str, Reading]:
    """As ``read``, but all offices as one where ``offices`` are all there are: for pages that tell none apart."""
    places = set(offices)
    return read(codes, {EVERYWHERE} if places >= current_pack().offices.keys() else places, since, until)


def read_by_office(code: str, offices: Iterable[str], since: str, until: str) -> dict[str, Tally]:
    """One figure for each of ``offices`` that has anything of it, all months together; added up by the database."""
    places, found = set(offices), dict[str, Tally]()
    rows = TotalRow.objects.filter(figure=code, month__gte=since, month__lte=until).exclude(office=EVERYWHERE)
    sums = rows.values("office", "bucket").annotate(n=Sum("count"), much=Sum("amount"))
    for office, bucket, count, amount in sums.values_list("office", "bucket", "n", "much"):
        if office in places:
            found.setdefault(office, Tally()).cells[bucket] = Cell(count, amount)
    return found


def months_before(day: date, count: int) -> tuple[str, ...]:
    """The ``count`` months up to that of ``day``, oldest first."""
    last = day.year * 12 + day.month - 1
    return tuple(f"{one // 12:04}-{one % 12 + 1:02}" for one in range(last - count + 1, last + 1))


def quarter_of(day: date) -> tuple[str, str, str]:
    """The months of the quarter of ``day``."""
    first = (day.month - 1) // 3 * 3 + 1
    return f"{day.year}-{first:02}", f"{day.year}-{first + 1:02}", f"{day.year}-{first + 2:02}"


def last_quarters(day: date, count: int) -> list[tuple[str, str, str]]:
    """The last ``count`` quarters that are over on ``day``, the newest first."""
    found, at = [], day
    for _one in range(count):
        first = quarter_of(at)[0]
        at = date.fromordinal(date.fromisoformat(f"{first}-01").toordinal() - 1)
        found.append(quarter_of(at))
    return found


def published(code: str, offices: Iterable[str], quarter: Sequence[str]) -> Published:
    """What may be read by everybody of a figure of done errands, in one quarter that is over.

    Quarters do not overlap and every figure stands on the same cases, so no two tables give a third away.
    """
    reading = read([code], offices, quarter[0], quarter[-1])[code]
    table = {office: {"": 0} for office in offices}
    for office, tally in reading.by_office().items():
        table[office] = {coarse(code, bucket): 0 for bucket in tally.cells}
        for bucket, cell in tally.cells.items():
            table[office][coarse(code, bucket)] += cell.count
    return publish(table)


def coarse(code: str, bucket: str) -> str:
    """The bucket in which a value is published: ``yes`` for what went as it should, ``other``, or ``none`` where
    nobody said. Few and large ones, so that more can be told.
    """
    good = {"trips_per_case": ("0",), "satisfied": ("1", "2")}.get(code, ("yes",))
    if bucket == NONE:
        return NONE
    return "yes" if bucket in good else "other"


def cases_behind(viewer: Viewer, code: str, office: str, month: str, bucket: str = "") -> list[CaseRow]:
    """The cases behind a number, those that ``viewer`` reaches, the newest first, two hundred at most."""
    facts = FactRow.objects.filter(figure=code, month=month, office=office)
    facts = facts.filter(bucket=bucket) if bucket else facts
    rows = CaseRow.objects.filter(reached_by(viewer), pk__in=facts.values("docket"))
    return list(rows.order_by("-touched")[:MOST])


def waiting() -> bool:
    """Whether the log holds something that the totals do not know yet."""
    return TodoRow.objects.exists()


def differing() -> list[str]:
    """Dockets whose facts are not what their entries say, and ``totals`` when the totals are not the sum of the facts;
    for ``driftbox verify``. Something new that was not taken in yet is no difference.
    """
    late = set(TodoRow.objects.values_list("docket", flat=True))
    wrong = [] if _summed() == _totals() else ["totals"]
    known, some = list(all_dockets()), 200
    for start in range(0, len(known), some):
        part = [docket for docket in known[start : start + some] if docket not in late]
        held: dict[str, dict[tuple[str, ...], tuple[int, int]]] = {docket: {} for docket in part}
        for row in FactRow.objects.filter(docket__in=part):
            held[row.docket][row.figure, row.office, row.month, row.bucket] = row.count, row.amount
        wrong += [docket for docket, facts in facts_of(part).items() if held[docket] != facts]
    return wrong


def _summed() -> set[tuple[object, ...]]:
    apart = _sums("figure", "office", "month", "bucket")
    return apart | {(one[0], EVERYWHERE, *one[1:]) for one in _sums("figure", "month", "bucket")}


def _sums(*keys: str) -> set[tuple[object, ...]]:
    rows = FactRow.objects.values(*keys).annotate(n=Sum("count"), much=Sum("amount")).exclude(n=0, much=0)
    return set(rows.values_list(*keys, "n", "much"))


def _totals() -> set[tuple[object, ...]]:
    return set(TotalRow.objects.values_list("figure", "office", "month", "bucket", "count", "amount"))
