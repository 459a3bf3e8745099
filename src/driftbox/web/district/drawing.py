"""What is drawn on the sea chart: each mark with where it is, what it says and which list lies behind it."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from django.urls import reverse
from django.utils.translation import get_language, gettext
from msgspec import Struct

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import boxes
from driftbox.apps.district.chart import Boat, Chart, boats_under_way, on_the_way, place_of
from driftbox.apps.district.queries import Cover
from driftbox.apps.pack import calendar, disk_pack
from driftbox.apps.sailings.queries import ServiceNow, stop_of
from driftbox.domain.ferry.book import Halt
from driftbox.domain.ferry.chart import Spot
from driftbox.web.base.boats import halt_words, pier_text, subject_text
from driftbox.web.base.templatetags.driftbox import clock_time, said

Side = Literal["start", "end", "middle"]
WIDE: Final = 21.0  # units that a Chinese character takes on the chart
SLIM: Final = 11.0  # and a letter
TALL: Final = 24.0
RING: Final = 17.0  # half of the ring of a station
LEAST_KM2: Final = 5  # a smaller island is not named
BESIDE: Final = 20.0  # a box at a pier stands beside a station that is there too
HALF: Final = 0.5  # of the way, where the timetable does not tell how far a boat is


class Rect(Struct, frozen=True):
    """A part of the drawing that is taken."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Rect") -> bool:
        """Whether two parts overlap."""
        return not (
            self.right < other.left or other.right < self.left or self.bottom < other.top or other.bottom < self.top
        )


class Label(Struct, frozen=True):
    """Words beside a mark: where, and from which side they run."""

    x: float
    y: float
    side: Side
    text: str


class Mark(Struct, frozen=True, kw_only=True):
    """One mark: where, its words, the page behind it, and what a screen reader says."""

    x: float
    y: float
    label: Label
    href: str
    aria: str
    code: str = ""
    number: str = ""
    loud: bool = False
    text: str = ""


class Drawing(Struct, frozen=True, kw_only=True):
    """Everything that moves on the chart, or stands there because something is the matter."""

    stations: tuple[Mark, ...]
    points: tuple[tuple[float, float, bool], ...]  # where, and whether nobody is there
    boats: tuple[Mark, ...]
    boxes: tuple[Mark, ...]
    halts: tuple[Mark, ...]
    lanes: tuple[tuple[str, bool], ...]  # the way, and whether nothing goes there
    names: tuple[Label, ...]


class Canvas:
    """Finds room for words: the first side of a mark that nothing else has taken."""

    def __init__(self, chart: Chart) -> None:
        self.edge = Rect(6, 6, chart.frame.width - 6, chart.frame.height - 6)
        self.taken: list[Rect] = []

    def take(self, spot: Spot, half: float) -> None:
        """Keep a square around a mark free."""
        self.taken.append(Rect(spot[0] - half, spot[1] - half, spot[0] + half, spot[1] + half))

    def beside(self, spot: Spot) -> Spot:
        """The same place, or one below it where another mark stands."""
        own = Rect(spot[0] - 4, spot[1] - 4, spot[0] + 4, spot[1] + 4)
        return (spot[0] + 6, spot[1] + BESIDE + 6) if any(own.meets(one) for one in self.taken) else spot

    def label(self, spot: Spot, text: str, away: float, *, must: bool = True) -> Label | None:
        """Words beside a mark; where every side is taken, to its right if they ``must`` be there, else none."""
        found = [(label, rect) for label, rect in _sides(spot, text, away) if self._free(rect)]
        if not found and not must:
            return None
        label, rect = found[0] if found else next(iter(_sides(spot, text, away)))
        self.taken.append(rect)
        return label

    def _free(self, rect: Rect) -> bool:
        inside = rect.left >= self.edge.left and rect.right <= self.edge.right and rect.top >= self.edge.top
        return inside and rect.bottom <= self.edge.bottom and not any(rect.meets(other) for other in self.taken)


def width_of(text: str) -> float:
    """How wide words are on the chart, in its units."""
    return sum(WIDE if ord(letter) > 0x2E7F else SLIM for letter in text)  # noqa: PLR2004 - where wide letters begin


def _sides(spot: Spot, text: str, away: float) -> Iterable[tuple[Label, Rect]]:
    (x, y), wide = spot, width_of(text)
    for dy in (0.0, -18.0, 18.0):
        yield _at(x + away, y + dy, "start", text, x + away)
        yield _at(x - away, y + dy, "end", text, x - away - wide)
    yield _at(x, y - away - 10, "middle", text, x - wide / 2)
    yield _at(x, y + away + 10, "middle", text, x - wide / 2)


def _at(x: float, y: float, side: Side, text: str, left: float) -> tuple[Label, Rect]:
    rect = Rect(left, y - TALL / 2, left + width_of(text), y + TALL / 2)
    return Label(round(x), round(y + TALL / 4), side, text), rect


def drawing_of(chart: Chart, service: ServiceNow, here: Cover, hit: int) -> Drawing:
    """The drawing at the moment of ``service``; ``hit``: open cases that wait for boats."""
    canvas, halted = Canvas(chart), {halt.id for halt in service.halts if halt.kind == "route"}
    placed = [(code, spot) for code in here.stations if (spot := place_of(code))]
    for _code, spot in placed:
        canvas.take(spot, RING)
    stations = [_station(canvas, number, *one, here) for number, one in enumerate(placed, start=1)]
    aboard = _boxes(canvas, service)
    halts = [mark for halt in service.halts if (mark := _halt(canvas, service, halt, hit))]
    boats = [_boat(service, boat) for boat in boats_under_way(service)]
    spots = [(place_of(code), code in here.empty) for code in here.points]
    return Drawing(
        stations=tuple(stations), boxes=tuple(aboard), halts=tuple(halts), boats=tuple(boats),
        points=tuple((spot[0], spot[1], empty) for spot, empty in spots if spot),
        lanes=tuple((path, route in halted) for route, path in chart.lanes.items()),
        names=_names(canvas, chart, frozenset(one.label.text for one in stations)),
    )  # fmt: skip


