"""The one list of a case in its three groups, as pages and paper show it: bring, used again, looked up by us."""

from datetime import date

from msgspec import Struct, structs

from driftbox.apps.dockets.queries import row_of
from driftbox.apps.errands.materials import materials_of
from driftbox.apps.errands.together import all_of, sisters_of
from driftbox.apps.pack import matter_of
from driftbox.domain.consult.matter import Material
from driftbox.domain.docket.entries import Item
from driftbox.domain.docket.form_state import signed_materials
from driftbox.domain.docket.state import Docket
from driftbox.web.base.act_forms import material_choices
from driftbox.web.base.telling import material_names, said


class Again(Struct, frozen=True):
    """A paper that is used again: its name, the case it came with, the last day it is good (None: no end).

    ``together``: it comes in the bag of a case that was asked in one go with this one.
    """

    name: str
    number: str
    until: date | None
    together: bool = False


class OneList(Struct, frozen=True):
    """What the resident brings (code and name), what is used again, what the office looks up itself.

    ``papers``: what is brought, with what a page says of each; ``signed``: codes of what was signed on the phone.
    ``others``: what was asked in one go with it, by name.
    """

    bring: list[tuple[str, str]]
    again: list[Again]
    looked_up: list[str]
    papers: list[Material]
    signed: frozenset[str]
    others: list[str]


def one_list(docket: Docket) -> OneList:
    """The list that was told, in its three groups."""
    held = [item for item in docket.checklist if item.source == "held"]
    ours = [item.code for item in docket.checklist if item.source == "office"]
    return OneList(
        material_choices(docket, asked_only=True),
        [_again(docket, item) for item in held],
        material_names(docket, ours),
        _papers(docket),
        signed_materials(docket),
        [said(matter_of(one).plain) for one in all_of(docket) if one.id != docket.id],
    )


def _papers(docket: Docket) -> list[Material]:
    known = materials_of(docket)
    asked = (item for item in docket.checklist if item.source == "resident" and item.code in known)
    return [structs.replace(known[item.code], kind=item.kind, copies=item.count) for item in asked]


def _again(docket: Docket, item: Item) -> Again:
    earlier = row_of(item.from_case or "")
    until = date.fromisoformat(item.valid_until) if item.valid_until else None
    number, name = earlier.number if earlier else "", material_names(docket, [item.code])[0]
    return Again(name, number, until, together=item.from_case in sisters_of(docket))
