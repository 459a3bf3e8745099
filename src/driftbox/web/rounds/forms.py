"""The forms of rounds: change one visit, ask for one, tell what came of one."""

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.rounds.sheet import Held, Sheet
from driftbox.apps.rounds.world import WHY_NOT, Crew
from driftbox.domain.docket.visit_entries import VisitMade
from driftbox.web.base.telling import said

ANYBODY = ("", _("谁都行"))
OUTCOMES = (
    ("done", _("见着了，办好了")),
    ("not_home", _("不在家")),
    ("refused", _("不愿意见")),
    ("next_time", _("说好下次再来")),
)
WISHES = (
    ("once", _("请来一趟")),
    ("regular", _("一个人住、走动不便，愿意常有人来")),
    ("none", _("以后不用来")),
)


class ChangeForm(forms.Form):
    """Who goes, when, how many together."""

    agent = forms.ChoiceField(label=_("谁去"), required=False)
    second = forms.ChoiceField(label=_("还有谁"), required=False)
    begin = forms.TimeField(label=_("几点到"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
                            error_messages={"invalid": _("时间看不懂，像这样写：9:30")})  # fmt: skip
    people = forms.TypedChoiceField(
        label=_("几个人去"), choices=((0, _("照常")), (1, _("一个人")), (2, _("两个人"))), coerce=int,
        required=False,
    )  # fmt: skip

    def __init__(self, crew: Crew, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        on = [(one.known.person, one.known.name) for one in crew.on]
        off = [(one.known.person, f"{one.known.name}（{said(WHY_NOT[one.why])}）") for one in crew.off]
        for name in ("agent", "second"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [ANYBODY, *on, *(one for one in off if one[0] == self.initial.get(name) or self.data)]

    def held(self) -> Held:
        """What was asked for."""
        asked: time | None = self.cleaned_data["begin"]
        agents = [one for one in (self.cleaned_data["agent"], self.cleaned_data["second"]) if one]
        return Held(
            agents=tuple(dict.fromkeys(agents)), begin=asked.hour * 60 + asked.minute if asked else None,
            people=max(self.cleaned_data["people"] or 0, len(set(agents)) if len(set(agents)) > 1 else 0),
        )  # fmt: skip


class WishForm(forms.Form):
    """Who wants somebody to come, by the number of their case."""

    number = forms.CharField(label=_("编号"), max_length=40)
    wish = forms.ChoiceField(label=_("他怎么说"), choices=WISHES)


class MadeForm(forms.Form):
    """What came of a visit."""

    outcome = forms.ChoiceField(label=_("怎么样"), choices=OUTCOMES, widget=forms.RadioSelect)
    next_day = forms.DateField(label=_("下次哪天来"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
                               error_messages={"invalid": _("日子看不懂，像这样写：2026-06-05")})  # fmt: skip

    def body(self) -> VisitMade:
        """The fact to record."""
        next_day: date | None = self.cleaned_data["next_day"]
        return VisitMade(outcome=self.cleaned_data["outcome"], next_day=next_day.isoformat() if next_day else None)


def locked(sheet: Sheet, visit: str) -> Held:
    """A visit held just as it is planned now."""
    agents = sheet.agents_of(visit)
    begin = next((call.begin for _round, call in sheet.calls() if call.visit == visit), None)
    return Held(agents=agents, begin=begin, people=len(agents))
