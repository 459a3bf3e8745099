"""What each entry says in plain words, for residents and for the desk alike."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext, gettext_lazy
from msgspec import Struct

from driftbox.apps.errands.materials import materials_of
from driftbox.apps.pack import current_pack
from driftbox.apps.people.queries import Colleague, Language
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import notice_entries as n
from driftbox.domain.docket import parcel_entries as p
from driftbox.domain.docket.notice_effects import notice_of
from driftbox.domain.docket.reuse_entries import ReuseWithdrawn
from driftbox.domain.docket.state import Docket, Parcel
from driftbox.domain.log.entry import Body, Entry
from driftbox.domain.log.ids import instant
from driftbox.domain.text import Text
from driftbox.web.base.handover_words import HANDOVER_DETAILS, HANDOVER_TITLES
from driftbox.web.base.petition_titles import PETITION_TITLES
from driftbox.web.base.sitting_titles import SITTING_TITLES

TITLES: dict[str, Any] = {
    "case.opened": gettext_lazy("您来问了这件事"),
    "party.named": gettext_lazy("记下谁的事、谁帮忙"),
    "mandate.granted": gettext_lazy("授权别人替着办"),
    "mandate.revoked": gettext_lazy("授权收回了"),
    "checklist.given": gettext_lazy("要什么材料，一次说全"),
    "materials.asked": gettext_lazy("又要了材料，算我们没说全"),
    "reuse.withdrawn": gettext_lazy("交过的材料，以后不再接着用"),
    "form.asked": gettext_lazy("请家人在手机上签名"),
    "form.signed": gettext_lazy("在手机上签了表"),
    "docket.linked": gettext_lazy("跟别的事连在一起"),
    "visit.asked": gettext_lazy("说了要不要上门"),
    "visit.planned": gettext_lazy("排好了上门的日子"),
    "visit.made": gettext_lazy("上过门了"),
    "note.written": gettext_lazy("记了一笔"),
    "entry.corrected": gettext_lazy("更正前面一条"),
    "task.claimed": gettext_lazy("代办员接了这件事"),
    "task.released": gettext_lazy("代办员交回，等人来接"),
    "materials.sent": gettext_lazy("材料放进了漂流箱"),
    "parcel.boxed": gettext_lazy("手里的一袋放进了箱"),
    "parcel.opened": gettext_lazy("拆封了"),
    "parcel.labelled": gettext_lazy("袋上贴着标签"),
    "return.packed": gettext_lazy("结果和原件封好了，送回岛"),
    "incident.opened": gettext_lazy("有一处对不上，记下了"),
    "incident.photographed": gettext_lazy("拍照留底了"),
    "incident.notified": gettext_lazy("两头都说过了"),
    "incident.settled": gettext_lazy("对不上的，定下来了"),
    "parcel.loaded": gettext_lazy("上船了"),
    "parcel.landed": gettext_lazy("箱到岸了"),
    "parcel.collected": gettext_lazy("代办员取到了"),
    "materials.counted": gettext_lazy("对着单子清点"),
    "materials.checked": gettext_lazy("材料齐了"),
    "materials.lacking": gettext_lazy("还缺材料"),
    "materials.returned": gettext_lazy("原件还给您了"),
    "case.accepted": gettext_lazy("我们收下了，开始办"),
    "case.declined": gettext_lazy("没有收，说明了该找谁"),
    "promise.made": gettext_lazy("答应您一个日子"),
    "publicity.opened": gettext_lazy("村里开始公示"),
    "publicity.closed": gettext_lazy("公示结束"),
    "clock.extended": gettext_lazy("延期，原因告诉您了"),
    "decision.made": gettext_lazy("部门有结果了"),
    "result.issued": gettext_lazy("证件出来了"),
    "result.collected": gettext_lazy("代办员领上，正在送来"),
    "delivery.failed": gettext_lazy("没送成，约下一次"),
    "result.delivered": gettext_lazy("送到您手里了"),
    "case.rated": gettext_lazy("您说了满意不满意"),
    "case.closed": gettext_lazy("办结"),
    "case.withdrawn": gettext_lazy("不办了，材料退还"),
    "trip.made": gettext_lazy("跑了一次"),
    "contest.settled": gettext_lazy("对不上的，有人定了"),
    "petition.accepted": gettext_lazy("受理了，书面告诉您"),
    "petition.transferred": gettext_lazy("转给该管的单位"),
    "opinion.served": gettext_lazy("书面答复送到"),
    "answer.given": gettext_lazy("问的事回过话了"),
    "notice.issued": gettext_lazy("出了一份文书"),
    "notice.served": gettext_lazy("文书送到了"),
    **PETITION_TITLES,
    **HANDOVER_TITLES,
    **SITTING_TITLES,
}
OUTCOMES = {
    "granted": gettext_lazy("批了"),
    "partly": gettext_lazy("批了一部分"),
    "refused": gettext_lazy("没批，书面说明了为什么"),
}
PROOFS = {
    "signature": gettext_lazy("本人签名"),
    "fingerprint": gettext_lazy("按手印，两人见证"),
    "witness": gettext_lazy("不能签，两人见证"),
    "photo": gettext_lazy("拍照"),
}
RESULT = gettext_lazy("办好的证件或书面答复")
CONTEST = gettext_lazy("对不上，等站长来定")


class Line(Struct, frozen=True):
    """One entry as a page shows it; ``paper`` and ``picture``: digests of words and a picture sealed with it."""

    entry: str
    when: datetime
    title: str
    detail: str
    signer: str
    mark: str
    paper: str
    picture: str
    contested: bool


def said(text: Text) -> str:
    """A pack's text in the language of this page."""
    return text.in_language(get_language() or "zh-hans")


