"""Who may change the words of a pack: directors of the root bureau."""

from driftbox.apps.pack import disk_pack
from driftbox.apps.people.access import Viewer
from driftbox.domain.errors import NotAllowed

ROLE = "director"


def may_change(viewer: Viewer) -> bool:
    """Whether this member of staff is a director at the top of the tree of offices."""
    office = disk_pack().offices.get(viewer.office)
    return ROLE in viewer.roles and office is not None and not office.parent


def require_editor(viewer: Viewer) -> str:
    """The person id of somebody who may change the pack.

    Raises:
        NotAllowed: anybody else.
    """
    if not may_change(viewer):
        raise NotAllowed("pack.not_yours", "事项归区里的站长改。哪里写得不对，请打电话告诉他们。")
    return viewer.person
