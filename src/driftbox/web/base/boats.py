"""What pages say of boats: names of piers, causes, who said so, and one line with the next sailing."""

from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy
from msgspec import Struct

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.sailings.queries import ServiceNow, box_route, next_from, other_end, service_now
from driftbox.domain.errors import DriftboxError
from driftbox.domain.ferry.board import Departure
from driftbox.domain.ferry.service import Stop, Suspension
from driftbox.domain.text import Text
from driftbox.web.base.templatetags.driftbox import clock_time, day, said

CAUSES: Final[dict[str, Any]] = {
    "wind": gettext_lazy("大风"),
    "fog": gettext_lazy("大雾"),
    "typhoon": gettext_lazy("台风"),
    "repair": gettext_lazy("修船"),
    "other": gettext_lazy("船方没有说原因"),
}
WHO: Final[dict[str, Any]] = {
    "operator": gettext_lazy("船公司"),
    "harbour": gettext_lazy("港航管理"),
    "maritime": gettext_lazy("海事部门"),
    "master": gettext_lazy("船上"),
    "gtfs_rt": gettext_lazy("实时信息"),
}
SOURCES: Final[dict[str, Any]] = {
    "operator": gettext_lazy("书面通知"),
    "phone": gettext_lazy("电话里说的"),
    "gtfs_rt": gettext_lazy("实时信息"),
}


class NextLine(Struct, frozen=True):
    """The next sailing in one line; ``halted``: boats stand still. ``demo``: from a timetable that is invented."""

    text: str
    halted: bool
    demo: bool


def pier_text(stop: Stop) -> Text:
    """What people call a stop: as the pack has it, or else as the timetable has."""
    known = next((pier for pier in current_pack().piers.values() if pier.stop == stop.id), None)
    return (
        known.short if known else Text(zh=stop.names[0] if stop.names else stop.id, en=(stop.names or (stop.id,))[-1])
    )


def subject_text(service: ServiceNow, kind: str, id_: str) -> Text:
    """What a fact speaks of: a line by its ends, a pier by name; a trip only has its id."""
    stops = service.ends.get(id_, ()) if kind == "route" else (id_,) if kind == "stop" else ()
    places = [next(iter(service.table.places(stop)), None) for stop in stops]
    named = [pier_text(service.table.stops[place]) for place in places if place is not None]
    if not named:
        plain = service.routes.get(id_, id_)
        return Text(zh=plain, en=plain)
    return Text(zh="—".join(text.zh for text in named), en="–".join(text.en or text.zh for text in named))


def day_and_time(moment: datetime, today: date) -> str:
    """A moment on the board: the time today, 明天 and the time, or the day and the time."""
    away = (calendar().local_date(moment) - today).days
    time = clock_time(moment)
    if away == 0:
        return time
    return gettext("明天 {time}").format(time=time) if away == 1 else f"{day(moment)} {time}"


def halt_words(halt: Suspension, today: date) -> str:
    """Why boats stand still, and since when."""
    if halt.reason == "skipped":
        return trip_halt_words(halt)
    cause = CAUSES.get(halt.reason, CAUSES["other"])
    return gettext("{cause}，{since} 起").format(cause=cause, since=day_and_time(halt.since, today))


def trip_halt_words(halt: Suspension) -> str:
    """Why one boat does not go, or does not come here."""
    return gettext("这一班不停这里") if halt.reason == "skipped" else str(CAUSES.get(halt.reason, CAUSES["other"]))


def next_line(origin: str, target: str, now: datetime) -> NextLine | None:
    """The next sailing from pier to pier, from timetable and facts alone; None where nothing is known."""
    try:
        lines = next_from(origin, target, now, 12) if origin and target else ()
        demo = service_now(now).is_demo
    except DriftboxError:
        return None
    if not lines:
        return None
    today = calendar().local_date(now)
    going = next((line.boat for line in lines if line.halted is None), None)
    halt = lines[0].halted
    if halt is None:
        return NextLine(gettext("下一班 {boat}").format(boat=_boat(lines[0].boat, today)), halted=False, demo=demo)
    text = gettext("{ends} 停航：{why}").format(ends=_ends(lines[0].boat), why=halt_words(halt, today))
    if going is not None:
        text += gettext("。再开是 {boat}").format(boat=_boat(going, today))
    return NextLine(text, halted=True, demo=demo)


def next_box_boat(now: datetime, pier: str = "") -> NextLine | None:
    """The next sailing on the way of the boxes: from ``pier`` to the other end, or else the way out."""
    route = box_route()
    if route is None:
        return None
    origin = pier or route[0]
    return next_line(origin, other_end(origin), now)


def _boat(boat: Departure, today: date) -> str:
    return f"{day_and_time(boat.depart, today)} {_ends(boat)}"


def _ends(boat: Departure) -> str:
    return f"{said(pier_text(boat.origin))} → {said(pier_text(boat.target))}"
