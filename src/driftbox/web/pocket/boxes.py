"""A box in the hand of crew, agent or clerk: aboard, ashore, a bag taken out, and whatever was seen that is odd."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.custody.queries import box_labelled
from driftbox.apps.errands.carriage import collect, land_box, load_box
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.sights import row_of, sight
from driftbox.apps.pack import current_pack
from driftbox.apps.parcels.queries import parcel_row
from driftbox.domain.custody.entries import BoxSighted
from driftbox.domain.custody.scan import clean
from driftbox.domain.docket.entries import Seal
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.web.base.hand import hand_of, say_notes
from driftbox.web.base.middleware import now_of
from driftbox.web.base.number_fields import number_of, read_out
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.pocket.boarding import boats_for, sailing_chosen

CARRIERS: Final = ("crew", "agent", "clerk", "director")
TAKERS: Final = ("agent", "clerk", "director")
SEALS: Final[dict[str, Seal]] = {"yes": "intact", "no": "broken", "absent": "absent", "other": "other"}


def hand_among(request: HttpRequest, roles: tuple[str, ...]) -> Hand:
    """The hand of whoever is signed in, in the first of ``roles`` that they have."""
    viewer = viewer_of(request)
    return hand_of(request, by=viewer.person, role=viewer.role_among(roles))


@staff_page(*CARRIERS)
@require_GET
def box(request: HttpRequest, label: str) -> HttpResponse:
    """One box: where it is, what is in it, and what can be done with it."""
    row = box_labelled(label)
    context = {
        "box": row, "pier": place_name(row.place), "destination": place_name(row.destination),
        "piers": [(code, place_name(code)) for code in current_pack().piers if code != row.place],
        "all_piers": [(code, place_name(code)) for code in current_pack().piers],
        "boats": boats_for(row, now_of(request)) if row.where == "pier" else [],
        "may_take": bool(viewer_of(request).roles & set(TAKERS)),
        "held": [_held(one) for one in row.parcels],
    }  # fmt: skip
    return render(request, "pocket/box.html", context)


def _held(one: dict[str, object]) -> dict[str, object]:
    row = parcel_row(str(one["parcel"]))
    return {**one, "number": read_out(str(one["seal"])), "bag": read_out(row.label) if row else ""}


@staff_page(*CARRIERS)
@require_POST
def move(request: HttpRequest, label: str) -> HttpResponse:
    """The box goes aboard, or comes ashore; what was pressed twice is kept as said twice."""
    hand = hand_among(request, CARRIERS)
    row = row_of(label, hand)
    act = request.POST.get("act") or ("land" if row.where == "ship" else "load")
    if act == "land":
        place = request.POST.get("place") or row.destination
        if place not in current_pack().piers:
            raise Refused("no_pier", "还没选到了哪个码头。请选一个。")
        land_box(row.label, place, hand)
    else:
        chosen = request.POST.get("sailing", "")[:120]
        load_box(row.label, sailing_chosen(row, hand.now, chosen, request.POST.get("destination", "")), hand)
    say_notes(request, hand)
    messages.success(request, gettext("记好了。"))
    return redirect("pocket:box", label=row.label)


@staff_page(*TAKERS)
@require_POST
def take(request: HttpRequest, label: str) -> HttpResponse:
    """Take one parcel out of the box; a seal that is not right leads to what is to be done about it."""
    seal = SEALS.get(request.POST.get("intact", ""))
    if seal is None:
        raise Refused("seal_unseen", "先看封条：完好还是破了，选一个。")
    typed = request.POST.get("number", "")[:60].strip()
    number = number_of(typed, "seal") if typed else ""
    hand = hand_among(request, TAKERS)
    parcel = request.POST.get("parcel", "")[:36]
    state = collect(label, parcel, hand, seal=seal, number=number)
    say_notes(request, hand)
    return redirect(_onward(request, state, parcel))


def _onward(request: HttpRequest, state: Docket, parcel: str) -> str:
    """Where to go with a bag in hand: to what does not agree, or on with the case."""
    odd = next((one for one in reversed(state.on_hold) if one.parcel == parcel), None)
    if odd is not None:
        messages.warning(request, gettext("取到了。有一处对不上，先别拆，一步一步来。"))
        return reverse("incidents:incident", args=[state.id, odd.entry])
    words = gettext("取到了。现在拆封清点。") if state.parcels[parcel].way == "out" else gettext("取到了。送到家门口。")
    messages.success(request, words)
    at_desk = not viewer_of(request).roles & {"agent", "director"}
    return reverse("desk:case" if at_desk else "pocket:case", args=[state.id])


@staff_page(*CARRIERS)
@require_POST
def seen(request: HttpRequest, label: str) -> HttpResponse:
    """Keep what somebody saw that is not as we believe: the box elsewhere, or a bag that no list has."""
    hand = hand_among(request, CARRIERS)
    row = row_of(label, hand)
    note = sight(row.label, _what_was_seen(request, row), hand)
    messages.warning(request, gettext(note.sentence))
    return redirect("pocket:box", label=row.label)


def _what_was_seen(request: HttpRequest, row: BoxRow) -> BoxSighted:
    if request.POST.get("what") == "bag":
        seal, bag = (request.POST.get(name, "")[:60] for name in ("seal", "bag"))
        if not clean(seal) and not clean(bag):
            raise Refused("no_number", "封条号和袋上的号，填一个就行。都没有，就在袋上写个记号，再打电话问站里。")
        return BoxSighted(claim="parcel", place=row.place or None, seal=clean(seal or bag))
    place = request.POST.get("place", "")
    if place not in current_pack().piers:
        raise Refused("no_pier", "还没选箱在哪个码头。请选一个。")
    return BoxSighted(claim="here", place=place)
