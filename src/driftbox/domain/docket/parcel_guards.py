"""What facts speak against an act on a parcel: not there, opened by too few, or on hold."""

from typing import Any, Protocol

from driftbox.domain.docket import entries as e
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.parcel_effects import RIDING
from driftbox.domain.docket.state import Docket
from driftbox.domain.docket.table import Table
from driftbox.domain.errors import Refused

HOLD_STEP = "先放着别动，拍照留底"


class ByWhom(Protocol):
    """What these guards need to know of a deed."""

    @property
    def by(self) -> str: ...
    @property
    def incidents(self) -> Table | None: ...
    @property
    def open_with_two(self) -> bool: ...


def require_fit_parcel(docket: Docket, body: e.MaterialsSent | e.ReturnPacked) -> None:
    """A parcel has papers, a number of its own, and a seal when it goes into a box."""
    if not body.items:
        raise Refused("empty_parcel", "袋里还没有材料。请勾一勾放了哪几样。")
    if body.parcel in docket.parcels:
        raise Refused("parcel_known", "这一袋已经记过了，没有再记一遍。")
    if body.via == "box" and not body.seal:
        raise Refused("no_seal", "还差封条号。封好袋口，把封条上的号填上。")


def require_not_on_hold(docket: Docket, deed: ByWhom) -> None:
    """While what was found and what was told do not agree, the papers of that parcel wait."""
    if docket.on_hold:
        stage = docket.on_hold[0].stage
        step = deed.incidents.stages[stage].next_act.zh if deed.incidents else HOLD_STEP
        raise Refused("on_hold", "有一袋对不上，先放着，材料都在，什么都没有改。接下来该做的是：{next}。", next=step)


def _known(docket: Docket, body: Any, _deed: ByWhom) -> None:
    if body.parcel not in docket.parcels:
        raise Refused("unknown_parcel", "这件事里没有这一袋。请看看是不是扫错了。")


def _require_in_hand(docket: Docket, parcel: str) -> None:
    if docket.parcels[parcel].where in RIDING:
        raise Refused("not_taken_out", "这一袋还没有从箱里取出来，没有记。请先取件，看过封条再拆。")


def _packed(docket: Docket, body: e.ReturnPacked, _deed: ByWhom) -> None:
    require_fit_parcel(docket, body)


def _boxed(docket: Docket, body: p.ParcelBoxed, deed: ByWhom) -> None:
    _known(docket, body, deed)
    parcel = docket.parcels[body.parcel]
    if parcel.where not in {"agent", "office", "landing"}:
        raise Refused("not_in_hand", "这一袋不在谁手里，放不进箱。请看看是不是已经在箱里了。")
    if not parcel.seal:
        raise Refused("no_seal", "还差封条号。封好袋口，把封条上的号填上。")


def _opened(docket: Docket, body: p.ParcelOpened, deed: ByWhom) -> None:
    _known(docket, body, deed)
    _require_in_hand(docket, body.parcel)
    if body.witness == deed.by:
        raise Refused("own_witness", "见证的要另一个人。请再叫一位，填上他的名字。")
    if deed.open_with_two and not body.witness:
        raise Refused("needs_two", "这一类要两个人一起拆，还没有拆。请再叫一位同事，填上他的名字。")


def _counted(docket: Docket, body: e.MaterialsCounted, deed: ByWhom) -> None:
    _known(docket, body, deed)
    _require_in_hand(docket, body.parcel)
    if deed.open_with_two and not docket.parcels[body.parcel].opened_ms:
        raise Refused("not_opened", "这一类要两个人一起拆了再清点。请先记下谁和谁一起拆的。")


def _checked(docket: Docket, _body: e.MaterialsChecked, deed: ByWhom) -> None:
    require_not_on_hold(docket, deed)


PARCEL_GUARDS: dict[type[Any], Any] = {
    e.ReturnPacked: _packed,
    p.ParcelBoxed: _boxed,
    p.ParcelOpened: _opened,
    p.ParcelLabelled: _known,
    e.ParcelLoaded: _known,
    e.ParcelLanded: _known,
    e.ParcelCollected: _known,
    e.MaterialsCounted: _counted,
    e.MaterialsChecked: _checked,
}
