"""The reception log 接待登记: take a contact in under a minute, see the day by shift, call back whoever waits."""

from datetime import date, datetime
from itertools import groupby
from typing import Any, Final, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from msgspec import Struct

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.notices.queries import docket_of_receipt, receipt_of
from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import Particulars
from driftbox.apps.reception import queries
from driftbox.apps.reception.actions import ROLES, WINDOW, Logged, Talk, called_back, log_contact
from driftbox.domain.docket.petition_entries import Route, Sort
from driftbox.domain.errors import NotFound, Refused
from driftbox.gateways.codes import read_receipt_code
from driftbox.web.base.duty import person_name, shift_name
from driftbox.web.base.intake_words import assign_and_tell
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.petition_form import way_choices, way_named
from driftbox.web.base.telling import page_language, place_name, said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.reception.forms import CHANNELS, CalledForm, ContactForm

OUTCOMES: Final = {
    "answered": "当场答了", "opened": "开了一件", "noted": "记进了原来的件", "passed_on": "先记下，等回话",
}  # fmt: skip
CHANNEL_NAMES: Final = dict(CHANNELS)
WAY: Final = "way:"  # before the code of a way of petitions, among the matters to choose from


class Said(Struct, frozen=True, kw_only=True):
    """What is read out to somebody on the phone: the number and the receipt code of their case, letter by letter."""

    docket: str
    number: str
    receipt: tuple[str, ...]


class LineShown(Struct, frozen=True, kw_only=True):
    """One contact on the page."""

    line: queries.Line
    channel: str
    outcome: str
    by: str


@staff_page(*ROLES, "supervisor")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The contacts of one day by shift, the calls that are owed, the days on which leaders receive."""
    viewer, now = viewer_of(request), now_of(request)
    today = calendar().local_date(now)
    day = _day(request.GET.get("day", ""), today)
    lines = [_shown(line) for line in queries.shown(viewer, queries.contacts_on(viewer.office, day))]
    owed = queries.shown(viewer, queries.owed(viewer.office, now))
    context = {
        "day": day, "today": today, "place_name": place_name(viewer.office),
        "shifts": [(_shift(viewer.office, code), list(held)) for code, held in groupby(lines, key=_shift_of)],
        "owed": [(_shown(line), line.contact.due and line.contact.due < now) for line in owed],
        "leaders": [(one, row, place_name(row.office)) for one, row in queries.reception_days(viewer.office, today)],
        "read": _read_out(viewer, request.GET.get("said", "")),
    }  # fmt: skip
    return render(request, "reception/log.html", context)


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise NotFound("contact.day", "没有这一天。请从上面选。") from None


def _shift_of(shown: LineShown) -> str:
    return shown.line.contact.shift


def _shift(office: str, code: str) -> str:
    return shift_name(office, code) if code and office in current_pack().rosters else ""


def _shown(line: queries.Line) -> LineShown:
    contact = line.contact
    return LineShown(
        line=line, channel=str(CHANNEL_NAMES[contact.channel]), outcome=gettext(OUTCOMES[contact.outcome]),
        by=person_name(contact.by),
    )  # fmt: skip


def _read_out(viewer: Viewer, docket: str) -> Said | None:
    """The codes of a case to be read out, for whoever may see it."""
    try:
        case = docket_for(viewer, docket) if docket else None
    except NotFound:
        return None
    return Said(docket=case.id, number=case.number, receipt=tuple(receipt_of(case.id))) if case else None


@staff_page(*ROLES)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Take one contact: the number says who it is, and what they have open; a spoken code says which case."""
    viewer, now = viewer_of(request), now_of(request)
    number = request.POST.get("phone", "") or request.GET.get("number", "")[:20]
    heard = _heard(request, viewer)
    known = queries.known_by(viewer, number)
    form = ContactForm(request.POST or None, initial=_initial(number, known, heard))
    form.choose("about", _cases(known, heard))
    form.choose("matter", _matters(viewer))
    context = {"form": form, "number": number, "known": known, **heard}
    if request.method == "POST" and form.is_valid():
        try:
            logged = log_contact(_talk(form), viewer, now=now)
        except Refused as refusal:
            form.add_error(None, sentence_of(refusal))
        else:
            return _onward(request, logged)
    return render(request, "reception/new.html", context, status=400 if request.method == "POST" else 200)


