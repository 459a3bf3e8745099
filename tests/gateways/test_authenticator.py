"""The codes of authenticator apps, against the vectors of RFC 6238, and recovery codes as people type them."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from driftbox.domain.errors import Refused
from driftbox.gateways.authenticator import address_of, new_recovery_code, new_secret, read_code, step_of

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_CODES = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")]  # appendix B


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_the_vectors_of_the_standard_are_accepted_at_their_second(seconds, code):
    assert step_of(RFC_SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


@pytest.mark.parametrize(("off", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(off, right):
    moment = datetime.fromtimestamp(1234567890, UTC) + timedelta(seconds=off)
    if right:
        assert step_of(RFC_SECRET, "005924", moment) == 1234567890 // 30
    else:
        with pytest.raises(Refused, match="数字不对"):
            step_of(RFC_SECRET, "005924", moment)


def test_a_secret_has_160_bits_and_its_address_names_house_and_member():
    secret = new_secret()
    assert len(base64.b32decode(secret)) == 20
    assert secret != new_secret()
    address = address_of(secret, "林")
    assert address.startswith("otpauth://totp/")
    assert f"secret={secret}" in address
    assert address.isascii()


@pytest.mark.parametrize("typed", ["287082", " 287 082 ", "287-082", "２８７０８２"])
def test_six_digits_are_read_however_they_are_spaced(typed):
    assert read_code(typed) == "287082"


def test_a_recovery_code_is_read_in_any_case_and_spacing_and_with_look_alikes():
    code = new_recovery_code()
    assert len(code) == 10
    assert read_code(f" {code[:4].lower()} {code[4:8]}-{code[8:]} ".replace("Q", "0")) == code


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "ABCDEFGHJ2", "\x00", "六个数字", "²²²²²²¾"])
def test_anything_else_is_refused_before_it_is_looked_up(typed):
    with pytest.raises(Refused, match="要填手机"):
        read_code(typed)
