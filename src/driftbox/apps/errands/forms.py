"""Forms 表 filled in from what is known, signed on a phone or on paper; what was signed is a paper of the case."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.errands.form_sheets import Signature, set_form
from driftbox.apps.errands.intake import SPOKEN_ACTS, known_or_new
from driftbox.apps.errands.together import sisters_of
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.actions import count_attempt, send_text, written_in
from driftbox.apps.pack import calendar, current_pack, matter_of
from driftbox.apps.papers.actions import seal_file
from driftbox.apps.people.queries import Language, Particulars, particulars_of
from driftbox.apps.recognition.queries import confirmed_in
from driftbox.domain.consult.form import Form, declared, form_for, prefill, read_off
from driftbox.domain.consult.matter import Matter
from driftbox.domain.consult.paper_kinds import FieldKind
from driftbox.domain.docket.entries import ChecklistGiven, MandateGranted, Proof
from driftbox.domain.docket.form_acts import MEMBER
from driftbox.domain.docket.form_entries import FormAsked, FormSigned
from driftbox.domain.docket.form_state import form_of
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import NotFound, Refused
from driftbox.domain.log.entry import Body

LINK_LIFE: Final = timedelta(days=30)  # of a link to sign by; asking again sends a fresh one
_MOST_LINKS: Final = 3  # to one phone in a quarter of an hour
_SALT: Final = "a form to be signed"
_GRANTERS: Final = frozenset({"resident", "clerk", "director", "agent"})


class Signing(Struct, frozen=True, kw_only=True):
    """Somebody signs: who, recorded by whom in which role, how, and what stands in the blanks.

    ``names``: digest of who signed and who witnessed; ``picture``: digest of the drawing or photograph; ``drawing``:
    the drawing as SVG, empty when there is none. ``others``: how many more adults have to sign.
    """

    signer: str
    by: str
    role: str
    proof: Proof
    name: str
    witnesses: tuple[str, ...] = ()
    names: str | None = None
    picture: str | None = None
    drawing: str = ""
    values: Mapping[str, str] = {}
    others: int = 0


def forms_of(docket: Docket) -> list[Form]:
    """The forms that the one list of a case asks for and that can be filled in here, in the order of the list."""
    matters = [one.code for one in _matters(docket)]
    forms = current_pack().forms.values()
    found: dict[str, Form] = {}
    for item in docket.checklist:
        fits = [form for matter in matters if (form := form_for(forms, matter, item.code))]
        if item.source == "resident" and item.kind == "form" and fits and not _nobody_acts(docket, fits[0]):
            found.setdefault(fits[0].code, fits[0])
    return list(found.values())


def _nobody_acts(docket: Docket, form: Form) -> bool:
    return form.grants and docket.applicant == docket.beneficiary


def form_named(docket: Docket, code: str) -> Form:
    """The form of this code on the list of a case.

    Raises:
        NotFound: the case does not ask for it.
    """
    form = next((one for one in forms_of(docket) if one.code == code), None)
    if form is None:
        raise NotFound("no_form", "这件事不要这张表。请看看单子，或打电话问站里。")
    return form


def facts_of(docket: Docket, form: Form, language: Language, today: date) -> dict[str, str]:
    """What the house knows that a form may ask, by the names of ``domain.consult.form.KNOWN``."""
    pack, every = current_pack(), _matters(docket)
    matters = [one for one in every if one.code in form.matters] or every
    beneficiary, applicant = particulars_of(docket.beneficiary), particulars_of(docket.applicant)
    departments = [pack.offices[one.department].name.in_language(language) for one in matters]
    mark = ", " if language == "en" else "、"
    return {
        "beneficiary.name": beneficiary.name, "beneficiary.phone": beneficiary.phone,
        "beneficiary.id_number": beneficiary.id_number, "beneficiary.address": beneficiary.address,
        "applicant.name": applicant.name, "applicant.phone": applicant.phone,
        "applicant.id_number": applicant.id_number, "applicant.relation": "",
        "matter": mark.join(one.plain.in_language(language) for one in matters),
        "department": mark.join(dict.fromkeys(departments)),
        "office": pack.offices[docket.office].name.in_language(language), "number": docket.number,
        "today": today.isoformat(),
    }  # fmt: skip


def _matters(docket: Docket) -> list[Matter]:
    return [matter_of(docket), *(matter_of(load(one).docket) for one in sisters_of(docket))]


def filled_in(docket: Docket, form: Form, language: Language, today: date) -> dict[str, str]:
    """What stands in the blanks of a form already: particulars, what was answered for the list, and, where these say
    nothing, what a person confirmed from photographs.
    """
    answers = _answers(docket)
    facts = facts_of(docket, form, language, today)
    facts |= {known: value for known, value in _photographed(docket).items() if not facts.get(known)}
    asked = {question.id for matter in _matters(docket) for question in matter.questions}
    told = {question: question in answers for question in asked} if docket.checklists else {}
    with written_in(language):
        return prefill(form, facts, told, gettext("有"), gettext("没有"))


def _photographed(docket: Docket) -> dict[str, str]:
    names = {"beneficiary": particulars_of(docket.beneficiary).name, "applicant": particulars_of(docket.applicant).name}
    if docket.applicant != docket.beneficiary and len(set(names.values())) == 1:
        return {}  # namesakes: nobody knows whose card it is
    kinds = {paper.code: {field.id: field.kind for field in paper.field} for paper in current_pack().papers}
    papers = list[dict[FieldKind, str]]()
    for one in (docket.id, *sisters_of(docket)):
        for made in confirmed_in(one):
            fields = kinds.get(made.kind, {})
            papers.append({fields[name]: value for name, value in made.fields.items() if name in fields})
    return read_off(papers, names)


def _answers(docket: Docket) -> frozenset[str]:
    """The questions that were answered yes when the list was told."""
    told = [entry.body for entry in entries_of(docket.id) if isinstance(entry.body, ChecklistGiven)]
    return frozenset(told[-1].answers) if told else frozenset()


def declaration_of(docket: Docket, form: Form, language: Language, today: date) -> list[str]:
    """What is declared with the signature, in words."""
    return declared(form, facts_of(docket, form, language, today), language)


def to_print(
    docket: Docket, form: Form, values: Mapping[str, str], language: Language, *, large: bool, now: datetime
) -> bytes:
    """The form as a PDF with empty lines to sign on: one for the principal, two more where the household signs.

    Raises:
        BadFont: it cannot be set in type; the sentence names the character.
    """
    with written_in(language):
        lines = [Signature(gettext("签名：")), *(Signature(gettext("家人签名：")) for _ in range(_more(form)))]
    said = declaration_of(docket, form, language, calendar().local_date(now))
    return set_form(form, values, said, lines, number=docket.number, language=language, large=large, now=now)


def _more(form: Form) -> int:
    return 2 if "adult_members" in form.signers else 0


def sign_form(docket: Docket, form: Form, signing: Signing, *, now: datetime) -> Docket:
    """Keep a form as somebody signed it, and tick it on the list once everybody has; an authority takes effect.

    Raises:
        Refused: signed already, not asked to, or not at this stage; nothing was kept.
        BadFont: a character cannot be set in type; the sentence names it.
    """
    said = declaration_of(docket, form, "zh", calendar().local_date(now))
    line = Signature.by_somebody(signing.name, signing.proof, signing.witnesses, signing.drawing, now)
    sheet = set_form(
        form, signing.values, said, [line], number=docket.number, language="zh", large=False, now=now
    )  # fmt: skip
    with together():
        paper = seal_file(docket.id, sheet, now=now)
        signed = FormSigned(
            form=form.code, material=form.material, signer=signing.signer, proof=signing.proof, paper=paper,
            names=signing.names, picture=signing.picture, others=signing.others,
        )  # fmt: skip
        bodies: list[Body] = [signed]
        if form.grants and signing.signer == docket.beneficiary != docket.applicant and signing.role in _GRANTERS:
            bodies.append(
                MandateGranted(
                    principal=docket.beneficiary, agent=docket.applicant, acts=SPOKEN_ACTS, form="written", proof=paper
                )
            )
        return record(
            docket.id, bodies, by=signing.by, role=signing.role, now=now, for_=docket.beneficiary
        )  # fmt: skip


def ask_adult(
    docket: Docket, form: Form, adult: Particulars, *, by: str, role: str, site: str, now: datetime
) -> Docket:
    """Ask a member of the household to sign, by a link in a text message that opens this form and nothing else.

    Whoever was asked before and has not signed gets a fresh link, and nothing else is recorded.

    Raises:
        Refused: no phone number, signed already, asked too often, or not at this stage; nothing was sent.
    """
    if not adult.phone:
        raise Refused("bad_phone", "手机号不对，要 11 个数字。请再看一遍。")
    if "adult_members" not in form.signers:
        raise Refused("signs_alone", "这张表只要他本人签，不用请家人，什么都没有发。")
    with together():
        signer = known_or_new(adult, now)
        count_attempt("sign-link", adult.phone, now=now, tries=_MOST_LINKS)
        if _waits_for(docket, form, signer):
            text_link(docket, form, signer, site=site, now=now)
            return docket
        asked = FormAsked(form=form.code, material=form.material, signer=signer)
        after = record(docket.id, [asked], by=by, role=role, now=now, for_=docket.beneficiary)
        text_link(after, form, signer, site=site, now=now)
    return after


def _waits_for(docket: Docket, form: Form, signer: str) -> bool:
    state = form_of(docket, form.code)
    return state is not None and signer in state.asked and signer not in state.signed


def text_link(docket: Docket, form: Form, signer: str, *, site: str, now: datetime) -> None:
    """Text somebody who was asked the link to what they are to sign."""
    adult, today = particulars_of(signer), calendar().local_date(now)
    with written_in(adult.language):
        words = gettext("漂流箱：{who}办“{matter}”，要您在手机上签个名，签之前先看一看：{link}").format(
            who=particulars_of(docket.beneficiary).name,
            matter=facts_of(docket, form, adult.language, today)["matter"],
            link=f"{site.rstrip('/')}/sign/{token_for(docket.id, form.code, signer, today)}/",
        )
    send_text(docket.id, adult.phone, words, now=now)


def token_for(docket: str, form: str, signer: str, day: date) -> str:
    """What stands in the link of somebody who was asked to sign on ``day``: nobody can make one up."""
    return Signer(salt=_SALT).sign_object([docket, form, signer, day.isoformat()])


class Invited(Struct, frozen=True):
    """Somebody who came by a link: the case, the form, and who they are."""

    docket: Docket
    form: Form
    signer: str


def invited_by(token: str, today: date) -> Invited:
    """Whom a link was sent to.

    Raises:
        NotFound: made up, no longer asked, or older than ``LINK_LIFE``.
    """
    fault = NotFound("no_link", "这个链接不对，或者不用再签了。请打电话问站里。")
    try:
        docket, code, signer, sent = Signer(salt=_SALT).unsign_object(token)
        day = date.fromisoformat(sent)
    except (BadSignature, ValueError):
        raise fault from None
    state = load(docket).docket
    asked = form_of(state, code) if state.id else None
    if asked is None or signer not in asked.asked:
        raise fault
    if today - day > LINK_LIFE and signer not in asked.signed:
        raise NotFound("old_link", "这个链接放得太久，用不了了，什么都没有丢。请家里人再发一次，或打电话问站里。")
    return Invited(state, form_named(state, code), signer)


def sign_invited(invited: Invited, signing: Signing, *, now: datetime) -> Docket:
    """Keep the form as a member of the household signed it, by themselves."""
    own = Signing(
        signer=invited.signer, by=invited.signer, role=MEMBER, proof=signing.proof, name=signing.name,
        witnesses=signing.witnesses, names=signing.names, picture=signing.picture, drawing=signing.drawing,
        values=signing.values,
    )  # fmt: skip
    return sign_form(invited.docket, invited.form, own, now=now)


class Asked(Struct, frozen=True):
    """Somebody who has to sign, by name, and whether they have."""

    person: str
    name: str
    signed: bool


class Progress(Struct, frozen=True):
    """How a form stands: who signs and who has, how many are still to be named, whether it is complete."""

    form: Form
    signers: tuple[Asked, ...]
    unnamed: int
    complete: bool


def progress_of(docket: Docket, form: Form) -> Progress:
    """How a form of a case stands, for the family and for the clerk."""
    state = form_of(docket, form.code)
    asked, signed = (state.asked, state.signed) if state else ((), ())
    people = dict.fromkeys((docket.beneficiary, *asked, *signed))
    signers = tuple(Asked(one, particulars_of(one).name, one in signed) for one in people)
    unnamed = max(0, state.others - len(people) + 1) if state else 0
    return Progress(form, signers, unnamed, complete=state is not None and state.complete(docket.beneficiary))
