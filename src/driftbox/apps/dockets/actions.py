"""The only writers of cases: load → decide → append → project, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from driftbox.apps.deadlines.queries import last_lawful_day
from driftbox.apps.dockets.deeds import with_days
from driftbox.apps.dockets.models import CaseRow, SerialRow
from driftbox.apps.dockets.numbers import is_given, tell_apart
from driftbox.apps.dockets.projector import project
from driftbox.apps.dockets.queries import Loaded, forget, load, load_many, remember
from driftbox.apps.eventlog.actions import Draft, append, lock
from driftbox.apps.eventlog.queries import Head
from driftbox.apps.pack import calendar, current_pack, opens_with_two, tables
from driftbox.apps.papers.actions import make_key
from driftbox.apps.parcels.actions import write as write_rows
from driftbox.apps.parcels.actions import write_many
from driftbox.apps.parcels.projector import Rows, project_case
from driftbox.domain.docket.decide import NODE, Deed, check
from driftbox.domain.docket.entries import KIND_OF, CaseOpened, Channel
from driftbox.domain.docket.fold import extend
from driftbox.domain.docket.follow_ups import follow_ups
from driftbox.domain.docket.fork import fork
from driftbox.domain.docket.incident import PROCEDURE as INCIDENT
from driftbox.domain.docket.incident_entries import IncidentSettled
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.entry import Body, Entry
from driftbox.domain.log.ids import next_id
from driftbox.gateways.keys import chance
from driftbox.gateways.pack import Office


def new_docket(*, now: datetime) -> str:
    """The id of a docket about to be opened, with a key of its own."""
    docket = next_id("", now, chance())
    make_key(docket, now=now)
    return docket


def next_number(office: Office, *, now: datetime) -> str:
    """The next case number of ``office`` in the current local year, such as ``baisha-2026-0086``."""
    year = calendar().local_date(now).year
    SerialRow.objects.get_or_create(office=office.code, year=year, defaults={"last": 0})
    while True:
        SerialRow.objects.filter(office=office.code, year=year).update(last=F("last") + 1)
        last = SerialRow.objects.get(office=office.code, year=year).last
        number = f"{office.slug or office.code.lower()}-{year}-{last:04d}"
        if not is_given(number):  # another node of this office may have given it
            return number


def open_case(  # noqa: PLR0913 - beneficiary, actor and recorder are three people
    docket: str, *, matter: str, channel: Channel, office: str, by: str, role: str, for_: str, recorder: str,
    said: str | None, appeared: str = "", confidential: bool = False, now: datetime, at: datetime | None = None,
) -> Docket:  # fmt: skip
    """Open a case: who asked (``by``), for whom (``for_``), who typed it (``recorder``), by which channel; ``at``: when
    it was asked, if that was earlier, on a device without signal; ``confidential``: they wish it, whatever it is about.
    """
    pack = current_pack()
    what = pack.matters[matter]
    with transaction.atomic():
        body = CaseOpened(
            procedure=what.procedure, matter=matter, channel=channel, office=office,
            number=next_number(pack.offices[office], now=now), said=said, appeared=appeared,
            confidential=what.confidential or confidential,
        )  # fmt: skip
        draft = Draft(kind="case.opened", body=body, by=by, role=role, for_=for_, recorder=recorder, at=at)
        opened = append(docket, draft, now=now, head=Head("", ""))
        state = extend(Docket(), [opened.entry], tables())
        _write(state, Rows())
    return state


def record(
    docket: str, bodies: Sequence[Body], *, by: str, role: str, now: datetime, for_: str = "", recorder: str = "",
    at: datetime | None = None,
) -> Docket:  # fmt: skip
    """Record ``bodies`` on ``docket``, one after the other, all or none; returns the case as it now stands.

    Raises:
        Refused: the first that is not allowed; nothing was written.
    """
    with transaction.atomic():
        lock(docket)
        loaded = load(docket)
        state, head, seq = loaded.docket, loaded.head, loaded.seq
        before, waiting = project_case(state), list(bodies)
        while waiting:
            body = waiting.pop(0)
            require_allowed(state, body, by, role, now, at)
            kind = KIND_OF[type(body)]
            draft = Draft(kind=kind, body=body, by=by, role=role, for_=for_, recorder=recorder, at=at)
            written = append(docket, draft, now=now, head=head)
            head, seq = Head(written.entry.id, written.digest), written.seq
            state = extend(state, [written.entry], tables())
            waiting[:0] = _what_follows(state, written.entry, by, role, now)
        _write(state, before)
        after = Loaded(fork(state), seq, head, loaded.turn)
        transaction.on_commit(lambda: remember(docket, after))
    return state


def _what_follows(state: Docket, entry: Entry, by: str, role: str, now: datetime) -> list[Body]:
    """What an entry opens or ends by itself; what the pack's procedure leaves to a person is left to one."""
    found: list[Body] = []
    for body in follow_ups(state, entry) if INCIDENT in tables() else ():
        if isinstance(body, IncidentSettled):
            try:
                require_allowed(state, body, by, role, now)
            except Refused:
                continue
        found.append(body)
    return found


