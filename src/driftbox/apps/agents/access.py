"""Who may look after agents: directors and supervisors, of the offices below their own."""

from typing import Final

from driftbox.apps.people.access import Viewer
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import account_of_anybody
from driftbox.domain.errors import NotAllowed, NotFound

KEEPERS: Final = ("director", "supervisor")


def agent_account(viewer: Viewer, person: str) -> Account:
    """The account of an agent of an office that ``viewer`` looks after.

    Raises:
        NotAllowed: the viewer looks after nobody.
        NotFound: no such person there; never says which.
    """
    if not viewer.roles & set(KEEPERS):
        raise NotAllowed("not_keeper", "代办员的名册归站长管，什么都没有改。要改，请告诉站长。")
    account = account_of_anybody(person)
    if account is None or account.office not in viewer.reach:
        raise _nobody()
    return account


def ledger_account(viewer: Viewer, person: str) -> Account:
    """The account whose ledger ``viewer`` may read: one's own, or that of an agent one looks after.

    Raises:
        NotFound: no such person there; never says which.
    """
    account = account_of_anybody(person) if person == viewer.person else None
    if account is None and not viewer.roles & set(KEEPERS):
        raise _nobody()
    return account or agent_account(viewer, person)


def _nobody() -> NotFound:
    return NotFound("no_agent", "没有这位代办员，或者不归您管。请回名册里找。")
