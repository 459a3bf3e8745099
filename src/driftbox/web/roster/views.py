"""The roster of an office: a month to look at and to change, and the notes from shift to shift."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods
from msgspec import Struct

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.queries import colleagues
from driftbox.apps.roster import actions, queries
from driftbox.apps.roster.access import may_direct, require_reach
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.planning.roster import Duty, Task, slot_of
from driftbox.domain.planning.roster_book import RosterBook
from driftbox.domain.planning.roster_check import impossible, shortfalls, violations
from driftbox.domain.planning.roster_facts import FREE
from driftbox.domain.planning.roster_file import read_roster
from driftbox.web.base.duty import names_of, notes_shown, person_name
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.roster.acts import STAFF
from driftbox.web.roster.choices import choices_for, my_choices
from driftbox.web.roster.forms import FORMS, NoteForm, offered
from driftbox.web.roster.words import broken_words, cannot_words, fault_words, open_words, swap_words

SHOWN_NOTES: Final = 30
LONGEST_FILE: Final = 200_000
OPEN: Final = frozenset({"people", "skill"})


class Row(Struct, frozen=True, kw_only=True):
    """One person's month on the page."""

    person: str
    name: str
    letters: str
    cells: tuple[str, ...]
    shifts: int
    nights: int


@staff_page(*STAFF)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """To the month of one's own office, or of the first below it that has a roster."""
    viewer = viewer_of(request)
    listed = [office for office in current_pack().rosters if office in viewer.reach]
    office = viewer.office if viewer.office in listed else next(iter(listed), viewer.office)
    return redirect("roster:month", office=office, month=f"{calendar().local_date(now_of(request)):%Y-%m}")


@staff_page(*STAFF)
@require_http_methods(["GET", "POST"])
def month(request: HttpRequest, office: str, month: str) -> HttpResponse:
    """A month of an office; its director makes, checks, takes in and publishes it."""
    viewer = viewer_of(request)
    require_reach(viewer, office)
    task, book = queries.task_of(office, month), queries.load(office).book
    duties = tuple(duty for duty in sorted(book.duties) if duty.day in task.days)
    if request.method == "GET":
        return _page(request, office, month, task, duties, {})
    if not may_direct(viewer, office):
        raise NotAllowed("roster.director", "排班、准假、批换班归站长。没有记，请告诉站长。")
    return _change(request, viewer, office, month, task)


def _change(request: HttpRequest, viewer: Viewer, office: str, month: str, task: Task) -> HttpResponse:
    typed, wrong = _typed(request, task)
    do, how = request.POST.get("do", ""), request.POST.get("how", "hand")
    if do == "make":
        maker = actions.maker()
        made = actions.make_month(office, month, by=maker)
        return _page(request, office, month, task, made, {"how": maker.name, "proposed": True})
    if do == "import":
        return _import(request, office, month, task)
    if do != "publish" or wrong:
        return _page(request, office, month, task, typed, {"how": how, "wrong": wrong, "proposed": True}, bool(wrong))
    try:
        how = how if how in {"plain", "solver", "file"} else "hand"
        actions.publish(office, month, typed, how, by=viewer.person, now=now_of(request))
    except Refused as refusal:
        wrong = [sentence_of(refusal)]
        return _page(request, office, month, task, typed, {"how": how, "wrong": wrong, "proposed": True}, bad=True)
    messages.success(request, gettext("这个月的班发布了，各人的日历也跟着变。"))
    return redirect("roster:month", office=office, month=month)


def _typed(request: HttpRequest, task: Task) -> tuple[tuple[Duty, ...], list[str]]:
    """The duties typed as letters, and what of them cannot be read."""
    found, wrong = [], []
    for member in task.members:
        letters = request.POST.get(f"days-{member.person}", "").strip().upper().replace(" ", "").replace("。", FREE)
        if letters and len(letters) != len(task.days):
            wrong.append(gettext("{name} 那一行要 {n} 个字母或点。").format(
                name=person_name(member.person), n=len(task.days)
            ))  # fmt: skip
        for day, letter in zip(task.days, letters, strict=False):
            if letter != FREE and task.rules.shift(letter) is None:
                wrong.append(gettext("{name} 那一行的“{letter}”不是班次。").format(
                    name=person_name(member.person), letter=letter
                ))  # fmt: skip
            elif letter != FREE:
                found.append(Duty(day, letter, member.person))
    return tuple(sorted(found)), list(dict.fromkeys(wrong))[:20]


