"""The phones of an office: when each was last here, and a button for the one that was lost."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.phones.queries import phones_of
from driftbox.apps.sync.intake import revoke as revoke_node
from driftbox.domain.errors import NotFound
from driftbox.web.base.middleware import now_of
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.phone.guard import ROLES

KEEPERS: Final = frozenset({"director"})


def _people(viewer: Viewer) -> dict[str, str]:
    """Whose phones they look after: their own; a director's, those of everybody in reach."""
    every = colleagues()
    theirs = {one.person: one.name for one in every.values() if one.office in viewer.reach and viewer.roles & KEEPERS}
    return {viewer.person: viewer.name, **theirs}


@staff_page(*ROLES)
@require_GET
def phones(request: HttpRequest) -> HttpResponse:
    """The phones that this person looks after."""
    people = _people(viewer_of(request))
    context = {"phones": [(one, people[one.person]) for one in phones_of(people)]}
    return render(request, "phone/phones.html", context)


@staff_page(*ROLES)
@require_POST
def revoke(request: HttpRequest, node: str) -> HttpResponse:
    """A phone is lost: believe nothing more from it; what it still sends waits to be looked at."""
    now = now_of(request)
    if node not in {one.node for one in phones_of(_people(viewer_of(request)))}:
        raise NotFound("no_such_phone", "没有登记过这台手机，什么都没变。请把页面再打开一遍。")
    revoke_node(node, since=now, now=now)
    messages.success(request, gettext("停用了。它以后再传来的，先放一边等人看；以前传来的照样算数。"))
    return redirect("phone:phones")
