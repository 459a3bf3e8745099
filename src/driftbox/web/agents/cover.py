"""Where nobody is: points, matters and hours, each with a mend; all stations and points on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from msgspec import Struct

from driftbox.apps.agents.access import KEEPERS
from driftbox.apps.agents.coverage import gaps_at
from driftbox.apps.pack import calendar, current_pack
from driftbox.domain.planning.cover import Gap, Ground, Spot
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of


class PointMark(Struct, frozen=True):
    """One point on the map of a station: by name, and how it stands."""

    name: str
    state: str  # there, ending, nobody
    count: int


class StationBlock(Struct, frozen=True):
    """One station: its points, its agents by kind, and its gaps."""

    name: str
    code: str
    agents: int
    points: list[PointMark]
    gaps: list[tuple[str, str, str, str]]  # where, what, mend, person


@staff_page(*KEEPERS)
@require_GET
def cover(request: HttpRequest) -> HttpResponse:
    """Every station and point of the offices below, and what is missing."""
    viewer, now = viewer_of(request), now_of(request)
    ground, found = gaps_at(viewer.reach, now)
    today = calendar().local_date(now)
    serving = {one.person for one in ground.agents if one.active and one.until and one.until >= today}
    blocks = [_block(station, ground, found, serving) for station in ground.stations]
    kinds = current_pack().offices
    context = {
        "blocks": blocks, "stations": sum(kinds[one.code].kind == "station" for one in ground.stations),
        "points": len(ground.points), "agents": len(serving),
        "gaps": len(found), "empty": sum(gap.what == "point" for gap in found),
        "matters": sum(gap.what == "matter" for gap in found), "hours": sum(gap.what == "hours" for gap in found),
        "ending": sum(gap.what == "ending" for gap in found),
    }  # fmt: skip
    return render(request, "agents/cover.html", context)


def _block(station: Spot, ground: Ground, found: tuple[Gap, ...], serving: set[str]) -> StationBlock:
    points = [point for point in ground.points if point.station == station.code]
    codes = {station.code, *(point.code for point in points)}
    here = [one for one in ground.agents if one.person in serving and one.office in codes]
    states = {gap.office: ("nobody" if gap.what == "point" else gap.what) for gap in found
              if gap.what in ("point", "ending")}  # fmt: skip
    marks = [
        PointMark(said(point.name), states.get(point.code, "there"), sum(one.office == point.code for one in here))
        for point in points
    ]
    gaps = [(said(gap.where), said(gap.words), said(gap.mend), gap.person) for gap in found if gap.office in codes]
    return StationBlock(place_name(station.code), station.code, len(here), marks, gaps)
