"""Members of staff as the hub's directory says: everybody by name, those of this office so that they can sign in."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from driftbox.apps.people.models import Account

NAMELESS = "~"  # begins the user name of somebody who cannot sign in here


def write_colleague(person: str, name: str, office: str, roles: tuple[str, ...], kind: str, *, active: bool) -> None:
    """Write down who somebody is; it gives nobody a way to sign in."""
    said = {
        "name": name[:40],
        "office": office[:40],
        "roles": list(roles),
        "agent_kind": kind[:12],
        "is_active": active,
    }
    fresh = {"username": NAMELESS + person, "password": make_password(None)}
    Account.objects.update_or_create(person=person, defaults=said, create_defaults=said | fresh)


def write_account_line(person: str, username: str, password: str, phone: str) -> None:
    """Let somebody sign in here as they do at the hub; ``password`` is its hash. Whoever had that user name here before
    the hub gave it to another has to ask for a new one.
    """
    with transaction.atomic():
        for other in Account.objects.filter(username=username).exclude(person=person):
            other.username = NAMELESS + other.person
            other.save(update_fields=["username"])
        Account.objects.filter(person=person).update(username=username, password=password, phone=phone)


def forget_account(person: str) -> None:
    """Somebody works elsewhere now: their name stays beside what they signed, their way in and number go."""
    Account.objects.filter(person=person).update(
        username=NAMELESS + person, password=make_password(None), phone="", is_active=False
    )
