"""A board is read by everybody at once: what it says stands in the visitor's language and, smaller, in the other."""

from collections.abc import Callable

from django.utils.translation import get_language, override
from msgspec import Struct

from driftbox.domain.text import Text

CHINESE, ENGLISH = "zh-hans", "en"


class Twin(Struct, frozen=True):
    """One thing said twice; ``tongue`` is the ``lang`` of the second."""

    first: str
    second: str
    tongue: str


def both(say: Callable[[], str]) -> Twin:
    """What ``say`` says in the page's language and in the other."""
    here = ENGLISH if (get_language() or CHINESE).startswith(ENGLISH) else CHINESE
    there = CHINESE if here == ENGLISH else ENGLISH
    with override(there):
        second = str(say())
    return Twin(str(say()), second, "en" if there == ENGLISH else "zh-CN")


def named(text: Text) -> Twin:
    """A name of the pack in both languages."""
    return both(lambda: text.in_language(get_language() or CHINESE))
