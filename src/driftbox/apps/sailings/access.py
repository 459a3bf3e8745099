"""Who may record sailings."""

from driftbox.apps.people.access import Viewer, staff_viewer
from driftbox.apps.people.queries import account_named
from driftbox.apps.sailings.queries import recorders


def recording_role(viewer: Viewer) -> str:
    """The role in which ``viewer`` records sailings.

    Raises:
        NotAllowed: in none.
    """
    return viewer.role_among(recorders())


def recorder_named(username: str) -> Viewer:
    """The member of staff with this user name, as who records from the command line.

    Raises:
        NotFound: there is none.
    """
    return staff_viewer(account_named(username))
