"""Read what is known of phones."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from driftbox.apps.dockets.queries import load
from driftbox.apps.eventlog.models import AsideRow, EntryRow, NodeRow, QuarantineRow, WaitingRow
from driftbox.apps.eventlog.queries import DECODERS
from driftbox.apps.phones.models import IntakeRow, PhoneRow
from driftbox.domain.errors import BadEntry, NotFound
from driftbox.domain.log.entry import decode_entry, digest_of
from driftbox.gateways.keys import PublicKey, read_public


class Phone(Struct, frozen=True):
    """One phone: whose, since when, when it was last here, what it still kept then, what it handed in so far."""

    node: str
    person: str
    enrolled: datetime
    met: datetime | None
    kept: int
    offset_ms: int
    revoked: datetime | None
    entries: int


def phones_of(persons: Iterable[str]) -> list[Phone]:
    """The phones of these people, newest first, revoked ones too."""
    rows = list(PhoneRow.objects.filter(person__in=set(persons)).order_by("-enrolled", "node"))
    revoked = dict(NodeRow.objects.filter(name__in=[row.node for row in rows]).values_list("name", "revoked"))
    return [
        Phone(row.node, row.person, row.enrolled, row.met, row.kept, row.offset_ms, revoked.get(row.node),
              EntryRow.objects.filter(node=row.node).count())
        for row in rows
    ]  # fmt: skip


class Key(Struct, frozen=True):
    """The public key of a phone, and whether it was revoked."""

    public: PublicKey
    revoked: bool


def key_of_phone(node: str, person: str) -> Key:
    """The key of the phone ``node``, which must be ``person``'s.

    Raises:
        NotFound: no such phone, or somebody else's.
    """
    row = NodeRow.objects.filter(pk=node, role="phone", person=person).first() if node.isprintable() else None
    if row is None:
        raise NotFound("no_phone", "这台手机还没有登记，或登记的是别人。存着的都还在，请先登录自己的工号再登记。")
    return Key(read_public(row.alg, bytes(row.public)), row.revoked is not None)


def standing_of(node: str, person: str) -> str:
    """How a phone stands with us: ``unknown``, ``revoked`` or ``believed``."""
    try:
        return "revoked" if key_of_phone(node, person).revoked else "believed"
    except NotFound:
        return "unknown"


def wrote_in(node: str, docket: str) -> bool:
    """Whether this phone began this docket or has recorded something in it: then its papers belong there."""
    began = IntakeRow.objects.filter(pk=docket, node=node).exists()
    return began or EntryRow.objects.filter(docket=docket, node=node).exists()


class Became(Struct, frozen=True):
    """What became of one entry that was handed in: ``in``, ``contested``, ``waiting`` or ``quarantined``."""

    state: str
    code: str = ""


def became_of(raw: bytes) -> Became:
    """What became of an entry that was handed in, by its bytes."""
    digest = _digest(raw)
    stored = EntryRow.objects.filter(digest=digest).first() if digest else None
    if stored:
        aside = AsideRow.objects.filter(digest=digest).first()
        return Became("quarantined", aside.code) if aside else _in(stored.docket, stored.id)
    if digest and WaitingRow.objects.filter(digest=digest).exists():
        return Became("waiting", "waiting")
    kept = QuarantineRow.objects.filter(digest=digest_of(raw)).first()
    return Became("quarantined", kept.code if kept else "malformed")


def _digest(raw: bytes) -> str:
    try:
        return decode_entry(raw, DECODERS).digest
    except BadEntry:
        return ""


def _in(docket: str, entry: str) -> Became:
    contest = load(docket).docket.contested.get(entry)
    disputed = contest is not None and not contest.verdict
    return Became("contested", "contested") if disputed else Became("in")


def intake_of(docket: str) -> IntakeRow | None:
    """The intake that began this docket on a phone."""
    return IntakeRow.objects.filter(pk=docket).first()
