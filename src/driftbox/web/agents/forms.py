"""The form of one agent, and of a table to take in."""

import re
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.agents.actions import Particulars
from driftbox.apps.agents.importing import read_day, read_shifts, shifts_words
from driftbox.apps.agents.queries import Known
from driftbox.apps.pack import current_pack
from driftbox.domain.errors import Refused
from driftbox.domain.planning.cover import Shift
from driftbox.domain.planning.dispatch import AWAY
from driftbox.web.base.middleware import sentence_of
from driftbox.web.base.telling import page_language, said

MAX_TABLE = 2_000_000  # bytes
DAY = {"type": "date"}


class AgentForm(forms.Form):
    """Everything that the register keeps."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    office = forms.ChoiceField(label=_("在哪个点、哪个站？"))
    kind = forms.ChoiceField(label=_("哪一类？"), widget=forms.RadioSelect)
    phone = forms.CharField(label=_("电话"), max_length=20, help_text=_("找不到人的不能派，一定要填"))
    until = forms.DateField(
        label=_("代办资格到哪天？"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY),
        help_text=_("空着就是还没有资格，不会派给他"),
    )  # fmt: skip
    away = forms.ChoiceField(label=_("现在去不了？"), required=False)
    away_until = forms.DateField(
        label=_("到哪天回来？"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY),
        help_text=_("不知道就空着，回来了再改"),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(label=_("会讲什么？"), required=False, widget=forms.CheckboxSelectMultiple)
    skills = forms.MultipleChoiceField(label=_("专长"), required=False, widget=forms.CheckboxSelectMultiple)
    means = forms.MultipleChoiceField(
        label=_("有没有？"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[("wheels", _("车")), ("boat", _("船"))],
    )  # fmt: skip
    shifts = forms.CharField(
        label=_("当班"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一段，像“周一二三 08:00-17:30”。空着就照点上的时间"),
    )  # fmt: skip
    training = forms.CharField(
        label=_("培训"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一次，像“2026-03-01 代办基础”"),
    )  # fmt: skip
    declared = forms.CharField(
        label=_("亲属的电话"), required=False, max_length=400,
        help_text=_("他们的事不会派给他。只留对得上的记号，号码不留"),
    )  # fmt: skip
    forget_declared = forms.BooleanField(label=_("以前报的亲属都去掉"), required=False)

    def __init__(self, reach: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = current_pack()
        choices: dict[str, list[tuple[str, str]]] = {
            "office": [(o.code, said(o.name)) for o in pack.offices.values() if o.code in reach],
            "kind": [(one.code, said(one.name)) for one in pack.agents.kinds],
            "away": [("", str(_("去得了"))), *((code, said(text)) for code, text in AWAY.items())],
            "languages": [(one.code, said(one.name)) for one in pack.agents.tongues],
            "skills": [(one.code, said(one.name)) for one in pack.agents.skills],
        }
        for field, options in choices.items():
            cast("forms.ChoiceField", self.fields[field]).choices = options

    def clean_shifts(self) -> tuple[Shift, ...]:
        """The shifts, read."""
        try:
            return read_shifts(self.cleaned_data["shifts"])
        except Refused as refusal:
            raise forms.ValidationError(sentence_of(refusal)) from refusal

    def clean_training(self) -> tuple[tuple[str, str], ...]:
        """Pairs of what and day."""
        found: list[tuple[str, str]] = []
        for line in self.cleaned_data["training"].splitlines():
            day, _gap, what = line.strip().partition(" ")
            if not day:
                continue
            try:
                read_day(day)
            except Refused as refusal:
                raise forms.ValidationError(sentence_of(refusal)) from refusal
            found.append((what.strip(), day))
        return tuple(found)

    def told(self) -> Particulars:
        """What was told, for ``apps.agents.actions``."""
        data = self.cleaned_data
        return Particulars(
            name=data["name"], office=data["office"], kind=data["kind"], phone=data["phone"], until=data["until"],
            languages=tuple(data["languages"]), skills=tuple(data["skills"]), training=data["training"],
            wheels="wheels" in data["means"], boat="boat" in data["means"], away=data["away"],
            away_until=data["away_until"], shifts=data["shifts"],
            declared=tuple(re.split(r"[\s,，、;；]+", data["declared"].strip())) if data["declared"].strip() else (),
            forget_declared=data["forget_declared"],
        )  # fmt: skip


class NewAgentForm(AgentForm):
    """One who is not in the register yet."""

    username = forms.RegexField(
        label=_("工号"), regex=r"^[A-Za-z0-9._-]{2,40}$", help_text=_("登录用，字母和数字"),
        error_messages={"invalid": _("工号用字母和数字，2 到 40 个。")},
    )  # fmt: skip
    field_order = ("username",)


def first_values(known: Known) -> dict[str, Any]:
    """What the form shows of an agent at first."""
    return {
        "name": known.name, "office": known.office, "kind": known.kind, "phone": known.phone, "until": known.until,
        "languages": known.languages, "skills": known.skills, "away": known.away, "away_until": known.away_until,
        "means": [name for name in ("wheels", "boat") if getattr(known, name)],
        "shifts": shifts_words(known.shifts, page_language()),
        "training": "\n".join(f"{day} {what}" for what, day in known.training),
    }  # fmt: skip


class TableForm(forms.Form):
    """A table of agents."""

    table = forms.FileField(
        label=_("CSV 文件"), help_text=_("第一行写：工号,姓名,机构,类别,电话,资格到,语言,专长,当班")
    )

    def clean_table(self) -> bytes:
        """The table as bytes."""
        upload = self.cleaned_data["table"]
        if upload.size > MAX_TABLE:
            raise forms.ValidationError(_("文件太大了，一次最多 2 MB。请分开传。"))
        content: bytes = upload.read()
        return content


class PeriodForm(forms.Form):
    """From which day to which day."""

    since = forms.DateField(label=_("从哪天"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))
    until = forms.DateField(label=_("到哪天"), widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY))


def period_of(data: Any, today: date) -> tuple[date, date, PeriodForm]:
    """The days asked for; this year until today when nothing sensible is."""
    form = PeriodForm(data if "since" in data or "until" in data else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["since"] <= form.cleaned_data["until"]:
        return form.cleaned_data["since"], form.cleaned_data["until"], form
    since = today.replace(month=1, day=1)
    shown = form if form.is_bound else PeriodForm(initial={"since": since, "until": today})
    return since, today, shown
