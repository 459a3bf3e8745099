"""The board on the wall of the pier hall, of all piers or of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from driftbox.apps.pack import current_pack
from driftbox.apps.sailings.queries import service_now
from driftbox.domain.errors import NotFound
from driftbox.web.base.middleware import now_of
from driftbox.web.board.lines import SHOWN, crossings_of, lines_of, notices_of
from driftbox.web.board.twin import Twin, both, named


@require_safe
@cache_control(no_cache=True)
def board(request: HttpRequest, pier: str = "") -> HttpResponse:
    """What leaves next, with which boxes; what stands still, why and since when."""
    piers, service = current_pack().piers, service_now(now_of(request))
    code = pier.upper()
    if pier and code not in piers:
        raise NotFound("no_pier", "没有这个码头。请看看地址里的名字，或看所有码头的船班。")
    sailing = [one for one, at in piers.items() if at.stop]
    crossings = crossings_of(service)
    context = {
        "pier": named(piers[code].short) if pier else None,
        "lines": lines_of(service, [code] if pier else sailing, SHOWN - (0, 1, 3)[len(crossings)]),
        "crossings": crossings,
        "notices": notices_of(service),
        "now": service.at,
        "demo": service.is_demo,
        "words": _headings(),
    }
    return render(request, "board/board.html", context)


def _headings() -> dict[str, Twin]:
    return {
        "title": both(lambda: gettext("漂流箱船班")),
        "departs": both(lambda: gettext("开船")),
        "to": both(lambda: gettext("去哪里")),
        "arrives": both(lambda: gettext("到")),
        "box": both(lambda: gettext("箱")),
        "seals": both(lambda: gettext("封条")),
        "status": both(lambda: gettext("情况")),
        "at_sea": both(lambda: gettext("在海上")),
        "halted": both(lambda: gettext("停航")),
        "resumed": both(lambda: gettext("复航")),
        "none": both(lambda: gettext("这几天没有船")),
        "updated": both(lambda: gettext("更新")),
        "stale": both(lambda: gettext("连不上，下面是刚才的船班")),
        "demo": both(lambda: gettext("演示数据，船班为虚构")),
        "motto": both(lambda: gettext("停航，法定的日子不变。要晚，我们先告诉您。")),
    }
