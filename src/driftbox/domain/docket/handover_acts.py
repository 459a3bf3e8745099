"""What handing over, work and expenses do to a case, and what speaks against them."""

from collections.abc import Callable
from typing import Any, Final

from msgspec import structs

from driftbox.domain.docket import handover_entries as h
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.handover_state import (
    Activity,
    Expense,
    Handover,
    expense_of,
    handover_of,
    open_handover,
)
from driftbox.domain.docket.state import Docket, Reason
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body, Entry

Answer = h.HandoverAccepted | h.HandoverRefused | h.HandoverDone | h.HandoverRevoked


def _put(docket: Docket, one: Handover) -> None:
    others = tuple(held if held.entry != one.entry else one for held in docket.work.handovers)
    docket.work = structs.replace(docket.work, handovers=others)


def overtake(docket: Docket) -> None:
    """The case has gone to somebody, or back to nobody, by another way: what was open is so no more."""
    for one in docket.work.handovers:
        if one.open:
            _put(docket, structs.replace(one, state="overtaken"))


def in_hands_of(docket: Docket, agent: str) -> None:
    """The case is ``agent``'s from now on."""
    docket.agent = agent
    if agent not in docket.work.hands:
        docket.work = structs.replace(docket.work, hands=(*docket.work.hands, agent))


def clear_way(docket: Docket, body: Body) -> None:
    """A person has said that ``body`` stands although facts were against it: those facts yield."""
    if isinstance(body, h.HandoverProposed):
        overtake(docket)
        docket.agent = body.giver
    elif isinstance(body, Answer):
        one = handover_of(docket, body.proposal)
        if one is not None:
            overtake(docket)
            _put(docket, structs.replace(one, state="accepted" if isinstance(body, h.HandoverDone) else "proposed"))
            docket.agent = one.giver


def _proposed(docket: Docket, entry: Entry, body: h.HandoverProposed) -> Reason | None:
    if open_handover(docket):
        return "already_said"
    if docket.agent != body.giver:
        return "not_claimed"
    if body.to == docket.agent:
        return "already_claimed"
    one = Handover(
        entry=entry.id, by=entry.by, giver=body.giver, to=body.to, reason=body.reason, until=body.until or ""
    )
    docket.work = structs.replace(docket.work, handovers=(*docket.work.handovers, one))
    return None


def _accepted(docket: Docket, entry: Entry, body: h.HandoverAccepted) -> Reason | None:
    one = handover_of(docket, body.proposal)
    if one is None:
        return "unknown_entry"
    if one.state != "proposed":
        return "nothing_open"
    if entry.by != one.to:
        return "not_another"
    _put(docket, structs.replace(one, state="accepted"))
    return None


def _refused(docket: Docket, entry: Entry, body: h.HandoverRefused) -> Reason | None:
    one = handover_of(docket, body.proposal)
    if one is None:
        return "unknown_entry"
    if not one.open:
        return "nothing_open"
    if entry.by != one.to:
        return "not_another"
    _put(docket, structs.replace(one, state="refused", refused=body.reason))
    return None


def _done(docket: Docket, _entry: Entry, body: h.HandoverDone) -> Reason | None:
    one = handover_of(docket, body.proposal)
    if one is None:
        return "unknown_entry"
    if one.state != "accepted":
        return "nothing_open"
    if docket.agent != one.giver:
        return "not_claimed"
    in_hands_of(docket, one.to)
    _put(docket, structs.replace(one, state="done"))
    return None


def _revoked(docket: Docket, _entry: Entry, body: h.HandoverRevoked) -> Reason | None:
    one = handover_of(docket, body.proposal)
    if one is None:
        return "unknown_entry"
    if not one.open:
        return "nothing_open"
    _put(docket, structs.replace(one, state="revoked"))
    return None


def _activity(docket: Docket, entry: Entry, body: h.ActivityRecorded) -> Reason | None:
    one = Activity(
        entry=entry.id, by=entry.by, minutes=body.minutes, metres=body.metres, proof=body.proof or "",
        ms=entry.happened_ms,
    )  # fmt: skip
    docket.work = structs.replace(docket.work, activities=(*docket.work.activities, one))
    return None


def _expense(docket: Docket, entry: Entry, body: h.ExpenseRecorded) -> Reason | None:
    if any(one.voucher == body.voucher for one in docket.work.expenses):
        return "already_said"
    one = Expense(
        entry=entry.id, by=entry.by, cents=body.cents, purpose=body.purpose, voucher=body.voucher,
        ms=entry.happened_ms,
    )  # fmt: skip
    docket.work = structs.replace(docket.work, expenses=(*docket.work.expenses, one))
    return None


