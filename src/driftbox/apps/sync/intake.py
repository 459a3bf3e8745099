"""Entries from elsewhere, all the way: into the log, and from there into every row that shows them."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import structs

from driftbox.apps.custody.actions import rebuild as rebuild_box
from driftbox.apps.custody.queries import box_of
from driftbox.apps.directory import enrolling, taking
from driftbox.apps.directory.enrolling import Joined
from driftbox.apps.dockets.actions import rebuild_many
from driftbox.apps.eventlog import arrivals
from driftbox.apps.eventlog.actions import together
from driftbox.apps.eventlog.arrivals import Taken, take_in
from driftbox.apps.eventlog.queries import first_kinds, kinds_in
from driftbox.apps.eventlog.standing import AT_ONCE
from driftbox.apps.packdesk import queries as packdesk
from driftbox.apps.sailings import queries as sailings
from driftbox.apps.sailings.actions import rebuild as rebuild_sailings
from driftbox.apps.serving.actions import project_notices
from driftbox.apps.sync.phones import may_say, was_theirs
from driftbox.domain.custody.entries import KINDS as BOX_KINDS
from driftbox.domain.docket.entries import KINDS as CASE_KINDS


def arrive(raws: Iterable[bytes], *, now: datetime, via: str = "", offset_ms: int = 0) -> Taken:
    """Take in entries that ``via`` brought (a node's name; empty: a file by hand), let in what waited for them, and
    show all of it. All or nothing; again changes nothing. ``offset_ms``: how far the clock of ``via`` was ahead.
    """
    with together():
        taken = take_in(raws, now=now, via=via, offset_ms=offset_ms, theirs=may_say)
        refresh(taken.touched)
        later = settle(now=now)
    return structs.replace(taken, touched=tuple(sorted({*taken.touched, *later})))


def settle(*, now: datetime) -> tuple[str, ...]:
    """Let in what has come right by itself or waited long enough; returns the dockets that changed. For every meeting,
    every start, and every few minutes.
    """
    with together():
        return _shown(arrivals.retry(now=now, theirs=was_theirs))


def release(digest: str, *, by: str, now: datetime) -> tuple[str, ...]:
    """Let one refused entry count by the decision of ``by``; returns the dockets that changed.

    Raises:
        NotFound: nothing of this digest waits here.
        Refused: a decision cannot mend it; the sentence says what can.
    """
    with together():
        return _shown(arrivals.release(digest, by=by, now=now))


def restand(dockets: Iterable[str], *, now: datetime) -> tuple[str, ...]:
    """Judge anew what counts in ``dockets`` after what is known of a node changed; returns those that changed."""
    with together():
        return _shown(arrivals.restand_dockets(dockets, now=now))


def let_stand(digests: Iterable[str], *, by: str, now: datetime) -> tuple[str, ...]:
    """What the hub released counts here too; returns the dockets that changed."""
    with together():
        return _shown(arrivals.let_stand_all(list(digests), by=by, now=now))


def take_directory(raw: bytes, *, now: datetime) -> int:
    """Take a directory from the hub, with all that follows from it for what is here; returns the version that holds.

    Raises:
        BadEntry: not from the hub of this node, not for this node, altered, or with a gap before it.
    """
    with together():
        took = taking.take(raw, now)
        _follow(took, now)
    return took.version


def join(code: str, answer: bytes, *, now: datetime) -> Joined:
    """Become what the hub answered, and take its directory; see ``apps/directory/enrolling.py``.

    Raises:
        Refused: the code is not one, or the answer was not written by somebody who was told it.
        BadEntry: the directory in it is not from that hub.
    """
    with together():
        joined = enrolling.join(code, answer, now=now)
        _follow(joined.took, now)
    return joined


def revoke(node: str, *, since: datetime, now: datetime) -> tuple[str, ...]:
    """On the hub: believe ``node`` no longer from ``since`` on; returns the dockets in which that changed something.

    Raises:
        NotFound: no such node.
        Refused: it is this node itself.
    """
    with together():
        return restand(enrolling.revoke(node, since=since, now=now), now=now)


def _follow(took: taking.Took, now: datetime) -> None:
    restand(took.dockets, now=now)
    let_stand(took.released, by="", now=now)
    settle(now=now)


def _shown(dockets: tuple[str, ...]) -> tuple[str, ...]:
    refresh(dockets)
    return dockets


def refresh(dockets: Iterable[str]) -> None:
    """Write the rows of ``dockets`` again, whatever each is: a case, a box, boats, a pack's changes, a roster.

    Folded states that are kept in memory notice by themselves what is new or counts no longer.
    """
    books: dict[str, Callable[[], object]] = {sailings.docket(): rebuild_sailings, packdesk.docket(): packdesk.forget}
    wanted = set(dockets)
    for docket in wanted & books.keys():  # cases are shown by pack and boats
        books[docket]()
    others = sorted(wanted - books.keys())
    for first in range(0, len(others), AT_ONCE):
        _refresh_some(others[first : first + AT_ONCE])


def _refresh_some(dockets: list[str]) -> None:
    kinds = first_kinds(dockets)
    cases = [docket for docket in dockets if _is_case(docket, kinds.get(docket, ""))]
    for state in rebuild_many(cases) if cases else ():
        project_notices(state)
    for docket in set(dockets) - set(cases):
        if kinds.get(docket, "") in BOX_KINDS or box_of(docket) is not None:
            rebuild_box(docket)


def _is_case(docket: str, kind: str) -> bool:
    """Whether this is a case, or was one: some kinds, such as incidents, are of boxes, too."""
    if not kind:
        return box_of(docket) is None
    return kind in CASE_KINDS and (kind not in BOX_KINDS or not kinds_in(docket) <= BOX_KINDS.keys())