def _station(canvas: Canvas, number: int, code: str, spot: Spot, here: Cover) -> Mark:
    name, empty = said(disk_pack().offices[code].short), code in here.empty
    label = canvas.label(spot, name, RING + 4)
    words = gettext("{name}，没有代办员").format(name=name) if empty else name
    return Mark(x=spot[0], y=spot[1], label=label or Label(0, 0, "start", ""), number=str(number), loud=empty,
                href=f"{reverse('district:list')}?place={code}", aria=words, code=code)  # fmt: skip


def _boxes(canvas: Canvas, service: ServiceNow) -> list[Mark]:
    """Boxes aboard a boat, and boxes with something in them at a pier."""
    found = []
    for row in boxes():
        spot = _aboard(service, row) if row.where == "ship" else place_of(row.place) if row.parcels else None
        if spot is None:
            continue
        text = row.label if row.where != "ship" else f"{row.label} {_bound(service, row)}"
        spot = canvas.beside(spot)
        canvas.take(spot, 9)
        label = canvas.label(spot, text, 13) or Label(0, 0, "start", "")
        found.append(Mark(x=spot[0], y=spot[1], label=label, loud=row.where == "ship", number=str(len(row.parcels)),
                          href=reverse("desk:box_custody", args=[row.label]), aria=text, code=row.label))  # fmt: skip
    return found


def _sailing(service: ServiceNow, row: BoxRow) -> Boat | None:
    return next((boat for boat in boats_under_way(service) if boat.trip == row.sailing), None)


def _aboard(service: ServiceNow, row: BoxRow) -> Spot | None:
    """Where a box is that is aboard: where its boat is by timetable; the middle of its way where that does not tell."""
    boat = _sailing(service, row)
    if boat:
        return boat.x, boat.y
    return on_the_way(row.sailing, (stop_of(row.place), stop_of(row.destination)), HALF)


def _bound(service: ServiceNow, row: BoxRow) -> str:
    boat, known = _sailing(service, row), disk_pack().piers.get(row.destination)
    where = said(known.short) if known else row.destination
    if boat is None:
        return gettext("往{where}").format(where=where)
    return gettext("{time} 到{where}").format(time=clock_time(boat.arrive), where=where)


def _boat(service: ServiceNow, boat: Boat) -> Mark:
    ends = [said(pier_text(service.table.stops[place])) for stop in (boat.origin, boat.target)
            for place in list(service.table.places(stop))[:1]]  # fmt: skip
    words = f"{clock_time(boat.depart)} {' → '.join(ends)} {clock_time(boat.arrive)}"
    return Mark(x=boat.x, y=boat.y, label=Label(0, 0, "start", ""), href=reverse("desk:boats"), aria=words, text=words)


def _halt(canvas: Canvas, service: ServiceNow, halt: Halt, hit: int) -> Mark | None:
    """A suspended line or pier, in words, beside where it is."""
    spot = _spot_of(halt, service)
    if spot is None:
        return None
    what = said(subject_text(service, halt.kind, halt.id))
    text = gettext("{what}停航").format(what=what)
    why = halt_words(halt.as_suspension, calendar().local_date(service.at))
    label = canvas.label(spot, text, 6) or Label(0, 0, "start", "")
    return Mark(x=spot[0], y=spot[1], label=label, href=f"{reverse('district:list')}?what=boats", text=why,
                aria=f"{text}，{why}", code=halt.id, number=str(hit))  # fmt: skip


def _spot_of(halt: Halt, service: ServiceNow) -> Spot | None:
    stops: Sequence[str] = service.ends.get(halt.id, ()) if halt.kind == "route" else (halt.id,)
    codes = [pier.code for pier in disk_pack().piers.values() if (pier.stop or pier.code) in stops]
    spots = [spot for code in codes if (spot := place_of(code))]
    if not spots or halt.kind == "trip":
        return None
    return sum(x for x, _y in spots) / len(spots), sum(y for _x, y in spots) / len(spots)


def _names(canvas: Canvas, chart: Chart, told: frozenset[str]) -> tuple[Label, ...]:
    """Names of islands, the large ones first, where nothing else stands; those of ``told`` stand there already."""
    english, found = (get_language() or "").startswith("en"), list[Label]()
    for island in sorted(chart.islands, key=lambda one: -one.km2):
        name = island.en.removesuffix(" Island") if english else island.zh.removesuffix("岛")
        inside = 40 < island.x < chart.frame.width - 40 and 20 < island.y < chart.frame.height - 40  # noqa: PLR2004 - the margin of the drawing
        if not name or not inside or island.km2 < LEAST_KM2 or "(" in name or name in told:
            continue
        rect = Rect(island.x - width_of(name) / 2, island.y - TALL / 2, island.x + width_of(name) / 2,
                    island.y + TALL / 2)  # fmt: skip
        if not any(rect.meets(other) for other in canvas.taken):
            canvas.taken.append(rect)
            found.append(Label(island.x, island.y + 6, "middle", name))
    return tuple(found)
