"""What does not agree, in plain words and without blame: for staff, and for the family."""

from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy

from driftbox.apps.pack import tables
from driftbox.domain.docket.incident import PROCEDURE, Incident, stage_of
from driftbox.domain.docket.state import Docket
from driftbox.web.base.telling import miscounted, said

WHAT: Final[dict[str, Any]] = {
    "shortage": gettext_lazy("袋里少了材料"),
    "surplus": gettext_lazy("袋里多了材料"),
    "damage": gettext_lazy("有破损"),
    "broken_seal": gettext_lazy("封条和记着的不一样"),
    "seal_twice": gettext_lazy("两袋同一个封条号"),
    "unknown_parcel": gettext_lazy("有一袋，单子上没有"),
    "no_case": gettext_lazy("有一袋，不知道是哪件事的"),
    "out_of_place": gettext_lazy("看到的地方和记着的不一样"),
    "clock_off": gettext_lazy("手机的钟和我们的差得多"),
    "originals_overdue": gettext_lazy("原件过了日子还没还"),
}
SEEN: Final[dict[str, Any]] = {
    "broken": gettext_lazy("封条破了"),
    "absent": gettext_lazy("没有封条"),
    "other": gettext_lazy("封条的号不对"),
    "ahead": gettext_lazy("手机的钟快了"),
    "behind": gettext_lazy("手机的钟慢了"),
    "unknown_label": gettext_lazy("这个箱号没有登记过"),
    "handed_over": gettext_lazy("已经当面交了，箱里却还记着"),
}
HOW: Final[dict[str, Any]] = {
    "found": gettext_lazy("找到了"),
    "as_seen": gettext_lazy("看到的对，照看到的改"),
    "as_believed": gettext_lazy("原来记的对，不用改"),
    "misread": gettext_lazy("号看错了"),
    "replaced": gettext_lazy("补上了"),
    "accepted": gettext_lazy("说清楚了，照常往下办"),
    "returned": gettext_lazy("还回去了"),
    "lost": gettext_lazy("找不到了"),
}
ENDS: Final[dict[str, Any]] = {
    "sender": gettext_lazy("交的人"),
    "receiver": gettext_lazy("收的人"),
    "crew": gettext_lazy("船上"),
    "station": gettext_lazy("站里"),
    "department": gettext_lazy("部门"),
}
REASONS: Final[dict[str, Any]] = {
    "checked_both_ends": gettext_lazy("两头都问过，对得上"),
    "counted_again": gettext_lazy("重新点过"),
    "photograph_shows": gettext_lazy("照片看得清"),
    "boat_confirmed": gettext_lazy("船上说清楚了"),
    "owner_agrees": gettext_lazy("本人知道了，同意"),
    "number_misread": gettext_lazy("号念错、看错了"),
    "not_found": gettext_lazy("都找过，没有找到"),
    "signed_for": gettext_lazy("还了，当面签收了"),
}
WHO: Final[dict[str, Any]] = {
    "agent": gettext_lazy("代办员"),
    "clerk": gettext_lazy("窗口"),
    "director": gettext_lazy("站长"),
    "crew": gettext_lazy("船上"),
}


def what_words(what: str) -> str:
    """What does not agree, in a few words."""
    return str(WHAT.get(what, what))


def who_words(role: str) -> str:
    """Whose step it is."""
    return str(WHO.get(role, role))


def detail_of(one: Incident, docket: Docket | None) -> str:
    """What more is known: how the seal was found, which papers lack or are too many."""
    if docket is not None and one.what in {"shortage", "surplus"}:
        return miscounted(docket, docket.parcels.get(one.parcel), one.codes)
    return gettext("，").join(str(SEEN[code]) for code in one.codes if code in SEEN)


def family_words(docket: Docket) -> list[str]:
    """What the family is told of each open incident about their papers: what it is, that it is kept, what is next."""
    table = tables()[PROCEDURE]
    told = []
    for one in docket.open_incidents:
        if one.what == "clock_off":  # no concern of theirs
            continue
        stage = stage_of(one, table)
        words = gettext("有一处对不上：{what}。东西都在，先放着没有动。接下来：{next}（{who}）。弄清楚了，马上告诉您。")
        told.append(words.format(what=what_words(one.what), next=said(stage.next_act), who=who_words(stage.next_role)))
    return told
