"""What stands in the gaps of a notice: from the case, from the entry that it tells of, and from the pack."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_lazy
from msgspec import Struct

from driftbox.apps.deadlines.queries import clocks_of
from driftbox.apps.dockets.queries import load
from driftbox.apps.pack import calendar, current_pack, matter_of
from driftbox.apps.papers.queries import open_paper
from driftbox.apps.people.queries import particulars_of
from driftbox.apps.petitions.chain import level_up
from driftbox.domain.docket.notice_form import NoticeForm
from driftbox.domain.docket.petition_guide import Door, Ground, Reasons
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Entry
from driftbox.domain.log.ids import instant
from driftbox.domain.text import Text
from driftbox.gateways.pdf import Language

OUTCOMES = {
    "supported": gettext_lazy("请求事实清楚，符合规定，予以支持。"),
    "explained": gettext_lazy("请求有道理，但没有规定可以照办，理由写在上面。"),
    "not_supported": gettext_lazy("请求缺乏事实根据，或者不符合规定，不予支持。"),
    "upheld": gettext_lazy("维持原来的意见。"),
    "changed": gettext_lazy("原来的意见改了，以这份为准。"),
    "refused": gettext_lazy("没有批准。"),
    "partly": gettext_lazy("批准了一部分。"),
}


class Telling(Struct, frozen=True):
    """One notice to be written: of which case, in which form, about which entry, in which language, when."""

    docket: Docket
    form: NoticeForm
    entry: Entry
    language: Language
    now: datetime

    def say(self, text: Text | None) -> str:
        """A pack's text in the language of the notice."""
        return text.in_language(self.language) if text else ""

    def day(self, day: date | str | None) -> str:
        """A day in words; empty for none."""
        if not day:
            return ""
        whole = date.fromisoformat(day) if isinstance(day, str) else day
        return format_date(whole, "j F Y") if self.language == "en" else f"{whole.year}年{whole.month}月{whole.day}日"

    def office(self, code: str | None) -> str:
        """An office by its full name."""
        found = current_pack().offices.get(code or "")
        return self.say(found.name) if found else (code or "")

    def words(self, digest: str | None) -> str:
        """The words of a sealed paper.

        Raises:
            BadPaper: they were erased, or are not here yet.
        """
        return open_paper(self.docket.id, digest).content.decode() if digest else ""


def values_of(telling: Telling) -> dict[str, str]:
    """Every gap by name; empty where there is nothing to say.

    Raises:
        BadPaper: words that belong into it were erased, or are not here yet.
    """
    docket, pack = telling.docket, current_pack()
    matter = matter_of(docket)
    values = {
        "number": docket.number,
        "matter": telling.say(matter.name),
        "phone": pack.hotline,
        "received": telling.day(local_day(docket.opened_ms)),
        "day": telling.day(local_day(telling.entry.happened_ms)),
        "due": telling.day(_due(telling)),
        "promised": telling.day(docket.promised),
        "above_office": telling.office(level_up(docket.petition.office or docket.office)),
        "matter_remedy": telling.say(matter.remedy),
        "materials": _materials(telling, _received(docket)),
        "follows": _materials(telling, docket.follows),
    }
    for fill in (_of_petition, _of_body, _of_guide):
        values.update(fill(telling))
    return values


def local_day(ms: int) -> date:
    """The local day of a moment of the log."""
    return calendar().local_date(instant(ms))


def addressee(telling: Telling) -> str:
    """The salutation: the name, how many they are, or nobody's name."""
    docket = telling.docket
    name = particulars_of(docket.beneficiary).name if docket.beneficiary else ""
    if not name:
        return gettext("信访人：")
    if docket.petition.petitioners > 1:
        return gettext("{name}等 {count} 人：").format(name=name, count=docket.petition.petitioners)
    return gettext("{name}：").format(name=name)


def _due(telling: Telling) -> date | None:
    due = [one.due for one in clocks_of(telling.docket, telling.now) if one.clock == telling.form.clock]
    return due[-1] if due else None


def _received(docket: Docket) -> list[str]:
    absent = {*docket.lacking, *docket.follows}
    return [item.code for item in docket.checklist if item.source != "office" and item.code not in absent]


def _materials(telling: Telling, codes: Iterable[str]) -> str:
    matter = matter_of(telling.docket)
    names = {material.code: telling.say(material.name) for material in matter.materials}
    return "\n".join(names.get(code, code) for code in codes)


def _of_petition(telling: Telling) -> dict[str, str]:
    docket = telling.docket
    if docket.procedure != "petition":
        return {}
    reviewed = load(docket.petition.reviewed).docket.number if docket.petition.reviewed else ""
    handling = docket.petition.office or docket.office
    return {
        "said": telling.words(docket.said),
        "reviewed_number": reviewed,
        "to_office": telling.office(getattr(telling.entry.body, "office", handling)),
    }


def _of_body(telling: Telling) -> dict[str, str]:
    """What the entry itself says."""
    body: Any = telling.entry.body
    papers = {"words": "paper", "facts": "facts", "grounds": "grounds", "legal_basis": "basis"}
    found = {gap: telling.words(getattr(body, name)) for gap, name in papers.items() if hasattr(body, name)}
    outcome = OUTCOMES.get(getattr(body, "outcome", ""), "")
    days = getattr(body, "days", 0)
    return {
        **found,
        "outcome": str(outcome),
        "days": str(days) if days else "",
        "report_by": telling.day(getattr(body, "report_by", None)),
    }


def _of_guide(telling: Telling) -> dict[str, str]:
    """Grounds, doors and reasons, which entries name by code."""
    guide, body = current_pack().guide, telling.entry.body
    if guide is None:
        return {}
    ground: Ground | None = _coded(guide.ground, getattr(body, "ground", ""))
    door: Door | None = _coded(guide.door, getattr(body, "door", "") or (ground.door if ground else ""))
    reason: Reasons | None = _coded(guide.reasons_for(telling.entry.kind), getattr(body, "reason", ""))
    return {
        "ground": telling.say(ground.name) if ground else "",
        "ground_told": telling.say(ground.told) if ground else "",
        "ground_article": ground.article if ground else "",
        "door": telling.say(door.name) if door else "",
        "door_told": telling.say(door.told) if door else "",
        "reason": telling.say(reason.text) if reason else "",
    }


def _coded(rows: Sequence[Any], code: str) -> Any:
    return next((row for row in rows if row.code == code), None)
