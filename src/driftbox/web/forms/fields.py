"""The fields of a form that is filled in and signed: its blanks, who signs how, and how many others have to."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.errands.forms import Signing
from driftbox.domain.consult.form import Blank, Form
from driftbox.gateways.strokes import read_strokes, strokes_svg
from driftbox.web.base.signing import MARKED, Seal, Signed
from driftbox.web.base.telling import said

BLANK: Final = "blank_"
LONGEST: Final = 200
LONGEST_TEXT: Final = 1000


class SignForm(Signed):
    """Somebody signs: the name, and a finger on the pad or a mark before two witnesses."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].label = _("怎么签？")
        self.fields["signed"].label = _("签名的人，写名字")
        self.fields["photo"].label = _("签好的纸，拍一张")

    def signing(self, seal: Seal, *, signer: str, by: str, role: str) -> Signing:
        """What was signed, its names and picture sealed."""
        data, kept = self.cleaned_data, self.evidence(seal)
        drawn = data["strokes"] and data["proof"] != "photo"
        witnesses = (data["witness_one"], data["witness_two"]) if data["proof"] in MARKED else ()
        return Signing(
            signer=signer, by=by, role=role, proof=kept.proof, name=data["signed"], witnesses=witnesses,
            names=kept.paper, picture=kept.picture, values=self.values(), others=self.others(),
            drawing=strokes_svg(read_strokes(data["strokes"])).decode() if drawn else "",
        )  # fmt: skip

    def values(self) -> dict[str, str]:
        """What stands in the blanks, by their ids."""
        found = {name: value for name, value in self.cleaned_data.items() if name.startswith(BLANK)}
        return {name.removeprefix(BLANK): str(value) for name, value in found.items()}

    def others(self) -> int:
        """How many more adults have to sign."""
        return int(self.cleaned_data.get("others") or 0)


class FillForm(SignForm):
    """A form of the pack, filled in as far as it is known, and signed by the one whose case it is."""

    others_count = forms.IntegerField(
        label=_("除了您，家里还有几位成年人一起过日子？"), min_value=0, max_value=20, required=False,
        help_text=_("每位都要签。没有就写 0"), widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, form: Form, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for blank in form.blanks:
            self.fields[BLANK + blank.id] = _field(blank)
        shared = "adult_members" in form.signers
        if not shared:
            del self.fields["others_count"]
        else:
            self.fields["others_count"].required = True
        blanks = [BLANK + blank.id for blank in form.blanks]
        self.order_fields([*blanks, "others_count", *Signed.base_fields])

    def others(self) -> int:
        """How many more adults have to sign, as the one whose case it is says."""
        return int(self.cleaned_data.get("others_count") or 0)


def _field(blank: Blank) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3}) if blank.long else forms.TextInput()
    return forms.CharField(
        label=said(blank.label), help_text=said(blank.hint) if blank.hint else "", required=blank.required,
        max_length=LONGEST_TEXT if blank.long else LONGEST, widget=widget,
    )  # fmt: skip


class AdultForm(forms.Form):
    """A member of the household who has to sign: a name, and the phone to which the link goes."""

    name = forms.CharField(label=_("家人的名字"), max_length=40)
    phone = forms.CharField(
        label=_("他的手机号"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_("我们发一条短信给他，他自己看、自己签，不用过来"),
    )  # fmt: skip
