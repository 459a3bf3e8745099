"""The only writers of the register of agents."""

import secrets
from datetime import date, datetime

from django.db import transaction
from msgspec import Struct

from driftbox.apps.agents.models import AgentRow
from driftbox.apps.pack import current_pack
from driftbox.apps.people.access import Viewer
from driftbox.apps.people.actions import write_account
from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import phone_mark
from driftbox.domain.errors import NotAllowed, Refused
from driftbox.domain.planning.cover import Shift
from driftbox.domain.planning.dispatch import AWAY
from driftbox.gateways.codes import read_phone


class Particulars(Struct, frozen=True, kw_only=True):
    """What the register keeps of an agent. ``declared``: phone numbers of relatives to add; only hashes are kept."""

    name: str
    office: str
    kind: str
    phone: str
    until: date | None = None
    languages: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    training: tuple[tuple[str, str], ...] = ()
    wheels: bool = False
    boat: bool = False
    away: str = ""
    away_until: date | None = None
    shifts: tuple[Shift, ...] = ()
    declared: tuple[str, ...] = ()
    forget_declared: bool = False


def new_agent(viewer: Viewer, username: str, told: Particulars, *, now: datetime) -> Account:
    """A new agent with an account whose password nobody knows yet; ``account password`` sets one.

    Raises:
        Refused: something told is not possible, or the user name is taken; nothing was written.
        NotAllowed: the office is not the viewer's.
    """
    clean = _checked(viewer, told)
    if Account.objects.filter(username=username).exists():
        raise Refused("username_taken", "工号“{username}”已经有人用了，没有再建。请换一个。", username=username)
    with transaction.atomic():
        account = write_account(
            username, secrets.token_urlsafe(24), name=clean.name, office=clean.office, roles=("agent",),
            kind=clean.kind, phone=clean.phone, now=now,
        )  # fmt: skip
        _write(account.person, clean)
    return account


def change_agent(viewer: Viewer, account: Account, told: Particulars) -> None:
    """Change what the register says of an agent.

    Raises:
        Refused: something told is not possible; nothing was changed.
        NotAllowed: the office is not the viewer's.
    """
    clean = _checked(viewer, told)
    with transaction.atomic():
        fields = {"name": clean.name, "office": clean.office, "agent_kind": clean.kind, "phone": clean.phone}
        Account.objects.filter(pk=account.pk).update(**fields)
        _write(account.person, clean)


def revoke_agent(account: Account, today: date) -> None:
    """They are no agent from ``today`` on; their open cases stay in the docket until somebody takes each over."""
    with transaction.atomic():
        AgentRow.objects.update_or_create(person=account.person, defaults={"revoked": today})
        locked = Account.objects.select_for_update().get(pk=account.pk)
        locked.roles = [role for role in locked.roles if role != "agent"]
        locked.save(update_fields=["roles"])


def restore_agent(account: Account) -> None:
    """They are an agent again."""
    with transaction.atomic():
        AgentRow.objects.update_or_create(person=account.person, defaults={"revoked": None})
        locked = Account.objects.select_for_update().get(pk=account.pk)
        locked.roles = [*dict.fromkeys([*locked.roles, "agent"])]
        locked.save(update_fields=["roles"])


def _checked(viewer: Viewer, told: Particulars) -> Particulars:
    pack = current_pack()
    if told.office not in viewer.reach or told.office not in pack.offices:
        raise NotAllowed(
            "not_your_office", "“{office}”不归您管，什么都没有改。请选您底下的站或点。", office=told.office
        )
    if pack.agents.kind(told.kind) is None:
        raise Refused("no_such_kind", "没有“{kind}”这一类代办员。请照名册里的类别选。", kind=told.kind)
    if not told.phone:
        raise Refused("agent_phone", "{name}没有电话，找不到人的不能派。请填上电话。", name=told.name)
    if told.away and told.away not in AWAY:
        raise Refused("no_such_away", "不认得“{away}”这个原因。请照名册里的选。", away=told.away)
    _require_known(told.languages, {one.code for one in pack.agents.tongues})
    _require_known(told.skills, {one.code for one in pack.agents.skills})
    require_shifts_apart(told.shifts)
    phone = read_phone(told.phone)
    return told if phone == told.phone else _with_phone(told, phone)


def _with_phone(told: Particulars, phone: str) -> Particulars:
    fields = {name: getattr(told, name) for name in told.__struct_fields__}
    return Particulars(**(fields | {"phone": phone}))


def _require_known(codes: tuple[str, ...], known: set[str]) -> None:
    for code in codes:
        if code not in known:
            raise Refused("no_such_word", "不认得“{word}”。请照名册里的选，别的没有改。", word=code)


def require_shifts_apart(shifts: tuple[Shift, ...]) -> None:
    """Refuse shifts that end before they begin, or that overlap: nobody is in two places.

    Raises:
        Refused: names the weekday.
    """
    last: Shift | None = None
    for shift in sorted(shifts):
        if shift.until <= shift.since:
            raise Refused("shift_backwards", "周{day}的班还没开始就结束了。过夜的请分成两段写。", day=shift.weekday)
        if last and last.weekday == shift.weekday and shift.since < last.until:
            raise Refused("shifts_overlap", "周{day}的两段班叠在一起了。请改成前后接着的。", day=shift.weekday)
        last = shift


def _write(person: str, told: Particulars) -> None:
    held = AgentRow.objects.filter(pk=person).first()
    kept = [] if told.forget_declared or held is None else list(held.declared)
    marks = dict.fromkeys([*kept, *(phone_mark(phone) for phone in told.declared)])
    fields = {
        "authorised_until": told.until,
        "languages": list(told.languages),
        "skills": list(told.skills),
        "training": [list(pair) for pair in told.training],
        "wheels": told.wheels,
        "boat": told.boat,
        "away": told.away,
        "away_until": told.away_until if told.away else None,
        "shifts": [[one.weekday, one.since, one.until] for one in sorted(told.shifts)],
        "declared": list(marks),
    }
    AgentRow.objects.update_or_create(person=person, defaults=fields)
