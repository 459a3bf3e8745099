"""Notices of a case: what may be issued now, the files of those issued, and whether a code is genuine."""

from datetime import date, datetime

from django.utils.translation import gettext, gettext_lazy
from msgspec import Struct

from driftbox.apps.dockets.queries import entries_of, load
from driftbox.apps.eventlog.queries import verify_docket
from driftbox.apps.notices.actions import written_in
from driftbox.apps.notices.models import NoticeRow
from driftbox.apps.pack import current_pack
from driftbox.apps.papers.queries import open_paper
from driftbox.apps.people.queries import particulars_of
from driftbox.apps.serving.sheets import Head, set_notice, set_proof
from driftbox.apps.serving.values import Telling, local_day
from driftbox.domain.docket.notice_effects import notice_of
from driftbox.domain.docket.notice_form import NoticeForm, due_forms
from driftbox.domain.docket.notice_state import OPINIONS, Notice
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import BadPaper, NotFound
from driftbox.domain.log.entry import Entry, digest_of
from driftbox.domain.text import Text
from driftbox.gateways.notice_codes import mark_of, read_notice_code
from driftbox.gateways.pdf import Language

WAYS = {
    "in_person": gettext_lazy("当面送到"),
    "agent": gettext_lazy("代办员送到"),
    "post": gettext_lazy("邮寄"),
    "electronic": gettext_lazy("手机上收"),
}
PROOFS = {
    "signature": gettext_lazy("本人签名"),
    "fingerprint": gettext_lazy("按手印，两人见证"),
    "witness": gettext_lazy("不能签，两人见证"),
    "photo": gettext_lazy("拍照"),
    "post_receipt": gettext_lazy("邮局回执"),
    "electronic_receipt": gettext_lazy("手机上的回执"),
}


class Genuine(Struct, frozen=True):
    """A notice that was really issued: on which day, by which office, and the digests of its files."""

    issued: date
    office: Text
    contents: tuple[str, ...]

    def is_file(self, content: bytes) -> bool:
        """Whether these bytes are one of its files, unaltered."""
        return digest_of(content) in self.contents


def offered(docket: Docket) -> list[tuple[NoticeForm, Entry]]:
    """What may be issued now: each kind of notice with the entry that it would tell of."""
    entries = [entry for entry in entries_of(docket.id) if entry.id not in docket.contested]
    forms = current_pack().notices.values()
    return due_forms(forms, entries, docket.notices, procedure=docket.procedure, tier=docket.petition.tier)


def offer_of(docket: Docket, kind: str) -> tuple[NoticeForm, Entry]:
    """The form of this kind, and the entry that it would tell of.

    Raises:
        NotFound: there is nothing yet that it could tell of, or it was issued already.
    """
    for form, entry in offered(docket):
        if form.code == kind:
            return form, entry
    raise NotFound("no_such_notice", "现在没有这份文书可出：那一步还没到，或者已经出过了。")


def sealed_by(docket: Docket, kind: str, office: str) -> str:
    """The office whose seal a notice takes: the body that handled it for an opinion 办理机关 (Regulation on Petition
    Work, Arts. 32, 35, 36), whichever ``office`` prints it; that office for every other notice.
    """
    return docket.petition.office or office if kind in OPINIONS else office


def preview(docket: Docket, kind: str, language: Language, *, office: str, large: bool, now: datetime) -> bytes:
    """How the notice would look, marked as a preview; nothing is recorded.

    Raises:
        NotFound: see ``offer_of``.
        Refused, BadPaper, BadFont: see ``set_notice``.
    """
    form, entry = offer_of(docket, kind)
    head = Head(office=sealed_by(docket, kind, office))
    return set_notice(Telling(docket, form, entry, language, now), head, large=large, now=now)


