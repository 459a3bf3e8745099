"""Read people; the particulars of a resident only for those who came through a case's guarded door."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from driftbox.apps.node import keys
from driftbox.apps.papers.queries import key_of, keys_of
from driftbox.apps.people.models import Account, FactorRow, PersonRow, RecoveryRow
from driftbox.domain.errors import BadPaper, NotFound, Refused
from driftbox.gateways.authenticator import address_of
from driftbox.gateways.codes import read_id_number, read_phone
from driftbox.gateways.keys import unseal

Language = Literal["zh", "en"]


class Particulars(Struct, frozen=True):
    """What is known of a resident: only what a case needs (PIPL Art. 6). ``language``: in which to text them."""

    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""
    language: Language = "zh"


GONE = Particulars(name="—")


def particulars_of(person: str) -> Particulars:
    """The particulars of a resident; a dash for the name when their key was destroyed or they are unknown."""
    row = PersonRow.objects.filter(pk=person).first()
    if row is None:
        return GONE
    try:
        return msgspec.json.decode(unseal(key_of(person), bytes(row.particulars), person), type=Particulars)
    except BadPaper:
        return GONE


def particulars_of_all(persons: Iterable[str]) -> dict[str, Particulars]:
    """The particulars of many residents in two queries, however many they are; for lists."""
    rows = {row.id: bytes(row.particulars) for row in PersonRow.objects.filter(pk__in=set(persons))}
    opened = keys_of(rows)
    found = dict.fromkeys(rows, GONE)
    for person, key in opened.items():
        found[person] = msgspec.json.decode(unseal(key, rows[person], person), type=Particulars)
    return found


def find_people(words: str) -> list[str]:
    """Persons with this phone number or identity number, newest first; nothing for anything else."""
    found: list[str] = []
    try:
        index = keys().blind("phone", read_phone(words))
        found += PersonRow.objects.filter(phone_index=index).order_by("-made").values_list("id", flat=True)
    except Refused:
        pass
    try:
        index = keys().blind("id_number", read_id_number(words))
        found += PersonRow.objects.filter(id_number_index=index).order_by("-made").values_list("id", flat=True)
    except Refused:
        pass
    return list(dict.fromkeys(found))


class Colleague(Struct, frozen=True):
    """A member of staff, as others may know them."""

    person: str
    name: str
    office: str
    phone: str
    kind: str


def colleagues() -> dict[str, Colleague]:
    """Every member of staff by person id: who signs, who comes to the door."""
    fields = ("person", "name", "office", "phone", "agent_kind")
    return {row[0]: Colleague(*row) for row in Account.objects.values_list(*fields)}


def agents_at(offices: frozenset[str]) -> list[Colleague]:
    """The agents of these offices, by name."""
    rows = Account.objects.filter(office__in=offices, is_active=True).order_by("name")
    return [
        Colleague(row.person, row.name, row.office, row.phone, row.agent_kind) for row in rows if "agent" in row.roles
    ]


def colleagues_at(office: str) -> list[Colleague]:
    """Every member of staff of one office, by name."""
    rows = Account.objects.filter(is_active=True, office=office).order_by("name", "username")
    return [Colleague(row.person, row.name, row.office, row.phone, row.agent_kind) for row in rows]


def colleagues_in(role: str) -> list[Colleague]:
    """Every member of staff in this role, by name."""
    rows = Account.objects.filter(is_active=True).order_by("name")
    return [Colleague(r.person, r.name, r.office, r.phone, r.agent_kind) for r in rows if role in r.roles]


def seats() -> frozenset[tuple[str, str]]:
    """Every office and role in which somebody works."""
    rows = Account.objects.filter(is_active=True).values_list("office", "roles")
    return frozenset((office, role) for office, roles in rows for role in roles)


class Factor(Struct, frozen=True):
    """How a member's second factor stands: on since when (None: off), and how many recovery codes are left."""

    since: datetime | None = None
    left: int = 0


def factor_of(person: str) -> Factor:
    """How the second factor of this member of staff stands."""
    row = FactorRow.objects.filter(pk=person).exclude(since=None).first()
    return Factor(row.since, RecoveryRow.objects.filter(person=person).count()) if row else Factor()


def sealed_for(person: str) -> str:
    """What the secret of a second factor is bound to when it is sealed."""
    return f"second factor {person}"


def secret_of(person: str) -> str:
    """The secret of a second factor, begun or on; empty when there is none.

    Raises:
        BadPaper: sealed to the keys of another node.
    """
    row = FactorRow.objects.filter(pk=person).first()
    return keys().unwrap(bytes(row.sealed), sealed_for(person)).decode() if row else ""


class Begun(Struct, frozen=True):
    """A second factor that waits for its first code: what is typed into the phone, or scanned."""

    secret: str
    address: str


def begun_factor(account: Account) -> Begun | None:
    """The second factor that this member has begun to set up; None when it is on already, or not begun."""
    if not FactorRow.objects.filter(pk=account.person, since=None).exists():
        return None
    secret = secret_of(account.person)
    return Begun(secret, address_of(secret, account.username))


def account_named(username: str) -> Account:
    """The account of this user name.

    Raises:
        NotFound: nobody has it.
    """
    account = Account.objects.filter(username=username).first() if username.isprintable() else None
    if account is None:
        raise _nobody()
    return account


class Guarded(Struct, frozen=True):
    """A colleague whose second factor is on."""

    person: str
    username: str
    name: str


def guarded_at(offices: frozenset[str]) -> list[Guarded]:
    """The members of staff at these offices whose second factor is on, by name."""
    on = FactorRow.objects.exclude(since=None).values("person")
    rows = Account.objects.filter(office__in=offices, person__in=on).order_by("name", "username")
    return [Guarded(row.person, row.username, row.name) for row in rows]


def colleague_in(offices: frozenset[str], username: str) -> Account:
    """The member of staff of this user name at one of these offices.

    Raises:
        NotFound: nobody there has it.
    """
    account = account_named(username)
    if account.office not in offices:
        raise _nobody()
    return account


def account_of(person: str) -> Account | None:
    """The account of this member of staff, unless it was closed."""
    return Account.objects.filter(person=person, is_active=True).first()


def _nobody() -> NotFound:
    return NotFound("no_account", "没有这个工号，什么都没变。请再看一遍。")


def account_of_anybody(person: str) -> Account | None:
    """The account of this member of staff, closed or not."""
    return Account.objects.filter(person=person).first()


def marks_of(persons: Iterable[str]) -> dict[str, str]:
    """The keyed hash of each resident's phone number, to be compared and never shown; empty where none is known."""
    wanted = [person for person in set(persons) if person]
    known = dict(PersonRow.objects.filter(pk__in=wanted).values_list("id", "phone_index"))
    return {person: known.get(person, "") for person in wanted}


def phone_mark(phone: str) -> str:
    """The keyed hash of a phone number, as ``marks_of`` gives it.

    Raises:
        Refused: it is no phone number.
    """
    return keys().blind("phone", read_phone(phone))
