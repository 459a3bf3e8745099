"""The steps of an intake at sea, each a form that works without script."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.domain.errors import BadPaper, Refused
from driftbox.gateways.codes import read_phone
from driftbox.gateways.paper_types import media_type
from driftbox.gateways.sound_types import sound_type
from driftbox.gateways.strokes import read_strokes
from driftbox.web.base.middleware import sentence_of

KINDS: Final = {
    "redress": _("请帮我办一件事"),
    "suggestion": _("提个意见"),
    "accusation": _("说一个人、一个单位不对"),
    "dispute": _("跟别的船有争执"),
}
ABOUT: Final = (
    ("collision", _("船碰了")), ("gear", _("网具坏了")), ("ground", _("抢桁地、抢渔场")), ("pay", _("工钱、份子钱")),
    ("other", _("别的")),
)  # fmt: skip
PAD: Final = {"data-pad": _("手指在这里签名，只写名字也行"), "data-clear": _("擦掉重签")}


class SoundField(forms.FileField):
    """A spoken statement as bytes; empty when there is none."""

    def clean(self, data: Any, initial: Any = None) -> bytes:
        """The bytes, if a browser recorded them."""
        file = super().clean(data, initial)
        content: bytes = file.read() if file else b""
        try:
            if content:
                sound_type(content)
        except BadPaper as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal
        return content


class PhotosInput(forms.FileInput):
    """Takes several photographs at once."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photographs as bytes, as many as were chosen."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        """The photographs, if all are; a PDF is none."""
        single = super().clean
        contents = [single(one, initial).read() for one in data or ()]
        for content in contents:
            try:
                if media_type(content) == "application/pdf":
                    raise forms.ValidationError(_("这里要照片，不是 PDF。请拍一张再传。"))
            except BadPaper as refusal:
                raise forms.ValidationError(sentence_of(refusal)) from refusal
        return contents


class StrokesField(forms.CharField):
    """A signature drawn with a finger, as strokes; empty when there is none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> str:
        """The strokes, if they are lines and nothing else."""
        strokes: str = super().clean(value)
        try:
            if strokes:
                read_strokes(strokes)
        except BadPaper as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal
        return strokes


class WhatForm(forms.Form):
    """Of which sort it is."""

    kind = forms.ChoiceField(choices=list(KINDS.items()))


class WordsForm(forms.Form):
    """What it is about, spoken or written."""

    recording = SoundField(
        label=_("录一段话"), required=False, widget=forms.FileInput(attrs={"accept": "audio/*", "capture": ""})
    )
    words = forms.CharField(
        label=_("写几句"), max_length=4000, required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-keep": ""}),
        help_text=_("什么时候、在哪里、您想怎么办。不会打字，请驿站的人替您打"),
    )  # fmt: skip


class PhotosForm(forms.Form):
    """Photographs that go with it."""

    photos = PhotosField(
        label=_("拍照，最多六张"), required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip


class WhoForm(forms.Form):
    """Who tells it; everything may stay empty."""

    name = forms.CharField(
        label=_("您怎么称呼"), max_length=40, required=False, help_text=_("不留名也收。不留名的，自己记好 16 位数字")
    )
    phone = forms.CharField(
        label=_("手机号"), max_length=20, required=False, help_text=_("有信号了好给您回话"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )  # fmt: skip
    boat = forms.CharField(label=_("您在哪条船"), max_length=40, required=False)
    confidential = forms.BooleanField(label=_("请替我保密，只让专管的人看"), required=False)

    def clean_phone(self) -> str:
        """The phone number as digits, if there is one."""
        phone: str = self.cleaned_data["phone"]
        try:
            return read_phone(phone) if phone else ""
        except Refused as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal


class DisputeForm(WhoForm):
    """Who tells of a dispute, and with whom it is."""

    boat = forms.CharField(label=_("您在哪条船"), max_length=40)
    other_boat = forms.CharField(label=_("对方是哪条船"), max_length=40)
    about = forms.ChoiceField(label=_("为了什么"), choices=ABOUT, widget=forms.RadioSelect)


class SignForm(forms.Form):
    """A signature with a finger, or a name, or neither."""

    strokes = StrokesField(required=False, widget=forms.HiddenInput(attrs=PAD))
    signed = forms.CharField(label=_("签名的人，写名字"), max_length=40, required=False)


FORMS: Final[dict[str, type[forms.Form]]] = {
    "what": WhatForm, "words": WordsForm, "photos": PhotosForm, "who": WhoForm, "sign": SignForm,
}  # fmt: skip
STEPS: Final = (*FORMS, "check")
