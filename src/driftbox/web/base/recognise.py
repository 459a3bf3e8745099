"""Photograph a paper and have it recognised 拍照认一认: the same at the box, at the desk and in the pocket.

The page of a photograph shows how far it is, then what was read; the person confirms, corrects, takes another, or
throws it away. Nothing is ticked before that. Without the extra the pages say so, and everything else goes on.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from msgspec import Struct

from driftbox.apps.node import can_read
from driftbox.apps.recognition.actions import confirm, discard, send_photo
from driftbox.apps.recognition.queries import STEPS, Progress, Result, progress_of
from driftbox.domain.consult.reading import Remark
from driftbox.domain.docket.state import Docket
from driftbox.domain.errors import BadPaper, Refused
from driftbox.web.base.act_form import all_materials, material_choices
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.recognise_forms import ConfirmForm, PhotoForm, kind_of
from driftbox.web.base.templatetags.driftbox import full_day

REFRESH: Final = 3  # seconds


class Corner(Struct, frozen=True):
    """Where on the site a photograph is recognised: its page, who sends it, what it may be, and where to go back to."""

    page: str  # the template
    over: str  # what stands over it: the box, or the number of the case
    send: str  # the address for the next photograph
    back: str  # the address to go back to
    by: str
    choices: list[tuple[str, str]]
    sent: Callable[[str], str]  # the address of one photograph


def staff_corner(screen: str, docket: Docket, person: str) -> Corner:
    """The corner of a member of staff on the screen ``desk`` or ``pocket``; any material of the list may be it."""
    return Corner(
        page=f"{screen}/recognise.html",
        over=docket.number,
        send=reverse(f"{screen}:read", args=[docket.id]),
        back=reverse(f"{screen}:case", args=[docket.id]),
        by=person,
        choices=material_choices(docket) or all_materials(docket),
        sent=lambda one: reverse(f"{screen}:photo", args=[docket.id, one]),
    )


def send_page(request: HttpRequest, docket: Docket, corner: Corner) -> HttpResponse:
    """Send one photograph; refused at once, on the form, when it is none."""
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if request.method == "POST" and form.is_valid():
        try:
            persons = (docket.beneficiary, docket.applicant, *docket.parties)
            content = form.cleaned_data["photo"].read()
            one = send_photo(docket.id, corner.by, content, persons=persons, now=now_of(request))
        except (BadPaper, Refused) as refusal:
            form.add_error("photo", sentence_of(refusal))
        else:
            return redirect(corner.sent(one))
    context = {"corner": corner, "form": form, "can_read": can_read(), "docket": docket}
    return render(request, corner.page, context, status=400 if form.errors else 200)


def photo_page(request: HttpRequest, docket: Docket, one: str, corner: Corner) -> HttpResponse:
    """How far one photograph is, then what was read on it."""
    progress = progress_of(docket.id, corner.by, one)
    if request.method == "POST" and "discard" in request.POST:
        discard(docket.id, corner.by, one)
        messages.success(request, gettext("照片删了，什么都没有记。"))
        return redirect(corner.back)
    context = {"corner": corner, "docket": docket, "progress": progress, "steps": STEPS, "can_read": can_read()}
    if progress.confirmed:
        return redirect(corner.back)
    if progress.result is None:
        response = render(request, corner.page, context)
        if progress.state != "failed":
            response["Refresh"] = str(REFRESH)
        return response
    return _suggestion(request, progress, progress.result, corner, context)


def _suggestion(
    request: HttpRequest, progress: Progress, result: Result, corner: Corner, context: dict[str, object]
) -> HttpResponse:
    form = ConfirmForm(result, corner.choices, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.confirmed()
        confirm(progress.docket, corner.by, progress.id, made, keep=form.cleaned_data["keep"], now=now_of(request))
        if made.material:
            messages.success(request, gettext("记好了，单子上替您勾上了。"))
        return redirect(corner.back)
    context |= {
        "form": form,
        "kind": kind_of(result),
        "remarks": [*verdict_words(result), *(remark_words(remark) for remark in result.paper.remarks)],
    }
    return render(request, corner.page, context, status=400 if form.errors else 200)


def verdict_words(result: Result) -> list[str]:
    """What made the photograph hard to read, and what to do about it."""
    words = {
        "dark": gettext("太暗了。拿到亮的地方，放平，再拍一张。"),
        "glare": gettext("反光了。换个角度，避开灯，再拍一张。"),
        "blurred": gettext("有点糊。手稳一点，放平，再拍一张。"),
        "small": gettext("字太小。走近一点，让纸占满，再拍一张。"),
    }
    return [words[verdict] for verdict in result.verdicts]


def remark_words(remark: Remark) -> str:
    """One thing to point out, in words."""
    what = remark.what
    if remark.code == "expired":
        return gettext("这份过期了：有效到 {day}。").format(day=full_day(date.fromisoformat(what)))
    if remark.code == "two_papers":
        return gettext("一张照片上有两样。一样一张拍，才认得准。")
    if remark.code == "name_differs":
        return gettext("名字是{name}，和这件事里的人对不上。请看看是谁的。").format(name=what)
    return {
        "nothing_read": gettext("照片上没看见字。请把纸放平，四个角都拍进来，再拍一张。"),
        "unknown_paper": gettext("认不出这是哪一样。自己选就行。"),
        "birth_differs": gettext("身份证号和出生日子对不上，号没有填。请照着纸填。"),
    }[remark.code]
