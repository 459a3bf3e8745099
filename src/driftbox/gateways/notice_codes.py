"""The code of a written notice 查验码: fifteen random letters (2^74) and a check letter, so that it cannot be guessed
and a slip of the pen is told from a forgery. Only its mark, a digest, is kept in the open.
"""

from driftbox.domain.log.entry import digest_of
from driftbox.gateways.codes import check_letter, new_letters, read_letters

LENGTH = 16


def new_notice_code() -> str:
    """A fresh code of sixteen letters."""
    body = new_letters(LENGTH - 1)
    return body + check_letter(body)


def read_notice_code(text: str) -> str:
    """The code that somebody scanned or typed, spaces, case and look-alikes aside; empty when a letter is wrong."""
    return read_letters(text, LENGTH)


def groups_of(code: str) -> list[str]:
    """In groups of four, as it is printed."""
    return [code[at : at + 4] for at in range(0, LENGTH, 4)]


def mark_of(code: str) -> str:
    """What is kept of a code: its SHA-256 as base64url."""
    return digest_of(code.encode())
