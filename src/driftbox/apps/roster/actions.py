"""The only writers of rosters: load → decide → append, in one transaction; and the makers of a month."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from driftbox.apps.eventlog.actions import Draft, append, lock
from driftbox.apps.eventlog.queries import Head
from driftbox.apps.node import keys
from driftbox.apps.pack import calendar
from driftbox.apps.papers.actions import make_key, seal_text
from driftbox.apps.papers.models import KeyRow
from driftbox.apps.papers.queries import read_text
from driftbox.apps.roster import queries
from driftbox.apps.roster.models import FeedRow
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body
from driftbox.domain.planning import roster_facts as f
from driftbox.domain.planning.roster import Duty, Task
from driftbox.domain.planning.roster_book import Note, RosterBook, extend
from driftbox.domain.planning.roster_check import shortfalls
from driftbox.domain.planning.roster_decide import Standing, check
from driftbox.gateways.authenticator import new_secret
from driftbox.gateways.roster import PlainRosterMaker, RosterMaker, is_installed

SECONDS: Final = 5.0  # that a page waits for a month; most are found in less
LONGEST: Final = 4000  # characters of a hand-over note


def maker() -> RosterMaker:
    """The maker of rosters (setting ``DRIFTBOX_ROSTER``); the plain one where the extra ``planning`` is missing."""
    if not is_installed():
        return PlainRosterMaker()
    made: RosterMaker = import_string(settings.DRIFTBOX_ROSTER)()
    return made


def make_month(
    office: str, month: str, *, kept: Sequence[Duty] = (), by: RosterMaker | None = None
) -> tuple[Duty, ...]:
    """A roster for a month; nothing is published. ``kept``: duties that stay as they are.

    Raises:
        NotFound: no roster there, or no such month.
    """
    return (by or maker()).make(queries.task_of(office, month, kept), SECONDS)


def record(office: str, bodies: Sequence[Body], *, by: str, role: str, now: datetime) -> RosterBook:
    """Record ``bodies`` in the roster of ``office``, all or none; returns its book as it now stands.

    Raises:
        NotFound: there is no roster there.
        NotAllowed, Refused: the first that is not allowed; nothing was written.
    """
    docket = queries.docket_of(office)
    with transaction.atomic():
        lock(docket)
        loaded = queries.load(office)
        book, head = loaded.book, loaded.head
        for body in bodies:
            also = body.person if isinstance(body, f.MemberSet | f.LeaveGranted) else ""
            members = queries.members_of(office, book, also=also)
            standing = Standing(
                rules=queries.rules_of(office), members=members, calendar=calendar(), by=by, role=role,
                today=calendar().local_date(now),
            )  # fmt: skip
            check(book, body, standing)
            written = append(docket, Draft(kind=f.KIND_OF[type(body)], body=body, by=by, role=role), now=now, head=head)
            head, book = Head(written.entry.id, written.digest), extend(book, [written.entry])
    return book


def publish(office: str, month: str, duties: Sequence[Duty], how: str, *, by: str, now: datetime) -> RosterBook:
    """Publish the roster of a month; ``how`` it was made: ``hand``, ``plain``, ``solver`` or ``file``.

    Raises:
        NotFound, NotAllowed, Refused: see ``record``; what is only open is not refused, and counted.
    """
    task = queries.task_of(office, month)
    body = published_body(task, month, duties, how)
    return record(office, [body], by=by, role="director", now=now)


def published_body(task: Task, month: str, duties: Sequence[Duty], how: str) -> f.RosterPublished:
    """The entry that publishes ``duties``.

    Raises:
        Refused: somebody has two shifts on one day.
    """
    letters: dict[tuple[str, date], str] = {}
    for duty in duties:
        if (duty.person, duty.day) in letters:
            raise Refused("roster.two_a_day", "有人一天排了两班，没有发布。一天最多一班，请改好再按一次。")
        letters[duty.person, duty.day] = duty.shift
    people = dict.fromkeys([*(one.person for one in task.members), *(duty.person for duty in duties)])
    lines = f.lines_of(people, letters, task.days)
    missing = sum(one.missing for one in shortfalls(task, duties) if not one.skill)
    return f.RosterPublished(month=month, lines=lines, maker=how, missing=missing)


def hand_over(office: str, duty: Duty, words: str, *, role: str, now: datetime) -> RosterBook:
    """Leave word for the next shift, sealed.

    Raises:
        NotFound, Refused: no words, or no such shift; nothing was kept.
    """
    if not words.strip() or len(words) > LONGEST:
        raise Refused("roster.no_words", "交班条是空的，或者太长。没有记，请写好再交。")
    docket = queries.docket_of(office)
    with transaction.atomic():
        lock(docket)
        if not KeyRow.objects.filter(context=docket).exists():
            make_key(docket, now=now)
        paper = seal_text(docket, words.strip(), now=now)
        body = f.ShiftHandedOver(day=duty.day.isoformat(), shift=duty.shift, paper=paper)
        return record(office, [body], by=duty.person, role=role, now=now)


def words_of(office: str, note: Note) -> str:
    """What a hand-over note says.

    Raises:
        BadPaper: it was erased, or is not here yet.
    """
    return read_text(queries.docket_of(office), note.paper)


def open_feed(office: str, person: str, *, by: str, now: datetime) -> str:
    """Make a new secret link to the calendar of ``person`` or (none) of the office; the former one opens no more.

    Returns the secret, this once.
    """
    token = new_secret().lower()
    with transaction.atomic():
        close_feed(office, person, now=now)
        index = keys().blind("calendar feed", token)
        FeedRow.objects.create(token_index=index, office=office, person=person, by=by, made=now)
    return token


def close_feed(office: str, person: str, *, now: datetime) -> int:
    """Revoke the links to a calendar; returns how many there were."""
    return FeedRow.objects.filter(office=office, person=person, revoked=None).update(revoked=now)
