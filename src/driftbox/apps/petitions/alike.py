"""Petitions that may be the same as one at hand 重复件、同一件: offered side by side, decided by a person.

The search is for one petition among petitions, through blinded marks, and asks what the words share; there is no way
in by a person. Only what the viewer reaches is read, and confidential ones are set beside confidential ones only,
because a link is seen from both ends.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.queries import load_many, reached_by
from driftbox.apps.node import keys
from driftbox.apps.pack import calendar
from driftbox.apps.papers.queries import read_texts
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import GONE, Particulars, particulars_of_all
from driftbox.apps.petitions.models import MarkRow
from driftbox.domain.consult.alike import Alike, Told, compare, marks
from driftbox.domain.docket.petition_watch_entries import PetitionsToldApart
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import instant

MARK = 24  # hexadecimal digits kept of a blind index, 96 bits
READ = 40  # petitions that are opened and compared, at most
ROWS = 6000  # marks looked at, newest petitions first
BATCH = 200  # petitions marked at one go; the next search marks the next
PERSON = 5  # how much sooner a petition of the same person is opened than one that shares a single pair of sounds


class Beside(Struct, frozen=True):
    """A petition to set beside the one at hand, its words, and why."""

    docket: Docket
    words: str
    alike: Alike


def told_of(dockets: Iterable[Docket]) -> dict[str, Told]:
    """What petitions tell, opened by the node itself; without a scan, which nobody has read."""
    held = {docket.id: docket for docket in dockets}
    words = read_texts((docket.id, docket.said) for docket in held.values() if docket.said)
    people = particulars_of_all(docket.beneficiary for docket in held.values() if docket.beneficiary)
    return {
        key: _told(docket, words.get(key, ""), people.get(docket.beneficiary, GONE)) for key, docket in held.items()
    }


def _told(docket: Docket, words: str, who: Particulars) -> Told:
    known = docket.petition
    return Told(
        words=words, day=calendar().local_date(instant(docket.opened_ms)), name="" if who is GONE else who.name,
        phone=who.phone, id_number=who.id_number, place=docket.office,
        complained=frozenset((*known.complained, *known.complained_offices)),
    )  # fmt: skip


def alike_to(docket: Docket, viewer: Viewer) -> list[Beside]:
    """The petitions within ``viewer``'s reach that may be the same as ``docket``, nearest first.

    Left out: its own review chain, what is linked or merged with it, and what somebody has told apart from it.
    """
    mark_new()
    mine = told_of([docket])[docket.id]
    known = docket.petition
    linked = {docket.id, known.reviewed, known.review, *known.apart, *(link.docket for link in known.links)}
    rows = CaseRow.objects.filter(
        reached_by(viewer), docket__in=_nearest(mine, linked), confidential=docket.confidential, merged_into=""
    )
    loaded = load_many(list(rows.values_list("docket", flat=True)))
    read = [one.docket for one in loaded.values() if one.docket.id and docket.id not in one.docket.petition.apart]
    others = {other.id: other for other in read}
    told = told_of(others.values())
    found = [
        Beside(others[key], told[key].words, alike) for key in others if (alike := compare(mine, told[key])) is not None
    ]
    return sorted(found, key=lambda one: (-one.alike.same_person, -one.alike.shared, one.docket.id))


def tell_apart(docket: str, other: str, *, by: str, role: str, now: datetime) -> Docket:
    """A person says that the two are not the same; neither is offered beside the other again.

    Raises:
        Refused: they are merged, or are one docket.
    """
    return record(docket, [PetitionsToldApart(docket=other)], by=by, role=role, now=now)


def _nearest(mine: Told, left_out: set[str]) -> list[str]:
    """The dockets that share most marks, so many as are worth opening."""
    persons, words = (_blinded(kinds) for kinds in marks(mine))
    rows = MarkRow.objects.filter(mark__in=[*persons, *words]).order_by("-docket").values_list("docket", "mark")[:ROWS]
    weights: Counter[str] = Counter()
    for docket, mark in rows:
        weights[docket] += PERSON if mark in persons else 1
    for docket in left_out:
        weights.pop(docket, None)
    return [docket for docket, _weight in weights.most_common(READ)]


def _blinded(kinds: Iterable[str]) -> list[str]:
    signer = keys()
    return [signer.blind("alike", one)[:MARK] for one in kinds]


def mark_new(limit: int = BATCH) -> int:
    """Mark petitions that have no marks yet, newest first; returns how many. What was erased gets an empty mark."""
    unmarked = ~Exists(MarkRow.objects.filter(docket=OuterRef("docket")))
    rows = CaseRow.objects.filter(unmarked, procedure="petition").order_by("-docket")
    waiting = list(rows.values_list("docket", flat=True)[:limit])
    told = told_of(one.docket for one in load_many(waiting).values())
    made = [
        MarkRow(docket=docket, mark=mark)
        for docket, one in told.items()
        for mark in dict.fromkeys(_blinded(kind for kinds in marks(one) for kind in kinds) or [""])
    ]
    MarkRow.objects.bulk_create(made, ignore_conflicts=True)
    return len(told)


def forget_marks(context: str) -> None:
    """Take away the marks of petitions whose key, or whose petitioner's key, was destroyed; an empty one stays."""
    rows = CaseRow.objects.filter(Q(docket=context) | Q(beneficiary=context), procedure="petition")
    dockets = list(rows.values_list("docket", flat=True))
    MarkRow.objects.filter(docket__in=dockets).delete()
    MarkRow.objects.bulk_create(MarkRow(docket=docket, mark="") for docket in dockets)
