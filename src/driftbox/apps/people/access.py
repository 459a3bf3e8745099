"""Who is looking: a member of staff with roles and reach, or a resident."""

from msgspec import Struct

from driftbox.apps.pack import subtree
from driftbox.apps.people.models import Account
from driftbox.domain.errors import NotAllowed


class Viewer(Struct, frozen=True):
    """Somebody at a page: their person id, roles, and the offices that they reach."""

    person: str
    name: str
    roles: frozenset[str]
    office: str
    reach: frozenset[str]

    def role_among(self, wanted: tuple[str, ...]) -> str:
        """The first of ``wanted`` roles that this person has.

        Raises:
            NotAllowed: none of them.
        """
        for role in wanted:
            if role in self.roles:
                return role
        raise NotAllowed("not_role", "这一步不归您记。请交给能记的人，或打电话问站里。")


def staff_viewer(account: Account) -> Viewer:
    """The member of staff behind an account; supervisors reach everything below their office, as everyone does."""
    return Viewer(account.person, account.name, frozenset(account.roles), account.office, subtree(account.office))


def resident_viewer(person: str) -> Viewer:
    """A resident, who reaches only the cases they are party to."""
    return Viewer(person, "", frozenset({"resident", "helper"}), "", frozenset())
