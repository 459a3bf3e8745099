"""What other nodes may do here: be let in, say hello, hand over, fetch, both of papers too."""

from typing import TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from msgspec import Struct

from driftbox.apps.directory.enrolling import enrol
from driftbox.apps.sync.comparing import Compare, answer_compare
from driftbox.apps.sync.talk import (
    Hello,
    Pushed,
    hear_hello,
    hello_for,
    paper_for,
    piece_of,
    ready_for,
    take_paper,
    take_push,
)
from driftbox.domain.errors import DriftboxError, Refused
from driftbox.domain.log.entry import decode64
from driftbox.web.base.middleware import now_of
from driftbox.web.sync.guard import Answer, for_nodes, refused

LARGEST_NUMBER = 12  # digits
T = TypeVar("T")


class Knock(Struct, frozen=True, forbid_unknown_fields=True):
    """A new node that was given a code; ``request`` is its application, base64url."""

    code: str
    request: str


@csrf_exempt
@require_POST
def let_in(request: HttpRequest) -> HttpResponse:
    """Let in a node that has a code; the only request here that nobody signs."""
    try:
        told = _read(request, Knock)
        return HttpResponse(enrol(told.code, decode64(told.request), now=now_of(request)),
                            content_type="application/octet-stream")  # fmt: skip
    except DriftboxError as refusal:
        return refused(refusal, request, status=403)


@for_nodes
def hello(request: HttpRequest, node: str) -> Answer:
    """Hear where a node stands, and say where we do."""
    now = now_of(request)
    hear_hello(node, _read(request, Hello), now=now)
    return _json(hello_for(node, now))


@for_nodes
def compare(request: HttpRequest, node: str) -> Answer:
    """Find out which entries one of both lacks."""
    return _json(answer_compare(node, _read(request, Compare), now=now_of(request)))


@for_nodes
def push(request: HttpRequest, node: str) -> Answer:
    """Keep a piece of a bundle; the last one takes it in."""
    offset, size = _number(request, "offset"), _number(request, "size")
    bundle = request.GET.get("bundle", "")
    return _json(take_push(node, bundle, offset, size, request.body, now=now_of(request)))


@for_nodes
def pull(request: HttpRequest, node: str) -> Answer:
    """Some bytes of what lies ready for a node."""
    out = ready_for(node, request.GET.get("bundle", ""), now=now_of(request))
    same = request.GET.get("bundle", "") in {"", out.id}
    piece = piece_of(out, _number(request, "offset"), _number(request, "most")) if same else b""
    return Answer(piece, out.id, out.size)


@for_nodes
def papers(request: HttpRequest, node: str) -> Answer:
    """Some bytes of a paper that a node was told of; or, with ``size``, a piece of one that is missing here."""
    digest, offset = request.GET.get("digest", ""), _number(request, "offset")
    if "size" in request.GET:
        size = _number(request, "size")
        return _json(Pushed(take_paper(node, digest, offset, size, request.body, now=now_of(request))))
    piece, whole = paper_for(node, digest, offset, _number(request, "most"))
    return Answer(piece, digest, whole)


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    if not (text.isascii() and text.isdigit() and len(text) <= LARGEST_NUMBER):
        raise Refused("bad_request", "这句话读不懂，没有照做。")
    return int(text)


def _read(request: HttpRequest, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Refused("bad_request", "这句话读不懂，没有照做。") from None


def _json(value: Struct) -> Answer:
    return Answer(msgspec.json.encode(value))
