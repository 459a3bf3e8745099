"""Numbers that carry their own proof: what a machine or a hand got wrong in one place is found out."""

import re
from datetime import date
from typing import Final

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_LETTERS: Final = "10X98765432"
_BANK_DIGITS: Final = range(16, 20)
_DOUBLED: Final = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)  # twice a digit, its own digits added up
_DISABILITY: Final = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(B[0-9])?", re.ASCII)


def check_letter_holds(number: str) -> bool:
    """Whether 18 characters end in the check character of GB 11643-1999 (ISO 7064, MOD 11-2)."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number, re.ASCII):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    return _ID_LETTERS[total % 11] == number[17]


def id_number_holds(number: str) -> bool:
    """Whether a resident identity number 公民身份号码 is whole: its check character and its day of birth."""
    return check_letter_holds(number) and born_on(number) is not None


def born_on(number: str) -> date | None:
    """The day of birth in an identity number; None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def bank_card_holds(number: str) -> bool:
    """Whether a bank card number has 16 to 19 digits and the check digit of Luhn (ISO/IEC 7812-1, Annex B)."""
    if not re.fullmatch(r"[0-9]+", number, re.ASCII) or len(number) not in _BANK_DIGITS:
        return False
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(_DOUBLED[digit] for digit in digits[1::2])) % 10 == 0


def disability_number_holds(number: str) -> bool:
    """Whether the number of a disability certificate 残疾人证号 is whole: an identity number, then kind 1 to 7 and
    grade 1 to 4; a replaced certificate adds B and how often.
    """
    parts = _DISABILITY.fullmatch(number)
    return parts is not None and id_number_holds(parts[1])
