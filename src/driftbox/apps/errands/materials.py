"""The materials of a case: those of its matter, and those that it carries for others asked together with it."""

from driftbox.apps.pack import current_pack, known_matter
from driftbox.domain.consult.matter import Material
from driftbox.domain.docket.state import Docket


def materials_of(docket: Docket) -> dict[str, Material]:
    """Every material that a page of this case may name, by code; its own matter's come first, in their order.

    One paper has one code in every matter, so what the matter does not know is named as any other matter names it.
    """
    matters, matter = current_pack().matters, known_matter(docket)
    own = matter.materials if matter else ()
    found = {material.code: material for material in own}
    wanted = {item.code for item in docket.checklist} - set(found)
    if wanted:
        every = (material for matter in matters.values() for material in matter.materials)
        found |= {material.code: material for material in every if material.code in wanted}
    return found
