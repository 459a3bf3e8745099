"""The district page 全区: sea chart, stations, clocks, trips saved, who is there, what needs a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import condition, require_GET
from msgspec import Struct

from driftbox.apps.district import queries as district
from driftbox.apps.district.chart import sea_chart
from driftbox.apps.district.queries import Tally
from driftbox.apps.figures.queries import Reading, months_before, read
from driftbox.apps.pack import calendar, current_pack, disk_pack, line_up
from driftbox.apps.people.access import Viewer
from driftbox.apps.sailings.queries import ServiceNow, service_now
from driftbox.domain.figures.tally import merged
from driftbox.web.base.boats import halt_words, subject_text
from driftbox.web.base.cases import shown
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.district.drawing import drawing_of
from driftbox.web.district.strips import Column, channels_of, columns_of, ticks_of

STAFF: Final = ("supervisor", "director")
MONTHS: Final = 6
GOAL: Final = 950  # per mille of promises kept; the dotted line of the table
AXIS: Final = 150  # units of the small line beside a station; it runs from LOW to 1000 per mille
LOW: Final = 880
LISTED: Final = 5
KEPT: Final = "kept_promises"


class StationLine(Struct, frozen=True, kw_only=True):
    """One station in the table: its number on the chart, counts, and promises kept in the last months."""

    code: str
    number: int
    name: str
    tally: Tally
    agents: int
    empty: int  # points below it where nobody is
    kept: str = ""
    at: float | None = None  # where its mark stands on the small line
    low: bool = False


class HaltLine(Struct, frozen=True):
    """What is suspended, and why."""

    what: str
    why: str


def stamp(request: HttpRequest) -> str | None:
    """What this page depends on: how far the log is, the minute, the language, whose it is and in which shape."""
    if not request.user.is_authenticated:
        return None
    viewer, minute = viewer_of(request), int(now_of(request).timestamp()) // 60
    wall = "w" if request.GET.get("wall") else ""
    return f'"{district.version()}.{minute}.{get_language()}.{viewer.person[:13]}.{len(viewer.roles)}{wall}"'


@staff_page(*STAFF)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The whole page; ``?wall=1``: for a wall screen."""
    response = render(request, "district/page.html", context_of(request))
    response["Cache-Control"] = "no-store"
    return response


@staff_page(*STAFF)
@require_GET
@condition(etag_func=stamp)
def live(request: HttpRequest) -> HttpResponse:
    """What moves on the page, for a script that renews it; nothing is sent when nothing changed."""
    response = render(request, "district/_live.html", context_of(request))
    response["Cache-Control"] = "private, no-cache"
    return response


def context_of(request: HttpRequest) -> dict[str, Any]:
    """Everything that the page shows to this viewer."""
    viewer, now = viewer_of(request), now_of(request)
    today, service = calendar().local_date(now), service_now(now)
    counts = district.by_office(viewer, today)
    total = sum(counts.values(), Tally())
    here = district.cover(viewer.reach, now)
    wall = bool(request.GET.get("wall"))
    figures = read(("trips_saved", "trips_per_case", KEPT, "reception"), viewer.reach,
                   months_before(today, MONTHS)[0], f"{today:%Y-%m}")  # fmt: skip
    chart = sea_chart()
    return {
        "wall": wall, "now": now, "today": today, "chart": chart, "total": total, "here": here,
        "drawing": drawing_of(chart, service, here, total.boats), "scale": 10 * chart.frame.km,
        "stations": _stations(counts, here, figures[KEPT]), "worst": _worst(counts),
        "days": columns_of(district.by_day(viewer, today), total.late), "halts": _halts(service, today),
        "pressing": shown(district.most_pressing(viewer, LISTED), today),
        "supervised": shown(district.supervised(viewer, LISTED), today),
        "whereabouts": _whereabouts(viewer), "incidents": district.incidents_open(viewer),
        "arrived": district.arrived(), "away": [(one, place_name(one.office)) for one in district.away(now)],
        "demo": service.is_demo, **_figures(figures, today), **_agents(here),
    }  # fmt: skip


def _stations(counts: Mapping[str, Tally], here: district.Cover, kept: Reading) -> list[StationLine]:
    """The stations in the order of the pack; a share of fewer than five cases is not told."""
    sums, by_office = district.by_station(counts), kept.by_office()
    lines = []
    for number, code in enumerate(here.stations, start=1):
        below = [office for office in by_office if code in line_up(office)]
        share = merged(by_office[office] for office in below).per_mille(("yes",))
        empty = sum(code in line_up(one) for one in here.empty)
        at = None if share is None else round(AXIS * max(0, share - LOW) / (1000 - LOW), 1)
        lines.append(StationLine(
            code=code, number=number, name=said(disk_pack().offices[code].short), tally=sums.get(code, Tally()),
            agents=here.serving.get(code, 0), empty=empty, kept="" if share is None else f"{share / 10:.1f}%", at=at,
            low=share is not None and share < GOAL,
        ))  # fmt: skip
    return lines


