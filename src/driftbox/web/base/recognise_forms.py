"""Send a photograph of a paper, and confirm or correct what was read on it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driftbox.apps.pack import current_pack
from driftbox.apps.recognition.queries import Confirmed, Result
from driftbox.domain.consult.numbers import bank_card_holds, disability_number_holds, id_number_holds
from driftbox.domain.consult.paper_kinds import PaperField, PaperKind
from driftbox.domain.consult.paper_values import COMPARE, LONG_TERM, LONGEST, MISSING, READ, UNREAD, FieldRead
from driftbox.web.base.act_form import offer
from driftbox.web.base.telling import said

OTHER: Final = "-"
HOLDS: Final = {
    "id_number": (id_number_holds, _("身份证号对不上，有一位写错了。请再看一遍。")),
    "bank_card": (bank_card_holds, _("卡号对不上，有一位写错了。请再看一遍。")),
    "disability_number": (disability_number_holds, _("残疾人证号对不上，有一位写错了。请再看一遍。")),
}
DAYS: Final = frozenset({"day", "until"})


class PhotoForm(forms.Form):
    """One photograph."""

    photo = forms.FileField(
        label=_("照片"), help_text=_("一样一张。放平，四个角都拍进来，别反光"),
        error_messages={"required": _("还没有照片。请拍一张再传。"), "empty": _("这个文件是空的。请重新拍一张。")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )  # fmt: skip


class ConfirmForm(forms.Form):
    """Which material it is, and each field as it was read; empty where it was not. Nothing holds until this is sent."""

    material = forms.ChoiceField(
        label=_("这是单子上的哪一样？"), widget=forms.RadioSelect,
        error_messages={"required": _("还没选是哪一样。请选一个；都不是，就选最后一个。")},
    )  # fmt: skip
    keep = forms.BooleanField(label=_("照片也留下，当复印件用"), required=False, help_text=_("不留，记完照片就删"))

    def __init__(self, result: Result, choices: list[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind_of(result)
        fitting = [choice for choice in choices if choice[0] in result.paper.materials]
        rest = [choice for choice in choices if choice not in fitting]
        offer(self, "material", [*fitting, *rest, (OTHER, gettext("都不是"))])
        if len(fitting) == 1:
            self.fields["material"].initial = fitting[0][0]
        self.wanted = {field.id: field for field in self.kind.field if not field.quiet} if self.kind else {}
        for read in result.paper.fields:
            if read.id in self.wanted:
                self.fields[name_of(read.id)] = _field(self.wanted[read.id], read)
        self.order_fields([*(name_of(one) for one in self.wanted), "material", "keep"])

    def clean(self) -> dict[str, Any]:
        """Numbers that carry a check digit must agree with it, whoever wrote them; days must exist."""
        data = super().clean() or {}
        for one, field in self.wanted.items():
            value = data.get(name_of(one), "")
            fault = _fault(field, value) if value else ""
            if fault:
                self.add_error(name_of(one), fault)
        return data

    def confirmed(self) -> Confirmed:
        """What a valid form says."""
        data = self.cleaned_data
        fields = {one: str(data[name_of(one)]) for one in self.wanted if data.get(name_of(one))}
        material = "" if data["material"] == OTHER else data["material"]
        return Confirmed(self.kind.code if self.kind else "", material, fields)


def name_of(field: str) -> str:
    """The name under which a field of a paper stands in the form."""
    return f"field_{field}"


def kind_of(result: Result) -> PaperKind | None:
    """The kind of paper that was read, if the pack still knows it."""
    return next((kind for kind in current_pack().papers if kind.code == result.paper.kind), None)


def _field(field: PaperField, read: FieldRead) -> forms.CharField:
    return _PaperField(
        label=said(field.name), initial=read.value, required=False, max_length=LONGEST, help_text=_hint(field, read),
        widget=forms.TextInput(attrs={"autocomplete": "off", **_keys(field)}),
    )  # fmt: skip


class _PaperField(forms.CharField):
    """Spaces inside a number mean nothing; people write them to keep their place."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        bare = "".join(text.split()).upper()
        return bare if bare[:15].isascii() and bare[:15].isdigit() else text


def _keys(field: PaperField) -> Mapping[str, str]:
    return {"inputmode": "numeric"} if field.kind == "bank_card" else {}


def _hint(field: PaperField, read: FieldRead) -> str:
    if read.state == UNREAD:
        sentence = gettext("看见的是 {seen}，对不上，没有填。请照着纸填。")
        return sentence.format(seen=read.seen or "…")
    if read.state == MISSING:
        return gettext("没看清。照着纸填，或者空着。")
    if read.state == COMPARE:
        return gettext("请对着纸看一遍，这一栏没有校验码。")
    if read.state == READ and field.kind in HOLDS:
        return gettext("校验码对上了。")
    return gettext("请对着纸看一眼。")


def _fault(field: PaperField, value: str) -> Any:
    if field.kind in HOLDS:
        holds, sentence = HOLDS[field.kind]
        return "" if holds(value.upper()) else sentence
    if field.kind in DAYS and value != LONG_TERM:
        try:
            date.fromisoformat(value)
        except ValueError:
            return _("这一天不对。请写成 2031-06-30 这样；没有期限就空着。")
    return ""
