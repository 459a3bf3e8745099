"""Is this notice genuine? Yes, with the day and the office; or not known. A file may be compared, and is not kept."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from driftbox.apps.notices.actions import count_attempt
from driftbox.apps.serving.queries import Genuine, genuine
from driftbox.gateways.notice_codes import groups_of, read_notice_code
from driftbox.gateways.paper_types import MAX_BYTES
from driftbox.web.base.middleware import now_of


class FileForm(forms.Form):
    """The file that somebody holds."""

    file = forms.FileField(
        label=_("手里有 PDF，也可以比一比"), help_text=_("比完就丢，不留下"), allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": _("还没选文件。请选一个 PDF，再按一次。")},
    )  # fmt: skip


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """Type the code of a notice."""
    typed = request.GET.get("code", "")[:60]
    code = read_notice_code(typed)
    if code:
        return redirect("genuine:answer", code=code)
    sentence = gettext("查验码有一位不对。是 16 个字，四个一组，请对着纸上再看一遍。") if typed else ""
    return _kept_nowhere(render(request, "genuine/ask.html", {"typed": typed, "sentence": sentence},
                                status=400 if typed else 200))  # fmt: skip


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Whether the notice with this code was issued; with a file, whether it is that notice unaltered."""
    count_attempt("genuine", request.META.get("REMOTE_ADDR", ""), now=now_of(request))
    found = genuine(code)
    if found is None:
        return _kept_nowhere(render(request, "genuine/unknown.html", {}, status=404))
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    compared = _compare(found, form) if request.method == "POST" and form.is_valid() else ""
    status = 400 if request.method == "POST" and not compared else 200
    groups = " ".join(groups_of(read_notice_code(code)))
    context = {"found": found, "form": form, "compared": compared, "groups": groups}
    return _kept_nowhere(render(request, "genuine/answer.html", context, status=status))


def _compare(found: Genuine, form: FileForm) -> str:
    """``same``, or ``other``."""
    content: bytes = form.cleaned_data["file"].read(MAX_BYTES + 1)
    return "same" if found.is_file(content) else "other"


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
