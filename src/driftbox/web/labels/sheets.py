"""Printing sheets of labels, for clerks and directors."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from driftbox.apps.labels.actions import MAX_COUNT, print_sheet
from driftbox.domain.errors import DriftboxError
from driftbox.gateways.pdf import Language
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page


class SheetForm(forms.Form):
    """Which labels, and how many."""

    kind = forms.ChoiceField(
        label=_("印什么？"), initial="parcel", widget=forms.RadioSelect,
        choices=[("box", _("箱标签，一页 3 张")), ("parcel", _("袋标签，一页 10 张")), ("seal", _("封条，一页 24 张"))],
        error_messages={"required": _("还没选印什么。"), "invalid_choice": _("还没选印什么。")},
    )  # fmt: skip
    count = forms.IntegerField(
        label=_("要几张？"), initial=30, min_value=1, max_value=MAX_COUNT,
        error_messages={
            "required": _("还没填要几张。"), "invalid": _("张数要是数字，从 1 到 1000。"),
            "min_value": _("张数要是数字，从 1 到 1000。"), "max_value": _("张数要是数字，从 1 到 1000。"),
        },
    )  # fmt: skip


@staff_page("clerk", "director")
@require_http_methods(["GET", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    """Choose and print; every printing has fresh numbers."""
    form, sentence = SheetForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        kind, site = form.cleaned_data["kind"], settings.DRIFTBOX_SITE or request.build_absolute_uri("/")
        language: Language = "en" if get_language() == "en" else "zh"
        try:
            content = print_sheet(kind, form.cleaned_data["count"], site=site, now=now_of(request), language=language)
        except DriftboxError as refusal:
            sentence = sentence_of(refusal)
        else:
            name = f"{kind}-{now_of(request):%Y%m%d-%H%M}.pdf"
            return HttpResponse(
                content, "application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
            )
    status = 400 if request.method == "POST" else 200
    return render(request, "labels/sheets.html", {"form": form, "sentence": sentence}, status=status)
