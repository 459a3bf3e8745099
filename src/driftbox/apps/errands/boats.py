"""The world that a forecast needs: boats as they are known to sail, and the pack's piers, hours and rounds."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from driftbox.apps.pack import calendar, current_pack, line_up
from driftbox.apps.sailings.queries import load, service_now, stop_of
from driftbox.domain.arrival.crossing import Crossings
from driftbox.domain.arrival.forecast import World
from driftbox.domain.arrival.hours import Opening, What
from driftbox.domain.arrival.way import Boats, Spot
from driftbox.domain.ferry.book import Book
from driftbox.domain.text import Text


def world_at(now: datetime) -> World:
    """Boats, calendar and rounds as they are known at ``now``."""
    return World(crossings=Crossings(boats_at(now)), calendar=calendar(), rounds=current_pack().rounds)


def boats_at(now: datetime) -> Boats:
    """The timetable and the suspensions; a suspension keeps its id when it is corrected."""
    service, book = service_now(now), load().book
    first = _first_of_each(book)
    ids = {halt.as_suspension: first[entry] for entry, halt in book.halts.items() if not halt.replaced}
    return Boats(service.table, {ids[one]: one for one in service.suspensions if one in ids})


def _first_of_each(book: Book) -> Mapping[str, str]:
    """Of each suspension the entry that first spoke of it, through all corrections."""
    corrects = {halt.replaced: entry for entry, halt in book.halts.items() if halt.replaced}
    first: dict[str, str] = {}
    for entry in sorted(book.halts):
        first[entry] = first.get(corrects.get(entry, ""), entry)
    return first


def causes_of(halts: Iterable[str]) -> tuple[str, ...]:
    """Why boats stopped, as the latest word on each suspension has it; codes of ``ferry.facts.CAUSES``."""
    book, wanted = load().book, set(halts)
    first = _first_of_each(book)
    causes = [halt.cause for entry, halt in book.halts.items() if first[entry] in wanted and not halt.replaced]
    return tuple(dict.fromkeys(causes))


def office_spot(code: str) -> Spot:
    """An office on the way: its pier and hours, or those of the nearest office above that has any."""
    offices = current_pack().offices
    line = line_up(code)
    pier = next((offices[one].pier for one in line if offices[one].pier), "")
    name = offices[code].short
    return Spot(name=name, stop=_stop(pier), windows=_hours(line, "window"), shifts=_hours(line, "agent"))


def pier_spot(code: str) -> Spot:
    """The pier where a box stands, or the pier of an office; a place that the pack does not know has none."""
    pack = current_pack()
    if code in pack.piers:
        return Spot(name=pack.piers[code].short, stop=_stop(code))
    return office_spot(code) if code in pack.offices else Spot(name=Text(zh="箱", en="the box"))


def box_pier() -> str:
    """The pier where people put their papers into the box: where its route begins; empty when the pack has none."""
    route = current_pack().settings.get("box_route")
    return route[0] if isinstance(route, tuple) and route else ""


def _stop(pier: str) -> str:
    return stop_of(pier) if pier else ""


def _hours(line: tuple[str, ...], what: What) -> tuple[Opening, ...]:
    rows = [row for row in current_pack().openings if row.what == what]
    for office in line:
        own = tuple(row for row in rows if row.office == office)
        if own:
            return own
    return ()
