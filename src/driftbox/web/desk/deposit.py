"""Somebody at the box is on the telephone, cannot read or has no phone that scans: the clerk fills the page in."""

import re
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.errands.box_start import serves
from driftbox.apps.errands.deposits import deposit
from driftbox.apps.people.queries import particulars_of
from driftbox.domain.custody.scan import Kept
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import DriftboxError
from driftbox.web.base.deposit_form import DepositForm
from driftbox.web.base.hand import hand_of, say_notes
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.number_fields import NumberField, read_out
from driftbox.web.base.standing import standing_of
from driftbox.web.base.viewer import staff_page, viewer_of


class PhoneDepositForm(DepositForm):
    """The same as at the box, with the box's number and who stands there."""

    box = NumberField("box", label=_("箱上的号"), help_text=_("请他念箱上的大字，如 BX-1000 0123"))
    by = forms.ChoiceField(label=_("谁在箱边？"), required=False)
    field_order = ("box", "by", "items", "seal", "bag")

    def __init__(self, docket: Docket, *args: Any, **more: Any) -> None:
        super().__init__(docket, *args, **more)
        del self.fields["photo"]  # nobody can photograph down a telephone
        named = [(person, particulars_of(person).name) for person in docket.parties if person]
        cast("forms.ChoiceField", self.fields["by"]).choices = [*named, ("", _("别人，替他放的"))]
        self.fields["seal"].help_text = _("请他一位一位念，字母可以不念；您再念回去")

    def clean_box(self) -> str:
        """The number of a box in service; nobody reads the hyphen of an old label out."""
        typed: str = self.cleaned_data["box"]
        spelt = re.sub(r"^([A-Z]+)(?=[0-9])", r"\1-", typed)
        return spelt if serves(spelt) else typed


@staff_page("clerk", "director")
@require_http_methods(["GET", "POST"])
def deposit_by_phone(request: HttpRequest, docket: UUID) -> HttpResponse:
    """Put a bag into a box for somebody on the telephone: they do it, the clerk types it."""
    viewer = viewer_of(request)
    state = docket_for(viewer, str(docket))
    form = PhoneDepositForm(state, request.POST or None, initial={"by": state.applicant})
    context = {"s": standing_of(state, now_of(request)), "form": form, "sentence": ""}
    if request.method != "POST":
        return render(request, "desk/deposit.html", context)
    if form.is_valid():
        hand = hand_of(request, by=form.cleaned_data["by"], role="depositor", recorder=viewer.person)
        try:
            deposit(form.cleaned_data["box"], form.as_bag(), hand)
        except Kept as kept:
            messages.warning(request, sentence_of(kept))
            return redirect("desk:case", docket=state.id)
        except DriftboxError as refusal:
            context["sentence"] = sentence_of(refusal)
        else:
            say_notes(request, hand)
            seal = read_out(form.cleaned_data["seal"])
            messages.success(request, gettext("放好了。封条号念给他再对一遍：{seal}").format(seal=seal))
            return redirect("desk:case", docket=state.id)
    return render(request, "desk/deposit.html", context, status=400)
