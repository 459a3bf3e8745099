"""Signed for 签收: a name, a signature drawn with a finger, a mark with two witnesses, or a photograph."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from driftbox.apps.papers.actions import seal_drawing, seal_file, seal_text
from driftbox.domain.docket.entries import Proof
from driftbox.domain.errors import BadPaper
from driftbox.gateways.paper_types import media_type
from driftbox.gateways.strokes import read_strokes
from driftbox.web.base.middleware import sentence_of

MARKED = frozenset({"fingerprint", "witness"})  # who cannot sign makes a mark before two witnesses, or has them sign
WHEN_MARKED = {"data-when": " ".join(sorted(MARKED))}  # a script keeps these fields away until they are needed
MAX_NAME = 60
Sent = TypeVar("Sent", str, bytes)


class Seal(Struct, frozen=True):
    """Keeps what belongs to an act as papers of its docket; each call returns the digest."""

    docket: str
    now: datetime

    def words(self, words: str) -> str:
        """Words as a paper."""
        return seal_text(self.docket, words, now=self.now)

    def photo(self, content: bytes) -> str:
        """A photograph as a paper, without its metadata."""
        return seal_file(self.docket, content, now=self.now)

    def drawing(self, strokes: str) -> str:
        """A drawn signature as a paper."""
        return seal_drawing(self.docket, strokes, now=self.now)


class Signed(forms.Form):
    """The fields of somebody signing for something. Without script the name is enough."""

    proof = forms.ChoiceField(
        label=_("怎么签收的？"),
        choices=[("signature", _("本人签名")), ("fingerprint", _("按手印，两人见证")),
                 ("witness", _("不能签，两人见证")), ("photo", _("拍照"))],
    )  # fmt: skip
    signed = forms.CharField(label=_("谁收的，写名字"), max_length=MAX_NAME)
    strokes = forms.CharField(
        required=False,
        widget=forms.HiddenInput(attrs={"data-pad": _("手指在这里签名，只写名字也行"), "data-clear": _("擦掉重签")}),
    )
    witness_one = forms.CharField(
        label=_("第一位见证人"), max_length=MAX_NAME, required=False, widget=forms.TextInput(attrs=WHEN_MARKED)
    )
    witness_two = forms.CharField(
        label=_("第二位见证人"), max_length=MAX_NAME, required=False, widget=forms.TextInput(attrs=WHEN_MARKED)
    )
    photo = forms.FileField(
        label=_("签收的照片"), required=False, help_text=_("选了“拍照”才要"),
        widget=forms.FileInput(attrs={"accept": "image/*", "data-when": "photo"}),
    )  # fmt: skip

    def clean_strokes(self) -> str:
        """The drawn signature, if there is one, is lines and nothing else."""
        strokes: str = self.cleaned_data["strokes"]
        if strokes:
            _refused_on_the_form(read_strokes, strokes)
        return strokes

    def clean_photo(self) -> bytes:
        """The photograph as bytes; empty when there is none."""
        photo = self.cleaned_data["photo"]
        content: bytes = photo.read() if photo else b""
        if content and _refused_on_the_form(media_type, content) == "application/pdf":
            raise forms.ValidationError(_("这里要一张照片，不是 PDF。请拍一张再传。"))
        return content

    def clean(self) -> dict[str, Any]:
        """Two different people witness a mark; a photograph proves nothing when it is missing."""
        data = super().clean() or {}
        proof = data.get("proof")
        if proof in MARKED:
            self._need_two_witnesses(data)
        if proof == "photo" and not data.get("photo") and "photo" not in self.errors:
            self.add_error("photo", _("选了拍照，还差照片。请拍一张，或换一种签收。"))
        return data

    def _need_two_witnesses(self, data: dict[str, Any]) -> None:
        for name in ("witness_one", "witness_two"):
            if not data.get(name):
                self.add_error(name, _("按手印或不能签的，要两位见证人的名字。"))
        if data.get("witness_one") and data.get("witness_one") == data.get("witness_two"):
            self.add_error("witness_two", _("两位见证人是同一个名字。请再问一位。"))

    def evidence(self, seal: Seal) -> "Evidence":
        """Seal the names and the picture; the photograph counts for a photo, the drawing for everything else."""
        data = self.cleaned_data
        proof: Proof = data["proof"]
        names = [data["signed"], *((data["witness_one"], data["witness_two"]) if proof in MARKED else ())]
        picture = None
        if proof == "photo":
            picture = seal.photo(data["photo"])
        elif data["strokes"]:
            picture = seal.drawing(data["strokes"])
        return Evidence(proof, seal.words("\n".join(names)), picture)


class Evidence(Struct, frozen=True):
    """What an act signed for refers to: how, the names, and the picture if there is one."""

    proof: Proof
    paper: str
    picture: str | None


def _refused_on_the_form(read: Callable[[Sent], object], sent: Sent) -> object:
    try:
        return read(sent)
    except BadPaper as refusal:
        raise forms.ValidationError(sentence_of(refusal)) from refusal
