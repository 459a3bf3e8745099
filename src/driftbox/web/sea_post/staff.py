"""The screen of the staff of a post: what waits for the shore, when it met whom, and what was left half told."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.sea_post.drafts import drafts, hand_back
from driftbox.apps.sea_post.post import this_post
from driftbox.apps.sea_post.queries import disputes, set_landing, waiting_ashore
from driftbox.apps.sync.queries import peers
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.log.ids import instant
from driftbox.web.base.middleware import now_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.sea_post.forms import KINDS
from driftbox.web.sea_post.here import DRAFT, around

STAFF = ("clerk", "agent", "director", "officer")


class LandingForm(forms.Form):
    """Where and when the boat lands next."""

    pier = forms.ChoiceField(label=_("下次靠哪个码头"))
    at = forms.DateTimeField(
        label=_("什么时候"), input_formats=["%Y-%m-%dT%H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # handed on as it came
        self.fields["pier"] = forms.ChoiceField(
            label=_("下次靠哪个码头"), choices=[(one.code, said(one.name)) for one in current_pack().piers.values()]
        )

    def clean_at(self) -> datetime:
        """The time on the clocks of the pack's zone."""
        at: datetime = self.cleaned_data["at"]
        return at.replace(tzinfo=calendar().zone)


@staff_page(*STAFF)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """How the post stands, for its staff."""
    viewer = viewer_of(request)
    context = around(request) | {
        "waiting": [(one, instant(one.sea.received_ms or one.opened_ms)) for one in _reached(viewer, waiting_ashore())],
        "disputes": _reached(viewer, disputes()),
        "drafts": [(one, KINDS.get(one.told.kind, "")) for one in drafts()],
        "peers": [(one, _office(one.office)) for one in peers() if not one.revoked],
        "form": LandingForm(),
    }  # fmt: skip
    return render(request, "sea_post/staff.html", context)


@staff_page(*STAFF)
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Put what was left half told back on this screen.

    Raises:
        NotFound: there is no such draft any more.
    """
    this_post()
    docket = request.POST.get("docket", "")
    hand_back(docket, now=now_of(request))
    request.session[DRAFT] = docket
    return redirect("sea_post:say", step="what")


@staff_page(*STAFF)
@require_POST
def landed(request: HttpRequest) -> HttpResponse:
    """Say where and when the post lands next."""
    this_post()
    form = LandingForm(request.POST)
    if form.is_valid():
        set_landing(form.cleaned_data["pier"], form.cleaned_data["at"], now=now_of(request))
        messages.success(request, gettext("记下了，屏幕上改好了。"))
    else:
        messages.error(request, gettext("码头或时间没写对，没有改。请再写一次。"))
    return redirect("sea_post:staff")


def _reached(viewer: Viewer, dockets: list[Docket]) -> list[Docket]:
    """Those that this person may see; a confidential one is only counted."""
    found = []
    for one in dockets:
        try:
            found.append(docket_for(viewer, one.id))
        except NotFound:
            continue
    return found


def _office(code: str) -> str:
    office = current_pack().offices.get(code)
    return said(office.name) if office else code