def page_language() -> Language:
    """The language of this page, for whoever is texted from it later."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def place_name(code: str) -> str:
    """A pier, an office, or home, by name."""
    pack = current_pack()
    if code == "home":
        return gettext("家门口")
    if code in pack.piers:
        return said(pack.piers[code].name)
    return said(pack.offices[code].name) if code in pack.offices else code


def material_names(docket: Docket, codes: Iterable[str]) -> list[str]:
    """Materials of the docket's matter by name."""
    materials = materials_of(docket)
    return [said(materials[code].name) if code in materials else code for code in codes]


def miscounted(docket: Docket, parcel: Parcel | None, codes: Sequence[str]) -> str:
    """What lacks or is too many in a parcel; with both numbers where some of it is there."""
    told = {item.code: item.count for item in parcel.manifest} if parcel else {}
    found = {item.code: item.count for item in parcel.found or ()} if parcel else {}
    return gettext("、").join(
        gettext("{name}（该有 {told} 份，袋里 {found} 份）").format(name=name, told=told[code], found=found[code])
        if code in told and code in found else name
        for code, name in zip(codes, material_names(docket, codes), strict=True)
    )  # fmt: skip


def thing_names(docket: Docket, items: Iterable[e.Item]) -> list[str]:
    """What is in a bag by name: materials of the matter, and what the department made."""
    made = {item.code for item in docket.result}
    return [str(RESULT) if item.code in made else material_names(docket, [item.code])[0] for item in items]


def tell(docket: Docket, entry: Entry, people: dict[str, Colleague], mark: str) -> Line:
    """One entry in plain words."""
    signer = people.get(entry.recorder or entry.by)
    teller = _DETAILS.get(type(entry.body))
    detail = teller(docket, entry.body) if teller else ""
    contest = docket.contested.get(entry.id)
    disputed = contest is not None and not contest.verdict
    return Line(
        entry.id, instant(entry.happened_ms), str(TITLES.get(entry.kind, entry.kind)),
        str(CONTEST) if disputed else detail, signer.name if signer else "", mark,
        getattr(entry.body, "paper", None) or "", getattr(entry.body, "picture", None) or "", disputed,
    )  # fmt: skip


def _listed(docket: Docket, items: Iterable[e.Item]) -> str:
    return gettext("、").join(material_names(docket, [item.code for item in items]))


