"""Half signed in: the password was right, the second factor is still to come. Lives in the session, five minutes."""

from datetime import datetime, timedelta
from typing import Final, cast

from django.http import HttpRequest
from msgspec import Struct, convert, to_builtins

from driftbox.apps.people.models import Account
from driftbox.apps.people.queries import account_of
from driftbox.domain.log.ids import millis
from driftbox.web.base.middleware import now_of

HALF: Final = "half_signed_in"
HALF_LIFE: Final = timedelta(minutes=5)


class Half(Struct, frozen=True):
    """Whose password was right, until when that counts (milliseconds since 1970), and where they were going."""

    person: str
    ends: int
    password: str  # Django's keyed hash of the password's hash: a new password ends this, too
    backend: str
    going: str


def remember_half(request: HttpRequest, account: Account, going: str) -> None:
    """Note that the password of ``account`` was right; nobody is signed in by this."""
    backend = cast("str", getattr(account, "backend", ""))  # set by Django's authenticate
    half = Half(account.person, _ends(now_of(request)), account.get_session_auth_hash(), backend, going)
    request.session.cycle_key()
    request.session[HALF] = to_builtins(half)


def half_of(request: HttpRequest) -> tuple[Half, Account] | None:
    """Who is half signed in here; None when nobody is, it is too long ago, or the account has changed since."""
    if HALF not in request.session:
        return None
    half = convert(request.session[HALF], Half)
    account = account_of(half.person)
    if account is None or millis(now_of(request)) >= half.ends or account.get_session_auth_hash() != half.password:
        del request.session[HALF]
        return None
    return half, account


def forget_half(request: HttpRequest) -> None:
    """The second factor came, or somebody else is to sign in."""
    request.session.pop(HALF, None)


def _ends(now: datetime) -> int:
    return millis(now + HALF_LIFE)
