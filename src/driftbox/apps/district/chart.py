"""The sea chart of the pack as it is drawn: land, sea ways, boats under way; made once for a pack and kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from django.conf import settings
from msgspec import Struct

from driftbox.apps.pack import disk_pack
from driftbox.apps.sailings.queries import ServiceNow
from driftbox.domain.ferry.chart import Frame, Spot, along, between, path_of, simplified
from driftbox.domain.ferry.lines import CUT
from driftbox.domain.ferry.suspended import dim_by
from driftbox.gateways.coastline import read_coast, read_ways

NEAR: Final = 0.9  # units: what is nearer to the drawn line than this is not drawn
LEAST: Final = 7.0  # square units: an islet smaller than this is a speck
MARGIN: Final = 0.045  # degrees around the outermost place
LOOK: Final = timedelta(hours=5)  # no crossing takes longer


class Island(Struct, frozen=True):
    """One island: its outline as SVG writes it, its names, and where they stand."""

    path: str
    zh: str
    en: str
    x: float
    y: float
    km2: float


class Chart(Struct, frozen=True):
    """The drawing: how large, its islands, the sea ways by route, and whose data it is."""

    frame: Frame
    islands: tuple[Island, ...]
    lanes: Mapping[str, str]
    credit: str


class Boat(Struct, frozen=True, kw_only=True):
    """A boat under way, by timetable and not by sight: from stop to stop, and where on the drawing."""

    trip: str
    route: str
    origin: str
    target: str
    depart: datetime
    arrive: datetime
    x: float
    y: float


def sea_chart() -> Chart:
    """The chart of the pack in use."""
    return _chart(settings.DRIFTBOX_PACK)


@lru_cache(maxsize=4)
def _ways(path: Path) -> Mapping[str, tuple[Spot, ...]]:
    return read_ways(path / "timetable")


@lru_cache(maxsize=4)
def _chart(path: Path) -> Chart:
    coast, frame = read_coast(path / "places" / "coastline.geojson"), _frame()
    islands = []
    for land in coast.lands:
        ring = [frame.place(spot) for spot in land.ring]
        if _seen(ring, frame) and _size(ring) >= LEAST:
            x, y = _middle(ring, frame)
            islands.append(Island(path_of(simplified(ring, NEAR), closed=True), land.zh, land.en, x, y, land.km2))
    lanes: dict[str, str] = {}
    for trip, way in _ways(path).items():
        line = path_of(simplified([frame.place(spot) for spot in way], NEAR))
        lanes.setdefault(trip.split("-")[0], line)
    return Chart(frame, tuple(islands), lanes, coast.credit)


def _frame() -> Frame:
    pack = disk_pack()
    spots = [(float(one.lon), float(one.lat)) for one in pack.offices.values() if one.lon]
    spots += [(float(one.lon), float(one.lat)) for one in pack.piers.values() if one.lon]
    spots = spots or [(0.0, 0.0), (1.0, 1.0)]
    lons, lats = [spot[0] for spot in spots], [spot[1] for spot in spots]
    return Frame(west=min(lons) - MARGIN, east=max(lons) + MARGIN, south=min(lats) - MARGIN, north=max(lats) + MARGIN)


def _seen(ring: list[Spot], frame: Frame) -> bool:
    xs, ys = [x for x, _y in ring], [y for _x, y in ring]
    return max(xs) > 0 and min(xs) < frame.width and max(ys) > 0 and min(ys) < frame.height


def _size(ring: list[Spot]) -> float:
    """The area inside a closed line (shoelace formula)."""
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _middle(ring: list[Spot], frame: Frame) -> Spot:
    xs = [min(max(x, 0), frame.width) for x, _y in ring]
    ys = [min(max(y, 0), frame.height) for _x, y in ring]
    return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)


def place_of(code: str) -> Spot | None:
    """Where an office or a pier of the pack is drawn; None for those without a position."""
    pack = disk_pack()
    known = pack.offices.get(code) or pack.piers.get(code)
    if known is None or not known.lon:
        return None
    x, y = sea_chart().frame.place((float(known.lon), float(known.lat)))
    return round(x, 1), round(y, 1)


def boats_under_way(service: ServiceNow) -> list[Boat]:
    """The boats that the timetable has at sea now, without those that are suspended; the next to land first."""
    table, now = service.table, service.at.timestamp()
    dim, found = dim_by(table, service.suspensions), []
    since = int((service.at - LOOK).timestamp())
    for part in table.spans(since, 1):
        if part.hops and part.hops[0][0] + part.later > now:
            break
        for depart, arrive, origin, target, run, marks in dim(part).hops:
            leaves, lands = depart + part.later, arrive + part.later
            if leaves <= now < lands and not marks & CUT:
                trip, route = table.runs[run % len(table.runs)]
                ends = table.stops[origin].id, table.stops[target].id
                found.append(_boat(service, (trip, route), ends, (leaves, lands)))
    return sorted(found, key=lambda boat: (boat.arrive, boat.trip))


def _boat(service: ServiceNow, run: tuple[str, str], ends: tuple[str, str], times: tuple[int, int]) -> Boat:
    spot = on_the_way(run[0], ends, (service.at.timestamp() - times[0]) / max(1, times[1] - times[0]))
    zone = service.table.zone
    return Boat(
        trip=run[0], route=run[1], origin=ends[0], target=ends[1], depart=datetime.fromtimestamp(times[0], zone),
        arrive=datetime.fromtimestamp(times[1], zone), x=spot[0], y=spot[1],
    )  # fmt: skip


def on_the_way(trip: str, ends: tuple[str, str], share: float) -> Spot:
    """Where a boat is after ``share`` of its time, along the way of the feed, or straight where it has none."""
    piers = {pier.stop or pier.code: (float(pier.lon), float(pier.lat)) for pier in disk_pack().piers.values()}
    start, end = (piers.get(stop, (0.0, 0.0)) for stop in ends)
    way = _ways(settings.DRIFTBOX_PACK).get(trip, ())
    frame = sea_chart().frame
    x, y = along([frame.place(spot) for spot in (between(way, start, end) if way else [start, end])], share)
    return round(x, 1), round(y, 1)
