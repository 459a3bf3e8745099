"""What the form of every act is made of."""

from datetime import datetime
from typing import Any, cast

from django import forms

from driftbox.apps.errands.hands import Hand
from driftbox.apps.errands.materials import materials_of
from driftbox.apps.node import can_read
from driftbox.apps.recognition.queries import ticked_by
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.web.base.signing import Seal
from driftbox.web.base.telling import said


class ActForm(forms.Form):
    """An act without fields; ``button`` is the verb on it."""

    button: Any = ""
    kind = ""
    by_hand = False
    leads = False  # it moves the case on, so its button is the orange one
    camera = False  # papers may be photographed to be ticked

    def __init__(self, docket: Docket, person: str, *args: Any, **kwargs: Any) -> None:
        self.docket, self.person = docket, person
        kwargs.setdefault("auto_id", f"{self.kind.replace('.', '-')}-%s")  # many forms share a page
        super().__init__(*args, **kwargs)
        self.shape()

    def shape(self) -> None:
        """Fill choices from the docket."""

    def foresee(self, now: datetime) -> None:
        """Propose what depends on the moment."""

    def bodies(self, seal: Seal) -> list[Body]:
        """The entry bodies of this act; ``seal`` keeps words and pictures as papers."""
        del seal
        return []

    def carry_out(self, hand: Hand) -> Docket:
        """Do it where a box is part of it and bodies alone would not do; only when ``by_hand``."""
        raise NotImplementedError


def offer(form: forms.Form, field: str, choices: list[tuple[str, str]]) -> None:
    """Give a choice field its choices."""
    cast("forms.ChoiceField", form.fields[field]).choices = choices


def ticked_from_photos(form: ActForm, field: str) -> None:
    """Tick what this person confirmed from photographs, and offer to photograph more; they still press the button."""
    form.camera = can_read()
    form.fields[field].initial = ticked_by(form.docket.id, form.person)


def all_materials(docket: Docket) -> list[tuple[str, str]]:
    """Every material of the docket's matter by name, whether asked for or not."""
    return [(material.code, said(material.name)) for material in materials_of(docket).values()]


def material_choices(docket: Docket, *, asked_only: bool = False) -> list[tuple[str, str]]:
    """The materials of a docket's one list by name; ``asked_only``: those that the resident was asked for."""
    wanted = {item.code for item in docket.checklist if not asked_only or item.source == "resident"}
    return [choice for choice in all_materials(docket) if choice[0] in wanted]
