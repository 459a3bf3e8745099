"""What entries around a petition do to its docket: links, merging, access, mailbox, supervision, reopening, mending."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.petition_state import Asked, Card, Link, Pressed
from driftbox.domain.docket.state import Docket, Reason
from driftbox.domain.log.entry import Body, Entry

Effect = Callable[[Docket, Entry, Any], Reason | None]


def change(docket: Docket, **fields: Any) -> None:
    """Put a copy of the petition's state with ``fields`` changed in its place."""
    docket.petition = structs.replace(docket.petition, **fields)


def _without(held: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(other for other in held if other != one)


def _with(held: tuple[str, ...], one: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*held, one)))


def _linked(docket: Docket, _entry: Entry, body: w.DocketLinked) -> Reason | None:
    known = docket.petition
    link = Link(body.docket, body.relation, body.ended)
    others = tuple(held for held in known.links if (held.docket, held.relation) != (link.docket, link.relation))
    merged = _with(known.merged, body.docket) if body.relation == "duplicate" else known.merged
    ended = known.ended_before or (body.relation == "repeat" and body.ended)
    change(docket, links=(*others, link), merged=merged, ended_before=ended)
    return None


def _unlinked(docket: Docket, _entry: Entry, body: w.DocketUnlinked) -> Reason | None:
    known = docket.petition
    if all(held.docket != body.docket for held in known.links):
        return "nothing_open"
    links = tuple(held for held in known.links if held.docket != body.docket)
    ended = any(held.relation == "repeat" and held.ended for held in links)
    change(docket, links=links, merged=_without(known.merged, body.docket), ended_before=ended)
    return None


def _merged(docket: Docket, _entry: Entry, body: w.PetitionMerged) -> Reason | None:
    if docket.petition.merged_into or body.into == docket.id:
        return "already_said"
    change(docket, merged_into=body.into)
    return None


def _unmerged(docket: Docket, _entry: Entry, body: w.PetitionUnmerged) -> Reason | None:
    if docket.petition.merged_into != body.into:
        return "nothing_open"
    change(docket, merged_into="")
    return None


def _told_apart(docket: Docket, _entry: Entry, body: w.PetitionsToldApart) -> Reason | None:
    change(docket, apart=_with(docket.petition.apart, body.docket))
    return None


def _access_asked(docket: Docket, entry: Entry, body: w.AccessAsked) -> Reason | None:
    asked = Asked(entry.by, body.reason, person=body.person, entry=entry.id)
    others = tuple(held for held in docket.petition.asking if held.person != body.person)
    change(docket, asking=(*others, asked))
    return None


def _access_granted(docket: Docket, entry: Entry, body: w.AccessGranted) -> Reason | None:
    known = docket.petition
    if body.person in known.complained:
        return "barred"
    if entry.by == body.person:
        return "not_another"
    asking = tuple(held for held in known.asking if held.person != body.person)
    change(docket, access=_with(known.access, body.person), asking=asking)
    return None


def _access_revoked(docket: Docket, _entry: Entry, body: w.AccessRevoked) -> Reason | None:
    known = docket.petition
    if body.person not in known.access and body.person not in known.opened_by:
        return "nothing_open"
    change(docket, access=_without(known.access, body.person), opened_by=_without(known.opened_by, body.person))
    return None


def _access_forced(docket: Docket, entry: Entry, _body: w.AccessForced) -> Reason | None:
    if entry.by in docket.petition.complained:
        return "barred"
    change(docket, opened_by=_with(docket.petition.opened_by, entry.by))
    return None


def _receipt_kept(docket: Docket, _entry: Entry, _body: w.ReceiptKept) -> Reason | None:
    change(docket, receipt_kept=True)
    return None


def _message_left(docket: Docket, _entry: Entry, _body: w.MessageLeft) -> Reason | None:
    known = docket.petition
    change(docket, messages=known.messages + 1, unanswered=known.unanswered + 1)
    return None


def _message_answered(docket: Docket, _entry: Entry, _body: w.MessageAnswered) -> Reason | None:
    change(docket, messages=docket.petition.messages + 1, unanswered=0)
    return None


def _card_issued(docket: Docket, entry: Entry, body: w.CardIssued) -> Reason | None:
    change(docket, cards=(*docket.petition.cards, Card(entry.id, body.colour, body.office, body.ground)))
    return None


