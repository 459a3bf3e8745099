"""The forms of an incident: say that there is one, photograph it, tell both ends, settle it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from driftbox.apps.errands import incidents as act
from driftbox.apps.errands.hands import Hand
from driftbox.domain.custody.state import Box, Held
from driftbox.domain.docket.incident import Incident
from driftbox.domain.docket.incident_entries import End, How, IncidentOpened, What
from driftbox.domain.docket.state import Docket
from driftbox.web.base.incident_words import ENDS, HOW, REASONS, what_words

Holder = Docket | Box
SAYS: tuple[What, ...] = ("damage", "shortage", "broken_seal", "out_of_place", "originals_overdue")
HOWS: dict[str, tuple[How, ...]] = {
    "shortage": ("found", "replaced", "accepted", "lost"),
    "surplus": ("returned", "accepted"),
    "damage": ("replaced", "accepted"),
    "broken_seal": ("accepted", "misread", "replaced"),
    "seal_twice": ("misread", "accepted"),
    "unknown_parcel": ("found", "as_believed", "returned"),
    "no_case": ("found", "returned"),
    "out_of_place": ("as_seen", "as_believed", "found", "lost"),
    "clock_off": ("as_believed", "accepted"),
    "originals_overdue": ("returned", "accepted", "lost"),
}


class PhotographForm(forms.Form):
    """A photograph of it as it was found."""

    button = _("拍好了，留底")
    photo = forms.FileField(
        label=_("照片"), help_text=_("先拍，再动它"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        error_messages={"required": _("还没有照片。请拍一张。"), "empty": _("这张照片是空的。请再拍一张。")},
    )  # fmt: skip

    def carry_out(self, docket: str, entry: str, hand: Hand) -> None:
        """Keep it."""
        act.photograph(docket, entry, [self.cleaned_data["photo"].read()], hand)


class NotifyForm(forms.Form):
    """Who was told."""

    button = _("都说过了")
    to = forms.MultipleChoiceField(
        label=_("跟谁说过了？"), choices=list(ENDS.items()), widget=forms.CheckboxSelectMultiple,
        initial=["sender", "receiver"], help_text=_("交的人、收的人，两头都要说"),
        error_messages={"required": _("还没勾跟谁说过了。")},
    )  # fmt: skip

    def carry_out(self, docket: str, entry: str, hand: Hand) -> None:
        """Record it."""
        act.notify(docket, entry, cast("Sequence[End]", self.cleaned_data["to"]), hand)


class SettleForm(forms.Form):
    """How it ends, and why."""

    button = _("就这么定")
    how = forms.ChoiceField(label=_("怎么样了？"))
    reason = forms.ChoiceField(label=_("凭什么这么定？"), choices=list(REASONS.items()))

    def __init__(self, what: str, *args: Any, only: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        hows = only or (*HOWS.get(what, ("accepted",)), *(() if "misread" in HOWS.get(what, ()) else ("misread",)))
        cast("forms.ChoiceField", self.fields["how"]).choices = [(how, str(HOW[how])) for how in hows]

    def carry_out(self, docket: str, entry: str, hand: Hand) -> None:
        """Record it."""
        act.settle(docket, entry, self.cleaned_data["how"], self.cleaned_data["reason"], hand)


class OpenForm(forms.Form):
    """Say that something does not agree."""

    what = forms.ChoiceField(label=_("怎么了？"), widget=forms.RadioSelect)
    parcel = forms.ChoiceField(label=_("哪一袋？"), required=False)

    def __init__(self, holder: Holder, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        cast("forms.ChoiceField", self.fields["what"]).choices = [(what, what_words(what)) for what in SAYS]
        known = [(one.parcel if isinstance(one, Held) else one.id, _seal(one.seal)) for one in holder.parcels.values()]
        cast("forms.ChoiceField", self.fields["parcel"]).choices = [("", gettext("不是哪一袋的事")), *known]

    def carry_out(self, docket: str, hand: Hand) -> None:
        """Record it."""
        data = self.cleaned_data
        act.open_incident(docket, IncidentOpened(what=data["what"], parcel=data["parcel"] or None), hand)


def _seal(number: str) -> str:
    return gettext("封条 {seal}").format(seal=number) if number else gettext("没有封条的一袋")


FORMS: dict[str, str] = {
    "photograph": "incident.photographed",
    "notify": "incident.notified",
    "settle": "incident.settled",
}


def form_of(what: str, one: Incident, *args: Any, only: tuple[str, ...] = ()) -> Any:
    """The form of an act on an incident."""
    if what == "settle":
        return SettleForm(one.what, *args, only=only)
    return PhotographForm(*args) if what == "photograph" else NotifyForm(*args)
