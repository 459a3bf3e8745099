"""The only readers of the reception log: contacts of a day, calls that are owed, and what a number tells."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import cases_for
from driftbox.apps.eventlog.queries import Read, since
from driftbox.apps.node import keys
from driftbox.apps.pack import calendar, current_pack, subtree
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import find_people, particulars_of
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound
from driftbox.domain.planning.reception import Contact, ReceptionBook, ReceptionDay, fold, reception_dates, reception_of

AHEAD = 31  # days for which reception days are listed


class Known(Struct, frozen=True, kw_only=True):
    """Somebody whose number was found, and their cases that the asker may see, the open ones first."""

    person: str
    name: str
    cases: tuple[CaseRow, ...]


class Line(Struct, frozen=True, kw_only=True):
    """A contact as somebody may see it: with its case and whom to call, or without either."""

    contact: Contact
    case: Docket | None
    name: str = ""
    phone: str = ""


def docket_of(office: str, moment: datetime) -> str:
    """The docket of the contacts of ``office`` in the local month of ``moment`` (aware)."""
    return reception_of(current_pack().id, office, f"{calendar().local_date(moment):%Y-%m}")


def load(docket: str) -> ReceptionBook:
    """The contacts in one docket."""
    return fold(read.entry for read in since(docket))


def head_after(reads: Sequence[Read]) -> tuple[str, str]:
    """The last entry id of a docket, and the digest of this node's last entry in it."""
    last = max((read.entry.id for read in reads), default="")
    mine = [read for read in reads if read.entry.node == keys().node]
    return last, max(mine, key=lambda read: read.entry.id).digest if mine else ""


def contacts_on(office: str, day: date) -> list[Contact]:
    """The contacts of ``office`` on a local day, in order of time."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=calendar().zone)
    found = load(docket_of(office, noon)).contacts.values()
    return sorted((one for one in found if calendar().local_date(one.at) == day), key=lambda one: (one.at, one.entry))


def owed(office: str, now: datetime) -> list[Contact]:
    """Whom ``office`` promised to call back and has not reached, the most urgent first; of two months."""
    before = now.astimezone(calendar().zone).replace(day=1) - timedelta(days=1)
    books = [load(docket_of(office, moment)) for moment in (before, now)]
    waiting = [one for book in books for one in book.contacts.values() if one.owed]
    return sorted(waiting, key=lambda one: (one.due or now, one.entry))


def contact_of(office: str, entry: str, now: datetime) -> tuple[str, Contact]:
    """A contact of this month or the last, with its docket.

    Raises:
        NotFound: there is none.
    """
    before = now.astimezone(calendar().zone).replace(day=1) - timedelta(days=1)
    for docket in (docket_of(office, now), docket_of(office, before)):
        contact = load(docket).contacts.get(entry)
        if contact is not None:
            return docket, contact
    raise NotFound("contact.none", "没有这一条接待。请刷新，再看一眼。")


def shown(viewer: Viewer, contacts: Sequence[Contact]) -> list[Line]:
    """Contacts with what ``viewer`` may know of them: nothing of a case that they may not see."""
    return [_line(viewer, one) for one in contacts]


def _line(viewer: Viewer, contact: Contact) -> Line:
    try:
        case = docket_for(viewer, contact.docket)
    except NotFound:
        return Line(contact=contact, case=None)
    who = particulars_of(case.applicant or case.beneficiary)
    return Line(contact=contact, case=case, name=who.name, phone=who.phone if contact.owed else "")


def known_by(viewer: Viewer, number: str) -> list[Known]:
    """Who has this phone or identity number and a case that ``viewer`` may see; nobody else is named."""
    found = []
    rows = [row for final in (False, True) for row in cases_for(viewer, final=final)] if number else []
    for person in find_people(number) if number else []:
        cases = tuple(row for row in rows if person in row.parties.split())
        if cases:
            found.append(Known(person=person, name=particulars_of(person).name, cases=cases))
    return found


def reception_days(office: str, today: date) -> list[tuple[date, ReceptionDay]]:
    """When leaders receive people in the next month, at ``office`` and above it, by day."""
    rows = [row for row in current_pack().reception_days if office in subtree(row.office)]
    return sorted(
        ((day, row) for row in rows for day in reception_dates(row, today, AHEAD, calendar())),
        key=lambda pair: (pair[0], pair[1].since),
    )
