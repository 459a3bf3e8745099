"""Numbers on labels 标签号: a box, a parcel, a seal, read out over a bad line and typed by whoever is there.

Two letters say what it is; then six digits that count and two that check (ISO/IEC 7064, MOD 97-10, over letters and
digits alike, as on a bank account). Digits only, because nobody confuses them by eye, and a caller who knows no Latin
letters can read them out. One wrong character and two that changed places are always found. Numbers that were there
before (``BX-01``, ``BS-0413``) have no check and pass as they are.
"""

import re
import unicodedata
from typing import Final, Literal

from driftbox.domain.errors import Refused

Kind = Literal["box", "parcel", "seal"]
KINDS: Final[tuple[Kind, ...]] = ("box", "parcel", "seal")
PREFIX: Final[dict[Kind, str]] = {"box": "BX", "parcel": "PK", "seal": "BS"}
KIND_OF: Final[dict[str, Kind]] = {prefix: kind for kind, prefix in PREFIX.items()}
FIRST_SERIAL: Final = 100_001  # a row of noughts is hard to read out
MAX_SERIAL: Final = 999_999
_OWN = re.compile(r"(BX|PK|BS)-([0-9]{8})")
_NEAR = re.compile(r"(BX|PK|BS)(.{7,})")
_BEFORE = re.compile(r"[A-Z]{1,8}-?[0-9]{1,8}")
_SLIPPED = re.compile(r"([A-Z]{2})-?[0-9]{8}")
_SPOKEN_DIGITS = str.maketrans("〇零一幺二两三四五六七八九", "0011223456789")
_ALIKE = str.maketrans("OIL", "011")
_JOINTS = re.compile(r"[\s·.,，。、_-]+")


def label_code(kind: Kind, serial: int) -> str:
    """The number printed on the ``serial``-th label of its ``kind``, as ``BX-10000130``.

    Raises:
        ValueError: ``serial`` is not 1 … 999 999.
    """
    if not 1 <= serial <= MAX_SERIAL:
        raise ValueError(f"no label has the serial {serial}")
    prefix = PREFIX[kind]
    return f"{prefix}-{serial:06d}{98 - _remainder(f'{prefix}{serial:06d}00'):02d}"


def serial_of(code: str) -> tuple[Kind, int] | None:
    """What a checked number counts and which it is; ``None`` for a number from before, or one that is wrong."""
    own = _OWN.fullmatch(code)
    if own is None or wrong_check(code):
        return None
    return KIND_OF[own[1]], int(own[2][:6])


def wrong_check(code: str) -> bool:
    """Whether the two check digits of ``code`` speak against the rest."""
    return _remainder(code.replace("-", "")) != 1


def groups(code: str) -> tuple[str, ...]:
    """``code`` as it is printed and read out: the letters, then two groups of four digits."""
    own = _OWN.fullmatch(code)
    return (own[1], f"{own[2][:4]} {own[2][4:]}") if own else (code,)


def read_label(text: str, kind: Kind | None = None) -> str:
    """The number that somebody typed, scanned or heard: case, spaces, full width, O for 0, I and L for 1, 一 for 1
    do not matter. Where only one ``kind`` can be meant, the eight digits are enough.

    Raises:
        Refused: a digit is wrong, missing or too many; or it is not a label's number at all.
    """
    said = unicodedata.normalize("NFKC", text[:60]).translate(_SPOKEN_DIGITS).upper()
    tight = _JOINTS.sub("", said.replace("—", "").replace("–", ""))
    if kind and re.fullmatch(r"[0-9OIL]{8}", tight):
        tight = PREFIX[kind] + tight
    near = _NEAR.fullmatch(tight)
    if near:
        code = f"{near[1]}-{near[2].translate(_ALIKE)}"
        if not _OWN.fullmatch(code) or wrong_check(code):
            raise _wrong()
        return code
    slipped = _SLIPPED.fullmatch(tight)
    if slipped and any(_one_slip(slipped[1], own) for own in KIND_OF):
        raise _wrong()
    before = _JOINTS.sub("-", said.strip())
    if not _BEFORE.fullmatch(before):
        raise Refused("bad_label", "这不像标签上的号。请对着标签再看一遍，或打电话问站里。")
    return before


def _wrong() -> Refused:
    return Refused("bad_label", "这个号有一位不对。是两个字母、8 个数字，请对着标签再念一遍。")


def _one_slip(said: str, own: str) -> bool:
    """Whether ``said`` is ``own`` with one letter wrong or the two swapped."""
    return said == own[::-1] or sum(a != b for a, b in zip(said, own, strict=True)) == 1


def _remainder(code: str) -> int:
    """``code`` modulo 97, a letter counting as two digits: A is 10, Z is 35."""
    return int("".join(str(int(c, 36)) for c in code)) % 97
