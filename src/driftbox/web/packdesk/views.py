"""All matters with their versions and drafts; one matter with its history, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods
from msgspec import Struct

from driftbox.apps.pack import calendar, current_pack, laid_now
from driftbox.apps.packdesk import actions, queries
from driftbox.apps.packdesk.access import require_editor
from driftbox.apps.packdesk.queries import Version
from driftbox.apps.people.queries import colleagues
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.pack_changes import in_force, of_file
from driftbox.domain.errors import BadPack, BadPaper, Refused
from driftbox.gateways.pack_write import read_matter
from driftbox.web.base.middleware import now_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.packdesk.fields import number_in
from driftbox.web.packdesk.parts import Difference, differences


class Line(Struct, frozen=True):
    """One matter of the list: the number of its version in force, and how its draft stands."""

    matter: Matter
    version: int
    draft: str


class Told(Struct, frozen=True):
    """One version of a matter: who wrote and published it, whether it counts today, what it changed."""

    version: Version
    drafted: str
    published: str
    counts: bool
    changed: list[Difference]


@staff_page("director")
@require_GET
def matters(request: HttpRequest) -> HttpResponse:
    """Every matter, with what was changed and what waits; what could not be used stands at the top."""
    require_editor(viewer_of(request))
    pack, waiting = current_pack(), queries.waiting()
    begun = in_force(queries.changes(), calendar().local_date(now_of(request)))
    lines = [
        Line(one, begun[file][-1].said.version if (file := pack.matter_files[one.code]) in begun else 0, draft)
        for one in sorted(pack.matters.values(), key=lambda one: (one.category.zh, one.featured or 99))
        for draft in [waiting.get(one.code, "")]
    ]
    context = {"lines": sorted(lines, key=lambda line: not line.draft), "left_out": laid_now().left_out}
    return render(request, "packdesk/matters.html", context)


@staff_page("director")
@require_http_methods(["GET", "POST"])
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """One matter: what counts, who changed it when and why; begin a draft, also from a former version."""
    person = require_editor(viewer_of(request))
    file = queries.file_of(code)
    if request.method == "POST":
        version = request.POST.get("version", "")
        number = number_in(version)
        if version and number is None:
            raise Refused("pack.no_version", "没有这一版。回这件事的页面再看看。")
        actions.begin(code, by=person, now=now_of(request), version=number)
        if version:
            messages.success(request, gettext("照那一版起了草稿。写上为什么换回去，再交给另一位看。"))
        return redirect("packdesk:draft", code=code)
    context = {
        "matter": current_pack().matters[code],
        "told": _history(request, file),
        "draft": queries.waiting().get(code, ""),
        "withdrawn": _withdrawn(code),
    }
    return render(request, "packdesk/matter.html", context)


def _history(request: HttpRequest, file: str) -> list[Told]:
    people, rows = colleagues(), queries.versions(file)
    today = calendar().local_date(now_of(request))
    begun = in_force(of_file(queries.changes(), file), today).get(file, ())
    counting = begun[-1].entry if begun else ""
    found = []
    for place, row in enumerate(rows):
        change = row.change
        before = rows[place + 1].number if place + 1 < len(rows) else None
        names = [people[one].name if one in people else "" for one in _hands(row)]
        counts = change.entry == counting if change else not counting
        changed = _changed(file, before, row.number) if before is not None and row.here else []
        found.append(Told(row, names[0], names[1], counts, changed))
    return found


def _hands(row: Version) -> tuple[str, str]:
    return (row.change.said.drafted_by, row.change.by) if row.change else ("", "")


def _changed(file: str, before: int, after: int) -> list[Difference]:
    """What one version changed; nothing where either cannot be read here."""
    try:
        old, new = (read_matter(queries.content_of(file, number)) for number in (before, after))
    except (BadPack, BadPaper):
        return []
    return differences(old, new)


def _withdrawn(code: str) -> list[dict[str, Any]]:
    """Drafts that were withdrawn, with what they would have changed."""
    now = current_pack().matters[code]
    people = colleagues()
    return [
        {"draft": one, "who": people[one.by].name if one.by in people else "", "changed": differences(now, one.matter)}
        for one in queries.withdrawn(code)
    ]
