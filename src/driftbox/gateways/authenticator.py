"""Time-based one-time codes as authenticator apps make them (RFC 6238: SHA-1, six digits, a new code every 30 s)."""

import re
import unicodedata
from datetime import datetime
from typing import Final

import pyotp

from driftbox.domain.errors import Refused
from driftbox.gateways.codes import check_letter, new_letters, read_letters

ISSUER: Final = "漂流箱"
DIGITS: Final = 6
DRIFT: Final = 1  # steps of 30 s that a phone's clock may be off, either way (RFC 6238 §5.2)
_RECOVERY_LENGTH: Final = 9  # random letters: 44 bits


def new_secret() -> str:
    """A fresh secret of 160 bits in base 32, the length that RFC 4226 §4 recommends."""
    return pyotp.random_base32()


def address_of(secret: str, username: str) -> str:
    """The ``otpauth`` address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int:
    """The 30-second step, counted from 1970, at which an app holding ``secret`` shows ``code``.

    Raises:
        Refused: it is not the code of now, nor of the step before or after.
    """
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=now, valid_window=DRIFT)
    except pyotp.OTPVerificationError:
        raise Refused(
            "factor_wrong", "数字不对。等手机上换了新的 6 位数字再填；总不对，看看手机的时间准不准。"
        ) from None


def new_recovery_code() -> str:
    """A fresh recovery code 恢复码: nine random letters that nobody mixes up, and a check character."""
    body = new_letters(_RECOVERY_LENGTH)
    return body + check_letter(body)


def read_code(text: str) -> str:
    """Six digits, or a recovery code of ten letters, as somebody typed it; spaces, hyphens, case and width aside.

    Raises:
        Refused: neither; says so before anything is looked up.
    """
    plain = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[\s-]", "", plain)
    if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits):
        return digits
    code = read_letters(plain, _RECOVERY_LENGTH + 1)
    if not code:
        raise Refused("factor_unread", "要填手机上的 6 个数字，或者纸上的一个恢复码（10 个字）。请再看一遍。")
    return code
