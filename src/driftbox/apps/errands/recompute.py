"""When boats stop and when they go again: count every promise afresh that hangs on them, and tell each family once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache, partial
from itertools import islice
from typing import Final

from django.utils.translation import gettext
from msgspec import Struct, structs

from driftbox.apps.dockets.actions import record_each
from driftbox.apps.dockets.queries import Promised, promised_cases
from driftbox.apps.errands.boats import world_at
from driftbox.apps.errands.promises import AT_STAGE, asked
from driftbox.apps.eventlog.actions import together
from driftbox.apps.eventlog.again import until_done
from driftbox.apps.notices.actions import Outgoing, send_texts, written_in
from driftbox.apps.pack import current_pack
from driftbox.apps.people.queries import Particulars, particulars_of_all
from driftbox.domain.arrival.forecast import World
from driftbox.domain.arrival.renew import Renewal, renew
from driftbox.domain.arrival.way import Begin, Errand
from driftbox.domain.arrival.words import day_text
from driftbox.domain.docket.entries import PromiseMade
from driftbox.domain.docket.promises import is_news
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body
from driftbox.domain.text import Text

CHUNK: Final = 200
NOBODY: Final = Text(zh="", en="")
WAITING: Final = frozenset({"decide", "fetch", "carried"})


class Recomputed(Struct, frozen=True):
    """How it went: open cases with a promise, promises counted anew, families told."""

    cases: int
    renewed: int
    told: int


def recompute(now: datetime) -> Recomputed:
    """Count every promise anew that hangs on boats, as they are known to sail at ``now``.

    A promise that stands as it is gets no entry. Cases are done in chunks, each in one transaction, so that nobody at
    a page waits for all of them; a chunk that the database undoes for somebody at a page is done again. Running it
    again, also after it was cut off, does what is left.
    """
    counting = _Counting(now)
    cases = promised_cases()
    renewed = told = 0
    for chunk in _chunks(sorted(one.docket for one in cases if counting.concerns(one))):
        chunk_renewed, chunk_told = until_done(partial(_renew_chunk, chunk, counting, now))
        renewed += chunk_renewed
        told += chunk_told
    return Recomputed(len(cases), renewed, told)


def _renew_chunk(chunk: Sequence[str], counting: "_Counting", now: datetime) -> tuple[int, int]:
    """Promises renewed and families told, committed as one."""
    with together():
        done = record_each(chunk, counting.body, now=now)
        return len(done), _tell(done, now)


class _Counting:
    """Counts promises; cases with the same way and the same day share one forecast."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._world: World = world_at(now)
        self._errand = cache(self._plain_errand)
        self._ways: dict[Errand, int] = {}
        self._renewals: dict[tuple[int, date, bool], Renewal] = {}

    def concerns(self, one: Promised) -> bool:
        """Whether the promise of a case may change; a case whose promise boats have moved is always looked at."""
        begin = AT_STAGE.get(one.stage)
        if begin not in WAITING or one.office not in current_pack().offices:
            return False
        if one.waits_for_boats:
            return True
        due = date.fromisoformat(one.promised)
        return bool(self._world.crossings.boats.suspended) and self._renew(
            one.office, one.department, begin, due, moved=False
        ) != Renewal(due=due)

    def body(self, docket: Docket) -> Body | None:
        """The promise of a case as it has to stand now; None when it does already."""
        begin, given = AT_STAGE.get(docket.stage), docket.promised_before_boats
        if begin not in WAITING or not given:
            return None
        last = docket.promises[-1]
        department = current_pack().matters[docket.matter].department
        new = self._renew(docket.office, department, begin, date.fromisoformat(given), moved=last.subject_to_boats)
        if (new.due.isoformat(), new.subject_to_boats, new.open_ended) == (
            last.due, last.subject_to_boats, last.open_ended,
        ):  # fmt: skip
            return None
        return PromiseMade(
            due=new.due.isoformat(), subject_to_boats=new.subject_to_boats, open_ended=new.open_ended, basis="boats",
            halts=new.halts,
        )  # fmt: skip

    def _renew(self, office: str, department: str, begin: Begin, due: date, *, moved: bool) -> Renewal:
        """What becomes of a promise; asked once for all cases with the same piers and hours and the same day."""
        errand = self._errand(office, department, begin)
        key = self._ways.setdefault(errand, len(self._ways)), due, moved
        if key not in self._renewals:
            self._renewals[key] = renew(errand, self._world, due, moved=moved)
        return self._renewals[key]

    def _plain_errand(self, office: str, department: str, begin: Begin) -> Errand:
        """The errand without names, which no day depends on."""
        errand = asked(office, department, begin, self._now)
        home = structs.replace(errand.home, name=NOBODY)
        decider = structs.replace(errand.department, name=NOBODY)
        return structs.replace(errand, home=home, office=home, here=home, department=decider)


def _chunks(dockets: Sequence[str]) -> Iterator[list[str]]:
    left = iter(dockets)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _tell(done: Sequence[tuple[Docket, Body]], now: datetime) -> int:
    """Text every family for whom something is new: a suspension they have not been told of, or boats that go again."""
    news = [(docket, body) for docket, body in done if isinstance(body, PromiseMade) and is_news(docket.promises)]
    people = particulars_of_all(p for docket, _body in news for p in (docket.beneficiary, docket.applicant))
    texts: list[Outgoing] = []
    for docket, body in news:
        family = {people[p].phone: people[p] for p in (docket.applicant, docket.beneficiary) if p in people}
        texts += [Outgoing(docket.id, phone, _text(docket, body, one)) for phone, one in family.items() if phone]
    send_texts(texts, now=now)
    return len({one.context for one in texts})


def _text(docket: Docket, body: PromiseMade, reader: Particulars) -> str:
    """The news for one person, in the language they read."""
    given, due = day_text(date.fromisoformat(docket.promised_before_boats)), day_text(date.fromisoformat(body.due))
    with written_in(reader.language):
        words = _sentence(docket, body).format(
            given=given.in_language(reader.language), due=due.in_language(reader.language)
        )
        return gettext("漂流箱 {number}：{text}").format(number=docket.number, text=words)


def _sentence(docket: Docket, body: PromiseMade) -> str:
    if body.open_ended:
        return gettext("船停了，什么时候开还不知道。答应您 {given} 送到的，要等船。船一开，马上告诉您准日子。")
    if body.subject_to_boats:
        return gettext("船停了。答应您 {given} 送到的，要晚些，照现在说的开船日子是 {due}。再变，查件页上看得到。")
    if body.due == docket.promises[0].due:
        return gettext("船开了，照原来答应的 {due} 送到。")
    return gettext("船开了，{due} 送到。")
