"""What the acts of a post at sea do to a docket, and what facts speak against them: see ``effects`` and ``decide``."""

from collections.abc import Callable
from typing import Any

from msgspec import structs

from driftbox.domain.docket.deed import Deed
from driftbox.domain.docket.sea_entries import MediationClosed, MediationOpened, MediationStated, SeaReceived
from driftbox.domain.docket.sea_state import Mediation, Statement
from driftbox.domain.docket.state import Docket, Reason
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body, Entry

Effect = Callable[[Docket, Entry, Any], Reason | None]
Guard = Callable[[Docket, Any, Deed], None]
AGREED = frozenset({"agreed", "partly"})


def _received(docket: Docket, entry: Entry, body: SeaReceived) -> Reason | None:
    docket.sea = structs.replace(
        docket.sea, post=body.post, received_ms=entry.happened_ms, recording=body.recording or "", photos=body.photos,
        signature=body.signature or "", boat=body.boat or "",
    )  # fmt: skip
    return None


def _opened(docket: Docket, _entry: Entry, body: MediationOpened) -> Reason | None:
    known = docket.sea.mediation or Mediation("", "")
    return _put(docket, structs.replace(known, about=body.about, boats=body.boats))


def _stated(docket: Docket, _entry: Entry, body: MediationStated) -> Reason | None:
    said = Statement(body.paper or "", body.recording or "", body.signature or "")
    return _put(docket, structs.replace(docket.sea.mediation or Mediation("", ""), **{body.side: said}))


def _closed(docket: Docket, entry: Entry, body: MediationClosed) -> Reason | None:
    known = docket.sea.mediation or Mediation("", "")
    signed = tuple(one for one in (body.first, body.second) if one)
    return _put(docket, structs.replace(
        known, outcome=body.outcome, agreement=body.agreement or "", signed=signed, closed_ms=entry.happened_ms,
        by=entry.by,
    ))  # fmt: skip


def _put(docket: Docket, mediation: Mediation) -> Reason | None:
    docket.sea = structs.replace(docket.sea, mediation=mediation)
    return None


def _once(docket: Docket, _body: SeaReceived, _deed: Deed) -> None:
    if docket.sea.post:
        raise Refused("sea_once", "这一件在海上已经收过了，不用再收。要补话，请留言。")


def _may_open(docket: Docket, _body: MediationOpened, _deed: Deed) -> None:
    if docket.sea.mediation is not None:
        raise Refused("mediation_once", "这一件已经在调解了。请接着往下记。")


def _may_state(docket: Docket, body: MediationStated, _deed: Deed) -> None:
    _still_open(docket)
    if not body.paper and not body.recording:
        raise Refused("nothing_stated", "还没写，也没录。请说几句或写几句，再按一次。")


def _may_close(docket: Docket, body: MediationClosed, _deed: Deed) -> None:
    known = _still_open(docket)
    if body.outcome not in AGREED:
        return
    if known.first is None or known.second is None:
        raise Refused("one_side_silent", "两边都要说过，才能记成谈拢。请先记下另一条船怎么说。")
    if not body.agreement or not body.read_back:
        raise Refused("not_read_back", "协议要写下来，念给两边听过，才算数。写好、念过，再按一次。")
    if not body.first or not body.second:
        raise Refused("both_sign", "谈拢了，要两边都签名。请两位各签一次，再按。")


def _still_open(docket: Docket) -> Mediation:
    known = docket.sea.mediation
    if known is None:
        raise Refused("no_mediation", "这一件还没有开始调解。请先写明是哪两条船、为了什么。")
    if known.outcome:
        raise Refused("mediation_over", "这次调解已经有了结果，没有再改。要补话，请留言。")
    return known


SEA_EFFECTS: dict[type[Body], Effect] = {
    SeaReceived: _received, MediationOpened: _opened, MediationStated: _stated, MediationClosed: _closed,
}  # fmt: skip
SEA_GUARDS: dict[type[Body], Guard] = {
    SeaReceived: _once, MediationOpened: _may_open, MediationStated: _may_state, MediationClosed: _may_close,
}  # fmt: skip
