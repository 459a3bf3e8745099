"""The number 16 位号 of somebody who leaves no name: 15 random digits and a check digit (ISO/IEC 7064, MOD 11,10) that
finds every single wrong digit and nearly every pair swapped. It is shown once and never kept.
"""

import re
import secrets

from driftbox.domain.errors import Refused

LENGTH = 16


def check_digit(body: str) -> str:
    """The check digit of ``body`` by the hybrid system MOD 11,10."""
    product = 10
    for digit in body:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def new_mailbox_code() -> str:
    """A fresh number of sixteen digits."""
    body = f"{secrets.randbelow(9 * 10 ** (LENGTH - 2)) + 10 ** (LENGTH - 2)}"
    return body + check_digit(body)


def show_mailbox_code(code: str) -> str:
    """In groups of four, as people read numbers out."""
    return " ".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def read_mailbox_code(text: str) -> str:
    """The number that somebody typed or heard, spaces aside.

    Raises:
        Refused: a digit is wrong or missing; says so before anything is looked up.
    """
    code = re.sub(r"[\s·-]", "", text)
    if not re.fullmatch(rf"[0-9]{{{LENGTH}}}", code, re.ASCII) or check_digit(code[:-1]) != code[-1]:
        raise Refused("bad_mailbox_code", "号码有一位不对。是 16 个数字，请对着您记下的再看一遍。")
    return code
