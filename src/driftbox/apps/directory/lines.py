"""What stands in the directory now, as lines, and which of them a node needs."""

from collections.abc import Callable, Iterator

import msgspec
from msgspec import Struct

from driftbox.apps.eventlog.models import NodeRow, ReleaseRow
from driftbox.apps.eventlog.standing import WAITING
from driftbox.apps.pack import subtree
from driftbox.apps.packdesk.queries import changes
from driftbox.apps.people.models import Account
from driftbox.domain.log.entry import encode64, moment_text

encode = msgspec.json.Encoder(order="sorted").encode


class NodeLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A node whose signatures are believed; ``revoked`` from when on no longer."""

    public: str
    alg: str
    role: str
    sealing: str = ""
    office: str = ""
    person: str = ""
    revoked: str = ""


class PersonLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A member of staff, as every node shows who signed: no number, no password."""

    name: str
    office: str
    roles: tuple[str, ...] = ()
    kind: str = ""
    active: bool = True


class AccountLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What somebody needs to sign in at their own office, and colleagues there to call them."""

    username: str
    password: str
    phone: str = ""


class PackLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How far the changes of the pack are: their number, and the entry of the latest."""

    count: int = 0
    latest: str = ""


class ReleaseLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An entry that counts by a decision at the hub."""

    by: str = ""


KINDS: dict[str, type[Struct]] = {
    "node": NodeLine, "person": PersonLine, "account": AccountLine, "pack": PackLine, "release": ReleaseLine,
}  # fmt: skip

Key = tuple[str, str]


def lines_now() -> dict[Key, bytes]:
    """Every line as it stands on the hub, by kind and key."""
    return {(kind, key): encode(line) for kind, key, line in _all()}


def _all() -> Iterator[tuple[str, str, Struct]]:
    for node in NodeRow.objects.all():
        yield "node", node.name, node_line(node)
    for one in Account.objects.all():
        roles = tuple(one.roles)
        yield "person", one.person, PersonLine(one.name, one.office, roles, one.agent_kind, one.is_active)
        yield "account", one.person, AccountLine(one.username, one.password, one.phone)
    for release in ReleaseRow.objects.exclude(code=WAITING):
        yield "release", release.digest, ReleaseLine(release.by)
    published = changes()
    yield "pack", "pack", PackLine(len(published), published[-1].entry if published else "")


def node_line(node: NodeRow) -> NodeLine:
    """The line of a node."""
    return NodeLine(
        public=encode64(bytes(node.public)), alg=node.alg, role=node.role, sealing=encode64(bytes(node.sealing)),
        office=node.office, person=node.person, revoked=moment_text(node.revoked) if node.revoked else "",
    )  # fmt: skip


def needs_of(office: str, role: str) -> Callable[[Key], bool]:
    """Whether a node of ``role`` at ``office`` needs a line: everybody's name and office, but only its own people's
    accounts (PIPL Art. 6); a phone has no accounts.
    """
    below = subtree(office)
    own = set(Account.objects.filter(office__in=below).values_list("person", flat=True)) if role != "phone" else set()

    def needs(key: Key) -> bool:
        return key[0] != "account" or key[1] in own

    return needs
