"""What the forms of a petition 信访 share: days, offices and reasons as choices, words that are sealed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.pack import current_pack
from driftbox.apps.petitions.registering import guide
from driftbox.domain.docket.petition_guide import GuideRoute, route_for
from driftbox.domain.docket.state import Docket
from driftbox.web.base.act_form import ActForm, offer
from driftbox.web.base.telling import said

MAX_WORDS = 4000
Choices = list[tuple[str, str]]


def words_field(label: Any, *, required: bool = True, rows: int = 4, help_text: Any = "") -> forms.CharField:
    """A field for words that are sealed as a paper."""
    return forms.CharField(
        label=label, max_length=MAX_WORDS, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def day_field(label: Any, help_text: Any, *, required: bool = False) -> forms.DateField:
    """A field for one day."""
    return forms.DateField(
        label=label, required=required, help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),  # a date input takes ISO only
        error_messages={"invalid": _("日子看不懂。请选一天，或空着。")},
    )  # fmt: skip


def reasons(kind: str) -> Choices:
    """The reasons that an entry of ``kind`` may give, in words."""
    return [(reason.code, said(reason.text)) for reason in guide().reasons_for(kind)]


def office_choices(docket: Docket, kinds: frozenset[str] = frozenset()) -> Choices:
    """Offices by name, departments first; never one that is complained of."""
    offices = [
        one for one in current_pack().offices.values()
        if one.code not in docket.petition.complained_offices and (not kinds or one.kind in kinds)
    ]  # fmt: skip
    offices.sort(key=lambda one: one.kind != "department")
    return [(one.code, said(one.name)) for one in offices]


def way_choices() -> Choices:
    """Every way a petition may go, by the words of the guide."""
    return [(way.code, said(way.name)) for way in guide().route]


def way_named(code: str) -> GuideRoute:
    """The way of this code; the first one for a code that is none, which a choice field never lets through."""
    return next((way for way in guide().route if way.code == code), guide().route[0])


def way_of_docket(docket: Docket) -> GuideRoute | None:
    """The way that a petition goes as it is sorted now; None while it is not sorted."""
    known = docket.petition
    return route_for(guide(), known.sort, known.route) if known.sort else None


class Words(ActForm):
    """An act whose words are sealed."""

    words = words_field(_("写明白"))


class Because(ActForm):
    """An act that gives one of the pack's reasons."""

    reason = forms.ChoiceField(label=_("为什么？"))

    def shape(self) -> None:
        """Offer the reasons of this kind of entry."""
        offer(self, "reason", reasons(self.kind))
