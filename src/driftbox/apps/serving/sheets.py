"""Notices set in type: what is handed to the template, in either language, in ordinary or large type."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.node import pdf
from driftbox.apps.notices.actions import written_in
from driftbox.apps.pack import current_pack
from driftbox.apps.serving.values import Telling, addressee, local_day, values_of
from driftbox.domain.docket.notice_form import Basis, Part, filled
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import millis
from driftbox.gateways.codes import qr_svg
from driftbox.gateways.notice_codes import groups_of
from driftbox.gateways.pdf import Language


class Head(Struct, frozen=True, kw_only=True):
    """What a sheet bears at its head: the office whose seal it takes, number, code (empty: a preview), site."""

    office: str
    serial: str = ""
    code: str = ""
    site: str = ""

    @property
    def address(self) -> str:
        """Where anybody can check it."""
        return f"{self.site.rstrip('/')}/genuine/{self.code}/"


def set_notice(telling: Telling, head: Head, *, large: bool, now: datetime) -> bytes:
    """The PDF of a notice; a preview when ``head`` has no code.

    Raises:
        Refused: a part that it must have has nothing to say.
        BadPaper: words that belong into it were erased, or are not here yet.
        BadFont: it cannot be set in type; the sentence names the character.
    """
    form, language = telling.form, telling.language
    with written_in(language):
        values = values_of(telling)
        title = telling.say(form.title)
        data = {
            **_common(title, head, telling, large=large, now=now),
            "addressee": addressee(telling),
            "parts": [_part(one, language, values) for one in form.body if _says(one, language, values)],
            "remedy": [line for one in form.remedy for line in filled(one, language, values)],
            "basis": basis_text(form.basis, language),
        }
    return pdf().render("notices/notice", data, title=f"{title} {head.serial}".strip(), made=now, language=language)


def _says(part: Part, language: Language, values: Mapping[str, str]) -> bool:
    if filled(part, language, values):
        return True
    if part.required:
        what = part.heading.in_language(language) if part.heading else part.text.in_language(language)
        raise Refused("notice_lacks", "这份文书还缺“{what}”，出不了，什么都没有改。请先把这一步的话写全。", what=what)
    return False


def _part(part: Part, language: Language, values: Mapping[str, str]) -> dict[str, object]:
    heading = part.heading.in_language(language) if part.heading else ""
    return {"heading": heading, "lines": list(filled(part, language, values))}


def basis_text(basis: tuple[Basis, ...], language: Language) -> str:
    """The laws and articles in one sentence."""
    cited = [f"{one.law.in_language(language)} {one.articles.in_language(language)}" for one in basis]
    if language == "en":
        return "; ".join(cited) + "."
    return "；".join(f"《{one.law.zh}》{one.articles.zh}" for one in basis) + "。"


def _common(title: str, head: Head, telling: Telling, *, large: bool, now: datetime) -> dict[str, object]:
    """What every sheet has."""
    day = telling.day(local_day(millis(now)))
    number = gettext("编号 {serial}").format(serial=head.serial or "—")
    return {
        "large": large, "draft": not head.code, "title": title, "serial": head.serial,
        "office": telling.office(head.office), "date": day, "lines": [number, day],
        "words": sheet_words(telling.language),
        "svg": qr_svg(head.address) if head.code else "",
        "alt": gettext("扫一扫，查这份文书真不真"),
        "groups": groups_of(head.code) if head.code else [],
    }  # fmt: skip


def sheet_words(language: Language) -> dict[str, object]:
    """The words of the sheet itself, in the language of ``written_in``."""
    note = gettext("一式两份，一份给您，一份存卷。不识字、看不清，打 {phone}，我们念给您听。")
    translated = gettext("这是译本，以中文那份为准；各人写的话照原样。") if language == "en" else ""
    return {
        "page": gettext("第 {at} 页，共 {all} 页").replace("{all}", "{at}").split("{at}"),
        "draft": gettext("预览"),
        "scan": gettext("扫一扫，看真假"),
        "seal": gettext("印章处"),
        "remedy": gettext("不服怎么办"),
        "basis": gettext("依据："),
        "signature": gettext("手写签名"),
        "note": f"{translated} {note.format(phone=current_pack().hotline)}".strip(),
    }


def set_proof(telling: Telling, head: Head, rows: list[tuple[str, str]], signature: str, *, now: datetime) -> bytes:
    """The proof of service 送达回证: ``rows`` with empty values are lines to sign on; ``signature`` is an SVG drawing.

    Raises:
        BadFont: it cannot be set in type; the sentence names the character.
    """
    with written_in(telling.language):
        title = gettext("送达回证")
        data = {
            **_common(title, head, telling, large=False, now=now),
            "draft": False,
            "basis": basis_text(telling.form.basis, telling.language),
            "rows": [{"name": name, "value": value} for name, value in rows],
            "signature": signature,
        }
    return pdf().render("notices/proof", data, title=f"{title} {head.serial}", made=now, language=telling.language)
