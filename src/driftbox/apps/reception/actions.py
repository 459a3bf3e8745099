"""The only writers of the reception log: a contact, with the case that it is about, in one transaction."""

from datetime import datetime
from typing import Final, Literal, cast

from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.dockets.actions import record
from driftbox.apps.errands.intake import Call, take_call
from driftbox.apps.eventlog.actions import Draft, append, lock, together
from driftbox.apps.eventlog.queries import Head, since
from driftbox.apps.pack import current_pack
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.petitions.registering import Petitioning, Registered, register
from driftbox.apps.reception import queries
from driftbox.apps.roster.queries import on_duty
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.petition_entries import PetitionClassified, Route, Sort
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import Refused
from driftbox.domain.log.entry import Body, moment_text
from driftbox.domain.planning import reception as r

ROLES: Final = ("clerk", "director", "agent")  # who takes contacts
WINDOW: Final = ("clerk", "director")  # who registers petitions
_OPENED: Final[r.Outcome] = "opened"
CAME: Final = frozenset({"window", "visit"})


class Talk(Struct, frozen=True, kw_only=True):
    """What a contact was: with whom, through what, what was said, and what became of it.

    ``about``: the open case that it is about. Otherwise ``answer`` closes an enquiry on the spot, or a case is opened
    for ``matter`` (empty: an enquiry that waits), or a petition of ``sort`` and ``route`` is registered in the same
    act. ``call_back`` (aware): when a call back was promised.
    """

    channel: r.Channel
    words: str
    caller: Particulars
    about: str = ""
    matter: str = ""
    sort: Sort | Literal[""] = ""
    route: Route = ""
    answer: str = ""
    call_back: datetime | None = None


class Logged(Struct, frozen=True):
    """A contact as it was kept, with its case. ``code``: the receipt code of a petition, shown once; ``closed``:
    whoever typed it may not see it from now on.
    """

    contact: str
    case: Docket
    outcome: r.Outcome
    code: str = ""
    closed: bool = False


def enquiry_matter() -> str:
    """The matter under which questions are kept that belong nowhere else.

    Raises:
        Refused: the pack has none.
    """
    found = [matter.code for matter in current_pack().matters.values() if matter.procedure == "enquiry"]
    if not found:
        raise Refused("contact.no_enquiry", "资料包里没有“咨询”这件事，没有记。请开一个案子。")
    return found[0]


def log_contact(talk: Talk, viewer: Viewer, *, now: datetime) -> Logged:
    """Keep one contact: in the log of the office, and what was said in the case that it is about.

    Raises:
        NotAllowed: not in their roles.
        NotFound: the case named is not there, or not theirs to see.
        Refused: no words, a number that is not one, or a time that cannot be; nothing was written.
    """
    role = viewer.role_among(ROLES)
    if not talk.words.strip():
        raise Refused("contact.no_words", "没有写他说的是什么，没有记。写一句就行。")
    with together():
        made = _registered(talk, viewer, now) if talk.sort and not talk.about else None
        case, outcome = (made.docket, _OPENED) if made else _case(talk, viewer, role, now)
        body = r.ContactLogged(
            channel=talk.channel, outcome=outcome, docket=case.id, shift=_shift(viewer.office, now),
            call_back=moment_text(talk.call_back) if talk.call_back else "",
        )  # fmt: skip
        entry = _append(queries.docket_of(viewer.office, now), body, viewer.person, role, now)
    return Logged(entry, case, outcome, made.code if made else "", bool(made and made.closed_to_recorder))


def _registered(talk: Talk, viewer: Viewer, now: datetime) -> Registered:
    """A petition, registered and sorted as the clerk heard it; an accusation is sorted by whoever may open it."""
    role, sort = viewer.role_among(WINDOW), cast("Sort", talk.sort)
    told = Petitioning(
        sort=sort, route=talk.route, words=talk.words, office=viewer.office, channel=talk.channel,
        petitioner=talk.caller, appeared=viewer.office if talk.channel in CAME else "",
    )  # fmt: skip
    made = register(told, recorder=viewer.person, role=role, now=now)
    if not made.docket.confidential and not made.closed_to_recorder:
        body = PetitionClassified(sort=sort, route=talk.route)
        state = record(made.docket.id, [body], by=viewer.person, role=role, now=now)
        made = Registered(state, made.code, made.closed_to_recorder, made.not_speaking)
    return made


def _case(talk: Talk, viewer: Viewer, role: str, now: datetime) -> tuple[Docket, r.Outcome]:
    if talk.about:
        state = docket_for(viewer, talk.about)
        note = e.NoteWritten(paper=seal_text(state.id, talk.words, now=now), about="contact")
        return record(state.id, [note], by=viewer.person, role=role, now=now), "noted"
    call = Call(
        matter=talk.matter or enquiry_matter(), words=talk.words, caller=talk.caller, channel=talk.channel,
        office=viewer.office, appeared=viewer.office if talk.channel in CAME else "",
    )  # fmt: skip
    state = take_call(call, recorder=viewer.person, now=now)
    if not talk.answer.strip():
        return state, "opened" if talk.matter else "passed_on"
    answer = e.AnswerGiven(paper=seal_text(state.id, talk.answer, now=now))
    state = record(state.id, [answer], by=viewer.person, role=role, now=now)
    closer = "director" if "director" in viewer.roles and "clerk" not in viewer.roles else "clerk"
    if talk.call_back or closer not in viewer.roles:
        return state, "answered"
    return record(state.id, [e.CaseClosed(how="answered")], by=viewer.person, role=closer, now=now), "answered"


def _shift(office: str, now: datetime) -> str:
    """The shift of the office that goes on now; empty where there is no roster."""
    if office not in current_pack().rosters:
        return ""
    return next((one.slot.shift.code for one in on_duty(office, now)), "")


def called_back(
    office: str, contact: str, *, reached: bool, again: datetime | None, viewer: Viewer, now: datetime
) -> None:
    """Note that a promised call back was tried.

    Raises:
        NotAllowed: not in their roles.
        NotFound: there is no such contact.
        Refused: none is owed, or the new time cannot be.
    """
    role = viewer.role_among(ROLES)
    docket, _contact = queries.contact_of(office, contact, now)
    body = r.CalledBack(contact=contact, reached=reached, again=moment_text(again) if again and not reached else "")
    with together():
        _append(docket, body, viewer.person, role, now)


def log_sitting(office: str, docket: str, *, by: str, role: str, now: datetime) -> str:
    """Count a sitting over video as one contact of ``office``: what was said in it stands in the case alone."""
    body = r.ContactLogged(channel="video", outcome="noted", docket=docket, shift=_shift(office, now))
    with together():
        return _append(queries.docket_of(office, now), body, by, role, now)


def _append(docket: str, body: Body, by: str, role: str, now: datetime) -> str:
    lock(docket)
    reads = since(docket)
    r.check(r.fold(read.entry for read in reads), body, now)
    head = Head(*queries.head_after(reads))
    return append(docket, Draft(kind=r.KIND_OF[type(body)], body=body, by=by, role=role), now=now, head=head).entry.id
