"""Which acts of a petition are offered to a member of staff now: the one that moves it on, and the others."""

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct

from driftbox.apps.pack import tables
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.petition_guards import ROUTE_SIX
from driftbox.domain.docket.petition_step import PROMISING
from driftbox.domain.docket.state import Docket
from driftbox.web.base.act_form import ActForm
from driftbox.web.base.act_forms import FORMS
from driftbox.web.base.acts import makes_sense
from driftbox.web.base.petition_forms import DECIDING
from driftbox.web.base.petition_handling import HANDLING

PETITION_FORMS: Final[dict[str, type[ActForm]]] = {form.kind: form for form in (*DECIDING, *HANDLING)}
SERVING: Final = ("opinion.served", "review.served", "rereview.served")
LAST: Final = ("note.written", "party.named", "trip.made", "interest.declared", "case.withdrawn")
Fits = Callable[[Docket, Viewer], bool]


class Offer(Struct, frozen=True):
    """One act that a page offers: its kind, and the verb on its button."""

    kind: str
    button: Any


class Offers(Struct, frozen=True):
    """The act that moves the petition on, if it is this person's; and what else they may record."""

    first: Offer | None
    others: tuple[Offer, ...]


def form_class(kind: str) -> type[ActForm] | None:
    """The form of an act on a petition; None when nobody does it on a page."""
    return PETITION_FORMS.get(kind) or FORMS.get(kind)


def offers_for(docket: Docket, viewer: Viewer) -> Offers:
    """What ``viewer`` may record on the petition now."""
    kinds = [kind for kind in _open_kinds(docket, viewer) if _fits(docket, kind, viewer)]
    first = next((kind for kind in next_kinds(docket) if kind in kinds), "")
    others = sorted((kind for kind in kinds if kind != first), key=lambda kind: kind in LAST)
    return Offers(_offer(first) if first else None, tuple(_offer(kind) for kind in others))


def _offer(kind: str) -> Offer:
    form = form_class(kind)
    return Offer(kind, form.button if form else kind)


def _open_kinds(docket: Docket, viewer: Viewer) -> list[str]:
    table = tables()[docket.procedure]
    found = [
        arrow.kind for arrow in table.procedure.arrows
        if table.arrows.get((arrow.kind, docket.stage)) is arrow and set(arrow.roles) & viewer.roles
    ]  # fmt: skip
    return [kind for kind in dict.fromkeys(found) if form_class(kind)]


def next_kinds(docket: Docket) -> tuple[str, ...]:
    """The acts that would move the petition on, the likeliest first."""
    if docket.open_contests:
        return ("contest.settled",)
    following = FOLLOWING.get(docket.stage)
    return following(docket) if following else _following_up(docket)


def _sorting(docket: Docket) -> tuple[str, ...]:
    known = docket.petition
    if not known.confirmed:
        return ("petition.classified",)
    if known.ended_before:
        return ("case.declined",)
    if known.sort != "redress":
        return ("petition.taken",)
    if known.route not in ("", ROUTE_SIX):
        return ("petition.sent_on",)
    return ("petition.transferred", "petition.accepted")


def _forwarded(docket: Docket) -> tuple[str, ...]:
    known = docket.petition
    if known.objected:
        return ("petition.returned",)
    return ("petition.accepted", "petition.taken") if known.received else ("transfer.received",)


def _following_up(docket: Docket) -> tuple[str, ...]:
    return ("execution.reported", "case.closed") if docket.outcome in PROMISING else ("case.closed",)


def _handling(docket: Docket) -> tuple[str, ...]:
    known = docket.petition
    if known.recusals:
        return ("recusal.decided",)
    if known.extension is not None:
        return ("petition.extended", *_writing(docket))
    if known.tier and known.late and not known.excused:
        return ("lateness.excused",)
    return _writing(docket)


def _writing(docket: Docket) -> tuple[str, ...]:
    known = docket.petition
    if not known.handler:
        return ("handler.named",)
    if known.hearing:
        return ("hearing.closed",)
    if not known.tier and not known.heard:
        return ("petitioner.heard",)
    if known.opinion is None:
        return ("opinion.issued",) if known.investigated or known.tier else ("petition.investigated",)
    return (SERVING[known.tier],)


FOLLOWING: Final[dict[str, Callable[[Docket], tuple[str, ...]]]] = {
    "registered": _sorting,
    "transferred": _forwarded,
    "studying": lambda _d: ("reply.given",),
    **dict.fromkeys(("handling", "reviewing", "rereviewing"), _handling),
}


def _is_redress_six(docket: Docket, _viewer: Viewer) -> bool:
    known = docket.petition
    return known.sort in ("", "redress") and known.route in ("", ROUTE_SIX) and not known.ended_before


def _asked_by_another(docket: Docket, viewer: Viewer) -> bool:
    asked = docket.petition.extension
    return asked is not None and viewer.person not in (asked.by, docket.petition.handler)


def _may_write(docket: Docket, _viewer: Viewer) -> bool:
    known = docket.petition
    return not known.hearing and bool(known.tier or known.heard)


def _unexcused(docket: Docket, _viewer: Viewer) -> bool:
    return docket.petition.late and not docket.petition.excused


FITS: Final[dict[str, Fits]] = {
    "petition.accepted": _is_redress_six,
    "petition.taken": lambda d, _v: d.petition.sort in ("suggestion", "accusation"),
    "transfer.received": lambda d, _v: not d.petition.received,
    "petition.objected": lambda d, _v: not d.petition.objected,
    "petition.returned": lambda d, _v: d.petition.objected,
    "objection.refused": lambda d, _v: d.petition.objected,
    "competence.settled": lambda d, _v: bool(d.petition.contenders),
    "case.declined": lambda d, v: not d.petition.tier or _unexcused(d, v),
    "lateness.excused": _unexcused,
    "report.filed": lambda d, _v: bool(d.petition.report_by) and not d.petition.reported,
    "interest.declared": lambda d, v: v.person not in d.petition.barred,
    "recusal.asked": lambda d, _v: bool(d.petition.handler),
    "recusal.decided": lambda d, v: any(one.person != v.person for one in d.petition.recusals),
    "mediation.agreed": lambda d, _v: not d.petition.mediated,
    "mediation.failed": lambda d, _v: not d.petition.mediated,
    "confirmation.asked": lambda d, _v: d.petition.mediated,
    "hearing.opened": lambda d, _v: not d.petition.hearing,
    "hearing.closed": lambda d, _v: d.petition.hearing,
    "extension.asked": lambda d, _v: d.petition.extension is None,
    "petition.extended": _asked_by_another,
    "extension.refused": lambda d, _v: d.petition.extension is not None,
    "opinion.issued": _may_write,
    "service.failed": lambda d, _v: d.petition.opinion is not None,
    "execution.reported": lambda d, _v: d.outcome in PROMISING and d.petition.execution != "done",
    "case.rated": lambda d, _v: not d.petition.ratings or d.petition.mended,
    **dict.fromkeys(SERVING, lambda d, v: d.petition.opinion is not None and _may_write(d, v)),
}


def _fits(docket: Docket, kind: str, viewer: Viewer) -> bool:
    """Whether an act that the table allows has anything to act on."""
    fits = FITS.get(kind)
    return fits(docket, viewer) if fits else makes_sense(docket, kind, viewer)
