"""One docket → its facts: reads the entries, folds them afresh, and asks the domain."""

from collections.abc import Sequence

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.eventlog.queries import since_of
from driftbox.apps.pack import calendar, current_pack, tables
from driftbox.apps.people.models import Account
from driftbox.domain.custody import entries as b
from driftbox.domain.custody import state as box
from driftbox.domain.docket.fold import fold
from driftbox.domain.figures.facts import Facts, World, box_facts, case_facts, reception_facts
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant
from driftbox.domain.planning import reception


def world() -> World:
    """The calendar of the pack, and who is a volunteer by the register as it stands."""
    helpers = Account.objects.filter(agent_kind="volunteer").values_list("person", flat=True)
    return World(calendar=calendar(), volunteers=frozenset(helpers))


def facts_of(dockets: Sequence[str]) -> dict[str, Facts]:
    """What each of ``dockets`` adds to the figures, counted from its entries; rosters and the like add nothing."""
    known = world()
    return {docket: _facts([read.entry for read in reads], known) for docket, reads in since_of(dockets).items()}


def _facts(entries: Sequence[Entry], known: World) -> Facts:
    kinds = {one.kind for one in entries}
    if "case.opened" in kinds:
        docket = fold(entries, tables())
        latest = max((moment.ms for moment in docket.moments), default=docket.touched_ms)
        clocks = clocks_of(docket, instant(latest)) if docket.id else ()
        return case_facts(docket, entries, clocks, known)
    if kinds & reception.KINDS.keys():
        book = reception.fold(entries)
        return reception_facts(book, _office_of_book(entries[0], known), known)
    if kinds & b.KINDS.keys():
        held = box.fold(entries, tables())
        return box_facts(held, _office_of_pier(held.pier), known)
    return {}


def _office_of_book(entry: Entry, known: World) -> str:
    """The office whose reception log this is: its docket follows from the office and the month."""
    pack, month = current_pack(), known.month(entry.happened_ms)
    offices = (one for one in pack.offices if reception.reception_of(pack.id, one, month) == entry.docket)
    return next(offices, "")


def _office_of_pier(pier: str) -> str:
    """The office at this pier; the root where none is."""
    offices = current_pack().offices.values()
    root = next((one.code for one in offices if not one.parent), "")
    return next((one.code for one in offices if pier and one.pier == pier), root)
