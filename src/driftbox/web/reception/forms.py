"""Forms of the reception log."""

from datetime import datetime, timedelta
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.pack import calendar

CHANNELS: Final = [
    ("phone", _("电话")), ("window", _("窗口")), ("visit", _("来访")), ("home", _("上门")), ("video", _("视频")),
    ("sea", _("海上")), ("letter", _("来信")),
]  # fmt: skip
NEW: Final = ""


class ContactForm(forms.Form):
    """One contact: what was said, by whom, and what becomes of it."""

    channel = forms.ChoiceField(label=_("怎么来的"), choices=CHANNELS)
    about = forms.ChoiceField(label=_("为哪件事"), required=False)
    words = forms.CharField(label=_("他怎么说的"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    name = forms.CharField(label=_("他叫什么"), max_length=40, required=False)
    phone = forms.CharField(label=_("他的电话"), max_length=20, required=False)
    answer = forms.CharField(
        label=_("当场怎么答的"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("答清楚了就写，这一问当场了结。没有答的空着。"),
    )  # fmt: skip
    matter = forms.ChoiceField(
        label=_("要办事、要反映，开哪件"), required=False, help_text=_("只是问一问的，空着。信访当场就登记")
    )  # fmt: skip
    call_back = forms.CharField(
        label=_("说好几时回电"), max_length=25, required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )  # fmt: skip

    def choose(self, name: str, choices: list[Any]) -> None:
        """Offer these choices, after nothing."""
        cast("forms.ChoiceField", self.fields[name]).choices = [("", "—"), *choices]

    def clean_call_back(self) -> datetime | None:
        """The aware moment; None where nothing is written."""
        return local_moment(self.cleaned_data["call_back"])

    def clean(self) -> dict[str, object]:
        """Something becomes of every contact, and a new person has a name."""
        data = super().clean() or {}
        if not data.get("about") and not data.get("name"):
            self.add_error("name", _("写一个名字，哪怕只有姓"))
        if data.get("matter") and data.get("answer"):
            self.add_error("matter", _("当场答完了，就不用再开一件；要开，把答的话写进“他怎么说的”"))
        return data


class CalledForm(forms.Form):
    """A call back was tried."""

    reached = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])
    again = forms.CharField(max_length=25, required=False)

    def clean_again(self) -> datetime | None:
        """When to try again; None for as promised."""
        return local_moment(self.cleaned_data["again"])


def local_moment(text: str) -> datetime | None:
    """A day and a time of the office's own clock as an aware moment; None for nothing."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise forms.ValidationError(_("时间看不懂，像这样写：2026-06-01T08:00")) from None
    moment = moment.replace(tzinfo=calendar().zone) if moment.tzinfo is None else moment
    return moment.replace(second=0, microsecond=0)


def soon(now: datetime) -> str:
    """The next full hour but one, as a field of day and time takes it."""
    local = now.astimezone(calendar().zone).replace(minute=0) + timedelta(hours=2)
    return f"{local:%Y-%m-%dT%H:%M}"
