"""How nodes speak over HTTP: every request and every answer is signed, so that it needs no cookie and no trust in the
line. A request says to whom, when, and once (a number that is not heard twice); an answer says to which request.
"""

import errno
import hashlib
import http.client
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from driftbox.domain.errors import BadEntry, Refused
from driftbox.domain.log.entry import decode64
from driftbox.domain.log.ids import millis
from driftbox.gateways.keys import NodeKeys, read_public, verify
from driftbox.gateways.octets import octets

NODE, TIME, NONCE, SIGNED = "Driftbox-Node", "Driftbox-Time", "Driftbox-Nonce", "Driftbox-Signature"
BUNDLE, SIZE = "Driftbox-Bundle", "Driftbox-Size"
LARGEST: Final = 2 * 1024 * 1024  # bytes of one answer
TIMEOUT: Final = 30  # seconds without a byte
TRIES: Final = 6
Unreachable = (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError)


class Answered(Struct, frozen=True):
    """What the other side answered: its bytes and the headers that speak of them."""

    body: bytes
    bundle: str = ""
    size: int = 0


class WireRefusal(Struct, frozen=True):
    """What the other side says when it refuses; ``time_ms``: what its clock says."""

    code: str
    sentence: str = ""
    time_ms: int = 0


def request_text(path: str, receiver: str, time_ms: str, nonce: str, body: bytes) -> bytes:
    """What the signature of a request covers."""
    digest = hashlib.sha256(body).hexdigest()
    return f"driftbox request\n{path}\n{receiver}\n{time_ms}\n{nonce}\n{digest}".encode()


def answer_text(nonce: str, bundle: str, size: str, body: bytes) -> bytes:
    """What the signature of an answer covers."""
    return "\n".join(("driftbox answer", nonce, bundle, size, hashlib.sha256(body).hexdigest())).encode()


class Wire:
    """A line to another node. ``clock`` gives the present instant; ``public`` is the other's Ed25519 key."""

    def __init__(
        self, url: str, own: NodeKeys, node: str, public: bytes, clock: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._url, self._own, self._node = url.rstrip("/"), own, node
        self._public, self._clock, self._pause = read_public("ed25519", public), clock, pause
        self.ahead_ms = 0
        self.cause = ""  # of the last failure to reach the other: our_line, their_machine, or neither for sure
        self.sent = self.received = 0

    def now_ms(self) -> int:
        """What this node's clock says."""
        return millis(self._clock())

    def post(self, path: str, body: bytes = b"", *, tries: int = TRIES) -> Answered:
        """Send ``body`` and return what was answered, trying again when the line is cut.

        Raises:
            Refused: the other side refused, cannot be reached, or is not who it should be.
        """
        for attempt in range(tries):
            try:
                return self._once(path, body)
            except Unreachable as fault:
                self.cause = cause_of(fault)
                if attempt + 1 < tries:
                    self.rest(attempt)
        raise Refused(
            "peer_unreachable", "现在连不上 {url}。什么都没丢，过一会儿再试，已经传到的不用重来。", url=self._url
        )

    def rest(self, cuts: int) -> None:
        """Wait a while after so many cuts in a row."""
        self._pause(min(2.0**cuts / 4, 8))

    def _once(self, path: str, body: bytes) -> Answered:
        told = self._try(path, body)
        if isinstance(told, WireRefusal) and told.code == "clock":
            self.ahead_ms = told.time_ms - self.now_ms()  # by how much the other's clock is ahead
            told = self._try(path, body)
        if isinstance(told, WireRefusal):
            raise Refused(told.code, told.sentence.replace("{", "{{").replace("}", "}}"))
        return told

    def _try(self, path: str, body: bytes) -> Answered | WireRefusal:
        nonce, moment = octets(12).hex(), str(self.now_ms() + self.ahead_ms)
        signature = self._own.sign(request_text(path, self._node, moment, nonce, body))
        headers = {NODE: self._own.node, TIME: moment, NONCE: nonce, SIGNED: signature,
                   "Content-Type": "application/octet-stream"}  # fmt: skip
        request = urllib.request.Request(web_address(self._url + path), body, headers, method="POST")  # noqa: S310 - see web_address
        self.sent += len(body)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - see web_address
                return self._proved(nonce, read_whole(answer), answer.headers)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return read_refusal(refusal.read(LARGEST), refusal.code)

    def _proved(self, nonce: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        self.received += len(body)
        bundle, size = headers.get(BUNDLE, ""), headers.get(SIZE, "0")
        try:
            verify(self._public, decode64(headers.get(SIGNED, "")), answer_text(nonce, bundle, size, body))
        except BadEntry:
            raise Refused("not_the_peer", "回话的不是要找的那台机器，什么都没有收。请对一对地址。") from None
        return Answered(body, bundle, int(size))


def cause_of(fault: Exception) -> str:
    """On whose side it failed: nothing goes out from here, or the machine is there and nobody answers; else unknown."""
    reason = fault.reason if isinstance(fault, urllib.error.URLError) else fault
    if isinstance(reason, ConnectionRefusedError):
        return "their_machine"
    if isinstance(reason, socket.gaierror) or getattr(reason, "errno", 0) in {errno.ENETUNREACH, errno.ENETDOWN}:
        return "our_line"
    return "peer_unreachable"


def read_whole(answer: http.client.HTTPResponse) -> bytes:
    """The body of an answer.

    Raises:
        ConnectionError: the line was cut before its end.
    """
    body, told = answer.read(LARGEST), answer.headers.get("Content-Length") or ""
    if told.isdecimal() and len(body) < min(LARGEST, int(told)):
        raise ConnectionError
    return body


def web_address(url: str) -> str:
    """``url``, if it is one of the web: nothing else is ever opened.

    Raises:
        Refused: something else.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise Refused("bad_url", "“{url}”不是网址。要像 https://hub.example.cn 这样。", url=url[:80])
    return url


def read_refusal(body: bytes, status: int) -> WireRefusal:
    """What the other side said when it refused; some machine on the way may have answered instead."""
    try:
        return msgspec.json.decode(body, type=WireRefusal)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return WireRefusal("peer_error", f"对方现在答不了（{status}）。什么都没丢，过一会儿再试。")


def knock(url: str, path: str, body: bytes) -> bytes:
    """Ask somebody who does not know us yet: only enrolment does.

    Raises:
        Refused: refused, or cannot be reached.
    """
    request = urllib.request.Request(web_address(url.rstrip("/") + path), body, method="POST")  # noqa: S310 - see web_address
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310 - see web_address
            read: bytes = answer.read(8 * LARGEST)
            return read
    except urllib.error.HTTPError as refusal:
        with refusal:
            told = read_refusal(refusal.read(LARGEST), refusal.code)
        raise Refused(told.code, told.sentence.replace("{", "{{").replace("}", "}}")) from None
    except Unreachable:
        raise Refused(
            "peer_unreachable", "现在连不上 {url}。什么都没丢，过一会儿再试，已经传到的不用重来。", url=url
        ) from None
