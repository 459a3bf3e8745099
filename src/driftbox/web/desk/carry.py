"""Carry bundles by hand: what another node lacks as a file that only it can open, and a file that somebody brought.

A phone on the ferry is carrier enough; it cannot read what it carries.
"""

import tempfile
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from driftbox.apps.pack import current_pack
from driftbox.apps.sync.files import Took, take_file
from driftbox.apps.sync.queries import PeerLine, peers
from driftbox.apps.sync.sending import write_for
from driftbox.domain.errors import DriftboxError
from driftbox.domain.text import Text
from driftbox.web.base.middleware import now_of, sentence_of
from driftbox.web.base.viewer import staff_page

CARRIERS = ("clerk", "director", "supervisor")
PAPERS_BYTES = 32 * 1024 * 1024  # of papers that ride in one file of a page


@require_http_methods(["GET", "POST"])
@staff_page(*CARRIERS)
def carry(request: HttpRequest) -> HttpResponse:
    """The nodes to which something can be carried; or take in what was brought."""
    if request.method == "POST":
        _take_in(request)
        return redirect("desk:carry")
    lines = [(peer, _office(peer)) for peer in peers() if not peer.revoked]
    return render(request, "desk/carry.html", {"lines": lines})


def _office(peer: PeerLine) -> Text | None:
    office = current_pack().offices.get(peer.office)
    return office.name if office else None


def _take_in(request: HttpRequest) -> None:
    brought = request.FILES.getlist("file")
    if not brought:
        messages.error(request, gettext("还没选文件，什么都没收。请选好再按一次。"))
    for file in brought:
        try:
            messages.success(request, _said(_taken(file, request)))
        except DriftboxError as refusal:
            messages.error(request, sentence_of(refusal))


def _taken(file: "UploadedFile[bytes]", request: HttpRequest) -> Took:
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        return take_file(Path(kept.name), now=now_of(request))


def _said(took: Took) -> str:
    if took.outcome is None:
        count = len(took.missing)
        return ngettext("这一块收下了，还差 %(n)s 块。", "这一块收下了，还差 %(n)s 块。", count) % {"n": count}
    if took.outcome.again:
        return gettext("这个包以前收过了，没有再收一遍。")
    came, said = took.outcome, gettext("收好了：新的 {new} 条，待看 {apart} 条，材料 {papers} 份。")
    return said.format(new=came.new, apart=came.quarantined + came.waiting, papers=came.papers)


@require_POST
@staff_page(*CARRIERS)
def make(request: HttpRequest, node: str) -> HttpResponse:
    """Everything that a node lacks, as one file that only it can open."""
    with tempfile.TemporaryFile() as file:
        write_for(node, file, papers_bytes=PAPERS_BYTES, now=now_of(request))
        file.seek(0)
        answer = HttpResponse(file.read(), content_type="application/octet-stream")
    answer["Content-Disposition"] = 'attachment; filename="driftbox.bundle"'
    return answer
