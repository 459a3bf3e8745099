"""How a node becomes one of ours: a code from the hub, an application signed by the node, an answer by the hub.

The three travel over the network or as files; who reads a code out, or carries a file, is believed for it once.
"""

import hmac
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from driftbox.apps.directory.models import CodeRow
from driftbox.apps.directory.publishing import changes_since, publish
from driftbox.apps.directory.taking import Took, take
from driftbox.apps.eventlog.actions import together
from driftbox.apps.eventlog.models import NodeRow
from driftbox.apps.eventlog.nodes import NewNode, believe, dockets_after
from driftbox.apps.node import keys
from driftbox.apps.pack import current_pack
from driftbox.domain.errors import BadEntry, NotFound, Refused
from driftbox.domain.log.entry import decode64, encode64
from driftbox.gateways.codes import check_letter, new_letters, read_letters
from driftbox.gateways.keys import NodeKeys, node_name, read_public, verify

Role = Literal["station", "sea-post", "phone"]
LETTERS = 10  # 49 bits: read out over the telephone, good once, for a day
CODE_HOURS = 24
SIGNED_AS = b"driftbox application\n"
LARGEST = 8_000_000


class Application(Struct, frozen=True, forbid_unknown_fields=True):
    """What a node says of itself: its keys, base64url; ``sealing`` is empty for a phone."""

    public: str
    alg: str
    sealing: str = ""


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What the hub says to a new node: what it is now, and the keys by which it knows the hub from now on."""

    hub: str
    sealing: str
    role: str
    office: str
    person: str
    directory: str


class Joined(Struct, frozen=True):
    """What this node is since it was enrolled, by which hub, and what its directory brought."""

    hub: str
    role: str
    office: str
    took: Took


def enrol_code(role: Role, office: str, person: str = "", *, by: str = "", now: datetime) -> str:
    """A one-time code for a node of ``role`` at ``office``, of ``person`` if a phone; shown once, kept as a keyed hash.

    Raises:
        Refused: no such office, or a phone of nobody.
    """
    if office not in current_pack().offices:
        raise Refused("no_office", "没有叫“{office}”的单位。看看资料包里的单位编号。", office=office[:40])
    if (role == "phone") != bool(person):
        raise Refused("phone_of_whom", "手机要写是谁的，别的机器不写。")
    body = new_letters(LETTERS)
    code = body + check_letter(body)
    CodeRow.objects.create(
        code_index=_index(code), role=role, office=office, person=person, made=now, by=by,
        until=now + timedelta(hours=_hours()),
    )  # fmt: skip
    return code


def _index(code: str) -> str:
    return keys().blind("enrol", code)


def _hours() -> int:
    hours = current_pack().settings.get("sync_code_hours")
    return hours if isinstance(hours, int) else CODE_HOURS


def read_code(text: str) -> str:
    """The code that somebody typed or heard, spaces and case aside.

    Raises:
        Refused: a character is wrong or missing.
    """
    code = read_letters(text, LETTERS + 1)
    if not code:
        raise Refused(
            "bad_enrol_code", "登记码有一位不对。是 {count} 个字，请对着总站给的再看一遍。", count=LETTERS + 1
        )
    return code


def application(own: NodeKeys) -> bytes:
    """What this node hands to the hub together with a code."""
    said = Application(public=encode64(own.public), alg="ed25519", sealing=encode64(own.sealing))
    body = msgspec.json.encode(said)
    return own.sign(SIGNED_AS + body).encode() + b"." + body


def enrol(code: str, request: bytes, *, now: datetime) -> bytes:
    """On the hub: let the node behind ``request`` in, as its ``code`` says; returns the answer for it.

    Raises:
        Refused: the code is wrong, used or too old; nothing was enrolled.
        BadEntry: the application was altered, or its key cannot be read.
    """
    typed = read_code(code)
    said = _read_application(request)
    public = decode64(said.public)
    name = node_name(public)
    with together():
        row = CodeRow.objects.select_for_update().filter(pk=_index(typed)).first()
        if row is None or (row.used is not None and row.node != name) or row.until < now:
            raise Refused("enrol_code_gone", "这个登记码不对、过期了，或者用过了，没有登记。请总站再给一个。")
        if row.used is None:
            CodeRow.objects.filter(pk=row.pk).update(used=now, node=name)
            believe(
                NewNode(name=name, public=public, alg=said.alg, sealing=decode64(said.sealing), role=row.role,
                        office=row.office, person=row.person),
                now=now,
            )  # fmt: skip
        publish(now)
        return _answer(typed, row, name, now)


def _read_application(request: bytes) -> Application:
    signature, _dot, body = request[:LARGEST].partition(b".")
    try:
        said = msgspec.json.decode(body, type=Application)
        verify(read_public(said.alg, decode64(said.public)), decode64(signature.decode()), SIGNED_AS + body)
    except (ValueError, BadEntry):
        raise BadEntry("bad_application", "登记申请读不懂，没有登记。请在那台机器上重新生成。") from None
    return said


def _answer(code: str, row: CodeRow, name: str, now: datetime) -> bytes:
    own = keys()
    answer = Answer(
        hub=encode64(own.public), sealing=encode64(own.sealing), role=row.role, office=row.office,
        person=row.person, directory=encode64(changes_since(0, for_node=name, now=now)),
    )  # fmt: skip
    body = msgspec.json.encode(answer)
    return _mac(code, body).encode() + b"." + body


def _mac(code: str, body: bytes) -> str:
    """Shows that whoever wrote the answer was told the code, so that nobody else passes for the hub."""
    return encode64(hmac.digest(code.encode(), body, "sha256"))


def join(code: str, answer: bytes, *, now: datetime) -> Joined:
    """On the new node: believe the hub that answered, become what it said, take its directory.

    Raises:
        Refused: the code is not one, or the answer was not written by somebody who was told it.
        BadEntry: the directory in it is not from that hub.
    """
    typed = read_code(code)
    mac, _dot, body = answer[:LARGEST].partition(b".")
    if not hmac.compare_digest(mac, _mac(typed, body).encode()):
        raise Refused("bad_answer", "这份回复和登记码对不上，没有登记。请看看登记码，或请总站再给一份。")
    try:
        said = msgspec.json.decode(body, type=Answer)
    except msgspec.DecodeError:
        raise Refused("bad_answer", "这份回复和登记码对不上，没有登记。请看看登记码，或请总站再给一份。") from None
    hub = decode64(said.hub)
    own = keys()
    with together():
        believe(NewNode(name=node_name(hub), public=hub, sealing=decode64(said.sealing), role="hub"), now=now)
        believe(
            NewNode(name=own.node, public=own.public, sealing=own.sealing, role=said.role, office=said.office),
            now=now,
        )
        took = take(decode64(said.directory), now)
    return Joined(node_name(hub), said.role, said.office, took)


def revoke(node: str, *, since: datetime, now: datetime) -> tuple[str, ...]:
    """On the hub: believe ``node`` no longer from ``since`` on (when it was lost), and publish that; returns the
    dockets to be judged anew. What it recorded before and is here stays.

    Raises:
        NotFound: no such node.
        Refused: it is this node itself.
    """
    if node == keys().node:
        raise Refused("revoke_self", "本机不能停用自己。要换总站，请先在新的那台上登记。")
    moment = min(since, now).replace(microsecond=0)  # the directory says whole seconds, and all must judge by the same
    with together():
        if not NodeRow.objects.filter(pk=node).update(revoked=moment):
            raise NotFound("no_node", "没有登记过叫“{name}”的机器。看看 driftbox node show 里的名字。", name=node[:60])
        publish(now)
        return tuple(dockets_after(node, moment))