def _told(docket: Docket, body: e.ChecklistGiven) -> str:
    asked = _listed(docket, (item for item in body.items if item.source == "resident"))
    held = _listed(docket, (item for item in body.items if item.source == "held"))
    return gettext("{asked}（{held}用交过的）").format(asked=asked, held=held) if held else asked


def _sent(docket: Docket, body: e.MaterialsSent) -> str:
    seal = gettext("封条 {seal}").format(seal=body.seal) if body.seal else ""
    return f"{place_name(body.place)} {seal} {_listed(docket, body.items)}".strip()


def _collected(_docket: Docket, body: e.ParcelCollected) -> str:
    return place_name(body.place) + " " + (gettext("封条完好") if body.seal_intact else gettext("封条和记着的不一样"))


def _counted(docket: Docket, body: e.MaterialsCounted) -> str:
    parcel = docket.parcels.get(body.parcel)
    wrong = [
        (gettext("少了：{names}"), parcel.shortage() if parcel else ()),
        (gettext("多了：{names}"), parcel.surplus() if parcel else ()),
    ]
    told = [words.format(names=miscounted(docket, parcel, codes)) for words, codes in wrong if codes]
    if told:
        return gettext("，").join(told)
    return gettext("{count} 样，一样不少").format(count=len(body.found))


def _lacking(docket: Docket, body: e.MaterialsLacking) -> str:
    return gettext("缺：{names}").format(names=gettext("、").join(material_names(docket, body.lacking)))


def _noticed(kind: str, serial: str) -> str:
    form = current_pack().notices.get(kind)
    return f"{said(form.title)} {serial}" if form else serial


def _notice_served(docket: Docket, body: n.NoticeServed) -> str:
    notice = notice_of(docket, body.serial)
    return _noticed(notice.kind if notice else "", body.serial)


def _promised(_docket: Docket, body: e.PromiseMade) -> str:
    if body.open_ended:
        return gettext("船停了，要等船，开了再说准日子")
    if body.subject_to_boats:
        return gettext("船停了，改到 {day}，看船").format(day=body.due)
    return gettext("船开了，{day}").format(day=body.due) if body.basis == "boats" else body.due


def _failed(_docket: Docket, body: e.DeliveryFailed) -> str:
    return gettext("约好 {day} 再送").format(day=body.next_day) if body.next_day else ""


def _packed(docket: Docket, body: e.ReturnPacked) -> str:
    seal = gettext("封条 {seal}").format(seal=body.seal) if body.seal else ""
    return f"{seal} {gettext('、').join(thing_names(docket, body.items))}".strip()


_DETAILS: dict[type[Body], Callable[[Docket, Any], str]] = {
    e.MaterialsSent: _sent,
    e.ParcelCollected: _collected,
    e.MaterialsCounted: _counted,
    e.MaterialsLacking: _lacking,
    e.ChecklistGiven: _told,
    ReuseWithdrawn: lambda docket, body: gettext("、").join(material_names(docket, body.codes)),
    e.MaterialsAsked: lambda docket, body: _listed(docket, body.items),
    e.ParcelLoaded: lambda _d, body: f"{place_name(body.origin)} → {place_name(body.destination)}",
    e.DeliveryFailed: _failed,
    e.ReturnPacked: _packed,
    p.ParcelBoxed: lambda _d, body: place_name(body.place),
    p.ParcelLabelled: lambda _d, body: body.label,
    e.ParcelLanded: lambda _d, body: place_name(body.place),
    e.DecisionMade: lambda _d, body: str(OUTCOMES[body.outcome]),
    e.ResultDelivered: lambda _d, body: str(PROOFS[body.proof]),
    e.MaterialsReturned: lambda docket, body: f"{_listed(docket, body.items)} {PROOFS[body.proof]}",
    e.PromiseMade: _promised,
    e.TripMade: lambda _d, body: place_name(body.place),
    n.NoticeIssued: lambda _d, body: _noticed(body.notice, body.serial),
    n.NoticeServed: _notice_served,
    **HANDOVER_DETAILS,
}
