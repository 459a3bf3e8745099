"""Words of distress 轻生、绝望的话: whoever says them is answered by a person before any matter."""

import re
import unicodedata
from typing import Final

from msgspec import Struct

from driftbox.domain.text import Text

_BETWEEN: Final = re.compile(r"[\s\W_]+")


class Distress(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the pack knows of distress: ``words`` that tell it, what is said at once, and whom to call.

    ``hotline`` is a number for it that the district has checked; empty means the pack's own. ``emergency``: numbers
    for danger at this moment. ``source`` says where the numbers stand.
    """

    words: tuple[str, ...]
    lead: Text
    danger: Text
    hotline: str = ""
    emergency: tuple[str, ...] = ()
    source: str = ""


def tells_distress(text: str, distress: Distress | None) -> bool:
    """Whether ``text`` has any of the words, whatever stands between their characters.

    A word too many costs somebody a kind line; a word too few may cost more: so the search is not clever.
    """
    if distress is None:
        return False
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text).lower())
    return any(_BETWEEN.sub("", word) in plain for word in distress.words)
