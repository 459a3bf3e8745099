"""What facts speak against an entry around a petition: links, merging, access, supervision, reopening, mending."""

from collections.abc import Callable
from typing import Any

from driftbox.domain.docket import petition_watch_entries as w
from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.petition_effects import DISCONTENT
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.log.entry import Body

Guard = Callable[[Docket, Any, Deed], None]


def _linked(docket: Docket, body: w.DocketLinked, _deed: Deed) -> None:
    if body.docket == docket.id:
        raise Refused("itself", "不能和自己连在一起、并在一起，什么都没有改。请另选一件。")


def _unlinked(docket: Docket, body: w.DocketUnlinked, _deed: Deed) -> None:
    if all(held.docket != body.docket for held in docket.petition.links):
        raise Refused("not_linked", "这两件没有连着，什么都没有改。")


def _merged(docket: Docket, body: w.PetitionMerged, _deed: Deed) -> None:
    if body.into == docket.id:
        raise Refused("itself", "不能和自己连在一起、并在一起，什么都没有改。请另选一件。")
    if docket.petition.merged_into:
        raise Refused("merged_already", "这一件已经并过了。要并到别处，先解开。")
    if docket.petition.merged:
        raise Refused("has_merged", "别的件并在这一件里，它不能再并出去。请把那一件并到这一件来。")


def _unmerged(docket: Docket, body: w.PetitionUnmerged, _deed: Deed) -> None:
    if docket.petition.merged_into != body.into:
        raise Refused("not_merged", "这一件没有并在那一件里，什么都没有改。")


def _told_apart(docket: Docket, body: w.PetitionsToldApart, _deed: Deed) -> None:
    if body.docket == docket.id:
        raise Refused("itself", "不能和自己连在一起、并在一起，什么都没有改。请另选一件。")
    if body.docket in (docket.petition.merged_into, *docket.petition.merged):
        raise Refused("they_are_merged", "这两件并在一起，什么都没有改。不是同一件的，先解开。")


def _require_confidential(docket: Docket) -> None:
    if not docket.confidential:
        raise Refused("not_confidential", "这一件不保密，归您看就能看，用不着另外准。")


def _access_asked(docket: Docket, _body: w.AccessAsked, _deed: Deed) -> None:
    _require_confidential(docket)


def _access_granted(docket: Docket, body: w.AccessGranted, deed: Deed) -> None:
    _require_confidential(docket)
    if body.person in docket.petition.complained:
        raise NotAllowed("to_the_accused", "这件事说到了这个人，不能给他看，什么都没有改。")
    if body.person == deed.by:
        raise NotAllowed("not_another", "自己的事不能自己定，这一步没有记。请换一个人来定。")


def _access_revoked(docket: Docket, body: w.AccessRevoked, _deed: Deed) -> None:
    if body.person not in docket.petition.access and body.person not in docket.petition.opened_by:
        raise Refused("no_access", "这个人本来就看不到，没有可收回的。")


def _access_forced(docket: Docket, _body: w.AccessForced, _deed: Deed) -> None:
    _require_confidential(docket)


def _card_withdrawn(docket: Docket, body: w.CardWithdrawn, _deed: Deed) -> None:
    if all(card.entry != body.card for card in docket.petition.cards_standing):
        raise Refused("no_card", "没有这张牌，或者已经撤了。")


def _press_answered(docket: Docket, body: w.SupervisionAnswered, _deed: Deed) -> None:
    known = docket.petition
    if body.supervision not in {*(one.entry for one in known.pressed), *(one.entry for one in known.cards)}:
        raise Refused("no_supervision", "没有这一条督办，什么都没有改。")


def _reopen_asked(docket: Docket, _body: w.ReopenAsked, _deed: Deed) -> None:
    if docket.petition.reopening is not None:
        raise Refused("reopen_asked_already", "已经请求重办了，等没经手的人来定。")


def _reopen_decided(docket: Docket, _body: w.ReopenDecided, deed: Deed) -> None:
    if docket.petition.reopening is None:
        raise Refused("reopen_not_asked", "没有人请求重办，什么都没有改。")
    if deed.by in docket.petition.handlers:
        raise NotAllowed("handled_it", "这件是您办的，重办不重办由别人定，这一步没有记。请站长或上一级来定。")


def _reopened(docket: Docket, _body: w.PetitionReopened, _deed: Deed) -> None:
    if not docket.petition.reopen_granted:
        raise Refused("reopen_not_granted", "重办还没有定，什么都没有改。先由没经手的人来定。")


def _discontent(docket: Docket, _body: Body, _deed: Deed) -> None:
    if not docket.petition.ratings or docket.satisfaction < DISCONTENT:
        raise Refused("nothing_to_mend", "没有评不满意，没有要回访、要改的。")


WATCH_GUARDS: dict[type[Body], Guard] = {
    w.DocketLinked: _linked,
    w.DocketUnlinked: _unlinked,
    w.PetitionMerged: _merged,
    w.PetitionUnmerged: _unmerged,
    w.PetitionsToldApart: _told_apart,
    w.AccessAsked: _access_asked,
    w.AccessGranted: _access_granted,
    w.AccessRevoked: _access_revoked,
    w.AccessForced: _access_forced,
    w.CardWithdrawn: _card_withdrawn,
    w.SupervisionAnswered: _press_answered,
    w.ReopenAsked: _reopen_asked,
    w.ReopenDecided: _reopen_decided,
    w.PetitionReopened: _reopened,
    w.CallbackMade: _discontent,
    w.MendingReported: _discontent,
}
