"""Forms set in type: what is handed to the template, with lines to sign on or with what was signed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext, gettext_lazy
from msgspec import Struct

from driftbox.apps.node import pdf
from driftbox.apps.notices.actions import written_in
from driftbox.apps.pack import calendar
from driftbox.apps.people.queries import Language
from driftbox.domain.consult.form import Form
from driftbox.domain.docket.entries import Proof

PROOFS: Final = {
    "signature": gettext_lazy("在手机上手写签名"),
    "fingerprint": gettext_lazy("按手印，见证人：{names}"),
    "witness": gettext_lazy("不能签，见证人：{names}"),
    "photo": gettext_lazy("签在纸上，拍了照片"),
}


class Signature(Struct, frozen=True):
    """One line of a form to sign on; with ``name`` it was signed: how, when, and the drawing as SVG if there is one."""

    label: str
    name: str = ""
    how: str = ""
    date: str = ""
    svg: str = ""

    @classmethod
    def by_somebody(cls, name: str, proof: Proof, witnesses: Sequence[str], drawing: str, now: datetime) -> "Signature":
        """The line as it was signed, in Chinese: the form goes to an office."""
        with written_in("zh"):
            how = f"{name} · {PROOFS[proof]}".format(names=gettext("、").join(witnesses))
            return cls(gettext("签名："), name, how, _day(calendar().local_date(now)), drawing)


def set_form(
    form: Form, values: Mapping[str, str], declared: Sequence[str], signatures: Sequence[Signature], *, number: str,
    language: Language, large: bool, now: datetime,
) -> bytes:  # fmt: skip
    """The PDF of a form with ``values`` in its blanks.

    Raises:
        BadFont: it cannot be set in type; the sentence names the character.
    """
    with written_in(language):
        title = form.title.in_language(language)
        data = {
            "title": title,
            "large": large,
            "demo": gettext("演示用的表样。部门给了自己的表，就用部门的。"),
            "lines": [gettext("编号 {serial}").format(serial=number)],
            "rows": [
                {"name": one.label.in_language(language), "value": values.get(one.id, ""), "long": one.long}
                for one in form.blanks
            ],
            "declaration": list(declared),
            "signatures": [_line(one) for one in signatures],
            "words": {
                "declare": gettext("签名的人声明："),
                "foot": gettext("看不清、不明白，先别签，打电话让我们念给您听。"),
            },
        }
    return pdf().render("forms/form", data, title=f"{title} {number}", made=now, language=language)


def _line(one: Signature) -> dict[str, str]:
    alt = gettext("手写签名")
    return {"label": one.label, "name": one.name, "how": one.how, "date": one.date, "svg": one.svg, "alt": alt}


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
