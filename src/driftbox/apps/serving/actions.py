"""Issue written notices, and record that they were served; the opinion is served as the opinion, in the same act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy
from msgspec import Struct

from driftbox.apps.dockets.actions import record
from driftbox.apps.dockets.queries import load
from driftbox.apps.errands.intake import tell_parties
from driftbox.apps.eventlog.actions import together
from driftbox.apps.notices.models import NoticeRow, NoticeSerialRow
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.papers.actions import seal_file
from driftbox.apps.petitions.actions import moment_on
from driftbox.apps.serving.queries import issued, offer_of, sealed_by
from driftbox.apps.serving.sheets import Head, set_notice
from driftbox.apps.serving.values import Telling, local_day
from driftbox.domain.docket import entries as e
from driftbox.domain.docket import petition_entries as p
from driftbox.domain.docket.notice_entries import NoticeCopy, NoticeIssued, NoticeServed
from driftbox.domain.docket.notice_state import Notice
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import DriftboxError, Refused
from driftbox.domain.log.entry import Body, digest_of
from driftbox.gateways.notice_codes import mark_of, new_notice_code
from driftbox.gateways.pdf import Language

COPIES: Final[tuple[tuple[Language, bool], ...]] = (("zh", False), ("zh", True), ("en", False), ("en", True))
ARRIVED = gettext_lazy("有一份文书给您。用编号和回执码打开“查进度”，就能看、能存。看不清，打电话，我们念给您听。")


class Issuing(Struct, frozen=True, kw_only=True):
    """Who issues a notice: the person, in which role, from which office, which numbers it; ``site``: where its code
    leads.
    """

    by: str
    role: str
    office: str
    site: str


class Service(Struct, frozen=True, kw_only=True):
    """How a notice was served: the way, the proof, on which local day (None: today), and what was sealed of it."""

    way: p.Service
    proof: p.Proof
    day: date | None = None
    paper: str | None = None
    picture: str | None = None


def issue(docket: str, kind: str, issuing: Issuing, *, now: datetime) -> Notice:
    """Issue a notice: give it a number, set its four files, seal them, record it.

    Raises:
        NotFound: there is nothing yet that it could tell of, or it was issued already.
        Refused, BadPaper, BadFont: it cannot be issued; no number was used up.
    """
    state = load(docket).docket
    form, entry = offer_of(state, kind)
    # Set before the transaction: nobody shall wait for a sheet to record an act.
    with _numbered(issuing.office, now) as serial:
        code = new_notice_code()
        office = sealed_by(state, kind, issuing.office)
        head = Head(office=office, serial=serial, code=code, site=issuing.site)
        files = [
            set_notice(Telling(state, form, entry, language, now), head, large=large, now=now)
            for language, large in COPIES
        ]
        with together():
            copies = _sealed(docket, files, now)
            body = NoticeIssued(
                notice=kind, serial=serial, office=office, about=entry.id, mark=mark_of(code), copies=copies
            )
            after = record(docket, [body], by=issuing.by, role=issuing.role, now=now, for_=state.beneficiary)
            project_notices(after)
    return issued(after, serial)


def _sealed(docket: str, files: list[bytes], now: datetime) -> tuple[NoticeCopy, ...]:
    return tuple(
        NoticeCopy(
            language=language, large=large, paper=seal_file(docket, content, now=now), content=digest_of(content)
        )
        for (language, large), content in zip(COPIES, files, strict=True)
    )


@contextmanager
def _numbered(office: str, now: datetime) -> Iterator[str]:
    """The next notice number of ``office`` in the local year; given back when what is done with it fails."""
    year = calendar().local_date(now).year
    with transaction.atomic():
        NoticeSerialRow.objects.get_or_create(office=office, year=year, defaults={"last": 0})
        NoticeSerialRow.objects.filter(office=office, year=year).update(last=F("last") + 1)
        last = NoticeSerialRow.objects.get(office=office, year=year).last
    found = current_pack().offices.get(office)
    slug = (found.slug if found else "") or office.lower()
    try:
        yield f"{slug}-{year}-n{last:04d}"
    except DriftboxError:
        NoticeSerialRow.objects.filter(office=office, year=year, last=last).update(last=last - 1)
        raise


def project_notices(docket: Docket) -> None:
    """Write the rows by which the notices of a case are found; doing it again changes nothing."""
    for notice in docket.notices:
        NoticeRow.objects.update_or_create(mark=notice.mark, defaults={"docket": docket.id, "serial": notice.serial})


def serve(docket: str, serial: str, service: Service, *, by: str, role: str, now: datetime) -> Docket:
    """A notice reached the person. Of an opinion, this is the service of the opinion, which starts the next clock.

    Raises:
        NotFound: no such notice.
        Refused: served already, electronic without consent, an impossible day; nothing was recorded.
    """
    state = load(docket).docket
    notice = issued(state, serial)
    _require_possible(service.day, notice, now)
    body = _opinion_body(state, notice, service) if notice.is_opinion and not notice.served_ms else NoticeServed(
        serial=serial, way=service.way, proof=service.proof, to=state.beneficiary, paper=service.paper,
        picture=service.picture,
    )  # fmt: skip
    with together():
        at = moment_on(service.day, now)
        after = record(docket, [body], by=by, role=role, now=now, for_=state.beneficiary, at=at)
        if service.way == "electronic":
            tell_parties(after, ARRIVED, now=now)
    return after


def _require_possible(day: date | None, notice: Notice, now: datetime) -> None:
    if day is None:
        return
    if day > calendar().local_date(now):
        raise Refused("in_future", "这个日子还没到，什么都没有改。请填今天或以前的日子。")
    made = local_day(notice.issued_ms)
    if day < made:
        sentence = "这份文书 {made} 才出，送到不会比它更早，什么都没有改。请再看看日子。"
        raise Refused("before_issued", sentence, made=made.isoformat())


def _opinion_body(state: Docket, notice: Notice, service: Service) -> Body:
    opinion = state.petition.opinion
    written = [moment.ms for moment in state.moments if moment.kind == "opinion.issued"]
    if opinion is None or not written or notice.issued_ms < written[-1]:
        raise Refused("opinion_anew", "意见书后来重写过，这一份不作数了，没有记送达。请出新的那份，再送。")
    kind = (e.OpinionServed, p.ReviewServed, p.RereviewServed)[state.petition.tier]
    return kind(
        outcome=opinion.outcome,  # type: ignore[arg-type] # the log refuses what is none
        paper=service.paper, picture=service.picture, proof=service.proof, way=service.way,
        to=state.beneficiary,
    )  # fmt: skip


def consent(docket: str, *, by: str, role: str, now: datetime) -> Docket:
    """The person agrees to be served electronically; whoever heard it records it.

    Raises:
        Refused: they agreed already.
    """
    state = load(docket).docket
    if state.petition.electronic:
        raise Refused("consented_already", "已经同意过了，没有再记一遍。")
    return record(docket, [p.ServiceConsented()], by=by, role=role, now=now, for_=state.beneficiary)