def _card_withdrawn(docket: Docket, _entry: Entry, body: w.CardWithdrawn) -> Reason | None:
    cards = docket.petition.cards
    if all(card.entry != body.card or card.withdrawn for card in cards):
        return "nothing_open"
    change(
        docket,
        cards=tuple(structs.replace(c, withdrawn=body.reason) if c.entry == body.card else c for c in cards),
    )
    return None


def _pressed(docket: Docket, entry: Entry, body: w.SupervisionOpened) -> Reason | None:
    change(docket, pressed=(*docket.petition.pressed, Pressed(entry.id, body.ground)))
    return None


def _supervised(docket: Docket, entry: Entry, body: w.SupervisionReminded | w.SupervisionTakenOver) -> Reason | None:
    how = "taken_over" if isinstance(body, w.SupervisionTakenOver) else "reminded"
    one = Pressed(entry.id, body.ground, how=how, office=body.office)
    change(docket, pressed=(*docket.petition.pressed, one))
    return None


def _met(docket: Docket, entry: Entry, body: w.SupervisionMet) -> Reason | None:
    one = Pressed(entry.id, body.day, how="met", office=body.office)
    change(docket, pressed=(*docket.petition.pressed, one))
    return None


def _press_answered(docket: Docket, _entry: Entry, body: w.SupervisionAnswered) -> Reason | None:
    pressed, cards = docket.petition.pressed, docket.petition.cards
    if body.supervision not in {*(one.entry for one in pressed), *(one.entry for one in cards)}:
        return "nothing_open"
    mended = (structs.replace(o, answered=body.paper) if o.entry == body.supervision else o for o in pressed)
    shown = (structs.replace(o, answered=body.paper) if o.entry == body.supervision else o for o in cards)
    change(docket, pressed=tuple(mended), cards=tuple(shown))
    return None


def _reopen_asked(docket: Docket, entry: Entry, body: w.ReopenAsked) -> Reason | None:
    if docket.petition.reopening is not None:
        return "already_said"
    change(docket, reopening=Asked(entry.by, body.reason, entry=entry.id))
    return None


def _reopen_decided(docket: Docket, entry: Entry, body: w.ReopenDecided) -> Reason | None:
    known = docket.petition
    if known.reopening is None:
        return "nothing_open"
    if entry.by in known.handlers:
        return "not_another"
    change(docket, reopening=None, reopen_granted=body.verdict == "reopened")
    return None


def _reopened(docket: Docket, _entry: Entry, _body: w.PetitionReopened) -> Reason | None:
    known = docket.petition
    if not known.reopen_granted:
        return "nothing_open"
    docket.how_closed, docket.outcome = "", ""
    change(
        docket, reopen_granted=False, reopened=known.reopened + 1, opinion=None, ratings=0, mended=False,
        called_back=False, execution="",
    )  # fmt: skip
    return None


def _called_back(docket: Docket, _entry: Entry, body: w.CallbackMade) -> Reason | None:
    change(docket, called_back=docket.petition.called_back or body.reached)
    return None


def _mended(docket: Docket, _entry: Entry, _body: w.MendingReported) -> Reason | None:
    change(docket, mended=True)
    return None


WATCH_EFFECTS: dict[type[Body], Effect] = {
    w.DocketLinked: _linked,
    w.DocketUnlinked: _unlinked,
    w.PetitionMerged: _merged,
    w.PetitionUnmerged: _unmerged,
    w.PetitionsToldApart: _told_apart,
    w.AccessAsked: _access_asked,
    w.AccessGranted: _access_granted,
    w.AccessRevoked: _access_revoked,
    w.AccessForced: _access_forced,
    w.ReceiptKept: _receipt_kept,
    w.MessageLeft: _message_left,
    w.MessageAnswered: _message_answered,
    w.CardIssued: _card_issued,
    w.CardWithdrawn: _card_withdrawn,
    w.SupervisionOpened: _pressed,
    w.SupervisionReminded: _supervised,
    w.SupervisionTakenOver: _supervised,
    w.SupervisionMet: _met,
    w.SupervisionAnswered: _press_answered,
    w.ReopenAsked: _reopen_asked,
    w.ReopenDecided: _reopen_decided,
    w.PetitionReopened: _reopened,
    w.CallbackMade: _called_back,
    w.MendingReported: _mended,
}
