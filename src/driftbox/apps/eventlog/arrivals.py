"""The one door for entries from elsewhere: believed ones come in, the others wait where they can be seen.

Nothing is lost and nothing depends on the order: what counts in the end follows from what is held (``standing``).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from msgspec import Struct, json

from driftbox import __version__
from driftbox.apps.eventlog.admitting import Arrival, admit
from driftbox.apps.eventlog.judging import Judge, Theirs, nobody
from driftbox.apps.eventlog.models import AsideRow, EntryRow, QuarantineRow, ReleaseRow, WaitingRow
from driftbox.apps.eventlog.nodes import nodes
from driftbox.apps.eventlog.queries import DECODERS
from driftbox.apps.eventlog.standing import AT_ONCE, REVOKED, WAITING, lock_all, restand
from driftbox.domain.errors import BadEntry, NotFound, Refused
from driftbox.domain.log.entry import Sealed, decode_entry, digest_of
from driftbox.domain.log.ids import TOLERANCE, build_id, millis, refuse_time_from_ahead
from driftbox.domain.log.reasons import BY_UPGRADE, RELEASABLE
from driftbox.gateways.keys import verify

KEPT = 65_536  # bytes; four times the longest entry: what is longer was none, and is known again by its digest


class Taken(Struct, frozen=True):
    """How it went with entries from elsewhere.

    ``new``: in the log since now, also those that had waited; ``known``: were there before; ``quarantined``: newly kept
    apart or set aside; ``waiting``: of those brought, how many wait for their cause; ``touched``: dockets whose folded
    state may be another; ``refused``: digest (SHA-256, base64url, of the bytes as they came) and code of each that was
    brought and does not count.
    """

    new: int = 0
    known: int = 0
    quarantined: int = 0
    waiting: int = 0
    touched: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()


def take_in(
    raws: Iterable[bytes], *, now: datetime, via: str = "", offset_ms: int = 0, theirs: Theirs = nobody
) -> Taken:
    """Take in entries that ``via`` brought (a node's name; empty: a file by hand). All or nothing; doing it again
    changes nothing. ``offset_ms``: how far the clock of ``via`` was ahead when they met; ``theirs`` answers for phones.

    All of ``raws`` is held in memory and its dockets are locked together: callers hand in some thousands at a time.
    """
    with transaction.atomic():
        known = nodes()
        lot = _judged(raws, Judge(known, now, via, offset_ms, theirs), via)
        kept_apart = sum(_quarantine(raw, code, via, now) for raw, code in lot.refused.items())
        brought = {one.sealed.digest: digest_of(one.raw) for one in lot.arrivals}
        admitted = admit(lot.arrivals, known, now=now)
        aside = _aside_among(brought)
    refused = {digest_of(raw): code for raw, code in lot.refused.items()}
    refused |= {brought[digest]: code for digest, code in aside.items()}
    refused |= {brought[digest]: WAITING for digest in admitted.waiting & brought.keys()}
    return Taken(
        new=len(admitted.entered),
        known=len(brought.keys() - admitted.entered - admitted.waiting),
        quarantined=kept_apart + len(admitted.entered & aside.keys()),
        waiting=len(admitted.waiting & brought.keys()),
        touched=admitted.touched,
        refused=tuple(sorted(refused.items())),
    )


class _Lot(Struct, frozen=True):
    """What was brought: what can be taken, and the bytes that cannot, each with its code."""

    arrivals: list[Arrival]
    refused: dict[bytes, str]


def _judged(raws: Iterable[bytes], judge: Judge, via: str) -> _Lot:
    arrivals, doubtful, refused = list[Arrival](), dict[bytes, tuple[Sealed, str]](), dict[bytes, str]()
    for raw in raws:
        try:
            sealed = judge.prove(raw)
        except BadEntry as refusal:
            refused[raw] = refusal.code
            continue
        code = judge.objection(sealed.entry)
        if code:
            doubtful[raw] = sealed, code
        else:
            arrivals.append(Arrival(sealed, raw, via))
    held = _held_among(sealed.digest for sealed, _code in doubtful.values())
    for raw, (sealed, code) in doubtful.items():  # what came in by another way, or was released, is known
        if sealed.digest in held:
            arrivals.append(Arrival(sealed, raw, via))
        else:
            refused[raw] = code
    return _Lot(arrivals, refused)


def _held_among(digests: Iterable[str]) -> set[str]:
    wanted, found = sorted(digests), set[str]()
    for first in range(0, len(wanted), AT_ONCE):
        rows = EntryRow.objects.filter(digest__in=wanted[first : first + AT_ONCE])
        found.update(rows.values_list("digest", flat=True))
    return found


def _aside_among(digests: Iterable[str]) -> dict[str, str]:
    wanted, found = sorted(digests), dict[str, str]()
    for first in range(0, len(wanted), AT_ONCE):
        rows = AsideRow.objects.filter(digest__in=wanted[first : first + AT_ONCE])
        found.update(rows.values_list("digest", "code"))
    return found


class _Seen(Struct):
    """As much of an envelope as may be readable in bytes that are not believed."""

    id: str = ""
    docket: str = ""
    node: str = ""


def _quarantine(raw: bytes, code: str, via: str, now: datetime) -> int:
    """Keep bytes apart; whether they are new here."""
    try:
        seen = json.decode(raw, type=_Seen)
    except (ValueError, RecursionError):
        seen = _Seen()
    row, made = QuarantineRow.objects.get_or_create(
        digest=digest_of(raw),
        defaults={
            "raw": raw[:KEPT], "code": code, "received": now, "via": via, "node": _shown(seen.node, 40),
            "docket": _shown(seen.docket, 36), "entry": _shown(seen.id, 36), "tried": __version__,
        },
    )  # fmt: skip
    if not made and row.released is None and row.code != code:
        QuarantineRow.objects.filter(pk=row.pk).update(code=code, tried=__version__)
    return int(made)


def _shown(text: str, longest: int) -> str:
    return text[:longest] if text.isprintable() else ""  # PostgreSQL refuses a NUL


def retry(*, now: datetime, theirs: Theirs = nobody) -> tuple[str, ...]:
    """Judge again what may have come right: its signer is known by now, its time has come, this software is newer; and
    let in, marked, what has waited long enough for its cause. Returns the dockets that changed.
    """
    with transaction.atomic():
        known = nodes()
        arrivals = [_marked(row) for row in WaitingRow.objects.filter(until__lte=now)]
        for row in QuarantineRow.objects.filter(_may_be_right(known.keys(), now), released=None).order_by("received"):
            lot = _judged([bytes(row.raw)], Judge(known, now, row.via, 0, theirs), row.via)
            arrivals += lot.arrivals
            for code in lot.refused.values():
                QuarantineRow.objects.filter(pk=row.pk).update(code=code, tried=__version__)
        return admit(arrivals, known, now=now).touched


def _may_be_right(known: Iterable[str], now: datetime) -> Q:
    bound = build_id(millis(now + TOLERANCE), (1 << 12) - 1, (1 << 62) - 1)
    return (
        Q(code="unknown_signer", node__in=list(known))
        | Q(code="clock_ahead", entry__lte=bound)
        | Q(code__in=["not_theirs", REVOKED])
        | (Q(code__in=BY_UPGRADE) & ~Q(tried=__version__))
    )


def _marked(row: WaitingRow) -> Arrival:
    raw = bytes(row.raw)
    return Arrival(decode_entry(raw, DECODERS), raw, row.via, marked=True)


def restand_dockets(dockets: Iterable[str], *, now: datetime) -> tuple[str, ...]:
    """Judge anew what counts in ``dockets``, after what is known of a node changed; returns those that changed.
    ``nodes.dockets_after`` says which are concerned.
    """
    with transaction.atomic():
        wanted = sorted(set(dockets))
        lock_all(wanted)
        return tuple(restand(wanted, now=now))


def release(digest: str, *, by: str, now: datetime) -> tuple[str, ...]:
    """Let one refused entry count: the decision of a person, kept under their name. ``digest`` is that of its bytes
    when in quarantine, of the entry when set aside or waiting. Returns the dockets that changed.

    Raises:
        NotFound: nothing of this digest waits here.
        Refused: a decision cannot mend it; the sentence says what can.
    """
    with transaction.atomic():
        aside = AsideRow.objects.filter(pk=digest).first()
        if aside is not None:
            lock_all([aside.docket])
            _let_stand(digest, aside.code, by, now)
            return tuple(restand([aside.docket], now=now))
        waiting = WaitingRow.objects.filter(pk=digest).first()
        if waiting is not None:
            _let_stand(digest, WAITING, by, now)
            return admit([_marked(waiting)], nodes(), now=now).touched
        row = QuarantineRow.objects.filter(pk=digest, released=None).first()
        if row is None:
            raise NotFound("nothing_waits", "这一条已经不在这里等着了，什么都没变。请把页面再打开一遍。")
        return _release_row(row, by, now)


def _release_row(row: QuarantineRow, by: str, now: datetime) -> tuple[str, ...]:
    if row.code not in RELEASABLE:
        raise Refused("not_by_decision", "这一条光点头放不进来，还好好存着。请照旁边写的办法办。")
    known, raw = nodes(), bytes(row.raw)
    try:
        sealed = decode_entry(raw, DECODERS)
        verify(known[sealed.entry.node].public, sealed.signature, sealed.unsigned)
        refuse_time_from_ahead(sealed.entry.id, now)
    except (BadEntry, KeyError):
        raise Refused("not_by_decision", "这一条光点头放不进来，还好好存着。请照旁边写的办法办。") from None
    _let_stand(sealed.digest, row.code, by, now)
    admitted = admit([Arrival(sealed, raw, row.via)], known, now=now)
    QuarantineRow.objects.filter(pk=row.pk).update(released=now, by=by)
    return admitted.touched


def _let_stand(digest: str, code: str, by: str, now: datetime) -> None:
    ReleaseRow.objects.get_or_create(digest=digest, defaults={"released": now, "by": by, "code": code})


def let_stand_all(digests: Sequence[str], *, by: str, now: datetime) -> tuple[str, ...]:
    """What the hub released counts here too; returns the dockets that changed. Entries that are not here yet count when
    they come.
    """
    with transaction.atomic():
        ReleaseRow.objects.bulk_create(
            (ReleaseRow(digest=digest, released=now, by=by) for digest in digests), ignore_conflicts=True
        )
        held = AsideRow.objects.filter(digest__in=list(digests)).values_list("docket", flat=True)
        dockets = sorted(set(held))
        lock_all(dockets)
        return tuple(restand(dockets, now=now))
