"""Behind a printed code: the box, the parcel, the seal. A code is scanned by the phone, from a photograph, or typed."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.request import validate_host
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from driftbox.apps.dockets.access import docket_for
from driftbox.apps.errands.box_start import serves, start_box
from driftbox.apps.labels.queries import was_printed
from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.pack import current_pack
from driftbox.apps.parcels.queries import under_way_labelled, under_way_with_seal
from driftbox.domain.custody.labels import KIND_OF, Kind, groups, read_label
from driftbox.domain.errors import BadPaper, NotFound, Refused
from driftbox.gateways.scan import MAX_BYTES, read_codes
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.telling import place_name
from driftbox.web.base.viewer import staff_page, viewer_of

OURS = ("/l/", "/b/", "/track/find/", "/genuine/")
SCANS = 60  # photographs of one visitor in a quarter of an hour; a pier hall shares one address


class ScanForm(forms.Form):
    """A photograph of a label."""

    photo = forms.FileField(
        label=_("拍标签"), help_text=_("对准上面的方块码"),
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
        error_messages={"required": _("还没有照片。请拍一张，或把号填进来。")},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def scan(request: HttpRequest) -> HttpResponse:
    """Photograph a label, or type its number; leads to the page of what it is on."""
    typed = request.GET.get("code", "")[:60]
    try:
        if request.method == "POST":
            return _photographed(request)
        if typed:
            return redirect("labels:label", code=read_label(typed, "box"))
    except (Refused, BadPaper) as refusal:
        status = 429 if refusal.code == "too_many" else 400
        return _scan_page(request, typed=typed, sentence=sentence_of(refusal), status=status)
    return _scan_page(request)


def _scan_page(request: HttpRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    form = more.pop("form", None) or ScanForm()
    hosts = " ".join(sorted({urlsplit(settings.DRIFTBOX_SITE).netloc} - {""}))
    context = {"form": form, "hosts": hosts, "may_print": _may_print(request), **more}
    return render(request, "labels/scan.html", context, status=status)


def _may_print(request: HttpRequest) -> bool:
    return request.user.is_authenticated and bool(viewer_of(request).roles & {"clerk", "director"})


def _photographed(request: HttpRequest) -> HttpResponse:
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return _scan_page(request, form=form, status=400)
    count_attempt("scan", request.META.get("REMOTE_ADDR", ""), now=now_of(request), tries=SCANS)
    found = read_codes(form.cleaned_data["photo"].read(MAX_BYTES + 1))  # a byte more tells that it is too large
    ways = [way for way in dict.fromkeys(our_way(request, text) for text in found) if way]
    if len(ways) == 1:
        return redirect(ways[0])
    if ways:
        return _scan_page(request, ways=[(way, way.strip("/").split("/")[-1]) for way in ways])
    if found:
        raise Refused("not_our_code", "读出来了，可不是漂流箱的码。请拍箱上、袋上或单子上的那个。")
    raise Refused("no_code", "照片上没找到码。走近一点，亮一点，再拍一张；或把号填进来。")


def our_way(request: HttpRequest, text: str) -> str:
    """The page of this site that a scanned text leads to; empty when it is not ours. Never leads off this site."""
    if not text.startswith(("http://", "https://")):
        return _way_of_number(text)
    try:
        parts = urlsplit(text)
    except ValueError:  # no address at all, as https://[
        return ""
    here = {request.get_host(), urlsplit(settings.DRIFTBOX_SITE).netloc}
    if parts.netloc not in here and not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS):
        return ""
    if not parts.path.startswith(OURS) or "//" in parts.path:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _way_of_number(text: str) -> str:
    try:
        return reverse("labels:label", args=[read_label(text)])
    except Refused:
        return ""


@require_GET
def label(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind a printed number: goes on to the box, or says what the thing is. Shows nobody's name."""
    code = _known(code)
    if serves(code):
        return redirect("box:label", label=code)
    return _label_page(request, code)


def _known(text: str) -> str:
    """The number in the address.

    Raises:
        NotFound: wrong, or neither printed here nor on a box in service.
    """
    try:
        code = read_label(text)
    except Refused as refusal:
        raise NotFound(refusal.code, refusal.sentence) from refusal
    if not was_printed(code) and not serves(code):
        raise NotFound("no_label", "没有这个号。请对着标签再看一遍，或打电话问站里。")
    return code


def _label_page(request: HttpRequest, code: str, sentence: str = "") -> HttpResponse:
    kind = KIND_OF[code.partition("-")[0]]
    director = request.user.is_authenticated and "director" in viewer_of(request).roles
    context: dict[str, Any] = {
        "code": code,
        "number": " ".join(groups(code)),
        "sentence": sentence,
        "heading": _headings()[kind],
        "kind": kind,
    }
    context["case"] = _case_of(request, code, kind)
    if kind == "box" and director:
        context["piers"] = [(pier, place_name(pier)) for pier in current_pack().piers]
    return render(request, "labels/label.html", context, status=400 if sentence else 200)


def _case_of(request: HttpRequest, code: str, kind: Kind) -> str:
    """The page of the case whose bag or seal this is, for staff who reach it; empty for everybody else."""
    rows = under_way_labelled(code) if kind == "parcel" else under_way_with_seal(code)
    if not rows or not request.user.is_authenticated:
        return ""
    viewer = viewer_of(request)
    try:
        docket = docket_for(viewer, rows[0].docket).id
    except NotFound:
        return ""
    return reverse("pocket:case" if viewer.roles & {"agent", "crew", "director"} else "desk:case", args=[docket])


def _headings() -> dict[str, str]:
    return {"box": gettext("这只箱还没有启用"), "parcel": gettext("一袋材料"), "seal": gettext("一根封条")}


@staff_page("director")
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Put the box that bears this label into service."""
    code = _known(code)
    pier = request.POST.get("pier", "")[:40]
    try:
        start_box(code, pier, by=viewer_of(request).person, role="director", now=now_of(request))
    except Refused as refusal:
        if not serves(code):
            return _label_page(request, code, sentence_of(refusal))
        messages.error(request, sentence_of(refusal))
    return redirect("box:label", label=code)
