"""Who may hand in: whoever is signed in, from a phone that is theirs and signs what it sends."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, TypeVar, cast

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse

from driftbox.apps.phones.queries import key_of_phone
from driftbox.domain.errors import BadEntry, DriftboxError, NotAllowed, NotFound, Refused
from driftbox.domain.log.entry import decode64, digest_of
from driftbox.gateways.keys import PublicKey, verify
from driftbox.web.base.middleware import sentence_of
from driftbox.web.base.viewer import staff_page, viewer_of

ROLES: Final = ("agent", "crew", "director")
STATUS: Final[dict[type[DriftboxError], int]] = {NotFound: 404, NotAllowed: 403, Refused: 409}
View = Callable[..., HttpResponse]
Sent = TypeVar("Sent", bound=msgspec.Struct)


def phone_door(view: View) -> View:
    """For whoever works with a phone; a refusal is a sentence that the phone can keep beside what it refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DriftboxError as refusal:
            told = {"code": refusal.code, "sentence": sentence_of(refusal)}
            return JsonResponse(told, status=STATUS.get(type(refusal), 400))

    return staff_page(*ROLES)(cast("View", guarded))


def signing_words(request: HttpRequest, body: bytes) -> bytes:
    """The words that a phone signs for a request."""
    return f"driftbox phone\n{request.method}\n{request.path}\n{digest_of(body)}".encode()


def require_signature(request: HttpRequest, public: PublicKey, body: bytes) -> None:
    """Refuse what was not signed with this key.

    Raises:
        BadEntry: no signature, or another key's.
    """
    signature = request.headers.get("X-Driftbox-Signature", "")[:200]
    try:
        verify(public, decode64(signature), signing_words(request, body))
    except BadEntry:
        raise BadEntry("forged_request", "手机的签名对不上，没有收。手机里的都还在，请再传一次。") from None


def phone_of(request: HttpRequest) -> str:
    """The phone that sent this, which is the signed-in person's and signed it; a revoked one too: it is heard apart.

    Raises:
        NotFound: not enrolled, or somebody else's.
        BadEntry: not signed by it.
    """
    node = request.headers.get("X-Driftbox-Phone", "")[:60]
    key = key_of_phone(node, viewer_of(request).person)
    require_signature(request, key.public, request.body)
    return node


def read_body(request: HttpRequest, kind: type[Sent]) -> Sent:
    """What was sent, as ``kind``.

    Raises:
        BadEntry: it is nothing of that kind.
    """
    try:
        return msgspec.json.decode(request.body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise BadEntry("not_understood", "手机传来的读不懂，没有收。手机里的都还在，请更新这一页再传。") from None
