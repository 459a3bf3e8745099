"""Many phones meet the hub at the same time: each says hello and hands in thirty new entries, as the page does."""

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from http.cookies import SimpleCookie

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from driftbox.apps.errands.night_call import set_stage
from driftbox.apps.eventlog.models import EntryRow, QuarantineRow
from driftbox.apps.people.models import Account
from driftbox.apps.phones.actions import enrol_phone
from driftbox.cli.clock_now import now
from driftbox.domain.docket import entries as e
from driftbox.domain.log.entry import Body, Entry, digest_of, encode64, sign_entry
from driftbox.domain.log.ids import build_id, millis
from driftbox.gateways.keys import node_name
from driftbox.gateways.octets import octets

EACH = 30
ALLOWED = 3.0  # seconds for one meeting, of nineteen in twenty
BASE = "/pocket/app/"


class Phone:
    """One phone: its key, its person's session, what it recorded at sea."""

    def __init__(self, number: int, account: Account) -> None:
        self._key = generate_private_key(SECP256R1())
        public = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.node = node_name(public)
        enrol_phone(public, account.person, account.office, now=now())
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session.create()
        self._cookies = {"sessionid": session.session_key}
        self._raws = [raw.decode() for raw in self._recorded(number, account)]
        self.took, self.fault = 0.0, ""

    def _recorded(self, number: int, account: Account) -> list[bytes]:
        begun, prev, raws = millis(now()) - 3_600_000 + number, "", []
        docket = build_id(begun, 0, number + 1)
        opened = e.CaseOpened(procedure="errand", matter="MZ-DIBAO", channel="home", office=account.office,
                              number=f"phone-2026-{number:06d}")  # fmt: skip
        bodies: list[Body] = [opened, *(e.NoteWritten(paper=f"{number * EACH + n:043d}") for n in range(EACH - 1))]
        for turn, body in enumerate(bodies):
            key = build_id(begun + turn, 0, number * EACH + turn)
            entry = Entry(
                id=key, docket=docket, kind=e.KIND_OF[type(body)], by=account.person, role="agent", node=self.node,
                body=body, prev=prev, alg="p256",
            )  # fmt: skip
            signed = sign_entry(entry, self._sign)
            raws.append(signed.raw)
            prev = signed.digest
        return raws

    def _sign(self, data: bytes) -> str:
        r, s = decode_dss_signature(self._key.sign(data, ECDSA(SHA256())))
        return encode64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))

    def meet(self, port: int) -> None:
        """Say hello, hand in; how long it took, or what went wrong, is kept."""
        begun = time.monotonic()
        try:
            told = self._ask(port, f"{BASE}hello/?node={self.node}&kept={EACH}&clock={millis(now())}")
            body = json.dumps({"entries": self._raws}).encode()
            answer = self._ask(port, f"{BASE}entries/", body, told["csrf"])
            self.fault = "" if json.dumps(answer).count('"in"') == EACH else json.dumps(answer)[:200]
        except OSError as fault:
            self.fault = str(fault)
        self.took = time.monotonic() - begun

    def _ask(self, port: int, path: str, body: bytes | None = None, token: str = "") -> dict[str, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            words = f"driftbox phone\nPOST\n{path}\n{digest_of(body)}"
            headers |= {"X-CSRFToken": token, "X-Driftbox-Phone": self.node, "Content-Type": "application/json",
                        "X-Driftbox-Signature": self._sign(words.encode())}  # fmt: skip
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, headers)
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - http to ourselves
            for line in answer.headers.get_all("Set-Cookie") or ():
                self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            found: dict[str, str] = json.loads(answer.read())
            return found


def serve() -> tuple["subprocess.Popen[bytes]", int]:
    """The hub of this folder, served at a port of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "driftbox.cli.main", "serve", "--port", str(port)]
    server = subprocess.Popen(words, env=os.environ | {"DJANGO_SETTINGS_MODULE": "driftbox.config.settings"},
                              stdout=subprocess.DEVNULL)  # fmt: skip
    for _wait in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return server, port
        time.sleep(0.1)
    sys.exit("the hub does not answer")


def many_phones(phones: int, seconds: float) -> None:
    """Let ``phones`` meet the hub within ``seconds``, one after the other at even distances."""
    set_stage(now(), password=octets(12).hex())
    account = Account.objects.get(username="chen")
    those = [Phone(number, account) for number in range(phones)]
    before = EntryRow.objects.count()
    connections.close_all()
    server, port = serve()
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60).close()
        threads = []
        for phone in those:
            threads.append(threading.Thread(target=phone.meet, args=(port,)))
            threads[-1].start()
            time.sleep(seconds / phones)
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait()
    took, faults = [phone.took for phone in those], [phone.fault for phone in those if phone.fault]
    p95 = statistics.quantiles(took, n=20)[-1]
    new = EntryRow.objects.count() - before
    print(f"{phones} phones in {seconds:.0f} s · {new} new entries · {QuarantineRow.objects.count()} kept apart · "
          f"median {statistics.median(took):.2f} s, p95 {p95:.2f} s, worst {max(took):.2f} s "
          f"(p95 allowed {ALLOWED:.0f}) · {len(faults)} failed {faults[:2]}")  # fmt: skip
    if p95 > ALLOWED or faults:
        sys.exit(1)
