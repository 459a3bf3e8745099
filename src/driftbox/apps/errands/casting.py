"""The invented staff of the demo and of stories. Nobody here exists; phone numbers are fictitious."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from msgspec import Struct

from driftbox.apps.pack import current_pack
from driftbox.apps.people.actions import write_account
from driftbox.apps.people.models import Account


class Role(Struct, frozen=True):
    """One member of the cast: where they sit is found by kind of office, so that any pack can be staffed."""

    username: str
    name: str
    roles: tuple[str, ...]
    seat: str
    kind: str = ""
    phone: str = ""


CAST = (
    Role("lin", "林晓", ("clerk",), "centre", phone="0580-000-0245"),
    Role("hu", "胡建平", ("director", "clerk"), "centre"),
    Role("chen", "陈海燕", ("agent",), "centre", "full_time", "0580-000-0213"),
    Role("yu", "虞阿良", ("agent",), "centre", "volunteer", "0580-000-0214"),
    Role("xu", "徐安澜", ("director",), "bureau"),
    Role("gu", "顾小鸥", ("director",), "bureau"),
    Role("fang", "方船长", ("crew",), "bureau"),
    Role("wang", "王琳", ("officer",), "department"),
    Role("zhao", "赵平", ("supervisor",), "bureau"),
    Role("he", "何志远", ("officer", "clerk"), "petitions"),
    Role("su", "苏宁", ("custodian", "officer"), "confidential", phone="0580-000-0216"),
)


def seat(kind: str, matter: str) -> str:
    """An office of this kind: the first centre, the root bureau, the department that decides ``matter``, or the one
    to which petitions, or confidential ones, go.
    """
    pack = current_pack()
    if kind == "department":
        return pack.matters[matter].department
    if kind in ("petitions", "confidential"):
        asked = [m for m in pack.matters.values() if m.procedure == "petition"]
        found = [m.department for m in asked if m.confidential == (kind == "confidential") and m.department]
    else:
        found = [office.code for office in pack.offices.values() if office.kind == kind]
    if kind == "bureau" or not found:
        found = [office.code for office in pack.offices.values() if not office.parent]
    return found[0]


def first_matter() -> str:
    """The matter that stands first on the home page."""
    featured = [m for m in current_pack().matters.values() if m.featured]
    return min(featured, key=lambda m: m.featured).code


def cast_staff(password: str, *, now: datetime) -> dict[str, Account]:
    """The staff of the demo, made when missing, all with ``password``; by user name."""
    known = {account.username: account for account in Account.objects.all()}
    missing = [role for role in CAST if role.username not in known]
    hashed = make_password(password) if missing else ""  # once for all: hashing is slow, as it should be
    for role in missing:
        account = write_account(
            role.username, None, name=role.name, office=seat(role.seat, first_matter()),
            roles=role.roles, kind=role.kind, phone=role.phone, now=now,
        )  # fmt: skip
        account.password = hashed
        account.save(update_fields=["password"])
        known[role.username] = account
    return known
