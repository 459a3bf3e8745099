"""The only readers of cases."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection
from django.db.models import Q
from msgspec import Struct

from driftbox.apps.dockets.models import CaseRow
from driftbox.apps.dockets.numbers import shown_numbers
from driftbox.apps.eventlog.queries import Head, Read, since, since_of, turn_of
from driftbox.apps.node import keys
from driftbox.apps.pack import line_up, tables
from driftbox.apps.people.access import Viewer
from driftbox.domain.docket.fold import extend, fold
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Entry

KEPT = 512


class Loaded(Struct, frozen=True):
    """A folded docket, how far the table was read for it, where this node has to go on, and of which turn it is."""

    docket: Docket
    seq: int
    head: Head
    turn: int = 0


_kept: dict[str, Loaded] = {}


def load(docket_id: str) -> Loaded:
    """The docket as the log has it now. Folded states are kept; only what is new since is read and folded.

    The state returned belongs to nobody else and may be folded further.
    """
    held, turn = _kept.get(docket_id), turn_of(docket_id)
    if held and held.turn != turn:  # something of it counts no longer, or counts again
        held = None
    reads = since(docket_id, held.seq if held else 0)
    if held and not reads:
        return Loaded(fork(held.docket), held.seq, held.head, turn)
    if held and all(read.entry.id > held.head.last for read in reads):
        state = extend(fork(held.docket), sorted((r.entry for r in reads), key=lambda e: e.id), tables())
    else:
        reads = since(docket_id)
        held = None
        state = fold((read.entry for read in reads), tables())
        state.number = shown_numbers([docket_id]).get(docket_id, state.number)
    return keep(docket_id, _loaded(state, reads, held.head.prev if held else "", turn))


def load_many(docket_ids: Sequence[str]) -> dict[str, Loaded]:
    """Many dockets as the log has them now, read in one query; nothing of them is kept."""
    found = {
        docket: _loaded(fold((read.entry for read in reads), tables()), reads)
        for docket, reads in since_of(docket_ids).items()
    }
    for docket, number in shown_numbers(docket_ids).items():
        found[docket].docket.number = number
    return found


def _loaded(state: Docket, reads: Sequence[Read], prev: str = "", turn: int = 0) -> Loaded:
    """A folded state with where this node has to go on; ``prev`` when none of ``reads`` is its own."""
    mine = [read for read in reads if read.entry.node == keys().node]
    own = max(mine, key=lambda read: read.entry.id).digest if mine else prev
    return Loaded(state, reads[-1].seq if reads else 0, Head(state.last, own), turn)


def keep(docket_id: str, loaded: Loaded) -> Loaded:
    """Remember a copy of a folded state. Inside a transaction nothing is kept: it may be undone."""
    if not connection.in_atomic_block:
        remember(docket_id, Loaded(fork(loaded.docket), loaded.seq, loaded.head, loaded.turn))
    return loaded


def remember(docket_id: str, loaded: Loaded) -> None:
    """Remember a folded and committed state that nobody else will change; the oldest one makes room."""
    if docket_id not in _kept and len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[docket_id] = loaded


def forget(docket_id: str) -> None:
    """Drop a kept state, so that the next reader folds it afresh."""
    _kept.pop(docket_id, None)


def entries_of(docket_id: str) -> list[Entry]:
    """The entries of a docket in id order."""
    return sorted((read.entry for read in since(docket_id)), key=lambda entry: entry.id)


def marked_entries(docket_id: str) -> list[tuple[Entry, str]]:
    """The entries in id order, each with the short form of its digest, as pages show it beside the signer."""
    reads = sorted(since(docket_id), key=lambda read: read.entry.id)
    return [(read.entry, read.digest[:8].upper()) for read in reads]


def reached_by(viewer: Viewer) -> Q:
    """The condition under which ``viewer`` reaches a case: office subtree, department, agent, who is asked to be
    the agent, handler, or party.

    A confidential one is reached by its parties, its handler, whoever the identity custodian let in, and the custodian
    of its department; never by an agent, nor by anybody complained of, or in an office complained of (Regulation on
    Petition Work, Art. 30).
    """
    if not viewer.person:
        return Q(pk="")
    party = Q(parties__contains=viewer.person)
    if not viewer.reach:
        return party & ~Q(complained__contains=f" {viewer.person} ")
    secret = Q(access__contains=f" {viewer.person} ")
    if "custodian" in viewer.roles:
        secret |= Q(department=viewer.office)
    hands = Q(agent=viewer.person) | Q(handler=viewer.person) | Q(asked=viewer.person)
    near = hands | Q(office__in=viewer.reach) | Q(department__in=viewer.reach)
    return (party | (Q(confidential=False) & near) | (Q(confidential=True) & secret)) & ~_complained_of(viewer)


def _complained_of(viewer: Viewer) -> Q:
    """Cases in which ``viewer``, their office or one above it is complained of."""
    found = Q(complained__contains=f" {viewer.person} ")
    for office in line_up(viewer.office):
        found |= Q(complained__contains=f" {office} ")
    return found


def cases_for(viewer: Viewer, *, final: bool = False, roles: Iterable[str] = ()) -> list[CaseRow]:
    """Cases that ``viewer`` reaches, most urgent first; only those waiting for one of ``roles`` when given."""
    rows = CaseRow.objects.filter(reached_by(viewer), final=final)
    wanted = list(roles)
    if wanted:
        rows = rows.filter(next_role__in=wanted)
    return sorted(rows.order_by("-touched")[:300], key=lambda row: (row.due or "9999", -row.touched))


def reached_among(viewer: Viewer, dockets: Iterable[str]) -> list[CaseRow]:
    """Those of ``dockets`` that are cases which ``viewer`` reaches, by number."""
    return list(CaseRow.objects.filter(reached_by(viewer), pk__in=set(dockets)).order_by("number"))


def cases_for_beneficiary(person: str) -> list[str]:
    """The dockets of the cases that are for ``person``, newest first; confidential ones are left out."""
    rows = CaseRow.objects.filter(beneficiary=person, confidential=False) if person else CaseRow.objects.none()
    return list(rows.order_by("-opened", "-docket").values_list("docket", flat=True))


class Promised(NamedTuple):
    """An open case with a promise, as its row has it: enough to tell whether boats move that promise."""

    docket: str
    office: str
    department: str
    stage: str
    promised: str
    waits_for_boats: bool


def promised_cases() -> list[Promised]:
    """Every open case with a promise."""
    rows = CaseRow.objects.filter(final=False, procedure="errand").exclude(promised="").order_by("docket")
    return [Promised(*row) for row in rows.values_list(*Promised._fields)]


def rows_numbered(number: str) -> list[str]:
    """The docket with this case number: one or none."""
    return list(CaseRow.objects.filter(number=number.strip().lower()).values_list("docket", flat=True))


def petitions_between(first_ms: int, last_ms: int) -> list[str]:
    """The dockets of the petitions opened from ``first_ms`` up to but not including ``last_ms`` (ms since 1970 UTC)."""
    rows = CaseRow.objects.filter(procedure="petition", opened__gte=first_ms, opened__lt=last_ms)
    return list(rows.order_by("opened", "docket").values_list("docket", flat=True))


def petitions_reached(viewer: Viewer, *, over: bool | None = None, outcomes: Sequence[str] = ()) -> list[str]:
    """The dockets of the petitions that ``viewer`` reaches, oldest first; only those that are over or not, or that
    ended in one of ``outcomes``, when given.
    """
    rows = CaseRow.objects.filter(reached_by(viewer), procedure="petition")
    rows = rows if over is None else rows.filter(final=over)
    rows = rows.filter(outcome__in=outcomes) if outcomes else rows
    return list(rows.order_by("opened", "docket").values_list("docket", flat=True))


def petitions_waiting(viewer: Viewer) -> list[str]:
    """The dockets of the petitions that ``viewer`` reaches and for which somebody has yet to act, oldest first: also
    of those that are over, as long as somebody is to call back, mend, decide or carry out.
    """
    rows = CaseRow.objects.filter(reached_by(viewer), procedure="petition").exclude(final=True, next_role="")
    return list(rows.order_by("opened", "docket").values_list("docket", flat=True))


def secrets_near(viewer: Viewer) -> list[str]:
    """The dockets of the confidential petitions under ``viewer``'s office, whether or not ``viewer`` reaches them: to
    be named by their number only. Those in which they or their office are complained of are not among them.
    """
    near = Q(office__in=viewer.reach) | Q(department__in=viewer.reach)
    rows = CaseRow.objects.filter(near, ~_complained_of(viewer), procedure="petition", confidential=True)
    return list(rows.order_by("opened", "docket").values_list("docket", flat=True))


def row_of(docket_id: str) -> CaseRow | None:
    """The list row of one case."""
    return CaseRow.objects.filter(pk=docket_id).first()
