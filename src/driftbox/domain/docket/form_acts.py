"""What signing a form does to a case, and what speaks against it."""

from collections.abc import Callable
from typing import Any, Final

from msgspec import structs

from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.form_entries import FormAsked, FormSigned
from driftbox.domain.docket.form_state import FormState, form_of
from driftbox.domain.docket.state import Docket, Reason
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body, Entry

MEMBER: Final = "member"  # a member of the household who came by a link of their own
MOST_SIGNERS: Final = 20


def _put(docket: Docket, state: FormState) -> None:
    docket.forms = (*(one for one in docket.forms if one.form != state.form), state)


def _state(docket: Docket, body: FormAsked | FormSigned) -> FormState:
    return form_of(docket, body.form) or FormState(form=body.form, material=body.material)


def _asked(docket: Docket, _entry: Entry, body: FormAsked) -> Reason | None:
    state = _state(docket, body)
    if body.signer in state.asked:
        return "already_said"
    _put(docket, structs.replace(state, asked=(*state.asked, body.signer)))
    return None


def _signed(docket: Docket, _entry: Entry, body: FormSigned) -> Reason | None:
    state = _state(docket, body)
    if body.signer in state.signed:
        return "already_said"
    if body.signer != docket.beneficiary and body.signer not in state.asked:
        return "unknown_entry"
    others = body.others if body.signer == docket.beneficiary else state.others
    signed, papers = (*state.signed, body.signer), (*state.papers, body.paper)
    _put(docket, structs.replace(state, signed=signed, papers=papers, others=others))
    return None


def _require_on_the_list(docket: Docket, material: str) -> None:
    if all(item.code != material or item.source != "resident" for item in docket.checklist):
        raise Refused("form_not_asked", "这件事不要这张表，什么都没有记。请看看单子，或打电话问站里。")


def _may_ask(docket: Docket, body: FormAsked, _deed: Deed) -> None:
    _require_on_the_list(docket, body.material)
    state = _state(docket, body)
    if body.signer == docket.beneficiary:
        raise Refused("signs_anyway", "他本人本来就要签，不用另外请。请填别的家人。")
    if body.signer in state.asked:
        raise Refused("asked_already", "已经请过他了，没有再记一遍。没收到短信，打电话告诉我们。")
    if len(state.asked) >= MOST_SIGNERS:
        raise Refused("too_many_signers", "请的人太多了，没有再加。一家人真有这么多，请打电话告诉我们。")


def _may_sign(docket: Docket, body: FormSigned, deed: Deed) -> None:
    _require_on_the_list(docket, body.material)
    state = _state(docket, body)
    if deed.role in {MEMBER, "resident"} and deed.by != body.signer:
        raise NotAllowed("own_signature", "签名要自己签，别人不能替，什么都没有记。请他本人来签。")
    if body.signer in state.signed:
        raise Refused("signed_already", "这张表您已经签过了，没有再记一遍。要改，请打电话告诉我们。")
    if body.signer != docket.beneficiary and body.signer not in state.asked:
        raise Refused("not_asked_to_sign", "还没有请他签这张表，什么都没有记。请先填上他的名字和手机。")


FORM_EFFECTS: dict[type[Body], Callable[[Docket, Entry, Any], Reason | None]] = {
    FormAsked: _asked,
    FormSigned: _signed,
}
FORM_GUARDS: dict[type[Body], Callable[[Docket, Any, Deed], None]] = {FormAsked: _may_ask, FormSigned: _may_sign}
