"""Which dockets concern a peer, asked of the rows that folded states were projected into."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from django.db.models import Min, QuerySet
from msgspec import Struct

from driftbox.apps.custody.models import BoxRow
from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.eventlog.models import EntryRow, NodeRow
from driftbox.apps.eventlog.queries import since_of
from driftbox.apps.pack import current_pack, disk_pack, line_up, subtree
from driftbox.apps.packdesk import queries as packdesk
from driftbox.apps.people.models import Account
from driftbox.apps.roster.queries import docket_of as roster_of
from driftbox.apps.sailings import queries as sailings
from driftbox.apps.sync.models import PeerRow, ShareRow
from driftbox.domain.planning.reception import KINDS as CONTACTS
from driftbox.domain.sync.concern import HUB, Facts, Place, concerns

AT_ONCE = 300
CASE = ("docket", "office", "department", "agent", "handler", "asked", "complained", "access", "confidential")


class _Kind(Struct):
    """As much of an envelope as says what it is about."""

    kind: str


_decode = msgspec.json.Decoder(_Kind).decode


class World(Struct, frozen=True):
    """What is the same for every docket: where everybody works, and whose books there are."""

    office_of: dict[str, str]
    custodians: frozenset[str]
    rosters: dict[str, str]
    everybody: frozenset[str]


def world() -> World:
    """The world as it stands."""
    accounts = list(Account.objects.values_list("person", "office", "roles", "is_active"))
    return World(
        {person: office for person, office, _roles, _active in accounts},
        frozenset(office for _person, office, roles, active in accounts if active and "custodian" in roles),
        {roster_of(office): office for office in current_pack().rosters},
        frozenset({sailings.docket(), packdesk.docket()}),
    )


def place_of(node: NodeRow) -> Place:
    """A peer as the question needs it."""
    reach, offices = subtree(node.office), disk_pack().offices
    piers = frozenset(offices[code].pier for code in reach if offices[code].pier)
    return Place(role=node.role, reach=reach, line=frozenset(line_up(node.office)), piers=piers)


def refresh(peer: str, node: NodeRow, *, top: int) -> None:
    """Bring the shares of ``peer`` up to ``top``: what concerns it now and did not goes whole; what no longer does ends
    there. Only dockets that were touched are asked, all of them when office, pack or people changed.
    """
    place = place_of(node)
    if place.role == HUB:
        return
    around, row = world(), PeerRow.objects.get(pk=peer)
    scope = _scope(place, around)
    after = row.scanned if row.scope == scope else 0
    touched = EntryRow.objects.filter(seq__gt=after, seq__lte=top).values_list("docket", flat=True)
    dockets = list(touched.order_by("docket").distinct())
    for first in range(0, len(dockets), AT_ONCE):
        _share(peer, place, around, dockets[first : first + AT_ONCE], top)
    PeerRow.objects.filter(pk=peer).update(scanned=top, scope=scope)


def _scope(place: Place, around: World) -> str:
    told = [place.role, sorted(place.reach), sorted(place.line), sorted(place.piers), sorted(around.office_of.items()),
            sorted(around.custodians)]  # fmt: skip
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:43]


def _share(peer: str, place: Place, around: World, dockets: Sequence[str], top: int) -> None:
    wanted = {docket for docket, facts in facts_of(dockets, around) if concerns(place, facts)}
    held = {row.docket: row for row in ShareRow.objects.filter(peer=peer, docket__in=dockets)}
    fresh = [ShareRow(peer=peer, docket=one, begun=top) for one in sorted(wanted - held.keys())]
    ShareRow.objects.bulk_create(fresh, batch_size=AT_ONCE)
    back = [one for one in wanted & held.keys() if held[one].ended is not None]
    ShareRow.objects.filter(peer=peer, docket__in=back).update(begun=top, ended=None)
    ShareRow.objects.filter(peer=peer, docket__in=held.keys() - wanted, ended=None).update(ended=top)


def facts_of(dockets: Sequence[str], around: World) -> Iterator[tuple[str, Facts]]:
    """What matters of each docket; one of which nothing can be said yet is left out."""
    cases = {row[0]: row for row in _cases(dockets)}
    boxes = {row.docket: row for row in BoxRow.objects.filter(docket__in=dockets)}
    riding = {held["case"] for row in boxes.values() for held in row.parcels}
    carried = {row[0]: row for row in _cases(sorted(riding))}
    others = [one for one in dockets if one not in cases and one not in boxes and one not in around.everybody]
    contacts = _contacts([one for one in others if one not in around.rosters], around)
    for docket in dockets:
        if docket in cases:
            yield docket, _case(cases[docket], around)
        elif docket in boxes:
            yield docket, _box(boxes[docket], carried, around)
        elif docket in around.everybody:
            yield docket, Facts(sort="book")
        elif docket in around.rosters:
            yield docket, Facts(sort="book", book=frozenset({around.rosters[docket]}))
        elif docket in contacts:
            yield docket, Facts(sort="book", book=contacts[docket])


def _cases(dockets: Sequence[str]) -> "QuerySet[CaseRow, tuple[str, ...]]":
    return CaseRow.objects.filter(docket__in=dockets).values_list(*CASE)


def _case(row: Sequence[str], around: World) -> Facts:
    _docket, office, department, agent, handler, asked, complained, access, confidential = row
    hands = _offices((agent, handler, asked), around)
    secret = _offices((handler, *access.split()), around) | ({department} & around.custodians)
    blamed = complained.split()
    return Facts(
        sort="case", offices=hands | frozenset(filter(None, (office, department))), confidential=bool(confidential),
        secret=secret, complained=_offices(blamed, around) | frozenset(blamed),
    )  # fmt: skip


def _box(row: BoxRow, carried: dict[str, tuple[str, ...]], around: World) -> Facts:
    offices: frozenset[str] = frozenset()
    for held in row.parcels:
        case = carried.get(held["case"])
        offices |= _case(case, around).offices if case else frozenset()
    return Facts(sort="box", offices=offices, piers=frozenset(filter(None, (row.pier, row.place, row.destination))))


def _contacts(dockets: Sequence[str], around: World) -> dict[str, frozenset[str]]:
    """The books of contacts among ``dockets``, with the offices of those who wrote in them."""
    firsts = EntryRow.objects.filter(docket__in=dockets).values("docket").annotate(first=Min("seq")).values("first")
    begun = EntryRow.objects.filter(seq__in=firsts).values_list("docket", "raw")
    books = [docket for docket, raw in begun if _decode(bytes(raw)).kind in CONTACTS]
    found = {
        docket: _offices((read.entry.by for read in reads), around) for docket, reads in since_of(books).items()
    }  # fmt: skip
    return {docket: offices for docket, offices in found.items() if offices}


def _offices(persons: Iterable[str], around: World) -> frozenset[str]:
    return frozenset(around.office_of[person] for person in persons if person in around.office_of)
