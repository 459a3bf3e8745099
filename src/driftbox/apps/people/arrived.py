"""Keep residents who were written down elsewhere, once their key is here."""

from datetime import datetime

import msgspec

from driftbox.apps.node import keys
from driftbox.apps.papers.queries import key_of
from driftbox.apps.people.models import PersonRow
from driftbox.apps.people.queries import Particulars
from driftbox.domain.errors import BadPaper
from driftbox.gateways.keys import unseal


def receive_person(person: str, sealed: bytes, *, made: datetime) -> int:
    """Keep the sealed particulars of a resident, found here by this node's own blind indexes; how many are new: one or
    none. Those that cannot be opened are not kept.
    """
    if PersonRow.objects.filter(pk=person).exists():
        return 0
    try:
        told = msgspec.json.decode(unseal(key_of(person), sealed, person), type=Particulars)
    except (BadPaper, msgspec.DecodeError, UnicodeDecodeError):
        return 0
    PersonRow.objects.create(
        id=person, particulars=sealed, made=made,
        phone_index=keys().blind("phone", told.phone) if told.phone else "",
        id_number_index=keys().blind("id_number", told.id_number) if told.id_number else "",
    )  # fmt: skip
    return 1