def _import(request: HttpRequest, office: str, month: str, task: Task) -> HttpResponse:
    """Take in a file of shifts: all of it into the rows above, or none, with every fault by its line."""
    text = request.POST.get("lines", "")[:LONGEST_FILE]
    people = {colleague.name: person for person, colleague in colleagues().items() if colleague.office == office}
    read = read_roster(text, task, people)
    faults = [fault_words(fault) for fault in read.faults]
    if faults or not read.duties:
        duties, _wrong = _typed(request, task)
        wrong = faults or [gettext("一行都没有读到。一行一班：日期,班次,谁")]
        return _page(request, office, month, task, duties, {"wrong": wrong, "lines": text, "proposed": True}, bad=True)
    return _page(request, office, month, task, read.duties, {"how": "file", "proposed": True})


def _page(
    request: HttpRequest, office: str, month: str, task: Task, duties: Sequence[Duty], more: dict[str, Any],
    bad: bool = False,  # noqa: FBT001, FBT002 - whether something is wrong, the status of the page
) -> HttpResponse:  # fmt: skip
    viewer, book = viewer_of(request), queries.load(office).book
    today = calendar().local_date(now_of(request))
    broken = [one for one in violations(task, duties) if one.rule not in OPEN]
    context = {
        "office": office, "month": month, "rules": task.rules, "rows": _rows(task, duties), "days": _days(task, today),
        "place_name": said(current_pack().offices[office].name), "may_direct": may_direct(viewer, office),
        "open": [open_words(one, task.rules) for one in shortfalls(task, duties)] if duties else [],
        "broken": [broken_words(one, task.rules, person_name(one.person)) for one in broken],
        "cannot": [cannot_words(one, task.rules) for one in impossible(task)],
        "published": book.months.get(month), "before": _beside(task.days[0], -1), "after": _beside(task.days[-1], 1),
        "swaps": _swaps(book), "slots": [(shift, _hours(task, shift.code)) for shift in task.rules.shifts],
        "forms": _forms(office, today), "plain": actions.maker().name == "plain", **more,
    }  # fmt: skip
    return render(request, "roster/month.html", context, status=400 if bad else 200)


def _beside(day: date, way: int) -> str:
    return f"{day + timedelta(days=way):%Y-%m}"


def _hours(task: Task, code: str) -> Any:
    return slot_of(task.rules, Duty(task.days[0], code, ""))


def _days(task: Task, today: date) -> list[tuple[date, bool, bool]]:
    return [(day, task.calendar.is_rest_day(day), day == today) for day in task.days]


def _rows(task: Task, duties: Sequence[Duty]) -> list[Row]:
    held = {(duty.person, duty.day): duty.shift for duty in duties}
    people = list(dict.fromkeys([*(one.person for one in task.members), *(duty.person for duty in duties)]))
    nights = {shift.code for shift in task.rules.shifts if shift.night}
    rows = []
    for person, name in zip(people, names_of(tuple(people)), strict=True):
        cells = tuple(held.get((person, day), "") for day in task.days)
        rows.append(Row(
            person=person, name=name, letters="".join(cell or FREE for cell in cells), cells=cells,
            shifts=sum(map(bool, cells)), nights=sum(cell in nights for cell in cells),
        ))  # fmt: skip
    return rows


def _swaps(book: RosterBook) -> list[dict[str, Any]]:
    return [
        {"swap": one, "giver": person_name(one.giver), "taker": person_name(one.taker), "state": swap_words(one)}
        for one in book.waiting_swaps()
    ]


def _forms(office: str, today: date) -> dict[str, Any]:
    choices = dict(choices_for(office, today))
    return {kind: offered(FORMS[kind](auto_id=f"{kind}_%s"), choices) for kind in FORMS if kind != "swap"}


@staff_page(*STAFF)
@require_GET
def notes(request: HttpRequest, office: str) -> HttpResponse:
    """Hand-over notes: what waits to be read, what one writes oneself, and the last ones with their readers."""
    viewer, now = viewer_of(request), now_of(request)
    require_reach(viewer, office)
    every = sorted(queries.load(office).book.notes.values(), key=lambda note: note.entry, reverse=True)
    today = calendar().local_date(now)
    mine = queries.next_duties(viewer.person, office, today) if viewer.office == office else []
    choices = dict(choices_for(office, today))
    if mine:
        choices["slot"] = my_choices(office, viewer.person, today - timedelta(days=1))["slot"] or choices["slot"]
    now_on = next((one.slot for one in queries.on_duty(office, now)), None)
    initial = {"slot": f"{now_on.day.isoformat()}|{now_on.shift.code}"} if now_on else {}
    context = {
        "office": office, "place_name": said(current_pack().offices[office].name), "viewer": viewer,
        "form": offered(NoteForm(initial=initial), choices), "notes": notes_shown(office, every[:SHOWN_NOTES]),
    }  # fmt: skip
    return render(request, "roster/notes.html", context)
