"""What the person of a phone may say: in a role of theirs, of what concerns them."""

from django.db.models import Q

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import entries_of, reached_by
from driftbox.apps.people.access import staff_viewer
from driftbox.apps.people.queries import account_of
from driftbox.domain.custody.entries import KINDS as BOX_KINDS
from driftbox.domain.docket.entries import KINDS as CASE_KINDS
from driftbox.domain.docket.entries import TaskClaimed
from driftbox.domain.log.entry import Entry
from driftbox.domain.planning.reception import KINDS as RECEPTION_KINDS

OF_PHONES = CASE_KINDS.keys() | BOX_KINDS.keys() | RECEPTION_KINDS.keys()


def may_say(entry: Entry) -> bool:
    """Whether ``entry.by`` works here in ``entry.role`` and reaches the case: now, or had it in hand, because what
    was done at sea before it changed hands still arrives. What nobody here knows yet is theirs to begin.
    """
    account = account_of(entry.by)
    if account is None or entry.role not in account.roles or entry.kind not in OF_PHONES:
        return False
    case = CaseRow.objects.filter(pk=entry.docket)
    had = Q(hands__contains=f" {entry.by} ", confidential=False)
    return not case.exists() or case.filter(reached_by(staff_viewer(account)) | had).exists()


def was_theirs(entry: Entry) -> bool:
    """As ``may_say``, of what was refused before: that somebody was given the case after they had recorded it does not
    make it theirs, or an old refused act would fire by itself. A person may still let it count.
    """
    if not may_say(entry):
        return False
    claims = [one.id for one in entries_of(entry.docket) if _gives(one, entry.by)]
    return not claims or min(claims) < entry.id


def _gives(entry: Entry, person: str) -> bool:
    return isinstance(entry.body, TaskClaimed) and entry.body.agent == person