def require_allowed(state: Docket, body: Body, by: str, role: str, now: datetime, at: datetime | None = None) -> None:
    """Refuse ``body`` unless ``by`` in ``role`` may record it on the case as it now stands.

    Raises:
        NotFound: there is no such case here.
        Refused: not allowed; the sentence says what to do instead.
    """
    table = tables().get(state.procedure)
    if table is None:
        raise NotFound("no_case", "没有这件事，或者不归您看。请对一对编号，或打电话问站里。")
    lawful = last_lawful_day(state, now) if KIND_OF[type(body)] == "promise.made" else None
    deed = Deed(
        by=by, role=role, today=calendar().local_date(now), last_lawful_day=lawful, incidents=tables().get(INCIDENT),
        open_with_two=opens_with_two(state.matter),
    )  # fmt: skip
    check(state, body, with_days(deed, state, KIND_OF[type(body)], now=now, at=at), table)


def record_each(
    dockets: Sequence[str], make: Callable[[Docket], Body | None], *, now: datetime
) -> list[tuple[Docket, Body]]:
    """Record by the node itself what ``make`` says of each docket as it stands, all in one transaction; returns the
    dockets that have something new. One that has nothing, or refuses it by now, is left as it is.
    """
    today, done = calendar().local_date(now), list[tuple[Docket, Body]]()
    with transaction.atomic():
        for docket in sorted(dockets):  # whoever holds several takes them in this order, so that no two wait in a ring
            lock(docket)
        for docket, loaded in load_many(dockets).items():
            state, body = loaded.docket, make(loaded.docket)
            deed = Deed(by="", role=NODE, today=today)
            if body is None or not _lets_through(state, body, deed):
                continue
            written = append(docket, Draft(kind=KIND_OF[type(body)], body=body, by="", role=NODE), now=now,
                             head=loaded.head)  # fmt: skip
            done.append((extend(state, [written.entry], tables()), body))
        if done:
            with connection.cursor() as cursor:
                cursor.executemany(UPSERT, [project(state) for state, _body in done])
            tell_apart({state.given for state, _body in done})
    return done


def _lets_through(state: Docket, body: Body, deed: Deed) -> bool:
    try:
        check(state, body, deed, tables()[state.procedure])
    except Refused:
        return False
    return True


def _upsert() -> str:
    """The statement that writes a row: its names come from the model, never from data."""
    names = [field.attname for field in CaseRow._meta.concrete_fields]  # noqa: SLF001 - Django's public _meta
    quoted = ", ".join(f'"{name}"' for name in names)
    gaps = ", ".join(f"%({name})s" for name in names)
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "docket")
    return f'INSERT INTO case_row ({quoted}) VALUES ({gaps}) ON CONFLICT ("docket") DO UPDATE SET {changed}'  # noqa: S608 - see above


UPSERT = _upsert()


def _write(state: Docket, before: Rows | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, project(state))
    tell_apart({state.given})
    write_rows(state.id, project_case(state), before)


def rebuild(docket: str) -> Docket:
    """Fold ``docket`` afresh and write its row again; one whose opening is not here, or does not count, has none."""
    return rebuild_many([docket])[0]


def rebuild_many(dockets: Sequence[str]) -> list[Docket]:
    """The same for some hundreds of dockets at once."""
    for docket in dockets:
        forget(docket)
    with transaction.atomic():
        states = {docket: loaded.docket for docket, loaded in load_many(dockets).items()}
        old = CaseRow.objects.filter(pk__in=list(dockets))
        numbers = {*old.values_list("given", flat=True), *(state.given for state in states.values() if state.id)}
        old.delete()
        rows = [project(state) for state in states.values() if state.id]
        if rows:
            with connection.cursor() as cursor:
                cursor.executemany(UPSERT, rows)
        tell_apart(numbers)
        write_many({docket: project_case(state) for docket, state in states.items()})
    return [states[docket] for docket in dockets]
