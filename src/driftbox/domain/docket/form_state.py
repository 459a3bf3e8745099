"""Which forms of a case are signed by whom, and what is left to bring. Immutable: an effect puts a copy in place."""

from typing import Protocol

from msgspec import Struct

from driftbox.domain.docket.items import Item


class FormState(Struct, frozen=True, kw_only=True):
    """One form of a case: who was asked, who signed, and how many others have to sign."""

    form: str
    material: str
    asked: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    others: int = 0

    def complete(self, principal: str) -> bool:
        """Whether ``principal``, everybody who was asked, and as many others as there are have signed."""
        others = [one for one in self.signed if one != principal]
        return principal in self.signed and set(self.asked) <= set(self.signed) and len(others) >= self.others


class Signed(Protocol):
    """What these functions need to know of a docket."""

    @property
    def beneficiary(self) -> str: ...
    @property
    def forms(self) -> tuple[FormState, ...]: ...
    @property
    def checklist(self) -> tuple[Item, ...]: ...


def form_of(docket: Signed, form: str) -> FormState | None:
    """How the form of this code stands; None when nobody was asked and nobody signed."""
    return next((one for one in docket.forms if one.form == form), None)


def signed_materials(docket: Signed) -> frozenset[str]:
    """The materials on the list that are signed on the phone by everybody, so that nobody has to bring them."""
    return frozenset(one.material for one in docket.forms if one.complete(docket.beneficiary))


def left_to_bring(docket: Signed) -> tuple[Item, ...]:
    """What the resident has to hand in, whether it came already or not; not what is only shown, held or signed."""
    done = signed_materials(docket)
    asked = (item for item in docket.checklist if item.source == "resident" and item.kind != "shown")
    return tuple(item for item in asked if item.code not in done)
