"""What a node of the model does when it is told to; runs inside the node's own process, over and over from one start.

Every act may be cut off in its middle: ``crash`` is after how many statements the power goes.
"""

import base64
import io
import sqlite3
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import connection

from driftbox.apps.dockets import queries as cases
from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.errands.night_call import DAUGHTER, FATHER, WORDS, first_matter
from driftbox.apps.eventlog.actions import together
from driftbox.apps.eventlog.models import AsideRow, EntryRow, NodeRow, QuarantineRow, WaitingRow
from driftbox.apps.eventlog.nodes import NewNode, believe
from driftbox.apps.node import keys
from driftbox.apps.people.queries import account_named
from driftbox.apps.sync import intake
from driftbox.apps.sync.sending import write_for
from driftbox.apps.sync.taking import take_bundle
from driftbox.domain.docket import entries as e
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.entry import digest_of
from driftbox.domain.log.ids import instant
from driftbox.domain.log.reasons import RELEASABLE

START = sqlite3.connect(":memory:")
ROLES = {"lin": "clerk", "chen": "agent", "hu": "director"}


class PowerCut(Exception):
    """The power went."""


@contextmanager
def power(after):
    """The power goes with the statement of this number; everything not committed is gone."""
    left = [after]

    def execute(run, sql, params, many, context):
        left[0] -= 1
        if not left[0]:
            raise PowerCut
        return run(sql, params, many, context)

    try:
        with connection.execute_wrapper(execute):
            yield
    except PowerCut:
        forget()


def forget():
    """What was in memory is gone."""
    cases._kept.clear()


def _live():
    connection.ensure_connection()
    return connection.connection


def remember_start():
    """From here every run begins."""
    _live().backup(START)


def back_to_start():
    """Begin again as it was."""
    START.backup(_live())
    forget()


def told(call):
    """What came of ``call``, as the node's answer; a refusal is one, too."""
    done = []
    with power(call.pop("crash", 0)):
        try:
            done = ACTS[call.pop("act")](**call)
        except (Refused, NotFound):
            done = []
    return done


def _after(seq):
    return list(EntryRow.objects.filter(seq__gt=seq, node=keys().node).values_list("digest", flat=True))


def _seq():
    return EntryRow.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def write(docket, who, sort, number, now):
    """Somebody here records something; the digests of what was recorded."""
    before, person = _seq(), account_named(who).person
    bodies = {
        "note": e.NoteWritten(paper=f"{number:043d}"),
        "claim": e.TaskClaimed(agent=account_named("chen").person),
    }
    record(docket, [bodies[sort]], by=person, role=ROLES[who], now=instant(now))
    return _after(before)


def begin(now):
    """Somebody calls here; the digests of what was recorded."""
    before = _seq()
    call = Call(matter=first_matter(), words=WORDS, caller=DAUGHTER, beneficiary=FATHER, relation="child",
                office="C-BS")  # fmt: skip
    take_call(call, recorder=account_named("lin").person, now=instant(now))
    return _after(before)


def send(peer, path, now):
    """Write what ``peer`` lacks to a file; nothing for one that was revoked."""
    file = io.BytesIO()
    write_for(peer, file, papers_bytes=0, now=instant(now))
    Path(path).write_bytes(file.getvalue())
    return [path]


def take(path, now, offset):
    """Take a bundle in."""
    data = Path(path).read_bytes()
    take_bundle(io.BytesIO(data), len(data), now=instant(now), offset_ms=offset)
    return [path]


def hand_in(raws, phone, now):
    """Take in what a phone recorded; what does not count, with its reason."""
    taken = intake.arrive([one.encode() for one in raws], now=instant(now), via=phone)
    return [list(one) for one in taken.refused]


def enrol(phones, now):
    """On the hub: believe phones."""
    for name, public, who in phones:
        believe(NewNode(name=name, public=base64.b64decode(public), role="phone", alg="p256",
                        person=account_named(who).person), now=instant(now))  # fmt: skip


def revoke(gone, now):
    """On the hub: believe a node no longer."""
    with together():
        intake.revoke(gone, since=instant(now), now=instant(now))
    return [gone]


def put_right(now):
    """Somebody here goes through what was kept apart for the clock of who brought it, and lets it in."""
    moment = instant(now)
    intake.settle(now=moment + timedelta(days=3))
    for row in QuarantineRow.objects.filter(released=None, code__in=RELEASABLE - {"revoked_signer", "not_theirs"}):
        intake.release(row.digest, by=account_named("lin").person, now=moment)
    intake.settle(now=moment + timedelta(days=3))


def person(who):
    """Who works here under this name."""
    return account_named(who).person


def head(docket):
    """The last entry here, and for whom the case is: what a phone is told."""
    state = cases.load(docket).docket
    return [state.last, state.beneficiary]


def holds():
    """Everything here: what counts, what is apart, what is where, and what each case says."""
    forget()
    rows = list(EntryRow.objects.values_list("docket", "digest", "raw"))
    kinds = {docket: bytes(raw) for docket, _digest, raw in rows}
    dockets = sorted(docket for docket in kinds if cases.row_of(docket))
    return {
        "entries": sorted([docket, digest] for docket, digest, _raw in rows if docket in dockets),
        "raws": sorted(digest_of(bytes(raw)) for _docket, _digest, raw in rows),
        "digests": sorted(digest for _docket, digest, _raw in rows),
        "aside": sorted(map(list, AsideRow.objects.values_list("digest", "code"))),
        "quarantine": sorted(map(list, QuarantineRow.objects.filter(released=None).values_list("digest", "code"))),
        "waiting": sorted(digest_of(bytes(raw)) for raw in WaitingRow.objects.values_list("raw", flat=True)),
        "cases": {docket: digest_of(repr(cases.load(docket).docket).encode()) for docket in dockets},
        "revoked": sorted(NodeRow.objects.exclude(revoked=None).values_list("name", flat=True)),
    }


ACTS = {one.__name__: one for one in (write, begin, send, take, hand_in, enrol, revoke, put_right, person, head, holds)}
