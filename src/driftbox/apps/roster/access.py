"""Who may see and change a roster: the staff of the office and of those above it; directors change it."""

from driftbox.apps.people.access import Viewer
from driftbox.apps.roster.queries import rules_of
from driftbox.domain.errors import NotFound
from driftbox.domain.planning.roster_book import DIRECTOR


def require_reach(viewer: Viewer, office: str) -> str:
    """The office, for somebody who may see its roster: whoever works there or above.

    Raises:
        NotFound: anybody else, or there is no roster.
    """
    rules_of(office)
    if office not in viewer.reach:
        raise NotFound("roster.none", "这里没有排班。哪些地方排班，写在资料包里。")
    return office


def may_direct(viewer: Viewer, office: str) -> bool:
    """Whether this member of staff makes the roster of ``office``."""
    return DIRECTOR in viewer.roles and office in viewer.reach


def acting_role(viewer: Viewer, office: str) -> str:
    """The role in which somebody acts on the roster of ``office``."""
    return DIRECTOR if may_direct(viewer, office) else next(iter(sorted(viewer.roles)), "clerk")
