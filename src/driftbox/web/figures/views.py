"""Figures for those who supervise: all of them, each with what it counts, and the cases behind a number."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from msgspec import Struct

from driftbox.apps.figures import queries
from driftbox.apps.figures.actions import refresh
from driftbox.apps.figures.rides import boats_saved
from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.errors import NotFound
from driftbox.domain.figures.definition import Figure
from driftbox.domain.figures.listed import CHANNELS, FIGURES, GROUPS
from driftbox.domain.figures.tally import ENOUGH, Tally, merged
from driftbox.web.base.figure_words import bucket_name, spread_of, unit_of, value_of, with_unit
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import TITLES, place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.figures.chart import chart_of

STAFF: Final = ("supervisor", "director")
MONTHS: Final = 12
LOGGED: Final = gettext_lazy("接待登记")  # the one kind that is of no case
AT_A_VIEW: Final = 40  # new entries taken in before a page is shown; the rest by the next, or by `driftbox figures`


class Line(Struct, frozen=True):
    """One figure in the list, this month and in all twelve."""

    figure: Figure
    name: str
    now: str
    year: str
    unit: str


class Row(Struct, frozen=True):
    """One row of a table: of a month or an office, with how many cases stand behind it."""

    key: str
    name: str
    value: str
    unit: str
    spread: str
    count: int
    done: int = 0


@staff_page(*STAFF)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All figures within reach, in the groups of the house."""
    refresh(AT_A_VIEW)
    months = queries.months_before(calendar().local_date(now_of(request)), MONTHS)
    found = queries.read_together(FIGURES, viewer_of(request).reach, months[0], months[-1])
    lines = [_line(one, found[code], months[-1]) for code, one in FIGURES.items()]
    groups = [(said(name), [line for line in lines if line.figure.group == group]) for group, name in GROUPS.items()]
    return render(request, "figures/listed.html", {"groups": groups, "late": queries.waiting(), "month": months[-1]})


def _line(figure: Figure, reading: queries.Reading, month: str) -> Line:
    now, unit = reading.by_month().get(month, Tally()), unit_of(figure)
    return Line(figure, said(figure.name), value_of(figure, now), value_of(figure, reading.whole), unit)


@staff_page(*STAFF)
@require_GET
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: what is counted and what not, twelve months, and offices side by side with what stands behind."""
    figure, viewer = _figure(code), viewer_of(request)
    refresh(AT_A_VIEW)
    now = now_of(request)
    months = queries.months_before(calendar().local_date(now), MONTHS)
    by_month = queries.read_together([code], viewer.reach, months[0], months[-1])[code].by_month()
    by_office, closed = (queries.read_by_office(each, viewer.reach, months[0], months[-1]) for each in (code, "closed"))
    whole = merged(by_month.values())
    rows = [_row(figure, month, month, by_month.get(month, Tally())) for month in months]
    context = {
        "figure": figure, "whole": _row(figure, "", "", whole),
        "kinds": [str(TITLES.get(kind, LOGGED)) for kind in figure.kinds],
        "rows": rows, "chart": chart_of(figure, months, by_month, [row.value for row in rows]),
        "offices": _offices(figure, by_office, closed), "buckets": _buckets(figure, whole),
        "hours": _hours(whole) if code == "reception" else None,
        "rides": boats_saved(whole, now) if code == "boats_saved" else None,
        "month": months[-1], "few": ENOUGH, "late": queries.waiting(),
    }  # fmt: skip
    return render(request, "figures/one.html", context)


def _figure(code: str) -> Figure:
    if code not in FIGURES:
        raise NotFound("figures.none", "没有这个数。从单子里选一个。")
    return FIGURES[code]


def _row(figure: Figure, key: str, name: str, tally: Tally, done: int = 0) -> Row:
    unit = with_unit(figure, tally)
    return Row(key, name, value_of(figure, tally), unit, spread_of(figure, tally), tally.count, done)


def _offices(figure: Figure, by_office: Mapping[str, Tally], done: Mapping[str, Tally]) -> list[Row]:
    """Offices in the order of the pack, never by value: how much work each had stands beside it."""
    return [
        _row(figure, code, place_name(code), by_office[code], done.get(code, Tally()).count)
        for code in current_pack().offices
        if code in by_office
    ]


def _buckets(figure: Figure, whole: Tally) -> list[tuple[str, int]]:
    """How many in each bucket; figures whose buckets are numbers of hours have too many to be read."""
    if figure.how == "spread" and figure.code != "trips_per_case":
        return []
    if figure.code in {"reception", "trips_saved"}:
        return []
    order = list(figure.buckets) if figure.buckets else sorted(whole.cells, key=lambda one: (len(one), one))
    return [(bucket_name(figure, one), whole.cells[one].count) for one in order if one in whole.cells]


def _hours(whole: Tally) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """Channels across, hours down: only those in which anything was logged."""
    channels = [one for one in CHANNELS if any(bucket.startswith(f"{one}:") for bucket in whole.cells)]
    hours = sorted({bucket.partition(":")[2] for bucket in whole.cells})
    rows = [(f"{hour}:00", [whole.counted([f"{one}:{hour}"]) for one in channels]) for hour in hours]
    return [said(CHANNELS[one]) for one in channels], rows


@staff_page(*STAFF)
@require_GET
def cases(request: HttpRequest, code: str) -> HttpResponse:
    """The cases behind a number that the viewer reaches; with which of them are not theirs to see told as a count."""
    figure, viewer = _figure(code), viewer_of(request)
    office, month = request.GET.get("office", ""), request.GET.get("month", "")
    if not figure.lists_cases or office not in viewer.reach or not _is_month(month):
        raise NotFound("figures.no_cases", "这里没有可以打开的事。回到这个数的页面，从表里点进来。")
    refresh(AT_A_VIEW)
    tally = queries.read([code], [office], month, month)[code].whole
    context = {
        "figure": figure, "office": place_name(office), "month": month,
        "rows": [(row, _matter(row.matter)) for row in queries.cases_behind(viewer, code, office, month)],
        "row": _row(figure, month, month, tally), "most": queries.MOST,
    }  # fmt: skip
    return render(request, "figures/cases.html", context)


def _matter(code: str) -> str:
    matters = current_pack().matters
    return said(matters[code].plain) if code in matters else code


def _is_month(text: str) -> bool:
    try:
        return date.fromisoformat(f"{text}-01").isoformat()[:7] == text
    except ValueError:
        return False
