"""Forms of the roster: one for each thing that can be said of it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.domain.log.entry import Body
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.planning.roster import Slot
from driftbox.web.base.duty import hours_of
from driftbox.web.base.telling import said

Choices = Sequence[tuple[str, str]]
PEOPLE: Final = "person"  # who shares the shifts
STAFF: Final = "staff"  # everybody who works there
WEEKDAYS: Final = [
    ("1", _("周一")), ("2", _("周二")), ("3", _("周三")), ("4", _("周四")), ("5", _("周五")),
    ("6", _("周六")), ("7", _("周日")),
]  # fmt: skip


def slot_key(day: date, shift: str) -> str:
    """A shift of a day as the value of a choice."""
    return f"{day.isoformat()}|{shift}"


def slot_choices(slots: Sequence[Slot]) -> list[tuple[str, str]]:
    """Shifts to choose from, each with its day and hours."""
    return [
        (slot_key(one.day, one.shift.code), f"{one.day.month}-{one.day.day} {said(one.shift.name)} {hours_of(one)}")
        for one in slots
    ]


class ActForm(forms.Form):
    """What somebody says of the roster; ``body`` makes the entry of it. ``of``: among whom people are chosen."""

    of = PEOPLE

    def choose(self, name: str, choices: Choices) -> None:
        """Offer these choices."""
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [*([] if field.required else [("", "—")]), *choices]

    def split(self, name: str) -> tuple[str, str]:
        """The day and the shift of a chosen slot; two empty texts when none was."""
        day, _bar, shift = str(self.cleaned_data[name]).partition("|")
        return day, shift

    def body(self, me: str, *, needs_yes: bool) -> Body:
        """The entry that this form stands for."""
        raise NotImplementedError


class SwapForm(ActForm):
    """Ask a colleague to take over a shift of mine."""

    slot = forms.ChoiceField(label=_("我的哪一班"))
    person = forms.ChoiceField(label=_("请谁来上"))
    back = forms.ChoiceField(label=_("我替他上哪一班"), required=False)

    def body(self, me: str, *, needs_yes: bool) -> Body:  # noqa: ARG002 - the signer is in the envelope
        """See ``ActForm``."""
        day, shift = self.split("slot")
        back_day, back_shift = self.split("back")
        return f.SwapAsked(
            day=day, shift=shift, taker=self.cleaned_data["person"], back_day=back_day, back_shift=back_shift,
            needs_yes=needs_yes,
        )  # fmt: skip


class SickForm(ActForm):
    """Somebody cannot come."""

    slot = forms.ChoiceField(label=_("哪一班"))
    person = forms.ChoiceField(label=_("谁来不了"), required=False)

    def body(self, me: str, *, needs_yes: bool) -> Body:  # noqa: ARG002 - a swap's
        """See ``ActForm``."""
        day, shift = self.split("slot")
        return f.SickReported(day=day, shift=shift, person=self.cleaned_data["person"] or me)


class StandInForm(ActForm):
    """Somebody takes a shift besides."""

    slot = forms.ChoiceField(label=_("哪一班"))
    person = forms.ChoiceField(label=_("谁来顶"))

    def body(self, me: str, *, needs_yes: bool) -> Body:  # noqa: ARG002 - a swap's
        """See ``ActForm``."""
        day, shift = self.split("slot")
        return f.StandInNamed(day=day, shift=shift, person=self.cleaned_data["person"])


class LeaveForm(ActForm):
    """Somebody is away."""

    of = STAFF

    person = forms.ChoiceField(label=_("谁"))
    since = forms.DateField(label=_("从哪天"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("到哪天"), widget=forms.DateInput(attrs={"type": "date"}))

    def body(self, me: str, *, needs_yes: bool) -> Body:  # noqa: ARG002 - the signer is in the envelope
        """See ``ActForm``."""
        data = self.cleaned_data
        return f.LeaveGranted(person=data["person"], since=data["since"].isoformat(), until=data["until"].isoformat())


class MemberForm(ActForm):
    """How somebody is put on duty."""

    of = STAFF

    person = forms.ChoiceField(label=_("谁"))
    fixed = forms.ChoiceField(label=_("固定上哪一班"), required=False, help_text=_("轮班的空着"))
    weekdays = forms.MultipleChoiceField(
        label=_("哪几天在岛上"), choices=WEEKDAYS, initial=[code for code, _name in WEEKDAYS],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def body(self, me: str, *, needs_yes: bool) -> Body:  # noqa: ARG002 - the signer is in the envelope
        """See ``ActForm``."""
        data = self.cleaned_data
        return f.MemberSet(
            person=data["person"], fixed=data["fixed"], weekdays=tuple(int(one) for one in data["weekdays"])
        )  # fmt: skip


class NoteForm(ActForm):
    """What the next shift has to know."""

    slot = forms.ChoiceField(label=_("哪一班交的"))
    words = forms.CharField(
        label=_("给下一班留的话"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("谁还等回话、哪条船停了、哪袋没到。写完就封起来，只有这里的人能看。"),
    )  # fmt: skip


class SwapAnswerForm(ActForm):
    """Yes or no to a swap, of the one who was asked or of the director."""

    swap = forms.UUIDField()
    yes = forms.ChoiceField(choices=[("1", "1"), ("0", "0")])

    def says_yes(self) -> bool:
        """Whether the answer is yes."""
        return bool(self.cleaned_data["yes"] == "1")


FORMS: Final[dict[str, type[ActForm]]] = {
    "swap": SwapForm, "sick": SickForm, "stand_in": StandInForm, "leave": LeaveForm, "member": MemberForm,
}  # fmt: skip


def offered(form: ActForm, choices: dict[str, Any]) -> ActForm:
    """The form with the choices for each of its fields that has some."""
    for name, listed in {**choices, PEOPLE: choices.get(form.of, choices[PEOPLE])}.items():
        if name in form.fields:
            form.choose(name, listed)
    return form
