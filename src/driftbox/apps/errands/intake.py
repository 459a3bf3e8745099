"""Ask once: take the call, open the case, tell the one list."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.dockets.actions import new_docket, open_case, record
from driftbox.apps.errands.wallet import held_by
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.actions import hand_out_receipt, send_text, written_in
from driftbox.apps.notices.queries import receipt_of
from driftbox.apps.pack import calendar, matter_of
from driftbox.apps.papers.actions import seal_text
from driftbox.apps.people.actions import write_person
from driftbox.apps.people.queries import Language, Particulars, find_people, particulars_of
from driftbox.domain.consult.checklist import Checklist, build_checklist
from driftbox.domain.consult.holdings import FOREVER, Reuse
from driftbox.domain.docket import entries as e
from driftbox.domain.docket.state import Docket
from driftbox.domain.log.entry import Body

SPOKEN_ACTS = ("ask", "submit", "receive")


class Call(Struct, frozen=True, kw_only=True):
    """What a call, a visit or a web form tells: who asks, for whom, what, in which words.

    ``docket``: begun already on a device without signal, with its key; ``at``: when it was said, if that was earlier.
    """

    matter: str
    words: str
    caller: Particulars
    beneficiary: Particulars | None = None
    relation: str = ""
    channel: e.Channel = "phone"
    office: str
    appeared: str = ""
    consent_spoken: bool = True
    docket: str = ""
    at: datetime | None = None


def take_call(call: Call, *, recorder: str, now: datetime) -> Docket:
    """Open a case from a call. ``recorder`` is the clerk who typed it; empty when the caller did, on the web.

    Raises:
        Refused: a phone or identity number that is not one.
    """
    with together():
        return open_call(call, people_of(call, now), recorder=recorder, now=now)


class People(Struct, frozen=True):
    """Who asks and for whom, as person ids; the same one twice for an errand of one's own."""

    caller: str
    beneficiary: str


def people_of(call: Call, now: datetime) -> People:
    """The people of a call, written down when they are new.

    Raises:
        Refused: a phone or identity number that is not one.
    """
    caller = known_or_new(call.caller, now)
    return People(caller, known_or_new(call.beneficiary, now) if call.beneficiary else caller)


def open_call(call: Call, people: People, *, recorder: str, now: datetime) -> Docket:
    """Open the case of a call between people who are written down already; hands out its receipt."""
    with together():
        caller, beneficiary = people.caller, people.beneficiary
        docket = call.docket or new_docket(now=now)
        said = seal_text(docket, call.words, now=now) if call.words else None
        recorder = recorder or caller
        role = "resident" if caller == beneficiary else "helper"
        open_case(
            docket, matter=call.matter, channel=call.channel, office=call.office, by=caller, role=role,
            for_=beneficiary, recorder=recorder if recorder != caller else "", said=said,
            appeared=call.appeared, now=now, at=call.at,
        )  # fmt: skip
        hand_out_receipt(docket)
        writer = "resident" if recorder == caller else "clerk"
        return record(docket, _parties(call, caller, beneficiary), by=recorder, role=writer, now=now)


def _parties(call: Call, caller: str, beneficiary: str) -> list[Body]:
    named: list[Body] = [e.PartyNamed(person=beneficiary, part="beneficiary")]
    if caller != beneficiary:
        named.append(e.PartyNamed(person=caller, part="helper", relation=call.relation))
        if call.consent_spoken:
            named.append(e.MandateGranted(principal=beneficiary, agent=caller, acts=SPOKEN_ACTS, form="spoken"))
    return named


def known_or_new(particulars: Particulars, now: datetime) -> str:
    """The person with this name and phone number if they are known, else written down now; returns their id."""
    known = find_people(particulars.phone) if particulars.phone else []
    same = [person for person in known if particulars_of(person).name == particulars.name]
    return same[0] if same else write_person(particulars, now=now)


def checklist_for(docket: Docket, answers: frozenset[str], *, now: datetime) -> Checklist:
    """The one list of a case for these answers, on the local day of ``now``.

    What the beneficiary handed in with an earlier case and is still good is not asked for, unless they object.
    """
    matter = matter_of(docket)
    held = [] if docket.confidential else held_by(docket.beneficiary, but=docket.id)
    if docket.applicant != docket.beneficiary:
        answers |= {"someone_acts"}
    return build_checklist(matter, answers, held, calendar().local_date(now))


def give_checklist(
    docket: Docket, answers: frozenset[str], told: tuple[e.Way, ...], *, by: str, role: str, now: datetime
) -> Docket:
    """Tell the one list: record it, and text it to everyone with a phone when ``sms`` is among ``told``.

    Raises:
        Refused: told already, or no way of telling chosen.
    """
    listed = checklist_for(docket, answers, now=now)
    body = e.ChecklistGiven(
        items=items_of(listed), told=told, to=told_people(docket), answers=tuple(sorted(answers))
    )  # fmt: skip
    with together():
        after = record(docket.id, [body], by=by, role=role, now=now)
        if "sms" in told:
            text_list(docket, listed, now=now)
    return after


def items_of(listed: Checklist) -> tuple[e.Item, ...]:
    """A list as an entry has it: what is brought, what the office looks up, what is used again."""
    return (
        *(e.Item(code=m.code, kind=m.kind, count=m.copies) for m in listed.bring),
        *(e.Item(code=m.code, kind=m.kind, count=m.copies, source="office") for m in listed.looked_up),
        *map(_used_again, listed.held),
    )


def told_people(docket: Docket) -> tuple[str, ...]:
    """Who is told the list: the one whose case it is, and whoever asked."""
    return tuple(dict.fromkeys((docket.beneficiary, docket.applicant)))


def text_list(docket: Docket, listed: Checklist, *, now: datetime) -> None:
    """Text the list with the case's number and receipt to everyone with a phone, in the language of each."""
    for one in _with_phones(told_people(docket)):
        send_text(docket.id, one.phone, _sms(docket, listed, one.language), now=now)


def _used_again(reuse: Reuse) -> e.Item:
    until = None if reuse.until == FOREVER else reuse.until.isoformat()
    return e.Item(
        code=reuse.code, kind=reuse.material.kind, count=reuse.material.copies, source="held",
        from_case=reuse.held.case, valid_until=until,
    )  # fmt: skip


def _with_phones(people: tuple[str, ...]) -> list[Particulars]:
    """Those of ``people`` who can be texted, each phone once."""
    return list({p.phone: p for p in map(particulars_of, reversed(people)) if p.phone}.values())[::-1]


def _sms(docket: Docket, listed: Checklist, language: Language) -> str:
    receipt = receipt_of(docket.id)
    with written_in(language):
        head = gettext("漂流箱 {number}，回执码 {receipt}。").format(number=docket.number, receipt=receipt)
    return head + listed.as_sms(language, 300)


def tell_parties(docket: Docket, text: Promise, *, now: datetime) -> None:
    """Text everyone who is party to a case; ``text`` is a lazy translation, so that each reads their own language."""
    for one in _with_phones((docket.beneficiary, docket.applicant)):
        with written_in(one.language):
            words = gettext("漂流箱 {number}：{text}").format(number=docket.number, text=text)
        send_text(docket.id, one.phone, words, now=now)
