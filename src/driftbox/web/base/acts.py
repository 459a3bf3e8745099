"""Which acts a member of staff may do on a case now, and doing one."""

from datetime import datetime
from typing import Any

from django.http import Http404, QueryDict
from django.utils.datastructures import MultiValueDict

from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.together import carry_along
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import opens_with_two, tables
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.decide import require_open_for
from driftbox.domain.docket.effects import NOTHING_SENT
from driftbox.domain.docket.form_state import left_to_bring
from driftbox.domain.docket.handover_state import open_handover
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.web.base.act_forms import FORMS, ActForm, reusable
from driftbox.web.base.handover_forms import handover_makes_sense
from driftbox.web.base.parcel_forms import has_parcel_for
from driftbox.web.base.signing import Seal

QUIET = frozenset(
    {
        "note.written",
        "trip.made",
        "task.released",
        "materials.asked",
        "materials.returned",
        "reuse.withdrawn",
        "mandate.revoked",
        "parcel.boxed",
        "return.packed",
        "case.declined",
        "case.withdrawn",
        "publicity.opened",
        "publicity.closed",
        "delivery.failed",
        "handover.refused",
        "handover.revoked",
        "activity.recorded",
        "expense.recorded",
        "expense.approved",
        "expense.refused",
    }
)


def acts_for(docket: Docket, viewer: Viewer, *, now: datetime, prefix: str = "") -> list[ActForm]:
    """The forms of the acts that ``viewer`` may do now; the one that moves the case on comes first."""
    table = tables()[docket.procedure]
    kinds: list[str] = []
    for arrow in table.procedure.arrows:
        here = table.arrows.get((arrow.kind, docket.stage)) is arrow
        if here and arrow.kind in FORMS and set(arrow.roles) & viewer.roles and makes_sense(docket, arrow.kind, viewer):
            kinds.append(arrow.kind)
    quiet = QUIET if opens_with_two(docket.matter) else QUIET | {"parcel.opened"}
    kinds.sort(key=lambda kind: (kind != "handover.accepted", kind in quiet))  # who is asked answers first
    forms = [FORMS[kind](docket, viewer.person, prefix=prefix or None) for kind in dict.fromkeys(kinds)]
    for form in forms:
        form.foresee(now)
    if kinds:
        forms[0].leads = kinds[0] not in quiet
    return forms


def makes_sense(docket: Docket, kind: str, viewer: Viewer) -> bool:
    """Whether an act that the table allows has anything to act on."""
    opened = sum(1 for moment in docket.moments if moment.kind == "publicity.opened")
    closed = sum(1 for moment in docket.moments if moment.kind == "publicity.closed")
    return {
        **has_parcel_for(docket),
        "contest.settled": bool(docket.open_contests),
        "task.claimed": not docket.agent and "agent" in viewer.roles and not open_handover(docket),
        "task.released": bool(docket.agent) and (docket.agent == viewer.person or "director" in viewer.roles),
        "materials.asked": bool(docket.checklist),
        "materials.checked": docket.stage != NOTHING_SENT or not left_to_bring(docket),
        "materials.returned": any(docket.originals.values()),
        "reuse.withdrawn": bool(reusable(docket)),
        "mandate.revoked": any(not held.revoked for held in docket.mandates.values()),
        "publicity.opened": opened == closed,
        "publicity.closed": opened > closed,
    }.get(kind, handover_makes_sense(docket, kind, viewer))


def filled(docket: Docket, kind: str, data: QueryDict, files: MultiValueDict[str, Any], viewer: Viewer) -> ActForm:
    """The form of ``kind`` filled with what was sent.

    Raises:
        Http404: no such act.
    """
    if kind not in FORMS:
        raise Http404
    return FORMS[kind](docket, viewer.person, data, files)


def do(form: ActForm, viewer: Viewer, *, now: datetime, hand: Hand | None = None) -> Docket:
    """Do the act of a valid form: seal its words, record its entries, all or none. ``hand``: the clock in their pocket.

    Raises:
        Refused: not allowed now, or there is nothing for it to act on.
    """
    docket = form.docket
    table = tables()[docket.procedure]
    require_open_for(docket, form.kind, table)
    if form.kind != "task.claimed" and not makes_sense(docket, form.kind, viewer):  # who has it, the docket says
        raise Refused("nothing_there", "这一步现在没有可记的，什么都没有改。请看看卷里，别人也许刚记过。")
    arrow = table.arrows.get((form.kind, docket.stage), table.kinds[form.kind])
    role = viewer.role_among(arrow.roles)
    if form.by_hand:  # kept as a sighting even when it is refused, so there is no transaction around it
        hand = hand or Hand(by=viewer.person, role=role, now=now)
        hand.role = role
        return form.carry_out(hand)
    with together():
        bodies = form.bodies(Seal(docket.id, now))
        after = record(docket.id, bodies, by=viewer.person, role=role, now=now, for_=docket.beneficiary)
        carry_along(after, by=viewer.person, role=role, now=now)
        return after
