"""What does not agree: photograph it, tell both ends, settle it; and originals that should be back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from driftbox.apps.custody.queries import is_box
from driftbox.apps.custody.queries import load_box as fold_box
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.errands.carriage import tell_cases
from driftbox.apps.errands.hands import Hand, note, note_on_box, open_on_box, open_on_case
from driftbox.apps.eventlog.actions import together
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.papers.actions import make_key, seal_file
from driftbox.apps.papers.queries import keys_of
from driftbox.apps.parcels.models import IncidentRow
from driftbox.apps.parcels.queries import held_originals
from driftbox.apps.parcels.queries import open_incidents as rows
from driftbox.domain.custody.state import Box
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import incident_entries as i
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.domain.log.ids import instant


def open_incident(docket: str, opened: i.IncidentOpened, hand: Hand) -> None:
    """Say that something on a case or a box does not agree; the same one is not opened twice.

    Raises:
        NotFound: there is no such case or box here.
    """
    with together():
        if is_box(docket):
            open_on_box(docket, opened, hand)
        else:
            open_on_case(docket, opened, hand)


def photograph(docket: str, incident: str, photos: Sequence[bytes], hand: Hand) -> Docket | Box:
    """Keep photographs of an incident, sealed under the key of its case or box.

    Raises:
        Refused: no such incident, or it is settled; nothing was written.
        BadPaper: a photo that is none.
    """
    with together():
        if is_box(docket) and not keys_of([docket]):  # boxes from before there were incidents
            make_key(docket, now=hand.now)
        papers = tuple(seal_file(docket, photo, now=hand.now) for photo in photos)
        return note(docket, [i.IncidentPhotographed(incident=incident, papers=papers)], hand)


def notify(docket: str, incident: str, to: Sequence[i.End], hand: Hand) -> Docket | Box:
    """Record that the ends of the way were told.

    Raises:
        Refused: not photographed yet, or settled.
    """
    return note(docket, [i.IncidentNotified(incident=incident, to=tuple(to))], hand)


def settle(docket: str, incident: str, how: i.How, reason: str, hand: Hand) -> Docket | Box:
    """Decide how an incident ends. ``as_seen`` on a box: it is where it was seen, and the cases in it learn of it.

    Raises:
        Refused: something comes first, or it is settled already.
        NotAllowed: this role does not decide it.
    """
    settled = i.IncidentSettled(incident=incident, how=how, reason=reason)
    if not is_box(docket):
        return note(docket, [settled], hand)
    with together():
        before = fold_box(docket)
        box = note_on_box(docket, [settled], hand)
        if (before.where, before.place, before.sailing) != (box.where, box.place, box.sailing):
            tell_cases(docket, box, lambda parcel: _moved(box, parcel), hand)
    return box


def _moved(box: Box, parcel: str) -> Body:
    if box.where == "pier":
        return e.ParcelLanded(parcel=parcel, place=box.place)
    return e.ParcelLoaded(
        parcel=parcel, sailing=box.sailing or "unknown", origin=box.place, destination=box.destination or box.place
    )


def open_incidents(dockets: Sequence[str] | None = None) -> list[IncidentRow]:
    """Incidents of cases and boxes that are not settled, oldest first; only those of ``dockets`` when given."""
    return rows(dockets)


class OriginalDue(Struct, frozen=True):
    """Originals that we hold: of which case, how many, since when, back by which local day, whether that is past."""

    docket: str
    number: str
    code: str
    count: int
    since: datetime
    due: date
    overdue: bool


def originals_due(now: datetime, *, overdue_only: bool = False) -> list[OriginalDue]:
    """Originals that are with us, longest first, counted from ``now``; nothing waits for a job in the background.

    Empty when the pack does not say how long originals may stay (setting ``originals_back_days``).
    """
    days = current_pack().settings.get("originals_back_days")
    if not isinstance(days, int):
        return []
    today = calendar().local_date(now)
    held = held_originals()
    numbers = dict(CaseRow.objects.filter(pk__in={row.docket for row in held}).values_list("docket", "number"))
    found = []
    for row in held:
        since = instant(row.since)
        due = calendar().local_date(since) + timedelta(days=days)
        one = OriginalDue(row.docket, numbers.get(row.docket, ""), row.code, row.count, since, due, due < today)
        if one.overdue or not overdue_only:
            found.append(one)
    return found
