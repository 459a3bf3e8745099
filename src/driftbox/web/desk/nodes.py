"""The machines: who was not met for how long and why, what waits where; codes for new ones, an end to lost ones."""

from typing import Final, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.directory.enrolling import Role, enrol_code
from driftbox.apps.directory.taking import directory_state
from driftbox.apps.eventlog import waiting
from driftbox.apps.eventlog.nodes import nodes
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.sync.health import Line, health
from driftbox.apps.sync.intake import revoke as revoke_node
from driftbox.apps.sync.meeting import ask_to_meet
from driftbox.domain.errors import NotFound, Refused
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.desk.arrivals import LOOK_AFTER, machine

CAUSES: Final = {
    "well": gettext_lazy("好着"),
    "new": gettext_lazy("登记以后还没碰过头"),
    "refused": gettext_lazy("对方没有收。请看它说的缘由"),
    "fault": gettext_lazy("碰头时出了错，自己会再试"),
    "our_line": gettext_lazy("我们这边没有网"),
    "their_machine": gettext_lazy("网是通的，对方的机器没开"),
    "line": gettext_lazy("连不上，路上断了"),
    "silent": gettext_lazy("对方没有来，别的都在来"),
    "all_silent": gettext_lazy("谁都没有来，多半是我们这边没有网"),
}
ROLES: Final = {
    "hub": gettext_lazy("总站"), "station": gettext_lazy("站"), "sea-post": gettext_lazy("海上驿站"),
    "phone": gettext_lazy("手机"),
}  # fmt: skip
NEW: Final[tuple[Role, ...]] = ("station", "sea-post")


UNCHOSEN: Final = "还没选是什么机器、放在哪里，没有给码。请选好再按一次。"


class Shown(NamedTuple):
    """One machine ready for the page."""

    line: Line
    name: str
    role: str
    cause: str


@staff_page(*LOOK_AFTER)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """How it stands with every machine that the viewer looks after."""
    return _page(request, {})


def _page(request: HttpRequest, more: dict[str, object]) -> HttpResponse:
    viewer, now = viewer_of(request), now_of(request)
    found, known, people = health(viewer.reach, now=now), nodes(), colleagues()
    shown = [
        Shown(line, machine(line.node, known, people), str(ROLES.get(line.role, "")), str(CAUSES[line.cause]))
        for line in found.lines
    ]
    context = {
        "found": found, "shown": shown, "directory": directory_state(now), "apart": len(waiting.apart()),
        "alarms": [(row, machine(row.node, known, people)) for row in waiting.alarms()],
        "offices": _offices(viewer) if found.is_hub else [], "new_roles": [(code, ROLES[code]) for code in NEW],
    }  # fmt: skip
    return render(request, "desk/nodes.html", context | more)


def _offices(viewer: Viewer) -> list[tuple[str, object]]:
    return [(code, office.name) for code, office in current_pack().offices.items() if code in viewer.reach]


@staff_page(*LOOK_AFTER)
@require_POST
def meet(request: HttpRequest) -> HttpResponse:
    """Go and meet the hub now."""
    if health((), now=now_of(request)).can_meet:
        ask_to_meet()
        messages.success(request, gettext("这就去见总站。过一会儿再打开这一页，看见得怎么样。"))
    else:
        messages.error(request, gettext("本机不用去见总站，什么都没变。"))
    return redirect("desk:nodes")


@staff_page(*LOOK_AFTER)
@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """A code for a new machine, shown once."""
    viewer, now = viewer_of(request), now_of(request)
    office = request.POST.get("office", "")
    try:
        _require_hub(request)
        made = enrol_code(_chosen(request.POST.get("role", "")), _within(office, viewer), by=viewer.person, now=now)
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("desk:nodes")
    return _page(request, {"made": made, "made_for": current_pack().offices[office].name})


def _chosen(text: str) -> Role:
    for role in NEW:
        if role == text:
            return role
    raise Refused("bad_new_node", UNCHOSEN)


def _within(office: str, viewer: Viewer) -> str:
    if office not in viewer.reach:
        raise Refused("bad_new_node", UNCHOSEN)
    return office


def _require_hub(request: HttpRequest) -> None:
    if not health((), now=now_of(request)).is_hub:
        raise Refused("not_hub", "这一步只有总站能做，什么都没变。请打电话给总站。")


@staff_page(*LOOK_AFTER)
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, node: str) -> HttpResponse:
    """Look once more, then believe nothing more from a machine that was lost or copied."""
    viewer, now = viewer_of(request), now_of(request)
    line = next((one for one in health(viewer.reach, now=now).lines if one.node == node and one.role != "hub"), None)
    if line is None:
        raise NotFound("no_such_machine", "没有登记过这台机器，什么都没变。请把页面再打开一遍。")
    try:
        if line.role != "phone":
            _require_hub(request)
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
        return redirect("desk:nodes")
    if request.method == "GET":
        return render(request, "desk/revoke.html", {"line": line, "name": machine(node, nodes(), colleagues())})
    if line.revoked is None:
        revoke_node(node, since=now, now=now)
    messages.success(request, gettext("停用了。它以后再传来的，先放一边等人看；以前传来的照样算数。"))
    return redirect("desk:nodes")
