"""Read people; the particulars of a resident only for those who came through a case's guarded door."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from driftbox.apps.node import keys
from driftbox.apps.papers.queries import key_of, keys_of
from driftbox.apps.people.models import Account, PersonRow
from driftbox.domain.errors import BadPaper, Refused
from driftbox.gateways.codes import read_id_number, read_phone
from driftbox.gateways.keys import unseal


class Particulars(Struct, frozen=True):
    """What is known of a resident: only what a case needs (PIPL Art. 6)."""

    name: str
    phone: str = ""
    id_number: str = ""
    address: str = ""


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
