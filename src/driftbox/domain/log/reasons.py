"""Why an entry from elsewhere does not count, in words, and who can mend it."""

from typing import Final, Literal

from msgspec import Struct

Mender = Literal["time", "upgrade", "hub", "staff", "sender"]


class Cause(Struct, frozen=True):
    """One reason: ``said`` what happened, ``remedy`` what to do; both are message ids."""

    said: str
    remedy: str
    mender: Mender


_UNREADABLE: Final = Cause(
    "这一条读不懂，像是路上坏了，或者是别的软件写的。", "请寄的那一头再寄一次；还是不行，打电话给做软件的人。", "sender"
)
_NEWER: Final = Cause("这一条是新版本写的，本机还读不懂。", "本机升级以后自己会收进来。", "upgrade")

WHY: Final[dict[str, Cause]] = {
    "unknown_signer": Cause("不认识记这一条的那台机器。", "请总站登记那台机器；登记好了自己会收进来。", "hub"),
    "revoked_signer": Cause("记这一条的机器已经停用了。", "请问一问记的人，是真的就放行。", "staff"),
    "newer_version": _NEWER,
    "unknown_kind": _NEWER,
    "clock_ahead": Cause(
        "这一条的时间比现在还晚，那台机器的钟快了。", "到了那个时候自己会收进来；请把那台机器的钟拨准。", "time"
    ),
    "clock_off": Cause(
        "见面的时候，那台机器的钟差得太多。", "请先把钟拨准，再看这一条的时间对不对，对就放行。", "staff"
    ),
    "forged": Cause("签名对不上，这一条可能被改过。", "不要当真。请寄的那一头再寄一次原来的。", "sender"),
    "two_under_one_id": Cause(
        "两条不一样的记录用了同一个号，只算一条。", "请问一问记的人，该算的是这一条，就放行。", "staff"
    ),
    "forked_chain": Cause(
        "那台机器像是有两台，各记各的；只算先记的那一路。", "请先停掉多出来的那台，再问记的人，是真的就放行。", "staff"
    ),
    "not_theirs": Cause("这部手机的主人不能在这件事上记这一条。", "请问一问本人；是该他记的，就放行。", "staff"),
    "waiting": Cause("它前面的一条还没有到。", "前面的到了自己会收进来；等久了也收进来，注明缺了一条。", "time"),
    "malformed": _UNREADABLE,
    "too_long": _UNREADABLE,
    "not_canonical": _UNREADABLE,
    "bad_moment": _UNREADABLE,
    "bad_base64": _UNREADABLE,
}
RELEASABLE: Final = frozenset({code for code, why in WHY.items() if why.mender == "staff"})
BY_UPGRADE: Final = frozenset({"newer_version", "unknown_kind", "malformed", "not_canonical"})


def why(code: str) -> Cause:
    """The reason behind a code; one that nobody knows is unreadable."""
    return WHY.get(code, _UNREADABLE)
