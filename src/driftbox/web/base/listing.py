"""The one list of a case in its three groups, as pages and paper show it: bring, used again, looked up by us."""

from datetime import date

from msgspec import Struct

from driftbox.apps.dockets.queries import row_of
from driftbox.domain.docket.entries import Item
from driftbox.domain.docket.state import Docket
from driftbox.web.base.act_forms import material_choices
from driftbox.web.base.telling import material_names


class Again(Struct, frozen=True):
    """A paper that is used again: its name, the case it came with, the last day it is good (None: no end)."""

    name: str
    number: str
    until: date | None


class OneList(Struct, frozen=True):
    """What the resident brings (code and name), what is used again, what the office looks up itself."""

    bring: list[tuple[str, str]]
    again: list[Again]
    looked_up: list[str]


def one_list(docket: Docket) -> OneList:
    """The list that was told, in its three groups."""
    held = [item for item in docket.checklist if item.source == "held"]
    ours = [item.code for item in docket.checklist if item.source == "office"]
    return OneList(
        material_choices(docket, asked_only=True),
        [_again(docket, item) for item in held],
        material_names(docket, ours),
    )


def _again(docket: Docket, item: Item) -> Again:
    earlier = row_of(item.from_case or "")
    until = date.fromisoformat(item.valid_until) if item.valid_until else None
    return Again(material_names(docket, [item.code])[0], earlier.number if earlier else "", until)