def _decided(docket: Docket, entry: Entry, body: h.ExpenseApproved | h.ExpenseRefused) -> Reason | None:
    one = expense_of(docket, body.expense)
    if one is None:
        return "unknown_entry"
    if one.state != "asked":
        return "already_said"
    if entry.by == one.by:
        return "not_another"
    state: Any = "approved" if isinstance(body, h.ExpenseApproved) else "refused"
    now = structs.replace(one, state=state, decided_by=entry.by)
    kept = tuple(now if held.entry == one.entry else held for held in docket.work.expenses)
    docket.work = structs.replace(docket.work, expenses=kept)
    return None


HANDOVER_EFFECTS: dict[type[Body], Callable[[Docket, Entry, Any], Reason | None]] = {
    h.HandoverProposed: _proposed,
    h.HandoverAccepted: _accepted,
    h.HandoverRefused: _refused,
    h.HandoverDone: _done,
    h.HandoverRevoked: _revoked,
    h.ActivityRecorded: _activity,
    h.ExpenseRecorded: _expense,
    h.ExpenseApproved: _decided,
    h.ExpenseRefused: _decided,
}
_GONE: Final = "这次交接已经答复过、收回了，或者事情去了别处，什么都没有改。请看看卷里现在归谁。"


def _may_propose(docket: Docket, body: h.HandoverProposed, deed: Deed) -> None:
    if open_handover(docket):
        raise Refused("handover_open", "已经请了一位，还没答复。要换人，先收回，再请别人。")
    if docket.confidential:
        raise NotAllowed("handover_confidential", "保密件，代办员不经手，什么都没有改。请交承办人。")
    if body.giver != docket.agent:
        raise Refused("handover_moved", "事情刚刚换了人，没有再请。请看看卷里现在归谁，再定。")
    if body.to == docket.agent:
        raise Refused("handover_same", "这件事本来就在他手里，不用交接。")
    if deed.role == "agent" and deed.by != docket.agent:
        raise NotAllowed("handover_not_yours", "不在您手里的，您不能交给别人。请站长来派。")


def _open_one(docket: Docket, proposal: str) -> Handover:
    one = handover_of(docket, proposal)
    if one is None or not one.open:
        raise Refused("handover_gone", _GONE)
    return one


def _may_answer(docket: Docket, body: h.HandoverAccepted | h.HandoverRefused, deed: Deed) -> None:
    one = _open_one(docket, body.proposal)
    if deed.by != one.to:
        raise NotAllowed("handover_not_asked", "请的不是您，要他本人答复，什么都没有改。")
    if isinstance(body, h.HandoverAccepted) and one.state != "proposed":
        raise Refused("handover_said", "您已经答应了，没有再记一遍。东西交到手里，再点“交接完了”。")


def _may_finish(docket: Docket, body: h.HandoverDone, deed: Deed) -> None:
    one = _open_one(docket, body.proposal)
    if one.state != "accepted":
        raise Refused("handover_no_yes", "他还没有答应接，不能算交接完。请先等他答复。")
    if docket.agent != one.giver:
        raise Refused("handover_gone", _GONE)
    if deed.role == "agent" and deed.by not in {one.to, one.giver}:
        raise NotAllowed("handover_not_yours", "不在您手里的，您不能交给别人。请站长来派。")


def _may_revoke(docket: Docket, body: h.HandoverRevoked, deed: Deed) -> None:
    one = _open_one(docket, body.proposal)
    if deed.role == "agent" and deed.by not in {one.by, one.giver}:
        raise NotAllowed("handover_not_yours_to_revoke", "不是您提的，收不回。不想接，请点“不接”，写上为什么。")


def _may_spend(docket: Docket, body: h.ExpenseRecorded, _deed: Deed) -> None:
    if any(one.voucher == body.voucher for one in docket.work.expenses):
        raise Refused("voucher_twice", "这张凭证记过了，没有再记一遍。一张只能用一回。")


def _may_decide(docket: Docket, body: h.ExpenseApproved | h.ExpenseRefused, deed: Deed) -> None:
    one = expense_of(docket, body.expense)
    if one is None or one.state != "asked":
        raise Refused("expense_decided", "这一笔没有，或者已经有人定过了，什么都没有改。")
    if deed.by == one.by:
        raise NotAllowed("expense_own", "自己垫的钱，要另一个人来核。请站长或别的同事看。")


HANDOVER_GUARDS: dict[type[Body], Callable[[Docket, Any, Deed], None]] = {
    h.HandoverProposed: _may_propose,
    h.HandoverAccepted: _may_answer,
    h.HandoverRefused: _may_answer,
    h.HandoverDone: _may_finish,
    h.HandoverRevoked: _may_revoke,
    h.ExpenseRecorded: _may_spend,
    h.ExpenseApproved: _may_decide,
    h.ExpenseRefused: _may_decide,
}