def issued(docket: Docket, serial: str) -> Notice:
    """The notice of this number.

    Raises:
        NotFound: the case has none.
    """
    notice = notice_of(docket, serial)
    if notice is None:
        raise NotFound("no_notice", "这一件里没有这个编号的文书，什么都没有改。请对一对编号。")
    return notice


def pdf_of(docket: Docket, serial: str, language: Language, *, large: bool) -> bytes:
    """The file of a notice, as it was issued.

    Raises:
        NotFound: no such notice or no such file.
        BadPaper: it was erased, is not here yet, or was altered.
    """
    copy = issued(docket, serial).copy_in(language, large=large)
    if copy is None:
        raise NotFound("no_copy", "这份文书没有出过这一种。请换一种，或打电话问站里。")
    return open_paper(docket.id, copy.paper).content


def proof_of(docket: Docket, serial: str, language: Language, *, now: datetime) -> bytes:
    """The proof of service of a notice: with lines to sign on, or, once served, with who signed when.

    Raises:
        NotFound: no such notice.
        BadFont: it cannot be set in type.
    """
    notice = issued(docket, serial)
    form = form_of(notice)
    entry = next(entry for entry in entries_of(docket.id) if entry.id == notice.entry)
    telling = Telling(docket, form, entry, language, now)
    with written_in(language):
        rows = _proof_rows(telling, notice)
    head = Head(office=notice.office, serial=notice.serial)
    return set_proof(telling, head, rows, _drawing(docket, notice), now=now)


def form_of(notice: Notice) -> NoticeForm:
    """The form in which a notice was issued, as the pack has it today.

    Raises:
        NotFound: the pack in use knows no such notice.
    """
    form = current_pack().notices.get(notice.kind)
    if form is None:
        raise NotFound("no_form", "现在的资料包里没有这种文书了。原来出的那份还在，可以打印。")
    return form


def _proof_rows(telling: Telling, notice: Notice) -> list[tuple[str, str]]:
    signed = _signed(telling.docket, notice)
    name = particulars_of(telling.docket.beneficiary).name if telling.docket.beneficiary else gettext("信访人")
    title = telling.say(telling.form.title)
    return [
        (gettext("文书"), f"{title} {notice.serial}"),
        (gettext("收件人"), name),
        (gettext("送达方式"), str(WAYS[notice.way]) if notice.way else ""),
        (gettext("凭证"), str(PROOFS[notice.proof]) if notice.proof else ""),
        (gettext("送达日期"), telling.day(local_day(notice.served_ms)) if notice.served_ms else ""),
        (gettext("签收人"), signed[0] if signed else ""),
        (gettext("见证人"), gettext("、").join(signed[1:])),
        (gettext("送达人"), ""),
    ]


def _signed(docket: Docket, notice: Notice) -> list[str]:
    if not notice.proof_paper:
        return []
    try:
        return open_paper(docket.id, notice.proof_paper).content.decode().splitlines()
    except (BadPaper, NotFound):
        return []


def _drawing(docket: Docket, notice: Notice) -> str:
    """The drawn signature as SVG; a photograph stays with the case."""
    if not notice.picture:
        return ""
    try:
        opened = open_paper(docket.id, notice.picture)
    except (BadPaper, NotFound):
        return ""
    return opened.content.decode() if opened.media_type == "image/svg+xml" else ""


def genuine(text: str) -> Genuine | None:
    """The notice whose code this is, if it was issued, and its docket's chain and signatures hold; None otherwise.

    Says nothing of whose it is, nor what it says.
    """
    code = read_notice_code(text)
    row = NoticeRow.objects.filter(pk=mark_of(code)).first() if code else None
    if row is None or verify_docket(row.docket):
        return None
    notice = next((one for one in load(row.docket).docket.notices if one.mark == row.mark), None)
    office = current_pack().offices.get(notice.office) if notice else None
    if notice is None or office is None:
        return None
    return Genuine(local_day(notice.issued_ms), office.name, tuple(copy.content for copy in notice.copies))
