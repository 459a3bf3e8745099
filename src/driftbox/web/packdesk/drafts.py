"""One draft: its parts, its check beside the fields, the page as it would look, handing on, publishing, withdrawing."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from msgspec import Struct

from driftbox.apps.pack import calendar, current_pack
from driftbox.apps.packdesk import actions
from driftbox.apps.packdesk.access import require_editor
from driftbox.apps.packdesk.queries import Draft, draft_of, faults_of, is_overtaken, latest
from driftbox.apps.people.queries import colleagues
from driftbox.domain.errors import NotFound, Refused
from driftbox.gateways.pack_faults import Fault
from driftbox.gateways.pack_write import read_matter
from driftbox.web.base.matter_page import matter_page
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import said
from driftbox.web.base.viewer import staff_page, viewer_of
from driftbox.web.packdesk.fields import number_in
from driftbox.web.packdesk.parts import Part, differences, filled, key_of, keys_of, part_of, sentence, show_faults
from driftbox.web.packdesk.rows import change_rows, new_rows


class TermsForm(forms.Form):
    """From when, and why."""

    use_required_attribute = False
    rev = forms.IntegerField(widget=forms.HiddenInput)
    since = forms.DateField(label=_("从哪天起用"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label=_("为什么改"), max_length=300, help_text=_("一句话，不写人的名字"))


class Piece(Struct, frozen=True):
    """One part of the draft as its page lists it, with its faults."""

    part: Part
    faults: list[str]


@staff_page("director")
@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """The draft of a matter: what it is made of, what is still wrong, from when, who publishes it."""
    person = require_editor(viewer_of(request))
    if request.method == "GET":
        return _draft_page(request, draft_of(code), person)
    what = request.POST.get("do", "")
    if what == "terms":
        return _terms(request, code, person)
    if what not in STEPS:
        return _change_rows(request, code, person, what)
    message = STEPS[what](code, _rev(request), person, now_of(request))
    messages.success(request, message)
    finished = what in {"publish", "withdraw"}
    return redirect("packdesk:matter" if finished else "packdesk:draft", code=code)


def _rev(request: HttpRequest) -> int:
    return number_in(request.POST.get("rev", "")) or 0


def _submit(code: str, _rev: int, person: str, now: Any) -> str:
    actions.submit(code, by=person, now=now)
    return gettext("交上去了。另一位看过，发布了才算。")


def _take_back(code: str, _rev: int, _person: str, now: Any) -> str:
    actions.take_back(code, now=now)
    return gettext("拿回来了，可以接着写。")


def _withdraw(code: str, _rev: int, _person: str, now: Any) -> str:
    actions.withdraw(code, now=now)
    return gettext("草稿撤了。写过的还看得到，在这一页底下。")


def _publish(code: str, rev: int, person: str, now: Any) -> str:
    change = actions.publish(code, rev=rev, by=person, now=now)
    return gettext("发布了，是第 {n} 版，{day} 起用。在办的事还照原来的办。").format(
        n=change.said.version, day=change.said.since
    )


def _rebase(code: str, rev: int, person: str, now: Any) -> str:
    actions.rebase(code, rev=rev, by=person, now=now)
    return gettext("记下了：新的一版您看过了，草稿照样。")


STEPS: dict[str, Any] = {
    "submit": _submit, "take-back": _take_back, "withdraw": _withdraw, "publish": _publish, "rebase": _rebase,
}  # fmt: skip


def _terms(request: HttpRequest, code: str, person: str) -> HttpResponse:
    form = TermsForm(request.POST)
    if form.is_valid():
        try:
            data = form.cleaned_data
            actions.set_terms(
                code, since=data["since"], note=data["note"], rev=data["rev"], by=person, now=now_of(request)
            )
        except actions.Overtaken as refusal:
            data = request.POST.copy()
            data["rev"] = str(refusal.theirs.rev)
            again = TermsForm(data)
            again.add_error(None, sentence_of(refusal))
            return _draft_page(request, refusal.theirs, person, again, status=409)
        messages.success(request, gettext("记下了。"))
        return redirect("packdesk:draft", code=code)
    return _draft_page(request, draft_of(code), person, form, status=400)


def _change_rows(request: HttpRequest, code: str, person: str, what: str) -> HttpResponse:
    """Move, remove or add a paper or a question."""
    held = draft_of(code)
    changed, key = change_rows(held.matter, what, request.POST.get("which", ""), current_pack())
    try:
        actions.save(code, changed, rev=_rev(request), by=person, now=now_of(request))
    except actions.Overtaken:
        raise Refused("pack.moved", "这份草稿别人刚动过，没有再动。请看一眼现在的样子。") from None
    if key:
        return redirect("packdesk:part", code=code, key=key)
    messages.success(request, gettext("改好了。"))
    return redirect("packdesk:draft", code=code)


def _draft_page(
    request: HttpRequest, held: Draft, person: str, form: TermsForm | None = None, status: int = 200
) -> HttpResponse:
    today = calendar().local_date(now_of(request))
    faults, people = faults_of(held, today), colleagues()
    pieces = [Piece(part_of(held.matter, key), _own(faults, held, key)) for key in keys_of(held.matter)]
    known = {piece.part.key for piece in pieces}
    newest = read_matter(latest(held.file))
    initial = {"since": held.since or today, "note": held.note, "rev": held.rev}
    context = {
        "d": held,
        "matter": held.matter,
        "terms": form or TermsForm(initial=initial),
        "pieces": [piece for piece in pieces if not piece.part.rows],
        "questions": [piece for piece in pieces if piece.part.rows == "questions"],
        "materials": [piece for piece in pieces if piece.part.rows == "materials"],
        "elsewhere": [_placed(fault) for fault in faults if key_of(fault, held.file, held.matter) not in known],
        "count": len(faults),
        "changed": differences(newest, held.matter),
        "overtaken": is_overtaken(held),
        "who": people[held.by].name if held.by in people else "",
        "mine": person in (*held.editors, held.by) and not actions.may_alone(),
        "new": new_rows(held.matter, current_pack()),
    }
    return render(request, "packdesk/draft.html", context, status=status)


def _own(faults: list[Fault], held: Draft, key: str) -> list[str]:
    return [sentence(fault) for fault in faults if key_of(fault, held.file, held.matter) == key]


def _placed(fault: Fault) -> str:
    return f"{fault.file} {sentence(fault)}"


@staff_page("director")
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """One part of the draft, with what the check says beside each field."""
    person = require_editor(viewer_of(request))
    if request.method == "POST":
        return _save(request, code, key, person)
    held = draft_of(code)
    chosen = part_of(held.matter, key)
    form = filled(held.matter, chosen, held.rev)
    show_faults(form, _faults_at(request, held, key))
    return _part_page(request, held, chosen, form)


def _save(request: HttpRequest, code: str, key: str, person: str) -> HttpResponse:
    """Save one part. Whatever came in between, what was written here stands on the page that answers."""
    try:
        held = draft_of(code)
    except NotFound:
        held = actions.begin(code, by=person, now=now_of(request))
        chosen = part_of(held.matter, key)
        return _both(request, held, chosen, gettext("那份草稿已经发布或撤了，另起了一份。您写的没有丢，都在这一页上。"))
    chosen = part_of(held.matter, key)
    form = chosen.form(held.matter, chosen.place, request.POST)
    if not form.is_valid():
        return _part_page(request, held, chosen, form, status=400)
    try:
        saved = actions.save(code, form.put(), rev=form.cleaned_data["rev"], by=person, now=now_of(request))
    except actions.Overtaken as refusal:
        return _both(request, refusal.theirs, chosen, sentence_of(refusal))
    except Refused as refusal:
        form.add_error(None, sentence_of(refusal))
        return _part_page(request, held, chosen, form, status=409)
    messages.success(request, gettext("存好了。"))
    if _faults_at(request, saved, key):
        return redirect("packdesk:part", code=code, key=key)
    return redirect("packdesk:draft", code=code)


def _faults_at(request: HttpRequest, held: Draft, key: str) -> list[Fault]:
    today: date = calendar().local_date(now_of(request))
    return [fault for fault in faults_of(held, today) if key_of(fault, held.file, held.matter) == key]


def _part_page(
    request: HttpRequest, held: Draft, chosen: Part, form: Any, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"d": held, "part": chosen, "form": form, "title": said(held.matter.plain) or held.code, **more}
    return render(request, "packdesk/part.html", context, status=status)


def _both(request: HttpRequest, theirs: Draft, chosen: Part, told: str) -> HttpResponse:
    """What stands now, beside what was sent; sending it once more puts it over theirs."""
    people, data = colleagues(), request.POST.copy()
    data["rev"] = str(theirs.rev)
    again = chosen.form(theirs.matter, chosen.place, data)
    changed = differences(theirs.matter, again.put()) if again.is_valid() else []
    who = people[theirs.by].name if theirs.by in people else ""
    return _part_page(request, theirs, chosen, again, status=409, overtaken=told, who=who, changed=changed)


@staff_page("director")
@require_safe
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """The resident's page as the draft would have it."""
    require_editor(viewer_of(request))
    held = draft_of(code)
    if not held.matter.plain.zh:
        raise Refused("pack.nameless", "这件事还没有名字，先写上邻里怎么说，再看样子。")
    context = matter_page(held.matter, request.GET.getlist("answer"), calendar().local_date(now_of(request)))
    return render(request, "resident/matter.html", {**context, "preview": held})
