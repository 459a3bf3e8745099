"""What somebody said, without who they are: for a word list that everybody may read."""

import re
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 60  # characters; a way to ask, not a story
SHORTEST: Final = 2
# Four signs or more: phones, cards, identity numbers.
_NUMBER: Final = re.compile(r"[0-9０-９][0-9０-９xX\-\s]{2,}[0-9０-９xX]")
_BLANKS: Final = re.compile(r"\s+")


def unnamed(words: str, names: Iterable[str]) -> str:
    """``words`` without numbers of four digits or more and without ``names``; empty when too little or much is left.

    It cannot know every name: a person reads the words before they are kept.
    """
    plain = _NUMBER.sub("", words)
    for name in sorted((name.strip() for name in names), key=len, reverse=True):
        plain = plain.replace(name, "") if name else plain
    plain = _BLANKS.sub(" ", plain).strip(" ，。,.、")
    return plain if SHORTEST <= len(plain) <= LONGEST else ""