def _onward(request: HttpRequest, logged: Logged) -> HttpResponse:
    """Back to the log, where number and code are read out; what may not be seen here is told once, now."""
    gaps = {"number": logged.case.number, "receipt": logged.code}
    if logged.closed:
        sentence = gettext("登记好了，编号 {number}，回执码 {receipt}，请念给他听。这件事说到了您，请站长换人接着办。")
        messages.warning(request, sentence.format(**gaps))
    elif logged.case.confidential and logged.code:
        sentence = gettext("登记好了，直接转给受理的单位，这里看不到。编号 {number}，回执码 {receipt}，请念给他听。")
        messages.success(request, sentence.format(**gaps))
    else:
        messages.success(request, gettext("记好了：{outcome}。").format(outcome=gettext(OUTCOMES[logged.outcome])))
        if logged.outcome == "opened":
            assign_and_tell(request, logged.case)
    return redirect(f"{reverse('reception:log')}?said={logged.case.id}")


def _heard(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """The case of a receipt code that was spoken, or a sentence when a letter is wrong; nothing is looked up then.

    Either way the letters as they were heard, to be read back one by one.
    """
    code = request.GET.get("code", "")[:20]
    if not code:
        return {}
    letters = [letter for letter in code.upper() if letter.isalnum()]
    try:
        docket = docket_of_receipt(read_receipt_code(code))
        case = docket_for(viewer, docket) if docket else None
    except Refused as refusal:
        return {"code": code, "letters": letters, "sentence": sentence_of(refusal)}
    sentence = "" if case else gettext("7 个字都对，可是这里没有这件事。请他再念一遍编号。")
    return {"code": code, "letters": letters, "case": case, "sentence": sentence}


def _initial(number: str, known: list[queries.Known], heard: dict[str, Any]) -> dict[str, Any]:
    one = known[0] if len(known) == 1 else None
    case = heard.get("case")
    return {
        "channel": "phone", "phone": number, "name": one.name if one else "",
        "about": case.id if case else "",
    }  # fmt: skip


def _cases(known: list[queries.Known], heard: dict[str, Any]) -> list[tuple[str, str]]:
    matters = current_pack().matters
    rows = [row for one in known for row in one.cases if not row.final]
    listed = [(row.docket, f"{row.number} {said(matters[row.matter].plain)}") for row in rows if row.matter in matters]
    case = heard.get("case")
    if case and case.id not in dict(listed):
        listed.insert(0, (case.id, case.number))
    return listed


def _matters(viewer: Viewer) -> list[Any]:
    """Errands, the most asked for first; and the ways of petitions, for those who may register them."""
    every = sorted(
        (one for one in current_pack().matters.values() if one.procedure == "errand"),
        key=lambda one: one.featured or 99,
    )
    errands = [(one.code, said(one.plain)) for one in every]
    if current_pack().guide is None or not viewer.roles & set(WINDOW):
        return errands
    return [(gettext("办事"), errands), (gettext("信访"), [(f"{WAY}{code}", name) for code, name in way_choices()])]


def _talk(form: ContactForm) -> Talk:
    data = form.cleaned_data
    caller = Particulars(name=data["name"], phone=data["phone"], language=page_language())
    matter: str = data["matter"]
    way = way_named(matter.removeprefix(WAY)) if matter.startswith(WAY) else None
    return Talk(
        channel=data["channel"], words=data["words"], caller=caller, about=data["about"],
        matter="" if way else matter, sort=cast("Sort", way.sort) if way else "",
        route=cast("Route", way.route) if way else "", answer=data["answer"], call_back=data["call_back"],
    )  # fmt: skip


@staff_page(*ROLES)
@require_POST
def called(request: HttpRequest, contact: UUID) -> HttpResponse:
    """A promised call back was tried."""
    viewer, now = viewer_of(request), now_of(request)
    form = CalledForm(request.POST)
    again: datetime | None = form.cleaned_data["again"] if form.is_valid() else None
    if not form.is_valid():
        messages.error(request, gettext("回电的时间要晚于现在，一个月以内。没有记，请改好再按一次。"))
        return redirect("reception:log")
    reached = form.cleaned_data["reached"] == "1"
    try:
        called_back(viewer.office, str(contact), reached=reached, again=again, viewer=viewer, now=now)
    except NotFound:
        raise
    except Refused as refusal:
        messages.error(request, sentence_of(refusal))
    else:
        messages.success(request, gettext("记下了，打通了。") if reached else gettext("记下了，过后再打。"))
    return redirect("reception:log")
