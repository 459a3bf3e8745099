"""Write down people: residents with sealed particulars, staff with accounts and a second factor."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import msgspec
from django.db import transaction

from driftbox.apps.node import keys
from driftbox.apps.papers.actions import make_key
from driftbox.apps.people.models import Account, FactorRow, PersonRow, RecoveryRow
from driftbox.apps.people.queries import Particulars, sealed_for, secret_of
from driftbox.domain.errors import Refused
from driftbox.domain.log.ids import next_id
from driftbox.gateways.authenticator import DIGITS, new_recovery_code, new_secret, read_code, step_of
from driftbox.gateways.codes import read_id_number, read_phone
from driftbox.gateways.keys import chance, seal

RECOVERY_CODES: Final = 8


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
    username: str, password: str | None, *, name: str, office: str, roles: Iterable[str], kind: str, phone: str,
    now: datetime,
) -> Account:  # fmt: skip
    """Make a staff account at ``office``; ``roles`` are those of the pack's procedures. No password: no signing in."""
    account = Account(
        username=username, person=next_id("", now, chance()), name=name, office=office,
        roles=list(roles), agent_kind=kind, phone=phone,
    )  # fmt: skip
    account.set_password(password)
    account.save()
    return account


def begin_factor(person: str) -> None:
    """Make a fresh secret for a member's second factor, sealed to this node; it asks for nothing until confirmed.

    Raises:
        Refused: the second factor is on already.
    """
    with transaction.atomic():
        FactorRow.objects.filter(pk=person, since=None).delete()
        _row, fresh = FactorRow.objects.get_or_create(
            pk=person, defaults={"sealed": keys().wrap(new_secret().encode(), sealed_for(person))}
        )
    if not fresh:
        raise _already_on()


def confirm_factor(person: str, code: str, *, now: datetime) -> list[str]:
    """Switch a member's second factor on with the first code of their phone; returns the recovery codes, this once.

    Raises:
        Refused: a wrong code, nothing was begun, or it is on already; nothing is changed.
    """
    secret = secret_of(person)
    if not secret:
        raise Refused("factor_not_begun", "还没有开始。先点“开始”，再扫码。")
    step = step_of(secret, read_code(code), now)
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        if not FactorRow.objects.filter(pk=person, since=None).update(since=now, last_step=step):
            raise _already_on()
        RecoveryRow.objects.filter(person=person).delete()
        RecoveryRow.objects.bulk_create(RecoveryRow(person=person, code_index=_index(person, one)) for one in codes)
    return codes


def use_factor(person: str, code: str, *, now: datetime) -> None:
    """Use up one code of a member's second factor: the six digits of now, or a recovery code.

    The caller counts the attempts.

    Raises:
        Refused: not read, wrong, or used before.
    """
    code = read_code(code)
    if len(code) != DIGITS:
        used, _rows = RecoveryRow.objects.filter(person=person, code_index=_index(person, code)).delete()
        if not used:
            raise Refused("recovery_wrong", "这个恢复码不对，或者用过了。换一个没划掉的再填。")
        return
    secret = secret_of(person)
    if not secret:
        raise Refused("factor_off", "第二道验证已经关了。请从头登录一次。")
    step = step_of(secret, code, now)
    if not FactorRow.objects.filter(pk=person, last_step__lt=step).exclude(since=None).update(last_step=step):
        raise Refused("factor_used", "这 6 个数字刚用过，一次只能用一回。等手机上换了新的再填。")


def drop_factor(person: str) -> bool:
    """Switch a member's second factor off and forget its secret and codes; whether there was one."""
    with transaction.atomic():
        RecoveryRow.objects.filter(person=person).delete()
        dropped, _rows = FactorRow.objects.filter(pk=person).delete()
    return dropped > 0


def _index(person: str, code: str) -> str:
    return keys().blind("recovery", f"{person}\0{code}")


def _already_on() -> Refused:
    return Refused("factor_on", "第二道验证已经开着，没有变。要换手机，先关掉再开。")
