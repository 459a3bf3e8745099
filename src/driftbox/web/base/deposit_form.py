"""What goes into a bag and the seal that closes it: the same at the box, in the crew's pocket and on the telephone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driftbox.apps.errands.deposits import Bag
from driftbox.domain.docket.entries import Item
from driftbox.domain.docket.form_state import left_to_bring
from driftbox.domain.docket.state import Docket
from driftbox.web.base.act_form import material_choices, offer
from driftbox.web.base.number_fields import bag_field, seal_field


class DepositForm(forms.Form):
    """What goes into the bag, and the seal that closes it."""

    items = forms.MultipleChoiceField(
        label=_("袋里放了哪几样？"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("还没勾放了哪几样。放了的打勾，没放的空着。")},
    )  # fmt: skip
    photo = forms.FileField(
        label=_("拍一张照片"), required=False, help_text=_("没有手机就不用拍"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip
    seal = seal_field()
    bag = bag_field()

    def __init__(self, docket: Docket, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.docket = docket
        offer(self, "items", papers_of(docket))

    def as_bag(self) -> Bag:
        """The bag that a filled form tells."""
        data = self.cleaned_data
        photo = data.get("photo")
        photos = (photo.read(),) if photo else ()
        return Bag(self.docket.id, items_of(self.docket, data["items"]), data["seal"], photos, data["bag"])


def papers_of(docket: Docket) -> list[tuple[str, str]]:
    """What can go into a bag: what the resident was asked for, does not merely show, and did not sign on the phone."""
    left = {item.code for item in left_to_bring(docket)}
    return [choice for choice in material_choices(docket, asked_only=True) if choice[0] in left]


def items_of(docket: Docket, codes: list[str]) -> tuple[Item, ...]:
    """The lines of the one list that ``codes`` name."""
    return tuple(item for item in docket.checklist if item.code in codes)
