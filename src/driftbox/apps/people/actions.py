"""Write down people: residents with sealed particulars, staff with accounts."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from driftbox.apps.node import keys
from driftbox.apps.papers.actions import make_key
from driftbox.apps.people.models import Account, PersonRow
from driftbox.apps.people.queries import Particulars
from driftbox.domain.log.ids import next_id
from driftbox.gateways.codes import read_id_number, read_phone
from driftbox.gateways.keys import chance, seal


def write_person(particulars: Particulars, *, now: datetime) -> str:
    """Keep a resident's particulars, sealed; returns the person's id. The caller has looked for them first.

    Raises:
        Refused: the phone number or identity number is not one (GB 11643-1999).
    """
    phone = read_phone(particulars.phone) if particulars.phone else ""
    number = read_id_number(particulars.id_number) if particulars.id_number else ""
    person = next_id("", now, chance())
    clean = msgspec.structs.replace(particulars, phone=phone, id_number=number)
    sealed = seal(make_key(person, now=now), msgspec.json.encode(clean), person)
    PersonRow.objects.create(
        id=person,
        particulars=sealed,
        phone_index=keys().blind("phone", phone) if phone else "",
        id_number_index=keys().blind("id_number", number) if number else "",
        made=now,
    )
    return person


def write_account(
    username: str, password: str, *, name: str, office: str, roles: Iterable[str], kind: str, phone: str, now: datetime
) -> Account:
    """Make a staff account at ``office``; ``roles`` are those of the pack's procedures."""
    account = Account(
        username=username, person=next_id("", now, chance()), name=name, office=office,
        roles=list(roles), agent_kind=kind, phone=phone,
    )  # fmt: skip
    account.set_password(password)
    account.save()
    return account
