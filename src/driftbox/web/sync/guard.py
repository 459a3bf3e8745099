"""Who knocks: a node that is believed, said now, said once; whatever is refused becomes a sentence, never a 500."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Final

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from driftbox.apps.eventlog.nodes import nodes
from driftbox.apps.node import keys
from driftbox.apps.sync.talk import SKEW, once
from driftbox.domain.errors import BadEntry, DriftboxError, NotAllowed, NotFound, Refused
from driftbox.domain.log.entry import decode64
from driftbox.domain.log.ids import millis
from driftbox.gateways.keys import verify
from driftbox.gateways.peer_wire import (
    BUNDLE,
    NODE,
    NONCE,
    SIGNED,
    SIZE,
    TIME,
    WireRefusal,
    answer_text,
    request_text,
)
from driftbox.web.base.middleware import now_of, sentence_of

log = logging.getLogger(__name__)
STATUS: Final[dict[type[DriftboxError], int]] = {NotFound: 404, NotAllowed: 403}
LONGEST: Final = 64  # of a nonce


class Answer(msgspec.Struct, frozen=True):
    """What a view of this door answers: bytes, and the headers that speak of them."""

    body: bytes
    bundle: str = ""
    size: int = 0


def for_nodes(view: Callable[[HttpRequest, str], Answer]) -> Callable[[HttpRequest], HttpResponse]:
    """Only for nodes that are believed; their requests are signed, and so are our answers."""

    @csrf_exempt
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        try:
            node = _who(request)
            return _signed(view(request, node), request.headers.get(NONCE, ""))
        except DriftboxError as refusal:
            return refused(refusal, request)

    return guarded


def refused(refusal: DriftboxError, request: HttpRequest, *, status: int = 0) -> HttpResponse:
    """A refusal as the other node reads it, with the time that our clock says."""
    log.info("refused at %s: %s", request.path, refusal.code)
    told = WireRefusal(refusal.code, sentence_of(refusal), millis(now_of(request)))
    return HttpResponse(
        msgspec.json.encode(told), status=status or STATUS.get(type(refusal), 400), content_type="application/json"
    )


def _who(request: HttpRequest) -> str:
    name, moment, nonce = (request.headers.get(header, "") for header in (NODE, TIME, NONCE))
    node = nodes().get(name)
    if node is None or node.revoked is not None or node.role == "phone":
        raise NotAllowed("unknown_node", "不认识这台机器，或者它停用了，什么都没收。请总站看一看登记。")
    if not moment.isdigit() or len(moment) > LONGEST or not 0 < len(nonce) <= LONGEST or not nonce.isalnum():
        raise NotAllowed("unsigned", "这句话没有签名，没有照做。")
    try:
        text = request_text(request.get_full_path(), keys().node, moment, nonce, request.body)
        verify(node.public, decode64(request.headers.get(SIGNED, "")), text)
    except BadEntry:
        raise NotAllowed("forged_request", "签名对不上，没有照做。") from None
    if abs(int(moment) - millis(now_of(request))) > SKEW / timedelta(milliseconds=1):
        raise Refused("clock", "那台机器的钟差得太多。照这边的钟再说一遍。")
    once(name, nonce, now=now_of(request))
    return name


def _signed(answer: Answer, nonce: str) -> HttpResponse:
    response = HttpResponse(answer.body, content_type="application/octet-stream")
    response[BUNDLE], response[SIZE] = answer.bundle, str(answer.size)
    response[SIGNED] = keys().sign(answer_text(nonce, answer.bundle, str(answer.size), answer.body))
    return response
