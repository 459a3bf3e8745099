"""Codes that people read out over a bad line: no look-alikes, and a check character that finds one wrong or two
swapped. Weighted sum modulo the prime 31 (the method of ISO 7064 in spirit, over our own 31 letters).
"""

import io
import re
import secrets

import segno

from driftbox.domain.consult.numbers import check_letter_holds
from driftbox.domain.errors import Refused

LETTERS = "23456789ABCDEFGHJKLMNPQRTUVWXYZ"  # 31: without 0 O 1 I S
_LENGTH = 6
_SPOKEN = str.maketrans({"O": "Q", "0": "Q", "1": "L", "I": "L", "S": "5"})


def check_letter(body: str) -> str:
    """The check character of ``body``."""
    return LETTERS[sum(LETTERS.index(c) * (place + 2) for place, c in enumerate(body)) % 31]


def new_letters(length: int) -> str:
    """So many random letters of ``LETTERS``."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def read_letters(text: str, length: int) -> str:
    """A code of so many letters, its check character the last; spaces, case and look-alikes aside, empty when wrong."""
    code = re.sub(r"[\s·-]", "", text.upper()).translate(_SPOKEN)
    right = len(code) == length and all(c in LETTERS for c in code) and check_letter(code[:-1]) == code[-1]
    return code if right else ""


def new_receipt_code() -> str:
    """A fresh receipt code 回执码: six random characters (887 million) and one check character."""
    body = new_letters(_LENGTH)
    return body + check_letter(body)


def read_receipt_code(text: str) -> str:
    """The receipt code that somebody typed or heard, spaces and case aside.

    Raises:
        Refused: a character is wrong or missing; says so before anything is looked up.
    """
    code = read_letters(text, _LENGTH + 1)
    if not code:
        raise Refused("bad_code", "回执码有一位不对。是 7 个字，请对着单子再看一遍。")
    return code


def new_otp() -> str:
    """A one-time code of six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def read_phone(text: str) -> str:
    """A mainland mobile or landline number as digits.

    Raises:
        Refused: not such a number.
    """
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"1[0-9]{10}|0[0-9]{9,11}", digits, re.ASCII):
        raise Refused("bad_phone", "手机号不对，要 11 个数字。请再看一遍。")
    return digits


def read_id_number(text: str) -> str:
    """A resident identity number with its check digit (GB 11643-1999).

    Raises:
        Refused: wrong length, wrong character or wrong check digit.
    """
    number = re.sub(r"\s", "", text).upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number, re.ASCII):
        raise Refused("bad_id_number", "身份证号要 18 位。请再看一遍。")
    if not check_letter_holds(number):
        raise Refused("bad_id_number", "身份证号对不上，有一位写错了。请再看一遍。")
    return number


def qr_svg(text: str) -> str:
    """A QR code of ``text`` as an inline SVG drawing, error level Q, without a border of its own."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=2, scale=1, omitsize=True, svgclass="qr-code", lineclass=None
    )
    return out.getvalue().decode()
