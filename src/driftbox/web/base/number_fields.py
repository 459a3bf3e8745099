"""Fields for what is printed on seals and bags: read from a label, heard on the telephone, or from before labels."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from driftbox.domain.custody.labels import Kind, groups, read_label
from driftbox.domain.errors import Refused
from driftbox.web.base.middleware import sentence_of

OTHER_THING = {
    "BX": gettext_lazy("这是箱上的号。封条、袋子上另有一个号，请再看一眼。"),
    "PK": gettext_lazy("这是袋上的号。封条、箱子上另有一个号，请再看一眼。"),
    "BS": gettext_lazy("这是封条上的号。袋子、箱子上另有一个号，请再看一眼。"),
}
OWN: dict[Kind, str] = {"box": "BX", "parcel": "PK", "seal": "BS"}


class NumberField(forms.CharField):
    """The number of a ``kind`` of label; whatever is misread gets a sentence."""

    def __init__(self, kind: Kind, **more: Any) -> None:
        self.kind: Kind = kind
        attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        more.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=60, **more)

    def clean(self, value: object) -> str:
        """The number as it is printed, or empty."""
        typed: str = super().clean(value)
        try:
            return number_of(typed, self.kind) if typed else ""
        except Refused as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal


def number_of(typed: str, kind: Kind) -> str:
    """The number of a ``kind`` of label as it is printed.

    Raises:
        Refused: a digit is wrong, or it is the number of something else.
    """
    code = read_label(typed, kind)
    prefix = code.partition("-")[0]
    if prefix in OTHER_THING and prefix != OWN[kind]:
        raise Refused("other_label", str(OTHER_THING[prefix]))
    return code


def seal_field(**more: Any) -> NumberField:
    """The field for the number on a seal."""
    more.setdefault("label", gettext_lazy("封条号"))
    more.setdefault("help_text", gettext_lazy("印在封条上，如 BS-1000 0123，字母可以不填"))
    return NumberField("seal", **more)


def bag_field() -> NumberField:
    """The field for the number on a bag, which not every bag has."""
    return NumberField(
        "parcel", label=gettext_lazy("袋上的标签"), required=False,
        help_text=gettext_lazy("袋上贴着 PK 开头的标签就填，没有就空着"),
    )  # fmt: skip


def read_out(number: str) -> str:
    """A number in the groups in which it is read out; empty when there is none."""
    return " ".join(groups(number)) if number else ""
