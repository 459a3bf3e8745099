"""Originals 原件 whose day to be back has passed: an incident opens by itself, and both ends are told once."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.utils.translation import gettext

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.incidents import OriginalDue, originals_due
from driftbox.apps.eventlog.actions import lock, together
from driftbox.apps.eventlog.again import until_done
from driftbox.apps.notices.actions import Outgoing, send_texts, written_in
from driftbox.apps.people.queries import Particulars, colleagues, particulars_of_all
from driftbox.domain.arrival.words import day_text
from driftbox.domain.docket.decide import NODE
from driftbox.domain.docket.incident_entries import End, IncidentNotified, IncidentOpened
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.ids import millis


def open_overdue(now: datetime) -> int:
    """Open an incident for each case with originals that should be back by ``now``, and text the family and the agent;
    returns how many were opened. One that was opened for the same originals is not opened again, also not after a
    person has settled it; when they come back later than that, they are new.
    """
    late: dict[str, list[OriginalDue]] = {}
    for one in originals_due(now, overdue_only=True):
        late.setdefault(one.docket, []).append(one)
    news = [case for case in sorted(late) if _untold(load(case).docket, late[case])]
    return sum(until_done(partial(_open, case, late[case], now)) for case in news)


def _untold(docket: Docket, late: Sequence[OriginalDue]) -> list[OriginalDue]:
    """The originals that no incident has spoken of since they came to us."""
    spoken = [one for one in docket.incidents.values() if one.what == "originals_overdue"]

    def is_told(one: OriginalDue) -> bool:
        return any(
            said.opened_ms >= millis(one.since) and (not said.codes or one.code in said.codes) for said in spoken
        )

    return [one for one in late if not is_told(one)]


def _open(case: str, late: Sequence[OriginalDue], now: datetime) -> bool:
    with together():
        lock(case)
        docket = load(case).docket
        untold = _untold(docket, late)
        if not untold:
            return False
        opened = IncidentOpened(what="originals_overdue", codes=tuple(one.code for one in untold))
        docket = record(case, [opened], by="", role=NODE, now=now)
        family = _family_texts(docket, min(one.due for one in untold))
        station = _agent_texts(docket)
        texts: tuple[tuple[End, list[Outgoing]], ...] = ("sender", family), ("station", station)
        ends = [end for end, told in texts if told]
        if ends:
            notified = IncidentNotified(incident=docket.last, to=tuple(ends), way="sms")
            record(case, [notified], by="", role=NODE, now=now)
        send_texts([*family, *station], now=now)
    return True


def _family_texts(docket: Docket, due: date) -> list[Outgoing]:
    people = particulars_of_all(person for person in (docket.applicant, docket.beneficiary) if person)
    readers = {one.phone: one for one in people.values() if one.phone}
    return [Outgoing(docket.id, phone, _to_family(docket, due, one)) for phone, one in readers.items()]


def _to_family(docket: Docket, due: date, reader: Particulars) -> str:
    with written_in(reader.language):
        words = gettext("漂流箱 {number}：您交来的原件，该在 {due} 以前还您，还没有还到。我们在找，找到马上告诉您。")
        return words.format(number=docket.number, due=day_text(due).in_language(reader.language))


def _agent_texts(docket: Docket) -> list[Outgoing]:
    """To the agent who has the case, where a mobile phone of theirs is known."""
    agent = colleagues().get(docket.agent)
    if agent is None or not agent.phone.startswith("1"):
        return []
    with written_in("zh"):
        words = gettext("漂流箱 {number}：原件过了日子还没还。请看看在哪里，尽快送回，当面签收。")
        return [Outgoing(docket.id, agent.phone, words.format(number=docket.number))]