def _worst(counts: Mapping[str, Tally]) -> tuple[str, str, int] | None:
    """The station with the most cases past their day: where help is wanted first. Offices, never people."""
    late = {code: tally.late for code, tally in district.by_station(counts).items() if code and tally.late}
    if not late:
        return None
    code = max(sorted(late), key=lambda one: late[one])
    return code, said(disk_pack().offices[code].short), late[code]


def _halts(service: ServiceNow, today: date) -> list[HaltLine]:
    return [HaltLine(said(subject_text(service, one.kind, one.id)), halt_words(one.as_suspension, today))
            for one in service.halts if one.kind != "trip"]  # fmt: skip


def _whereabouts(viewer: Viewer) -> list[tuple[str, str, int]]:
    """Where papers are: the code, in words, how many cases."""
    found = district.by_whereabouts(viewer)
    words = {
        "resident": gettext("在他自己手里"), "box": gettext("在箱里"), "ship": gettext("在船上"),
        "agent": gettext("代办员手里"), "office": gettext("在窗口"), "department": gettext("在部门"),
    }  # fmt: skip
    return [(code, word, found[code]) for code, word in words.items() if found[code]]


def _figures(figures: Mapping[str, Reading], today: date) -> dict[str, Any]:
    """The figures at the head and the two strips below; nothing is told where nothing was counted yet."""
    month = f"{today:%Y-%m}"
    by_month = figures["trips_saved"].by_month()
    trips = figures["trips_per_case"].by_month().get(month)
    kept = figures[KEPT].by_month().get(month)
    mean, share = trips.hundredths() if trips else None, kept.per_mille(("yes",)) if kept else None
    amounts = [(one, by_month[one].amount if one in by_month else 0) for one in months_before(today, MONTHS)]
    calls = figures["reception"].by_month().get(month)
    channels = channels_of(calls.cells if calls else {})
    return {
        "saved": by_month[month].amount if month in by_month else None,
        "mean": "" if mean is None else f"{mean / 100:.1f}", "kept": "" if share is None else f"{share / 10:.1f}",
        "months": _columns(amounts), "channels": channels,
        "contacts": calls.count if calls else 0, "tall": 28 + 43 * max(0, len(channels) - 1),
        "goal": round(AXIS * (GOAL - LOW) / (1000 - LOW), 1),
    }  # fmt: skip


def _columns(amounts: list[tuple[str, int]]) -> list[Column]:
    top = max([amount for _month, amount in amounts] + [1])
    last = amounts[-1][0]
    words = {month: _month_word(month) for month, _amount in amounts}
    return [Column(28 + 56 * place, round(236 - 200 * max(0, amount) / top), f"{amount:,}", words[month], month == last)
            for place, (month, amount) in enumerate(amounts)]  # fmt: skip


def _month_word(month: str) -> str:
    number = int(month[5:])
    if (get_language() or "").startswith("en"):
        return date(2000, number, 1).strftime("%b")
    return gettext("{n} 月").format(n=number)


def _agents(here: district.Cover) -> dict[str, Any]:
    """Ticks for stations, points and agents, those without anybody apart."""
    kinds = [(said(kind.name), here.agents.get(kind.code, 0)) for kind in current_pack().agents.kinds]
    gone = set(here.empty)
    return {
        "agents": sum(here.agents.values()), "kinds": [(name, count, n) for n, (name, count) in enumerate(kinds, 1)],
        "station_ticks": ticks_of([sum(one not in gone for one in here.stations)]),
        "point_ticks": ticks_of([sum(one not in gone for one in here.points), sum(one in gone for one in here.points)]),
        "agent_ticks": ticks_of([count for _name, count in kinds]), "gaps": len(gone),
        "gap_names": [said(disk_pack().offices[one].short) for one in here.empty[:6]],
    }  # fmt: skip


@staff_page(*STAFF)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The cases behind a mark, those that this person reaches."""
    viewer, now = viewer_of(request), now_of(request)
    what, place = request.GET.get("what", "open")[:20].replace("\0", ""), request.GET.get("place", "")[:40]
    place = place if place in disk_pack().offices else ""
    today = calendar().local_date(now)
    rows = district.listed(viewer, what, place, today)
    context = {
        "lines": shown(rows[: district.SHOWN], today), "more": len(rows) > district.SHOWN, "shown": district.SHOWN,
        "title": _title(what), "where": place_name(place) if place else "", "back": reverse("district:page"),
        "today": today,
    }  # fmt: skip
    return render(request, "district/list.html", context)


def _title(what: str) -> str:
    words = {
        "open": gettext("正在办的"), "late": gettext("过了日子的"), "today": gettext("今天到日子的"),
        "contested": gettext("有对不上的"), "boats": gettext("停航，等着船的"), "pressed": gettext("督办了，等回话的"),
        "due": gettext("有日子在走的"), "resident": gettext("材料在他自己手里的"), "box": gettext("材料在箱里的"),
        "ship": gettext("材料在船上的"), "agent": gettext("材料在代办员手里的"), "office": gettext("材料在窗口的"),
        "department": gettext("材料在部门的"),
    }  # fmt: skip
    return words.get(what, what)
