"""Forms of the desk's pages of sittings."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.pack import calendar

PARTS = (
    ("resident", _("来办事的人")), ("relative", _("家里人")), ("interpreter", _("手语或翻译")),
    ("officer", _("部门的人")),
)  # fmt: skip
WAYS = (("sms", _("发短信")), ("show", _("当面扫码")))
ENDED = (("done", _("谈完了")), ("cut", _("断了，没谈完")), ("by_phone", _("改打电话谈的")), ("nobody", _("没有人来")))
NEXT = (
    ("nothing", _("没有了")), ("we_act", _("我们去办")), ("they_act", _("他去办")), ("meet_again", _("再谈一次")),
)  # fmt: skip


def local(moment: datetime | None) -> datetime | None:
    """A moment of the office's own clock, aware."""
    return moment.replace(tzinfo=calendar().zone) if moment else None


def _moment_field() -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=_("约在几时"), required=False, widget=widget, help_text=_("现在就谈，空着"),
                               input_formats=["%Y-%m-%dT%H:%M"])  # fmt: skip


class LocalMoment(forms.Form):
    """When a sitting is to be; nothing for now."""

    starts = _moment_field()

    def clean_starts(self) -> datetime | None:
        """The aware moment: what was typed is the office's own clock, whatever the server's is."""
        typed: datetime | None = self.cleaned_data["starts"]
        return local(typed.replace(tzinfo=None)) if typed else None


class InviteForm(forms.Form):
    """Whom to invite, and how they get the link."""

    part = forms.ChoiceField(label=_("请谁"), choices=PARTS)
    way = forms.ChoiceField(label=_("链接怎么给他"), choices=WAYS)
    name = forms.CharField(label=_("他叫什么"), max_length=40, required=False, help_text=_("来办事的人不用写"))
    phone = forms.CharField(label=_("他的手机"), max_length=20, required=False, help_text=_("卷里有的不用写"))

    def clean(self) -> dict[str, object]:
        """Somebody who is no party has no number in the case."""
        data = super().clean() or {}
        if data.get("way") == "sms" and data.get("part") != "resident" and not data.get("phone"):
            self.add_error("phone", _("发短信要写他的手机"))
        return data


class CloseForm(forms.Form):
    """How a sitting ended."""

    words = forms.CharField(
        label=_("说好了什么"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("念给他听，一条一条说清。"),
    )  # fmt: skip
    confirmed = forms.BooleanField(label=_("念过了，他说对"), required=False)
    next = forms.ChoiceField(label=_("下一步"), choices=NEXT)
    by_day = forms.DateField(label=_("哪天以前"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.ChoiceField(label=_("怎么结束的"), choices=ENDED)


class RecordingForm(forms.Form):
    """A recording as the browser made it: when it began after the sitting did, and how long it is (seconds)."""

    recording = forms.FileField()
    began = forms.IntegerField(min_value=0, max_value=86_400)
    seconds = forms.IntegerField(min_value=1, max_value=86_400)


class StillForm(forms.Form):
    """A picture of a paper that was held to the camera; ``material``: what it is on the list, or nothing."""

    still = forms.FileField()
    material = forms.RegexField(r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$", required=False)
